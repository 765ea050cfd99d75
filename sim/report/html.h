/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the files of the page. */
#ifndef LWSIM_SIM_REPORT_HTML_H
#define LWSIM_SIM_REPORT_HTML_H

#include "sim/compare/summary.h"
#include "sim/language/format.h"
#include "sim/report/output.h"

/* Limits of the page: sentences per kernel's story, lines of the file. */
#define SENTENCES_MAX 2000
#define SOURCE_LINES_MAX 5000

/* In a narrower window the drawing scrolls, and the page says so. */
double html_picture_least(const struct picture *picture);
/* Writes the CSS, with the drawing's colours for light and dark. */
void html_style(const struct picture *picture, FILE *out);
/* Writes the page up to its body; a policy blocks scripts and loads. */
void html_head(const struct picture *picture, FILE *out);
/* Writes the drawing with its spots. */
void html_picture(const struct report *report, FILE *out);
/* Writes the verdict, a line for each kernel. */
void html_verdict(const struct report *report, FILE *out);
/* Writes how to read the page, folded. */
void html_primer(const struct report *report, FILE *out);
/* Writes what the scenario is about. */
void html_intro(const struct report *report, FILE *out);
/* Writes which devices waited and why, one sentence each. */
void html_short(const struct report *report, FILE *out);
void html_story(const struct report *report, FILE *out);
void html_source(const struct report *report, FILE *out);

/* Writes the kernel's heading. */
void html_kernel(const struct report *report, size_t kernel, FILE *out);
/* If an earlier kernel has the same story, writes that and returns true. */
bool html_same_story(const struct report *report, size_t kernel, FILE *out);
/*
 * Of a range of a summary's devices, the one that was reported as RUNNING but was not for the
 * longest time; NULL: none. ret_text: "1.043s", "-".
 */
const char *html_lie(const struct timeline *timeline, const struct summary *summary, size_t from,
		     size_t to, char ret_text[FORMAT_MAX_BYTES]);
/* Whether this line of the file, from 1, is on the page: those before the snapshots are. */
bool html_has_line(const struct report *report, uint32_t line);
/* Writes href="#..." to a sentence, or else to a line; false: neither is on the page. */
bool html_link(const struct report *report, size_t kernel, size_t sentence, uint32_t line,
	       FILE *out);

#endif
