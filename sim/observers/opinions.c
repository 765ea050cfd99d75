/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who thinks that a device is usable, and since when: a table. */
#include "sim/observers/opinions.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/fold.h"
#include "sim/language/format.h"
#include "sim/observers/tracker_writer.h"

#define WHO_COLUMNS 16	  /* frr-before-15082 */
#define KERNEL_COLUMNS 36 /* a longer name has lines of its own */

struct style {
	unsigned int columns;
	bool is_colored;
};

static void write_wrapped(FILE *out, const char *text, const struct style *style, const char *color)
{
	struct wrap wrap = {
		.out = out,
		.columns = style->columns,
		.indent = 4,
		.color = color_code(style->is_colored, color),
		.breaks_words = true,
	};

	wrap_text(&wrap, text);
	wrap_end(&wrap);
}

/* "614ms", or "-" for none. */
static const char *duration_text(int64_t ns, char text[FORMAT_MAX_BYTES])
{
	if (!ns)
		return "-";
	format_duration(ns, text);
	return text;
}

/* rule NULL: the rows have none */
static void write_line(FILE *out, const char *who, int who_columns, const char *says,
		       const char *since, const char *late, const char *wrong, const char *rule)
{
	fprintf(out, "%-*s  %-4s  %-9s  %-7s  %-*s%s%s\n", who_columns, who, says, since, late,
		rule ? 7 : 0, wrong, rule ? "  " : "", rule ? rule : "");
}

static void write_row(FILE *out, const char *who, int who_columns, const struct follower *follower,
		      const char *rule)
{
	char since[FORMAT_MAX_BYTES] = "start", late[FORMAT_MAX_BYTES], wrong[FORMAT_MAX_BYTES];

	if (follower->opinion.has_changed)
		format_moment(follower->opinion.since_ns, since);
	write_line(out, who, who_columns, follower->opinion.is_up ? "up" : "down", since,
		   duration_text(follower->down_ns, late), duration_text(follower->up_ns, wrong),
		   rule);
}

static void write_head(FILE *out, const char *who, int who_columns, const char *rule)
{
	write_line(out, who, who_columns, "says", "since", "late", "wrong", rule);
}

/* " is usable since 0.41" */
static void write_device(FILE *out, const struct tracked *device)
{
	char since[FORMAT_MAX_BYTES];

	format_moment(device->since_ns, since);
	if (device->has_changed)
		fprintf(out, " is %susable since %s", device->is_usable ? "" : "not ", since);
	else
		fputs(" has never been usable", out);
}

/* What follows a device's name; the caller frees. */
static char *observers_block(const struct tracked *device)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	write_device(out, device);
	fputc('\n', out);
	write_head(out, "who", WHO_COLUMNS, "up means");
	for (enum observer_id id = 0; id < OBSERVER_COUNT; id++)
		write_row(out, observer_names[id], WHO_COLUMNS, &device->followers[id],
			  observer_rule(id));
	xclose_memstream(out);
	return text;
}

/* By its name: ifindexes may differ between kernels. */
static const struct tracked *find_device(const struct tracker *tracker, const char *label)
{
	for (size_t i = 0; i < tracker->count; i++)
		if (tracker->devices[i].has_message &&
		    strcmp(tracker->devices[i].label, label) == 0)
			return &tracker->devices[i];
	return NULL;
}

static char *kernels_block(const struct opinions_run *runs, size_t count, const char *label,
			   const struct style *style)
{
	enum observer_id id = runs[0].tracker->only;
	char name[KERNEL_NAME_MAX_BYTES], *text;
	size_t len, most = strlen("kernel");
	FILE *out = xmemstream(&text, &len);

	for (size_t i = 0; i < count; i++) {
		kernel_name(runs[i].kernel, name);
		if (strlen(name) > most && strlen(name) <= KERNEL_COLUMNS)
			most = strlen(name);
	}
	fprintf(out, ", for %s (up means: %s)\n", observer_names[id], observer_rule(id));
	write_head(out, "kernel", (int)most, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct tracked *device = find_device(runs[i].tracker, label);

		if (!device)
			continue;
		kernel_name(runs[i].kernel, name);
		if (strlen(name) > most) {
			write_wrapped(out, name, style, "");
			*name = '\0';
		}
		write_row(out, name, (int)most, &device->followers[id], NULL);
	}
	xclose_memstream(out);
	return text;
}

