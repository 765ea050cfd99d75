/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Wraps prose for a terminal. */
#include "sim/base/wrap.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "sim/base/safe_text.h"

/* $COLUMNS has precedence, as in ls. */
unsigned int wrap_terminal_columns(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long wanted = columns ? strtol(columns, NULL, 10) : 0;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (wanted > 0 && wanted < 65536)
		return (unsigned int)wanted;
	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static unsigned int width_of(const char *text, size_t len)
{
	unsigned int width = 0;

	for (size_t i = 0; i < len; i++)
		width += ((unsigned char)text[i] & 0xc0) != 0x80; /* not a continuation byte */
	return width;
}

static void wrap_word(struct wrap *wrap, const char *word, size_t len)
{
	unsigned int width = width_of(word, len);

	if (wrap->column > wrap->indent && wrap->column + 1 + width > wrap->columns) {
		fprintf(wrap->out, "\n%*s", (int)wrap->indent, "");
		wrap->column = wrap->indent;
	} else if (wrap->column > wrap->indent) {
		fputc(' ', wrap->out);
		wrap->column++;
	}
	text_print(wrap->out, word, len);
	wrap->column += width;
}

void wrap_words(struct wrap *wrap, const char *text, size_t len)
{
	for (size_t from = 0, to; from < len; from = to + 1) {
		for (to = from; to < len && text[to] != ' '; to++)
			;
		if (to > from)
			wrap_word(wrap, text + from, to - from);
	}
}

void wrap_end(struct wrap *wrap)
{
	if (wrap->column)
		fputc('\n', wrap->out);
	wrap->column = 0;
}
