/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The first line of what --shard writes: which part of what. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_PART_H
#define LWSIM_SIM_SWEEP_SWEEP_PART_H

#include "sim/sweep/sweep.h"

/* What is swept, in words: enough for a chart of the figures. */
struct swept {
	char *file, *title;
	char *device;	     /* --device; NULL: all */
	char **vary_texts;   /* each --vary as given */
	struct vary *varies; /* the same, read */
	size_t varies_count;
	uint64_t combinations;
	char **kernels; /* their names */
	size_t kernels_count;
};

void swept_make(const struct sweep *sweep, struct swept *ret_swept);
void swept_free(struct swept *swept); /* may be all zero */

struct sweep_part {
	enum sweep_format format;
	uint64_t part, parts;  /* 1..parts */
	uint64_t combinations; /* of all parts; part p of n has those that leave p - 1 by n */
	uint64_t kernels;      /* runs a combination */
	uint64_t number;       /* sweep_number() */
	struct swept swept;
};

void sweep_part_write(FILE *out, const struct sweep_part *part);
/* False: the line is none of these, and nothing is to be freed; else part->swept is. */
bool sweep_part_read(const char *line, struct sweep_part *ret_part);
/* How many combinations it has. */
uint64_t sweep_part_size(const struct sweep_part *part);

#endif
