/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The verdict of `lwsim diff`. */
#include "sim/compare/diff_verdict.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"

static int64_t wait_growth(const struct scenario_diff *item)
{
	return item->figures.waits.lengthened.change_ns;
}

static int64_t wait_gain(const struct scenario_diff *item)
{
	return -item->figures.waits.shortened.change_ns;
}

static int64_t notifications_growth(const struct scenario_diff *item)
{
	return (int64_t)item->figures.after.notifications -
	       (int64_t)item->figures.before.notifications;
}

static int64_t peak_growth(const struct scenario_diff *item)
{
	return (int64_t)item->figures.after.peak - (int64_t)item->figures.before.peak;
}

static int64_t stale_running_growth(const struct scenario_diff *item)
{
	return item->figures.after.stale_running_ns - item->figures.before.stale_running_ns;
}

static int64_t stale_not_running_growth(const struct scenario_diff *item)
{
	return item->figures.after.stale_not_running_ns - item->figures.before.stale_not_running_ns;
}

static void keep_worst(const struct scenario_diff **worst, const struct scenario_diff *item,
		       int64_t (*growth)(const struct scenario_diff *item))
{
	if (growth(item) > (*worst ? growth(*worst) : 0))
		*worst = item;
}

static void add_run(struct run_figures *sum, const struct run_figures *run)
{
	sum->notifications += run->notifications;
	sum->stale_running_ns += run->stale_running_ns;
	sum->stale_not_running_ns += run->stale_not_running_ns;
	if (run->peak > sum->peak)
		sum->peak = run->peak;
}

void diff_totals_make(const struct diff_report *report, struct diff_totals *totals)
{
	memset(totals, 0, sizeof(*totals));
	for (size_t i = 0; i < report->count; i++) {
		const struct scenario_diff *item = &report->items[i];

		if (item->skipped) {
			totals->skipped++;
			continue;
		}
		if (item->code > EXIT_FAILED) {
			totals->others++;
			continue;
		}
		totals->same += item->code == EXIT_GOOD;
		totals->differ += item->code == EXIT_FAILED;
		add_run(&totals->before, &item->figures.before);
		add_run(&totals->after, &item->figures.after);
		for (unsigned int kind = 0; kind < CHANGE_COUNT; kind++)
			totals->counts[kind] += item->figures.counts[kind];
		totals->shorter += item->figures.waits.shorter;
		totals->longer += item->figures.waits.longer;
		keep_worst(&totals->shortened, item, wait_gain);
		keep_worst(&totals->lengthened, item, wait_growth);
		keep_worst(&totals->notifications, item, notifications_growth);
		keep_worst(&totals->peak, item, peak_growth);
		keep_worst(&totals->stale_running, item, stale_running_growth);
		keep_worst(&totals->stale_not_running, item, stale_not_running_growth);
	}
}

/* A sentence in the making. */
struct sentence {
	char *text;
};

__attribute__((format(printf, 2, 3))) static void part(struct sentence *sentence,
						       const char *format, ...)
{
	va_list args;
	char *words, *longer;

	va_start(args, format);
	words = xvasprintf(format, args);
	va_end(args);
	longer = xasprintf("%s%s%s", sentence->text, *sentence->text ? "; " : "", words);
	free(words);
	free(sentence->text);
	sentence->text = longer;
}

static void part_waits(struct sentence *sentence, const char *verb, size_t count,
		       const struct wait_change *most)
{
	if (count)
		part(sentence, "%s %zu wait%s for RUNNING, %s%s -> %s", verb, count,
		     count == 1 ? "" : "s", count == 1 ? "" : "at most ", most->before,
		     most->after);
}

static void part_stale(struct sentence *sentence, int64_t before, int64_t after, const char *what)
{
	char time[FORMAT_MAX_BYTES];

	if (before == after)
		return;
	format_duration(llabs(after - before), time);
	part(sentence, "userspace sees %s for %s %s", what, time, after > before ? "more" : "less");
}

/* What the differences are, without a figure that changed. */
static void part_others(struct sentence *sentence, const struct diff_totals *totals)
{
	if (!*sentence->text)
		part(sentence, "changes %zu notification%s and no figure below",
		     totals->counts[CHANGE_MOVED] + totals->counts[CHANGE_APPEARED] +
			     totals->counts[CHANGE_VANISHED],
		     totals->counts[CHANGE_MOVED] + totals->counts[CHANGE_APPEARED] +
					     totals->counts[CHANGE_VANISHED] ==
				     1
			     ? ""
			     : "s");
}

