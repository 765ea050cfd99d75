/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a story as lines of text, for lwsim explain. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/story/story.h"

/* Column of the sentences, after time and mark. */
#define TEXT_COLUMN 16
#define TIME_COLUMNS 12
#define HEAD_INDENT 4

struct printer {
	struct story_listener listener;
	FILE *out;
	struct story_style style;
};

/* "(function, line 5)"; NULL: nothing. The caller frees. */
static char *source_string(const struct story_sentence *sentence)
{
	const char *function = sentence->function ? sentence->function : "";

	if (!sentence->function && !sentence->line)
		return NULL;
	return xasprintf("(%s%sline %" PRIu32 "%s)", function, *function ? ", " : "",
			 sentence->line, sentence->is_derived ? ", derived" : "");
}

char *story_sentence_string(const struct story_sentence *sentence)
{
	char *source = source_string(sentence), *text;

	if (!source)
		return xstrdup(sentence->text);
	text = xasprintf("%s %s", sentence->text, source);
	free(source);
	return text;
}

bool story_is_about(const struct story_sentence *sentence, const char *label)
{
	struct fold fold;

	if (!sentence->has_devices)
		return false;
	fold_start(&fold, label);
	return fold.has_number == sentence->devices.has_number &&
	       strcmp(fold.base, sentence->devices.base) == 0 &&
	       fold.first >= sentence->devices.first && fold.first <= sentence->devices.last;
}

/* Where it wraps, `tail` (NULL: none) stays together: who searches for a function finds it. */
static void write_text(FILE *out, const struct story_style *style, unsigned int column,
		       unsigned int indent, const char *color, const char *text, const char *tail)
{
	struct wrap wrap = {
		.out = out,
		.columns = style->columns,
		.indent = indent,
		.column = column,
		.color = color_code(style->is_colored, color),
		.breaks_words = style->columns >=
				WRAP_COLUMNS, /* in a narrower terminal names stay whole */
	};

	if (!style->columns) {
		fprintf(out, "%s%s%s%s%s\n", wrap.color, text, tail ? " " : "", tail ? tail : "",
			*wrap.color ? COLOR_OFF : "");
		return;
	}
	wrap_text(&wrap, text);
	if (tail)
		wrap_piece(&wrap, tail);
	wrap_end(&wrap);
}

static const char *color_of(const struct story_sentence *sentence)
{
	switch (sentence->kind) {
	case STORY_ACTION:
		return COLOR_BOLD;
	case STORY_ERROR:
		return COLOR_RED;
	case STORY_MESSAGE:
		return sentence->running > 0 ? COLOR_GREEN : sentence->running < 0 ? COLOR_RED : "";
	default:
		return "";
	}
}

static void printer_said(struct story_listener *listener, const struct story_sentence *sentence)
{
	const struct printer *printer = container_of(listener, struct printer, listener);
	char *source = source_string(sentence), time[FORMAT_MAX_BYTES];
	unsigned int column = TEXT_COLUMN;

	format_seconds(sentence->t_ns, time);
	fprintf(printer->out, "%*s  %s ", TIME_COLUMNS, time,
		sentence->kind == STORY_ACTION ? ">" : " ");
	if (strlen(time) > TIME_COLUMNS)
		column += (unsigned int)strlen(time) - TIME_COLUMNS;
	write_text(printer->out, &printer->style, column, TEXT_COLUMN, color_of(sentence),
		   sentence->text, source);
	free(source);
}

static void printer_free(struct story_listener *listener)
{
	free(container_of(listener, struct printer, listener));
}

void story_write_head(FILE *out, const struct run_info *info, const struct story_style *style)
{
	const struct kernel_switch_info *change;
	char kernel[KERNEL_NAME_MAX_BYTES], *text;
	unsigned int at = 0;
	size_t len;
	FILE *head = xmemstream(&text, &len);

	kernel_name(info->kernel, kernel);
	fprintf(head, "%s%son %s, HZ=%" PRIu32, info->scenario->title,
		*info->scenario->title ? ", " : "", kernel, info->scenario->hz);
	scenario_write_settings(info->scenario, head);
	xclose_memstream(head);
	write_text(out, style, 0, HEAD_INDENT, COLOR_BOLD, text, NULL);
	free(text);
	while ((change = kernel_next_change(info->kernel, &at)) != NULL) {
		text = xasprintf("+%s (%s): %s", change->name, change->commit, change->effect);
		write_text(out, style, 0, HEAD_INDENT, "", text, NULL);
		free(text);
	}
}

static struct story_listener *printer_new(FILE *out, const struct story_style *style)
{
	struct printer *printer = xcalloc(1, sizeof(*printer));

	printer->listener.said = printer_said;
	printer->listener.free = printer_free;
	printer->out = out;
	printer->style = *style;
	return &printer->listener;
}

struct story_listener *story_printer_new(FILE *out, unsigned int columns)
{
	const struct story_style style = { .columns = columns };

	return printer_new(out, &style);
}

struct writer *story_writer_new_styled(FILE *out, const char *device,
				       const struct story_style *style)
{
	return story_new(printer_new(out, style), device);
}

struct writer *story_writer_new(FILE *out, const char *device, unsigned int columns)
{
	const struct story_style style = { .columns = columns };

	return story_writer_new_styled(out, device, &style);
}
