/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a sequence on the model, op by op, with a log of all messages. */
#ifndef LWSIM_TESTS_PROPERTY_MODEL_RUN_H
#define LWSIM_TESTS_PROPERTY_MODEL_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "message.h"
#include "model/machine.h"
#include "sequence.h"

#define NOT_FOUND (-1) /* not a slot */

/* The same sequence in another form: the result must be the same. */
enum variant {
	AS_IS,
	RENAMED,   /* other names, in another order */
	WITH_IDLE, /* one more device, which is down and whose carrier never changes */
	RESTORED,  /* the second half runs twice, with a restore in between */
	VARIANT_COUNT
};

extern const char *const variant_names[VARIANT_COUNT];

struct model_run {
	const struct sequence *sequence;
	enum variant variant;
	struct machine *m;
	struct message *log; /* never NULL */
	size_t log_count, log_size;
	int results[OPS_MAX];
	uint32_t heard[SLOTS_MAX];
	bool has_run_fully;  /* for law_full_runs() */
	uint64_t full_run_j; /* since boot, of the last one */
	char what[256];	     /* the error; "": none so far */
};

/* Creates the machine at boot. The sequence must outlive the run; trace is called with the run as user. */
void model_run_start(struct model_run *run, const struct sequence *sequence, enum variant variant,
		     void (*trace)(void *user, const struct trace_event *event));
void model_run_end(struct model_run *run);

/* The time of the op, if it comes next. */
int64_t model_run_op_ns(const struct model_run *run, const struct op *op);

/* Lets time pass until to_ns, and runs everything due by then. */
void model_run_advance(struct model_run *run, int64_t to_ns);

/* Runs the sequence's op `at` now, and everything due at once. */
void model_run_do(struct model_run *run, int at);

/* The slot's device, or NULL; and a device's slot, NOT_FOUND for the extra one of WITH_IDLE. */
struct net_device *model_run_dev(const struct model_run *run, int slot);
int model_run_slot(const struct model_run *run, const struct net_device *dev);

/* Stores an error in run->what, unless it has one. */
__attribute__((format(printf, 2, 3))) void model_run_wrong(struct model_run *run,
							   const char *format, ...);

#endif
