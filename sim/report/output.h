/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats of a report, and its output file. */
#ifndef LWSIM_SIM_REPORT_OUTPUT_H
#define LWSIM_SIM_REPORT_OUTPUT_H

#include <stdio.h>

#include "sim/report/picture.h"
#include "sim/report/timeline.h"

struct sweep_chart;

struct report {
	const struct scenario *scenario;
	struct timeline *const *timelines;
	size_t count;
	const struct picture *picture;
	const struct sweep_chart *chart; /* of a sweep; then scenario and timelines are not set */
	const char *opinions; /* --as: what daemons think of the devices; NULL: not asked */
};

/* Writes to out; false on failure, see errno. */
typedef bool (*report_fn)(const struct report *report, FILE *out);

bool html_write(const struct report *report, FILE *out);
bool svg_write(const struct report *report, FILE *out);
bool png_write(const struct report *report, FILE *out);
bool pdf_write(const struct report *report, FILE *out);

/* The format of a file name's suffix; NULL: unknown. */
report_fn output_format(const char *path);
/*
 * Checks -o's path (NULL: not given). False for no or an unknown suffix, after printing what is
 * expected.
 */
bool output_is_known(const char *path);
/*
 * Writes a temporary file and renames it when it is complete. An existing non-regular file (a
 * device, a FIFO) is written to directly. False after printing the error.
 */
bool output_write(const char *path, report_fn format, const struct report *report);

/* Writes the drawing as an <svg> element; a separate file includes its colours. */
void svg_element(const struct picture *picture, bool is_file, FILE *out);
/* Escapes any text for HTML and XML, for elements and quoted attributes. */
void escape(FILE *out, const char *text, size_t len);
void escape_string(FILE *out, const char *text);

#endif