static void part_notifications(struct sentence *sentence, const struct diff_totals *totals)
{
	size_t before = totals->before.notifications, after = totals->after.notifications;

	if (before != after)
		part(sentence, "%s %zu notification%s (%zu -> %zu)",
		     after > before ? "costs" : "saves",
		     after > before ? after - before : before - after,
		     after - before == 1 || before - after == 1 ? "" : "s", before, after);
	if (totals->peak)
		part(sentence, "raises the most in one second from %zu to %zu",
		     totals->peak->figures.before.peak, totals->peak->figures.after.peak);
	else if (totals->after.peak < totals->before.peak)
		part(sentence, "lowers the most in one second from %zu to %zu", totals->before.peak,
		     totals->after.peak);
}

char *diff_conclusion(const struct diff_report *report, const struct diff_totals *totals)
{
	enum src_extent extent = src_abouts_extent(&report->abouts);
	struct sentence sentence = { .text = xstrdup("") };

	if (extent == SRC_NOT_KNOWN) {
		part(&sentence, "%s", src_extent_text(extent));
		return sentence.text;
	}
	if (!totals->same && !totals->differ) {
		part(&sentence, "nothing was compared");
		return sentence.text;
	}
	if (!totals->differ) {
		part(&sentence, "no difference in %zu scenario%s", totals->same,
		     totals->same == 1 ? "" : "s");
	} else {
		part_waits(&sentence, "shortens", totals->shorter,
			   totals->shortened ? &totals->shortened->figures.waits.shortened : NULL);
		part_waits(&sentence, "lengthens", totals->longer,
			   totals->lengthened ? &totals->lengthened->figures.waits.lengthened
					      : NULL);
		part_notifications(&sentence, totals);
		part_stale(&sentence, totals->before.stale_running_ns,
			   totals->after.stale_running_ns, "RUNNING without carrier");
		part_stale(&sentence, totals->before.stale_not_running_ns,
			   totals->after.stale_not_running_ns, "no RUNNING with carrier");
		part_others(&sentence, totals);
	}
	if (totals->others)
		part(&sentence, "not known for %zu other%s", totals->others,
		     totals->others == 1 ? "" : "s");
	if (extent == SRC_FILE)
		part(&sentence, "%s", src_extent_text(extent));
	return sentence.text;
}

#define LABEL_COLUMNS 24

/* Length of the folder that all scenarios are in. */
static size_t common_folder(const struct diff_report *report)
{
	const char *first = report->items[0].name;
	size_t common = strlen(first);

	for (size_t i = 1; i < report->count; i++) {
		size_t same = 0;

		while (same < common && report->items[i].name[same] == first[same])
			same++;
		common = same;
	}
	while (common && first[common - 1] != '/')
		common--;
	return common;
}

/* " (d0, FILE)", without the folder of all; nothing for a report on one scenario. */
static void write_where(FILE *out, const struct diff_report *report,
			const struct scenario_diff *item, const char *device)
{
	size_t folder = report->count > 1 ? common_folder(report) : 0;

	if (!item || (report->count == 1 && !*device))
		return;
	fprintf(out, " (%s%s", device, *device && report->count > 1 ? ", " : "");
	if (report->count > 1)
		text_print(out, item->name + folder, strlen(item->name) - folder);
	fputc(')', out);
}

/* A line of the figures in the making. */
struct line {
	FILE *out;
	char *text;
	size_t len;
	unsigned int columns;
};

static FILE *line_begin(struct line *line)
{
	line->out = xmemstream(&line->text, &line->len);
	return line->out;
}

static void line_end(struct line *line, const char *label, FILE *out)
{
	struct wrap wrap = { .out = out,
			     .columns = line->columns,
			     .indent = LABEL_COLUMNS,
			     .column = LABEL_COLUMNS };

	xclose_memstream(line->out);
	fprintf(out, "%-*s", LABEL_COLUMNS, label);
	wrap_words(&wrap, line->text, line->len);
	wrap_end(&wrap);
	free(line->text);
}

