/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim's own text format: one line per message, changes marked with + and -. */
#include "sim/formats/text_writer.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/fold.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

#define FIELD_MAX_BYTES 128
#define TAIL_MAX_BYTES (4 * FIELD_MAX_BYTES)
#define NAME_COLUMNS 12
/* Column of what hangs over from the line before. */
#define HANGING_COLUMN 16

struct text_writer {
	struct writer writer;
	FILE *out;
	unsigned int options;
	unsigned int columns; /* 0: no limit */
	/* a pending line, into which further devices may be folded */
	bool has_line;
	struct fold fold;
	char time[2 * FORMAT_MAX_BYTES];
	char tail[TAIL_MAX_BYTES]; /* everything after the name */
	const char *color;
	int64_t waited_ns; /* from UP to RUNNING; -1: not printed */
};

static const char *color(const struct text_writer *text, const char *code)
{
	return color_code(text->options & TEXT_COLOR, code);
}

/* Writes a line, or more where it does not fit into one. */
static void write_entry(const struct text_writer *text, const char *time, const char *code,
			const char *entry)
{
	struct wrap wrap = {
		.out = text->out,
		.columns = text->columns,
		.indent = HANGING_COLUMN,
		.column = (unsigned int)strlen(time) + 2,
		.color = code,
		.breaks_words = true,
	};

	fprintf(text->out, "%s  ", time);
	if (text->columns) {
		wrap_text(&wrap, entry);
		wrap_end(&wrap);
	} else {
		fprintf(text->out, "%s%s%s\n", code, entry, *code ? COLOR_OFF : "");
	}
}

static void write_line(struct text_writer *text)
{
	char name[FOLD_NAME_MAX_BYTES], waited[FORMAT_MAX_BYTES];
	char entry[FOLD_NAME_MAX_BYTES + NAME_COLUMNS + TAIL_MAX_BYTES];
	size_t len;

	if (!text->has_line)
		return;
	text->has_line = false;
	fold_name(&text->fold, name);
	len = text->options & TEXT_WIDE ? strlen(name) : text_columns(name, strlen(name));
	snprintf(entry, sizeof(entry), "%s%*s %s", name,
		 len < NAME_COLUMNS ? NAME_COLUMNS - (int)len : 0, "", text->tail);
	write_entry(text, text->time, text->color, entry);
	if (text->waited_ns < 0 || !(text->options & TEXT_ACTIONS))
		return;
	format_duration(text->waited_ns, waited);
	snprintf(entry, sizeof(entry), "= %s waited %s from UP to RUNNING", name, waited);
	write_entry(text, text->time, "", entry);
}

/* Lists the flags, new ones with a plus, lost ones with a minus. */
static void mark_flags(const struct record *record, char ret_flags[FIELD_MAX_BYTES])
{
	uint32_t before = record->has_before ? record->flags_before : record->flags;
	const char *separator = "";
	char *end = stpcpy(ret_flags, "<");

	for (unsigned int i = 0; i < LINK_STATE_FLAGS; i++) {
		uint32_t flag = flag_names[i].flag;
		bool is_on = record->flags & flag, was_on = before & flag;

		if (!is_on && !was_on)
			continue;
		end = stpcpy(end, separator);
		end = stpcpy(end, is_on && !was_on ? "+" : !is_on ? "-" : "");
		end = stpcpy(end, flag_names[i].name);
		separator = ",";
	}
	strcpy(end, ">");
}

static void state_text(const struct record *record, char ret_state[FIELD_MAX_BYTES])
{
	bool is_same = !record->has_before || record->operstate == record->operstate_before;

	sprintf(ret_state, "%s%s%s", is_same ? "" : operstate_name(record->operstate_before),
		is_same ? "" : " -> ", operstate_name(record->operstate));
}

/* The wait to print; -1 if RUNNING came together with UP. */
static int64_t wait_to_print(const struct record *record)
{
	uint32_t before = record->has_before ? record->flags_before : 0;

	return record->flags & ~before & IFF_UP ? -1 : record->waited_ns;
}

static void message_tail_wide(const struct record *record, char ret_tail[TAIL_MAX_BYTES])
{
	char flags[FIELD_MAX_BYTES] = "deleted", state[FIELD_MAX_BYTES];
	char *end = ret_tail;

	if (record->kind != RECORD_DELLINK)
		mark_flags(record, flags);
	state_text(record, state);
	end += sprintf(end, "%-32s state %-22s %-10s %" PRIu32 "/%" PRIu32 " 0x%x", flags, state,
		       qdisc_name(record->qdisc), record->carrier_up, record->carrier_down,
		       record->change);
	if (record->linkmode)
		sprintf(end, " mode %s", linkmode_name(record->linkmode));
}

static void message_tail(const struct text_writer *text, const struct record *record,
			 char ret_tail[TAIL_MAX_BYTES])
{
	if (text->options & TEXT_WIDE)
		message_tail_wide(record, ret_tail);
	else
		record_describe(record, ret_tail);
}

