/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the text and the Markdown of a report on differences share. */
#ifndef LWSIM_SIM_COMPARE_DIFF_PARTS_H
#define LWSIM_SIM_COMPARE_DIFF_PARTS_H

#include "sim/compare/diff_report.h"

#define DIFF_COLUMNS 80

/* Whether the scenarios were compared on different kernels. */
bool diff_is_mixed(const struct diff_report *report);
/* Whether the scenario is in the list: it differs, was skipped or was not compared. */
bool diff_is_shown(const struct scenario_diff *item);
/* Whether its differences are. */
bool diff_shows_lines(const struct diff_report *report, const struct scenario_diff *item);

/* "6.1 -> 6.12"; the caller frees. */
char *diff_kernels_text(const struct diff_report *report);
/* "same", "differs", "skipped" ... */
const char *diff_verdict_of(const struct scenario_diff *item);

/* ": 1 moved, 2 appeared"; nothing if nothing changed. */
void diff_write_counts(FILE *out, const size_t counts[CHANGE_COUNT]);
/* ", HZ=250", or ", HZ=100, 250" if scenarios differ in it. */
void diff_write_hz(FILE *out, const struct diff_report *report);
/* The conclusion, and the figures behind it. */
void diff_write_verdict(FILE *out, const struct diff_report *report, const char *figures_indent);
/* A scenario's differences. */
void diff_write_lines(FILE *out, const struct scenario_diff *item);

#endif
