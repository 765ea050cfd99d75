/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes what linkwatch did to the messages of a capture. */
#include "sim/evidence/findings.h"

#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/align.h"
#include "sim/evidence/against.h"
#include "sim/language/format.h"

/* Late messages, and merged ones, that are listed; of more, only the number is. */
#define LISTED_MAX 12
#define REASONS_MAX 6
#define INDENT 4

struct finding_list {
	FILE *out;
	const struct scenario *scenario;
	const struct compared_run *run;
	const struct watch *watch;
	const struct beside *beside;
	const struct findings_style *style;
	size_t *captured; /* by record of the run: the record of beside->captured; ALIGN_NONE */
};

static void write_wrapped(const struct finding_list *list, unsigned int indent, const char *color,
			  const char *text)
{
	struct wrap wrap = {
		.out = list->out,
		.columns = list->style->columns ? list->style->columns : UINT_MAX,
		.indent = indent + 2,
		.column = indent,
		.color = color_code(list->style->is_colored, color),
	};

	fprintf(list->out, "%*s", (int)indent, "");
	wrap_text(&wrap, text);
	wrap_end(&wrap);
}

static const struct record *record_of(const struct finding_list *list,
				      const struct watch_message *message)
{
	return &list->run->trace->records[message->record];
}

static void label_of(const struct record *record, char ret_label[LABEL_MAX_BYTES])
{
	format_label(record->netns, record->dev, ret_label);
}

static bool is_wanted(const struct finding_list *list, const struct watch_message *message)
{
	char label[LABEL_MAX_BYTES];

	if (list->captured[message->record] == ALIGN_NONE)
		return false;
	label_of(record_of(list, message), label);
	return !list->style->device || strcmp(label, list->style->device) == 0;
}

static bool is_late(const struct finding_list *list, const struct watch_message *message)
{
	return is_wanted(list, message) && message->by_linkwatch &&
	       record_of(list, message)->kind == RECORD_NEWLINK &&
	       message->late_ns > list->beside->tolerance_ns;
}

static bool is_merged(const struct finding_list *list, const struct watch_message *message)
{
	return is_wanted(list, message) && message->losses + message->gains > 1;
}

/* The capture's time of a message. */
static void time_there(const struct finding_list *list, const struct watch_message *message,
		       char ret_text[EVIDENCE_TIME_MAX_BYTES])
{
	size_t captured = list->captured[message->record];

	evidence_time(list->beside->evidence, list->beside->captured_records[captured], ret_text);
}

/* Whether a line of the scenario is marked as a guess. */
static bool is_guess(const struct finding_list *list, uint32_t line)
{
	uint32_t len;
	const char *text = line ? source_line(list->scenario->source, line, &len) : NULL;

	return text && memmem(text, len, "# ?", 3);
}

/* The story's sentences from the event to the message, which name the rule. */
static void write_reasons(const struct finding_list *list, const struct watch_message *message)
{
	struct story_listener *printer = story_printer_new(list->out, list->style->columns);
	char label[LABEL_MAX_BYTES];
	size_t reasons[REASONS_MAX], count;

	label_of(record_of(list, message), label);
	count = watch_reasons(list->watch, message, label, reasons, REASONS_MAX);
	for (size_t i = 0; i < count; i++)
		printer->said(printer, &list->watch->sentences[reasons[i]].sentence);
	printer->free(printer);
}

/* How many messages behind this one are late by the same, for the next devices. */
static size_t fold_late(const struct finding_list *list, size_t at, struct fold *ret_fold)
{
	const struct watch_message *first = &list->watch->messages[at];
	char label[LABEL_MAX_BYTES];
	size_t count = 1;

	label_of(record_of(list, first), label);
	fold_start(ret_fold, label);
	for (size_t i = at + 1; i < list->watch->count; i++) {
		const struct watch_message *next = &list->watch->messages[i];

		if (!is_late(list, next) || next->late_ns != first->late_ns ||
		    record_of(list, next)->t_ns != record_of(list, first)->t_ns)
			break;
		label_of(record_of(list, next), label);
		if (!fold_add(ret_fold, label))
			break;
		count++;
	}
	return count;
}

