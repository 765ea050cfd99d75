/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operstates as a diagram, and the paths of a run's devices through it. */
#ifndef LWSIM_SIM_FORMATS_STATES_H
#define LWSIM_SIM_FORMATS_STATES_H

#include <stdio.h>

#include "sim/language/fold.h"
#include "sim/run/runner.h"

/* A device before it is registered. */
#define STATE_START 7
#define STATES_COUNT 8

struct path_step {
	int64_t t_ns;
	uint32_t line;
	uint8_t from, to; /* IF_OPER_*; `from` also STATE_START */
	size_t label;	  /* index of the name at that time */
};

struct state_path {
	char (*labels)[LABEL_MAX_BYTES]; /* from format_label(): the first, and each later one */
	size_t labels_count, labels_capacity;
	bool is_wanted;
	struct path_step *steps;
	size_t count, capacity;
};

struct state_paths {
	const char *wanted;	   /* only this device; NULL: all devices */
	struct state_path **paths; /* ordered by first step */
	size_t count, capacity;
	struct state_path **by_place; /* private: existing devices, by slot */
	size_t places;
};

/* A run_options.stored_state; user is a struct state_paths, zeroed but for `wanted`. */
void state_paths_take(void *user, const struct stored_state *state);
void state_paths_free(struct state_paths *paths);

/*
 * Writes a kernel's diagram as Graphviz dot, with the paths drawn in. Devices with numbered names
 * and the same steps at the same times share a path. Without paths (NULL), only the diagram.
 */
void states_write(FILE *out, const struct kernel *kernel, const char *title,
		  const struct state_paths *paths);

#endif