static void write_waits(FILE *out, const struct diff_report *report, const char *label,
			size_t count, const struct scenario_diff *item,
			const struct wait_change *most)
{
	struct line line = { .columns = report->columns };

	fprintf(line_begin(&line), "%zu", count);
	if (item) {
		fprintf(line.out, "%s%s -> %s", count == 1 ? ": " : ", at most ", most->before,
			most->after);
		write_where(line.out, report, item, most->name);
	}
	line_end(&line, label, out);
}

/* A stale state in all scenarios, and in the one where it grew most; NULL: in none. */
static void write_stale(FILE *out, const struct diff_report *report, const char *label,
			const int64_t sums[2], const struct scenario_diff *worst,
			const int64_t worsts[2])
{
	char before[FORMAT_MAX_BYTES], after[FORMAT_MAX_BYTES];
	struct line line = { .columns = report->columns };

	format_duration(sums[0], before);
	format_duration(sums[1], after);
	fprintf(line_begin(&line), "%s -> %s", before, after);
	if (worst && report->count > 1) {
		format_duration(worsts[0], before);
		format_duration(worsts[1], after);
		fprintf(line.out, ", at worst %s -> %s", before, after);
		write_where(line.out, report, worst, "");
	}
	line_end(&line, label, out);
}

static void write_all_stale(FILE *out, const struct diff_report *report,
			    const struct diff_totals *totals)
{
	static const struct scenario_diff none;
	const struct scenario_diff *item = totals->stale_running ? totals->stale_running : &none;

	write_stale(out, report, "RUNNING, no carrier:",
		    (int64_t[]){ totals->before.stale_running_ns, totals->after.stale_running_ns },
		    totals->stale_running,
		    (int64_t[]){ item->figures.before.stale_running_ns,
				 item->figures.after.stale_running_ns });
	item = totals->stale_not_running ? totals->stale_not_running : &none;
	write_stale(out, report, "carrier, not RUNNING:",
		    (int64_t[]){ totals->before.stale_not_running_ns,
				 totals->after.stale_not_running_ns },
		    totals->stale_not_running,
		    (int64_t[]){ item->figures.before.stale_not_running_ns,
				 item->figures.after.stale_not_running_ns });
}

/* A number of all scenarios, and the scenario in which it grew most (NULL: in none) with its own
 * numbers, unless they are the same. */
static void write_worst(FILE *out, const struct diff_report *report, const size_t all[2],
			const struct scenario_diff *item, const size_t worst[2])
{
	fprintf(out, "%zu -> %zu", all[0], all[1]);
	if (!item || report->count == 1)
		return;
	if (worst[0] != all[0] || worst[1] != all[1])
		fprintf(out, ", at worst %zu -> %zu", worst[0], worst[1]);
	write_where(out, report, item, "");
}

static void write_notifications(FILE *out, const struct diff_report *report,
				const struct diff_totals *totals)
{
	static const struct scenario_diff none;
	const struct scenario_diff *most = totals->notifications ? totals->notifications : &none;
	const struct scenario_diff *busiest = totals->peak ? totals->peak : &none;
	struct line line = { .columns = report->columns };

	write_worst(line_begin(&line), report,
		    (size_t[]){ totals->before.notifications, totals->after.notifications },
		    totals->notifications,
		    (size_t[]){ most->figures.before.notifications,
				most->figures.after.notifications });
	line_end(&line, "notifications:", out);
	write_worst(line_begin(&line), report,
		    (size_t[]){ totals->before.peak, totals->after.peak }, totals->peak,
		    (size_t[]){ busiest->figures.before.peak, busiest->figures.after.peak });
	line_end(&line, "most in one second:", out);
}

void diff_figures_write(FILE *out, const struct diff_report *report,
			const struct diff_totals *totals)
{
	const struct scenario_diff *item = totals->shortened;

	write_waits(out, report, "waits shortened:", totals->shorter, item,
		    item ? &item->figures.waits.shortened : NULL);
	item = totals->lengthened;
	write_waits(out, report, "waits lengthened:", totals->longer, item,
		    item ? &item->figures.waits.lengthened : NULL);
	write_all_stale(out, report, totals);
	write_notifications(out, report, totals);
}