static void write_late_one(const struct finding_list *list, const struct watch_message *message,
			   const struct fold *fold)
{
	char what[DESCRIBE_MAX_BYTES], there[EVIDENCE_TIME_MAX_BYTES], late[FORMAT_MAX_BYTES];
	char name[FOLD_NAME_MAX_BYTES], *text;

	record_describe_whole(record_of(list, message), what);
	time_there(list, message, there);
	format_duration(message->late_ns, late);
	fold_name(fold, name);
	text = xasprintf("%s %s at %s is %s%s late (its event: line %" PRIu32 "%s)", name, what,
			 there, is_guess(list, message->line) ? "up to " : "", late, message->line,
			 is_guess(list, message->line) ? ", a guess" : "");
	write_wrapped(list, 2, COLOR_BOLD, text);
	free(text);
	write_reasons(list, message);
}

static size_t count_if(const struct finding_list *list,
		       bool (*is)(const struct finding_list *list,
				  const struct watch_message *message))
{
	size_t count = 0;

	for (size_t i = 0; i < list->watch->count; i++)
		count += is(list, &list->watch->messages[i]);
	return count;
}

static void write_more(const struct finding_list *list, size_t count)
{
	if (count)
		fprintf(list->out, "  and %zu more\n", count);
}

static void write_late(const struct finding_list *list)
{
	size_t left = count_if(list, is_late), listed = 0;

	if (!left) {
		fputs("late by linkwatch: none\n", list->out);
		return;
	}
	fprintf(list->out, "late by linkwatch: %zu\n", left);
	for (size_t i = 0; i < list->watch->count && listed < LISTED_MAX;) {
		struct fold fold;
		size_t folded;

		if (!is_late(list, &list->watch->messages[i])) {
			i++;
			continue;
		}
		folded = fold_late(list, i, &fold);
		write_late_one(list, &list->watch->messages[i], &fold);
		i += folded;
		left -= folded;
		listed++;
	}
	write_more(list, left);
}

/* What the capture's counters say of the same messages; "" if it has none. */
static char *counters_text(const struct finding_list *list, const struct watch_message *message)
{
	const struct record *run = record_of(list, message);
	const struct record *captured =
		&list->beside->captured.records[list->captured[message->record]];

	if (!list->beside->evidence->has_counters)
		return xstrdup("");
	if (run->carrier_down == captured->carrier_down && run->carrier_up == captured->carrier_up)
		return xasprintf("; the capture's counters agree: %" PRIu32 " down, %" PRIu32 " up",
				 captured->carrier_down, captured->carrier_up);
	return xasprintf("; the capture's counters do not agree: %" PRIu32 " down, %" PRIu32
			 " up there, %" PRIu32 " and %" PRIu32 " here",
			 captured->carrier_down, captured->carrier_up, run->carrier_down,
			 run->carrier_up);
}

static void write_merged_one(const struct finding_list *list, const struct watch_message *message)
{
	char what[DESCRIBE_MAX_BYTES], there[EVIDENCE_TIME_MAX_BYTES], label[LABEL_MAX_BYTES];
	char *text, *counters = counters_text(list, message);

	record_describe_whole(record_of(list, message), what);
	label_of(record_of(list, message), label);
	time_there(list, message, there);
	text = xasprintf("%s %s at %s stands for %u carrier loss%s and %u gain%s: a device is on "
			 "linkwatch's list once, and its state is read when linkwatch runs%s",
			 label, what, there, message->losses, message->losses == 1 ? "" : "es",
			 message->gains, message->gains == 1 ? "" : "s", counters);
	write_wrapped(list, 2, "", text);
	free(text);
	free(counters);
}

