/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sweep's rows as CSV (RFC 4180, but with \n as line end) or JSON lines (schema:
 * sim/sweep/sweep.schema.json). Keys may be added at the end, none is removed.
 */
#ifndef LWSIM_SIM_SWEEP_SWEEP_ROWS_H
#define LWSIM_SIM_SWEEP_SWEEP_ROWS_H

#include "sim/sweep/sweep.h"

typedef void (*write_row_fn)(FILE *out, const struct sweep_row *row);

write_row_fn sweep_row_writer(enum sweep_format format);
/* A parameter with the name of one of sweep's own columns; NULL: none. */
const char *sweep_rows_clash(enum sweep_format format, const struct sweep *sweep);
/* Writes the CSV head; nothing for JSON. */
void sweep_rows_head(FILE *out, enum sweep_format format, const struct sweep *sweep);

/* The row's run number; 0: not a row. */
uint64_t sweep_row_run(enum sweep_format format, const char *row);
/*
 * Reads the row's wait, as from measures_wait(); false if the row is not as sweep writes it.
 * varies_count: number of values in the row.
 */
bool sweep_row_wait(enum sweep_format format, const char *row, size_t varies_count,
		    int64_t *ret_ns);
/* The same for --as: how long the daemon was late and wrong. */
bool sweep_row_observed(enum sweep_format format, const char *row, size_t varies_count,
			int64_t *ret_late_ns, int64_t *ret_wrong_ns);

#endif
