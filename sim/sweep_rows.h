/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sweep's rows as text: CSV (RFC 4180, but a line ends with \n) or JSON lines (their schema is
 * sim/sweep.schema.json). Keys may come at the end, none goes. */
#ifndef LWSIM_SIM_SWEEP_ROWS_H
#define LWSIM_SIM_SWEEP_ROWS_H

#include "sweep.h"

typedef void (*write_row_fn)(FILE *out, const struct sweep_row *row);

write_row_fn sweep_row_writer(enum format format);
/* A parameter that cannot be told from a column of sweep's own; NULL: there is none. */
const char *sweep_rows_clash(enum format format, const struct sweep *sweep);
/* The CSV's head; JSON has none. */
void sweep_rows_head(FILE *out, enum format format, const struct sweep *sweep);

/* Which part of what: the first line of what --shard writes. */
struct sweep_part {
	enum format format;
	uint64_t part, parts;  /* 1..parts */
	uint64_t combinations; /* of all parts; part p of n has those that leave p - 1 by n */
	uint64_t kernels;      /* runs a combination */
	uint64_t number;       /* sweep_number() */
};

void sweep_part_write(FILE *out, const struct sweep_part *part);
/* False: the line is none of these. */
bool sweep_part_read(const char *line, struct sweep_part *ret_part);
/* How many combinations it has. */
uint64_t sweep_part_size(const struct sweep_part *part);
/* The number of the run that a row tells of; 0: it is no row. */
uint64_t sweep_row_run(enum format format, const char *row);

#endif
