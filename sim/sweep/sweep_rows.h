/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sweep's rows as text: CSV (RFC 4180, but a line ends with \n) or JSON lines (their schema is
 * sim/sweep/sweep.schema.json). Keys may come at the end, none goes. */
#ifndef LWSIM_SIM_SWEEP_SWEEP_ROWS_H
#define LWSIM_SIM_SWEEP_SWEEP_ROWS_H

#include "sim/sweep/sweep.h"

typedef void (*write_row_fn)(FILE *out, const struct sweep_row *row);

write_row_fn sweep_row_writer(enum sweep_format format);
/* A parameter that cannot be told from a column of sweep's own; NULL: there is none. */
const char *sweep_rows_clash(enum sweep_format format, const struct sweep *sweep);
/* The CSV's head; JSON has none. */
void sweep_rows_head(FILE *out, enum sweep_format format, const struct sweep *sweep);

/* The number of the run that a row tells of; 0: it is no row. */
uint64_t sweep_row_run(enum sweep_format format, const char *row);
/* The wait that it tells of, as measures_wait() has it; false: it tells of none as sweep writes it. varies_count: how
 * many values stand in it. */
bool sweep_row_wait(enum sweep_format format, const char *row, size_t varies_count,
		    int64_t *ret_ns);

#endif
