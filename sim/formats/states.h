/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operstates as a diagram, and the paths that a run's devices take through it. */
#ifndef LWSIM_SIM_FORMATS_STATES_H
#define LWSIM_SIM_FORMATS_STATES_H

#include <stdio.h>

#include "sim/language/fold.h"
#include "sim/run/runner.h"

/* Where a device is before it is registered. */
#define STATE_START 7
#define STATES_COUNT 8

struct path_step {
	int64_t t_ns;
	uint32_t line;
	uint8_t from, to; /* IF_OPER_*; from: or STATE_START */
	size_t label;	  /* which of the path's it was then */
};

struct state_path {
	char (*labels)
		[LABEL_MAX_BYTES]; /* as format_label() has it: at first, and each that came after */
	size_t labels_count, labels_capacity;
	bool is_wanted;
	struct path_step *steps;
	size_t count, capacity;
};

struct state_paths {
	const char *wanted;	   /* this device only; NULL: each */
	struct state_path **paths; /* in the order of their first steps */
	size_t count, capacity;
	struct state_path **by_place; /* private: of the devices that are there */
	size_t places;
};

/* For run_options: user is a struct state_paths, zeroed but for `wanted`. */
void state_paths_take(void *user, const struct stored_state *state);
void state_paths_free(struct state_paths *paths);

/*
 * Writes the diagram that a kernel has as Graphviz dot, with the paths drawn in; devices whose
 * names count up and that take the same steps at the same times share one. Without paths (NULL):
 * only the diagram.
 */
void states_write(FILE *out, const struct kernel *kernel, const char *title,
		  const struct state_paths *paths);

#endif
