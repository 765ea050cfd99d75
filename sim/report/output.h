/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The formats of a report, and the file that it goes to. */
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
	const struct sweep_chart *chart; /* of a sweep; there is no scenario and no timeline then */
};

/* Writes to out; false: it cannot, and errno says why. */
typedef bool (*report_fn)(const struct report *report, FILE *out);

bool html_write(const struct report *report, FILE *out);
bool svg_write(const struct report *report, FILE *out);
bool png_write(const struct report *report, FILE *out);
bool pdf_write(const struct report *report, FILE *out);

/* By the end of the file's name; NULL: no format has it. */
report_fn output_format(const char *path);
/* Whether one has; path is -o's, NULL: not given. False after saying what is expected. */
bool output_is_known(const char *path);
/* A file beside it takes its place once it is whole. What is there and no regular file (a device, a FIFO) is written
 * into. False after saying why not. */
bool output_write(const char *path, report_fn format, const struct report *report);

/* The drawing as an <svg> element; a file of its own brings its colours along. */
void svg_element(const struct picture *picture, bool is_file, FILE *out);
/* Text for HTML and XML, in elements and in quoted attributes, whatever it is made of. */
void escape(FILE *out, const char *text, size_t len);
void escape_string(FILE *out, const char *text);

#endif