static char *block(const struct opinions_run *runs, size_t count, const struct tracked *device,
		   const struct style *style)
{
	return runs[0].tracker->only == OBSERVER_COUNT
		       ? observers_block(device)
		       : kernels_block(runs, count, device->label, style);
}

/* text: what follows the devices' name up to the end of the line, then the table */
static void write_block(FILE *out, const struct fold *fold, const char *text,
			const struct style *style)
{
	char name[FOLD_NAME_MAX_BYTES], *heading;
	size_t len = strcspn(text, "\n");

	fold_name(fold, name);
	heading = xasprintf("%s%.*s", name, (int)len, text);
	write_wrapped(out, heading, style, COLOR_BOLD);
	free(heading);
	fputs(text + len + 1, out);
}

/* A table for each device, for devices with consecutive names and the same table only one. */
static void write_devices(FILE *out, const struct opinions_run *runs, size_t count,
			  const struct style *style)
{
	const struct tracker *tracker = runs[0].tracker;
	const char *between = "";
	struct fold fold;
	char *text = NULL;

	for (size_t i = 0; i < tracker->count; i++) {
		const struct tracked *device = &tracker->devices[i];
		char *next;

		if (!device->has_message)
			continue;
		next = block(runs, count, device, style);
		if (text && strcmp(text, next) == 0 && fold_add(&fold, device->label)) {
			free(next);
			continue;
		}
		if (text) {
			fputs(between, out);
			write_block(out, &fold, text, style);
			between = "\n";
		}
		free(text);
		text = next;
		fold_start(&fold, device->label);
	}
	if (text) {
		fputs(between, out);
		write_block(out, &fold, text, style);
	}
	free(text);
}

/* "TITLE, on 6.1, HZ=250"; kernel NULL: without it. */
static void write_title(FILE *out, const struct scenario *scenario, const struct kernel *kernel,
			const struct style *style)
{
	char name[KERNEL_NAME_MAX_BYTES] = "", *title;

	if (kernel)
		kernel_name(kernel, name);
	title = xasprintf("%s%s%s%s%sHZ=%" PRIu32, scenario->title, *scenario->title ? ", " : "",
			  kernel ? "on " : "", name, kernel ? ", " : "", scenario->hz);
	write_wrapped(out, title, style, "");
	free(title);
}

void opinions_compare(FILE *out, const struct scenario *scenario, const struct opinions_run *runs,
		      size_t count, unsigned int columns, bool is_colored)
{
	const struct style style = { .columns = columns, .is_colored = is_colored };

	if (runs[0].tracker->only != OBSERVER_COUNT) {
		write_title(out, scenario, NULL, &style);
		write_devices(out, runs, count, &style);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (i)
			fputc('\n', out);
		write_title(out, scenario, runs[i].kernel, &style);
		write_devices(out, &runs[i], 1, &style);
	}
}

/* `--as all` */
struct table {
	FILE *out;
	const struct run_info *info;
};

static void table_end(void *user, const struct tracker *tracker)
{
	struct table *table = user;
	const struct opinions_run run = { .kernel = table->info->kernel, .tracker = tracker };

	opinions_compare(table->out, table->info->scenario, &run, 1, wrap_table_columns(),
			 table->info->is_colored);
	free(table);
}

struct writer *opinions_writer_new(FILE *out, const struct run_info *info)
{
	struct table *table = xcalloc(1, sizeof(*table));

	table->out = out;
	table->info = info;
	return tracker_writer_new_with(OBSERVER_COUNT, table_end, table);
}
