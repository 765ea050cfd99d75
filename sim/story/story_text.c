/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a story as lines of text, for lwsim explain. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/story/story.h"

/* Column of the sentences, after time and mark. */
#define TEXT_COLUMN 16

struct printer {
	struct story_listener listener;
	FILE *out;
	unsigned int columns; /* 0: no limit */
};

char *story_sentence_string(const struct story_sentence *sentence)
{
	const char *function = sentence->function ? sentence->function : "";

	if (!sentence->function && !sentence->line)
		return xstrdup(sentence->text);
	return xasprintf("%s (%s%sline %" PRIu32 "%s)", sentence->text, function,
			 *function ? ", " : "", sentence->line,
			 sentence->is_derived ? ", derived" : "");
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

static void printer_said(struct story_listener *listener, const struct story_sentence *sentence)
{
	const struct printer *printer = container_of(listener, struct printer, listener);
	struct wrap wrap = {
		.out = printer->out,
		.columns = printer->columns,
		.indent = TEXT_COLUMN,
		.column = TEXT_COLUMN,
	};
	char *text = story_sentence_string(sentence), time[FORMAT_MAX_BYTES];

	format_seconds(sentence->t_ns, time);
	fprintf(printer->out, "%12s  %s ", time, sentence->kind == STORY_ACTION ? ">" : " ");
	if (printer->columns) {
		wrap_words(&wrap, text, strlen(text));
		wrap_end(&wrap);
	} else {
		fprintf(printer->out, "%s\n", text);
	}
	free(text);
}

static void printer_free(struct story_listener *listener)
{
	free(container_of(listener, struct printer, listener));
}

void story_write_head(FILE *out, const struct run_info *info)
{
	const struct kernel_switch_info *change;
	char kernel[KERNEL_NAME_MAX_BYTES];
	unsigned int at = 0;

	kernel_name(info->kernel, kernel);
	fprintf(out, "%s%son %s, HZ=%" PRIu32, info->scenario->title,
		*info->scenario->title ? ", " : "", kernel, info->scenario->hz);
	scenario_write_settings(info->scenario, out);
	fputc('\n', out);
	while ((change = kernel_next_change(info->kernel, &at)) != NULL)
		fprintf(out, "+%s (%s): %s\n", change->name, change->commit, change->effect);
}

struct story_listener *story_printer_new(FILE *out, unsigned int columns)
{
	struct printer *printer = xcalloc(1, sizeof(*printer));

	printer->listener.said = printer_said;
	printer->listener.free = printer_free;
	printer->out = out;
	printer->columns = columns;
	return &printer->listener;
}

struct writer *story_writer_new(FILE *out, const char *device, unsigned int columns)
{
	return story_new(story_printer_new(out, columns), device);
}