static void write_merged(const struct finding_list *list)
{
	size_t left = count_if(list, is_merged), listed = 0;

	if (!left) {
		fputs("merged by linkwatch: none\n", list->out);
		return;
	}
	fprintf(list->out, "merged by linkwatch: %zu\n", left);
	for (size_t i = 0; i < list->watch->count && listed < LISTED_MAX; i++) {
		if (!is_merged(list, &list->watch->messages[i]))
			continue;
		write_merged_one(list, &list->watch->messages[i]);
		left--;
		listed++;
	}
	write_more(list, left);
}

/* The messages whose counters differ from the run's: flaps that the scenario lacks. */
static void write_miscounted(const struct finding_list *list)
{
	const struct beside *beside = list->beside;
	char there[EVIDENCE_TIME_MAX_BYTES];

	for (size_t i = 0; i < beside->captured.count && beside->evidence->has_counters; i++) {
		const struct record *captured = &beside->captured.records[i], *run;

		if (beside->captured_partner[i] == ALIGN_NONE)
			continue;
		run = &beside->run_part.records[beside->captured_partner[i]];
		if (run->carrier_down == captured->carrier_down &&
		    run->carrier_up == captured->carrier_up)
			continue;
		evidence_time(beside->evidence, beside->captured_records[i], there);
		text_line(list->out,
			  "carrier counters of %s differ from %s on: %" PRIu32 " down, %" PRIu32
			  " up there, %" PRIu32 " and %" PRIu32 " here",
			  captured->dev, there, captured->carrier_down, captured->carrier_up,
			  run->carrier_down, run->carrier_up);
		return;
	}
}

static bool write_rest(const struct finding_list *list)
{
	char *rest;
	size_t len;
	FILE *out = xmemstream(&rest, &len);
	bool is_something = against_write_rest(out, list->beside, list->style->columns);

	xclose_memstream(out);
	fputs(is_something
		      ? "not accounted for (appeared: only in the capture; vanished: only in the "
			"run):\n"
		      : "not accounted for: none\n",
	      list->out);
	fputs(rest, list->out);
	free(rest);
	return is_something;
}

static void find_captured(struct finding_list *list)
{
	const struct beside *beside = list->beside;

	list->captured = xmalloc((list->run->trace->count + 1) * sizeof(size_t));
	for (size_t i = 0; i < list->run->trace->count; i++)
		list->captured[i] = ALIGN_NONE;
	for (size_t i = 0; i < beside->captured.count; i++)
		if (beside_is_same(beside, i))
			list->captured[beside->run_records[beside->captured_partner[i]]] = i;
}

static void write_head(const struct finding_list *list)
{
	const struct beside *beside = list->beside;
	char kernel[KERNEL_NAME_MAX_BYTES], *text;
	size_t same = 0;

	for (size_t i = 0; i < beside->captured.count; i++)
		same += beside_is_same(beside, i);
	text = xasprintf(
		"%s: %zu of %zu notification%s explained, %zu late by linkwatch, %zu merged",
		beside->evidence->path, same, beside->evidence->trace.count,
		beside->evidence->trace.count == 1 ? "" : "s", count_if(list, is_late),
		count_if(list, is_merged));
	write_wrapped(list, 0, COLOR_BOLD, text);
	free(text);
	kernel_name(&list->run->kernel, kernel);
	text = xasprintf("beside %s on %s, HZ=%" PRIu32, list->scenario->source->path, kernel,
			 list->scenario->hz);
	write_wrapped(list, 0, "", text);
	free(text);
}

bool findings_write(FILE *out, const struct scenario *scenario, const struct compared_run *run,
		    const struct watch *watch, const struct beside *beside,
		    const struct findings_style *style)
{
	struct finding_list list = { .out = out,
				     .scenario = scenario,
				     .run = run,
				     .watch = watch,
				     .beside = beside,
				     .style = style };
	bool is_something;

	find_captured(&list);
	write_head(&list);
	write_late(&list);
	write_merged(&list);
	is_something = write_rest(&list);
	write_miscounted(&list);
	against_write_terms(out, beside, style->columns);
	free(list.captured);
	return is_something;
}
