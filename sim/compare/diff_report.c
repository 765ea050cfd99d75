/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The results of `lwsim diff`. */
#include "sim/compare/diff_report.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/xalloc.h"

void diff_report_init(struct diff_report *report, const char *version)
{
	memset(report, 0, sizeof(*report));
	report->version = version;
}

struct scenario_diff *diff_report_add(struct diff_report *report, const char *name)
{
	struct scenario_diff *item;

	report->items = xreallocarray(report->items, report->count + 1, sizeof(report->items[0]));
	item = &report->items[report->count++];
	memset(item, 0, sizeof(*item));
	item->name = xstrdup(name);
	item->title = xstrdup("");
	item->lines = xstrdup("");
	item->code = EXIT_USAGE;
	return item;
}

void diff_report_free(struct diff_report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		free(report->items[i].name);
		free(report->items[i].title);
		free(report->items[i].lines);
	}
	free(report->items);
	src_abouts_free(&report->abouts);
}

enum exit_code diff_report_code(const struct diff_report *report)
{
	enum exit_code code = EXIT_GOOD;

	if (src_abouts_extent(&report->abouts) == SRC_NOT_KNOWN)
		code = EXIT_FAILED;
	for (size_t i = 0; i < report->count; i++)
		code = exit_worse(code, report->items[i].code);
	return code;
}