static void format_time(const struct text_writer *text, const struct record *record,
			char ret_time[2 * FORMAT_MAX_BYTES])
{
	char seconds[FORMAT_MAX_BYTES];

	format_seconds(record->t_ns, seconds);
	if (text->options & TEXT_WIDE)
		sprintf(ret_time, "%12s %7" PRIu64, seconds, record->jiffy);
	else
		sprintf(ret_time, "%12s", seconds);
}

/* Highlights RUNNING gained or lost. */
static const char *line_color(const struct text_writer *text, const struct record *record)
{
	uint32_t before = record->has_before ? record->flags_before : 0;

	if (record->flags & ~before & IFF_RUNNING)
		return color(text, COLOR_GREEN);
	return before & ~record->flags & IFF_RUNNING ? color(text, COLOR_RED) : "";
}

static void write_message(struct text_writer *text, const struct record *record)
{
	char time[2 * FORMAT_MAX_BYTES], tail[TAIL_MAX_BYTES], label[LABEL_MAX_BYTES];
	int64_t waited = wait_to_print(record);

	format_time(text, record, time);
	message_tail(text, record, tail);
	format_label(record->netns, record->dev, label);
	if (text->has_line && waited == text->waited_ns && strcmp(time, text->time) == 0 &&
	    strcmp(tail, text->tail) == 0 && fold_add(&text->fold, label))
		return;
	write_line(text);
	fold_start(&text->fold, label);
	strcpy(text->time, time);
	strcpy(text->tail, tail);
	text->color = line_color(text, record);
	text->waited_ns = waited;
	text->has_line = true;
}

static void write_action(const struct text_writer *text, const struct record *record,
			 const char *time)
{
	char *entry;
	size_t len;
	FILE *out = xmemstream(&entry, &len);

	fputs("> ", out);
	record_write_action(out, record);
	xclose_memstream(out);
	write_entry(text, time, color(text, COLOR_BOLD), entry);
	free(entry);
}

/*
 * The line number is printed only with actions: in a snapshot it would change with every comment.
 */
static void write_error(const struct text_writer *text, const struct record *record,
			const char *time)
{
	char line[FIELD_MAX_BYTES] = "", *entry;

	if (text->options & TEXT_ACTIONS)
		sprintf(line, " in line %" PRIu32, record->line);
	entry = xasprintf("error%s%s: %s", line,
			  record->stmt->expected_error.is_set ? " (one is expected)" : "",
			  record->text);
	write_entry(text, time, color(text, COLOR_RED), entry);
	free(entry);
}

static void text_record(struct writer *writer, const struct record *record)
{
	struct text_writer *text = (struct text_writer *)writer;
	char time[2 * FORMAT_MAX_BYTES];

	if (record_is_message(record)) {
		write_message(text, record);
		return;
	}
	if (record->kind == RECORD_ACTION && (record->is_again || !(text->options & TEXT_ACTIONS)))
		return;
	write_line(text);
	format_time(text, record, time);
	if (record->kind == RECORD_ACTION)
		write_action(text, record, time);
	else if (record->kind == RECORD_ERROR)
		write_error(text, record, time);
	else
		write_entry(text, time, "", record->text);
}

static void text_flush(struct writer *writer)
{
	write_line((struct text_writer *)writer);
}

static void text_free(struct writer *writer)
{
	free(writer);
}

static void write_title(const struct text_writer *text, const struct run_info *info)
{
	char kernel[KERNEL_NAME_MAX_BYTES];
	struct wrap wrap = {
		.out = text->out,
		.columns = text->columns ? text->columns : UINT_MAX,
		.indent = 4,
		.color = color(text, COLOR_BOLD),
		.breaks_words = true,
	};
	char *title;

	kernel_name(info->kernel, kernel);
	title = xasprintf("%s%son %s, HZ=%" PRIu32, info->scenario->title,
			  *info->scenario->title ? ", " : "", kernel, info->scenario->hz);
	wrap_text(&wrap, title);
	wrap_end(&wrap);
	free(title);
}

static void write_head(const struct text_writer *text, const struct run_info *info)
{
	write_title(text, info);
	if (text->options & TEXT_WIDE)
		fprintf(text->out, "%12s %7s  %-12s %-32s %-28s %-10s %s\n", "seconds", "jiffy",
			"device", "flags", "state", "qdisc", "carrier up/down, change");
	else
		fprintf(text->out, "%12s  %-12s %s\n", "seconds", "device", "change");
}

struct writer *text_writer_new(FILE *out, const struct run_info *info, unsigned int options)
{
	struct text_writer *text = xcalloc(1, sizeof(*text));

	text->writer.record = text_record;
	text->writer.flush = text_flush;
	text->writer.free = text_free;
	text->out = out;
	text->options = options;
	text->columns = options & TEXT_WIDE ? 0 : wrap_table_columns();
	if (options & TEXT_HEAD)
		write_head(text, info);
	return &text->writer;
}
