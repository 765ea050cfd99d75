/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of the page share. */
#ifndef LWSIM_SIM_REPORT_HTML_H
#define LWSIM_SIM_REPORT_HTML_H

#include "sim/compare/summary.h"
#include "sim/language/format.h"
#include "sim/report/output.h"

/* Of a kernel's story so much is in the page; of a file so many lines. */
#define SENTENCES_MAX 2000
#define SOURCE_LINES_MAX 5000

/* Narrower than this the drawing scrolls, and its page says so. */
double html_picture_least(const struct picture *picture);
/* The rules of the page, with the drawing's colours in light and dark. */
void html_style(const struct picture *picture, FILE *out);
/* The page up to its body, which can load nothing and run nothing. */
void html_head(const struct picture *picture, FILE *out);
/* The drawing, with its spots. */
void html_picture(const struct report *report, FILE *out);
/* What the scenario is about, and how to read the page. */
void html_intro(const struct report *report, FILE *out);
/* Who waited and why, in a sentence each. */
void html_short(const struct report *report, FILE *out);
void html_story(const struct report *report, FILE *out);
void html_source(const struct report *report, FILE *out);

/* Its heading. */
void html_kernel(const struct report *report, size_t kernel, FILE *out);
/* Says of a kernel that an earlier one tells the same; false: none does. */
bool html_told_before(const struct report *report, size_t kernel, FILE *out);
/* Which of some devices of a summary was told to be RUNNING, and was not, for longest; NULL: none was. "1.043s", "-". */
const char *html_lie(const struct timeline *timeline, const struct summary *summary, size_t from,
		     size_t to, char ret_text[FORMAT_MAX_BYTES]);
/* Lines of the file that are in the page: those before the snapshots. */
uint32_t html_source_lines(const struct report *report);
/* Writes href="#..." of a sentence, else of a line; false: neither is in the page. */
bool html_link(const struct report *report, size_t kernel, size_t sentence, uint32_t line,
	       FILE *out);

#endif
