/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What came out of a run: the one source of every output format. */
#ifndef LWSIM_SIM_RUN_TRACE_H
#define LWSIM_SIM_RUN_TRACE_H

#include <stdio.h>

#include "model/netdevice.h"
#include "sim/language/scenario.h"

enum record_kind {
	RECORD_ACTION, /* a statement began; text: its words */
	RECORD_NEWLINK,
	RECORD_DELLINK,
	RECORD_ERROR, /* a command failed; error, text: what it prints */
	RECORD_NOTE,  /* the answer to a query; text */
};

struct record {
	enum record_kind kind;
	int64_t t_ns;
	uint64_t jiffy; /* since boot */
	uint32_t line;	/* of the scenario: what caused it; 0: nothing in it */

	/* RECORD_NEWLINK, RECORD_DELLINK */
	char dev[IFNAMSIZ];
	const char *netns; /* "": the initial one; the runner's */
	int32_t ifindex;
	uint32_t flags, change;
	uint8_t operstate, linkmode, qdisc;
	bool carrier;
	uint32_t carrier_up, carrier_down;
	/* what the device's message before said; has_before: there was one */
	bool has_before;
	uint32_t flags_before;
	uint8_t operstate_before;
	/* from IFF_UP to IFF_RUNNING, which this message brings; -1: it does not, or brings it back */
	int64_t waited_ns;

	/* the others */
	const struct stmt *stmt;
	const struct stmt *repeat; /* an action's innermost repeat */
	uint32_t turn;		   /* which iteration of that, from 1 */
	bool is_again;		   /* an action of a later iteration: not in the trace */
	const char *text;	   /* of text_len bytes, no NUL for an action */
	uint32_t text_len;
	int error;
};

struct trace {
	struct record *records;
	size_t count, capacity;
};

void trace_init(struct trace *trace);
void trace_free(struct trace *trace);
/* Appends a copy, and a copy of text unless it is an action's; returns it (valid until the next). */
struct record *trace_add(struct trace *trace, const struct record *record);

/* Writes an action's first line (a block's other lines come as they are reached), and which of how many turns it is. */
void record_write_action(FILE *out, const struct record *record);

static inline bool record_is_message(const struct record *record)
{
	return record->kind == RECORD_NEWLINK || record->kind == RECORD_DELLINK;
}

#define DESCRIBE_MAX_BYTES 240

/* "+UP +LOWER_UP DOWN": what changed since the device's message before, and the state if it did;
 * "deleted"; "(no change)". */
void record_describe(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES]);
/* "<UP,LOWER_UP> state DOWN": all of the link state, whatever was before. */
void record_describe_whole(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES]);

/* It says what the device's message before said. */
bool record_is_again(const struct record *record);

#endif
