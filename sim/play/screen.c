/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes text into a grid of character cells. */
#include "sim/play/screen.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"

static struct screen_cell *cell_at(const struct screen *screen, int row, int col)
{
	return &screen->cells[(size_t)row * (size_t)screen->cols + (size_t)col];
}

void screen_clear(struct screen *screen, int rows, int cols)
{
	size_t count = (size_t)rows * (size_t)cols;

	if (rows != screen->rows || cols != screen->cols) {
		free(screen->cells);
		screen->cells = xcalloc(count, sizeof(screen->cells[0]));
		screen->rows = rows;
		screen->cols = cols;
	}
	for (size_t i = 0; i < count; i++)
		screen->cells[i] = (struct screen_cell){ .character = L' ', .style = SCREEN_PLAIN };
}

void screen_free(struct screen *screen)
{
	free(screen->cells);
	memset(screen, 0, sizeof(*screen));
}

/* The printable form of the first character of text[0..len); *ret_bytes is its length in text. */
static wchar_t take_character(const char *text, size_t len, size_t *ret_bytes)
{
	uint32_t character;

	*ret_bytes = utf8_decode(text, len, &character);
	if (!*ret_bytes) {
		*ret_bytes = 1;
		return L'?';
	}
	if (character == '\t')
		return L' ';
	return utf8_is_visible(character) && wcwidth((wchar_t)character) > 0 ? (wchar_t)character
									     : L'?';
}

int screen_put(struct screen *screen, int row, int col, int end, enum screen_style style,
	       const char *text, size_t len)
{
	size_t bytes;

	if (row < 0 || row >= screen->rows)
		return col;
	if (end > screen->cols)
		end = screen->cols;
	for (; len && col < end; text += bytes, len -= bytes) {
		wchar_t character = take_character(text, len, &bytes);
		int width = wcwidth(character);
		/* there is no room for the rest, or for this character's second half */
		bool is_cut = col + width > end || (col + width == end && bytes < len);
		struct screen_cell *cell = cell_at(screen, row, col);

		cell->character = is_cut ? L'~' : character;
		cell->style = (uint8_t)style;
		col++;
		if (is_cut)
			return col;
		if (width == 2) {
			cell[1].character = 0;
			cell[1].style = (uint8_t)style;
			col++;
		}
	}
	return col;
}

int screen_print(struct screen *screen, int row, int col, enum screen_style style,
		 const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	col = screen_put(screen, row, col, screen->cols, style, text, strlen(text));
	free(text);
	return col;
}

void screen_fill(struct screen *screen, int row, int col, char character, enum screen_style style)
{
	for (; row < screen->rows && col < screen->cols; col++)
		*cell_at(screen, row, col) =
			(struct screen_cell){ .character = (unsigned char)character,
					      .style = (uint8_t)style };
}

void screen_row_text(const struct screen *screen, int row, char *ret_text)
{
	char *end = ret_text;

	for (int col = 0; col < screen->cols; col++) {
		wchar_t character = cell_at(screen, row, col)->character;

		if (character)
			*end++ = character < 0x80 ? (char)character : '?';
	}
	while (end > ret_text && end[-1] == ' ')
		end--;
	*end = '\0';
}
