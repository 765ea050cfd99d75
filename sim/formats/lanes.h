/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lanes are drawn of: a run's messages by device, and what stands in the legend. */
#ifndef LWSIM_SIM_FORMATS_LANES_H
#define LWSIM_SIM_FORMATS_LANES_H

#include <stdio.h>

#include "sim/language/fold.h"
#include "sim/run/writer.h"

/* So wide that mail quotes it unbroken. */
#define LANES_MAX_COLUMNS 78

struct lane_message {
	int64_t t_ns;
	uint32_t flags;
	uint8_t operstate;
	bool is_deleted;
	int64_t waited_ns; /* from UP to RUNNING, which this message brings; -1: it does not */
};

/* One device; if it was renamed, by all its names. */
struct lane {
	char *name;   /* shorter than LABEL_MAX_BYTES */
	size_t order; /* of the first message */
	struct lane_message *messages;
	size_t count, capacity;
	size_t base_order; /* private to lanes_fold.c: of the first whose name is this one but for its number */
};

/* A line of the legend. */
struct lane_note {
	int64_t t_ns; /* of the first */
	char *text;   /* ASCII */
	size_t times; /* that it was said */
};

struct lanes {
	struct lane **lanes; /* in the order of their first messages */
	size_t lanes_count, lanes_capacity;
	struct lane_note *notes;
	size_t notes_count, notes_capacity;
	int64_t *agains_ns; /* what comes again: when; none twice */
	size_t agains_count, agains_capacity;
};

/* text[0..len), with '?' for each character that is not visible ASCII; the caller frees. */
char *ascii_of(const char *text, size_t len);

/* Devices that are told the same at the same times, and whose names count up. */
struct lane_group {
	const struct lane *lane; /* of the first */
	struct fold fold;
	size_t devices;
};

/* Sorts the lanes by their first messages, but d0, d1, ... together, and groups them. Of more than
 * `most` groups those are taken of which most is told. Returns how many; the caller frees. */
size_t lanes_group(struct lanes *lanes, size_t most, struct lane_group **ret_groups);

void lanes_draw(FILE *out, const struct run_info *info, struct lanes *lanes);

#endif
