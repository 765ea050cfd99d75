/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first line of --shard's output: which part of which sweep it is. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_PART_H
#define LWSIM_SIM_SWEEP_SWEEP_PART_H

#include "sim/sweep/sweep.h"

/* A description of the sweep, sufficient to draw a chart of its figures. */
struct swept {
	char *file, *title;
	char *device;	     /* --device; NULL: all */
	char **vary_texts;   /* each --vary, as given */
	struct vary *varies; /* the same, parsed */
	size_t varies_count;
	uint64_t combinations;
	char **kernels; /* their names */
	size_t kernels_count;
};

void swept_make(const struct sweep *sweep, struct swept *ret_swept);
void swept_free(struct swept *swept); /* accepts one that is all zero */

struct sweep_part {
	enum sweep_format format;
	uint64_t part, parts;  /* 1..parts */
	uint64_t combinations; /* of all parts; part p of n has those whose index % n is p - 1 */
	uint64_t kernels;      /* runs per combination */
	uint64_t number;       /* sweep_number() */
	struct swept swept;
};

void sweep_part_write(FILE *out, const struct sweep_part *part);
/* False if it is not such a line; then nothing is to be freed, else part->swept. */
bool sweep_part_read(const char *line, struct sweep_part *ret_part);
/* The number of its combinations. */
uint64_t sweep_part_size(const struct sweep_part *part);

#endif
