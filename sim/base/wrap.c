/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wraps text to a terminal's width. */
#include "sim/base/wrap.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"

/* $COLUMNS has precedence, as in ls. Without a terminal it is ignored: same input, same bytes. */
unsigned int wrap_terminal_columns(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long wanted = columns ? strtol(columns, NULL, 10) : 0;

	if (!isatty(STDOUT_FILENO))
		return WRAP_COLUMNS;
	if (wanted > 0 && wanted < 65536)
		return (unsigned int)wanted;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	return WRAP_COLUMNS;
}

unsigned int wrap_table_columns(void)
{
	unsigned int columns = wrap_terminal_columns();

	return columns < WRAP_COLUMNS ? WRAP_COLUMNS : columns;
}

static bool has_color(const struct wrap *wrap)
{
	return wrap->color && *wrap->color;
}

/* Starts the colour at a line's first word and ends it with the line, because pagers show lines
 * singly. */
static void put(struct wrap *wrap, const char *text, size_t len, unsigned int width)
{
	if (!len)
		return;
	if (has_color(wrap) && !wrap->has_words)
		fputs(wrap->color, wrap->out);
	wrap->has_words = true;
	text_print(wrap->out, text, len);
	wrap->column += width;
}

static void line_break(struct wrap *wrap)
{
	fprintf(wrap->out, "%s\n%*s", has_color(wrap) ? COLOR_OFF : "", (int)wrap->indent, "");
	wrap->column = wrap->indent;
	wrap->has_words = false;
}

static void wrap_word(struct wrap *wrap, const char *word, size_t len)
{
	unsigned int width = text_columns(word, len);

	if (wrap->has_words && wrap->column + 1 + width > wrap->columns)
		line_break(wrap);
	else if (wrap->has_words)
		put(wrap, " ", 1, 1);
	while (wrap->breaks_words && wrap->column + width > wrap->columns) {
		size_t fits = text_fit_columns(word, len, wrap->columns - wrap->column);

		if (!fits)
			break;
		put(wrap, word, fits, text_columns(word, fits));
		line_break(wrap);
		word += fits;
		len -= fits;
		width = text_columns(word, len);
	}
	put(wrap, word, len, width);
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

void wrap_words(struct wrap *wrap, const char *text, size_t len)
{
	for (size_t from = 0, to; from < len; from = to + 1) {
		for (to = from; to < len && !is_blank(text[to]); to++)
			;
		if (to > from)
			wrap_word(wrap, text + from, to - from);
	}
}

void wrap_piece(struct wrap *wrap, const char *text)
{
	wrap_word(wrap, text, strlen(text));
}

void wrap_text(struct wrap *wrap, const char *text)
{
	size_t len = strlen(text);
	unsigned int width = text_columns(text, len);

	if (!memchr(text, '\t', len) && wrap->column + width <= wrap->columns)
		put(wrap, text, len, width);
	else
		wrap_words(wrap, text, len);
}

void wrap_end(struct wrap *wrap)
{
	if (wrap->column)
		fprintf(wrap->out, "%s\n", has_color(wrap) && wrap->has_words ? COLOR_OFF : "");
	wrap->column = 0;
	wrap->has_words = false;
}

void wrap_message(FILE *out, const char *format, ...)
{
	struct wrap wrap = {
		.out = out,
		.columns = WRAP_COLUMNS,
		.indent = WRAP_MESSAGE_INDENT,
	};
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	wrap_text(&wrap, text);
	wrap_end(&wrap);
	free(text);
}
