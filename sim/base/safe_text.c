/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints untrusted text safely on a terminal. */
#include "sim/base/safe_text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"

size_t text_step(const char *text, size_t len, const char **ret_shown, size_t *ret_len)
{
	uint32_t character;
	size_t size = utf8_decode(text, len, &character);

	*ret_shown = text;
	*ret_len = size;
	if (size && (utf8_is_visible(character) || character == '\t'))
		return size;
	*ret_shown = "?";
	*ret_len = 1;
	return size ? size : 1;
}

static bool is_plain(char byte)
{
	return byte >= ' ' && byte <= '~';
}

void text_print(FILE *out, const char *text, size_t len)
{
	const char *shown;
	size_t i, shown_len;

	for (i = 0; i < len;) {
		size_t plain = 0;

		while (i + plain < len && is_plain(text[i + plain]))
			plain++;
		fwrite(text + i, 1, plain, out);
		i += plain;
		if (i == len)
			break;
		i += text_step(text + i, len - i, &shown, &shown_len);
		fwrite(shown, 1, shown_len, out);
	}
}

/* The length of the first character; *ret_columns: what it takes. */
static size_t step_columns(const char *text, size_t len, unsigned int *ret_columns)
{
	uint32_t character;
	const char *shown;
	size_t shown_len, step;

	*ret_columns = 1;
	if (is_plain(*text))
		return 1;
	step = text_step(text, len, &shown, &shown_len);
	if (utf8_decode(shown, shown_len, &character))
		*ret_columns = utf8_columns(character);
	return step;
}

unsigned int text_columns(const char *text, size_t len)
{
	unsigned int sum = 0, columns;

	for (size_t i = 0; i < len; sum += columns)
		i += step_columns(text + i, len - i, &columns);
	return sum;
}

size_t text_fit_columns(const char *text, size_t len, unsigned int columns)
{
	unsigned int sum = 0, more;
	size_t i = 0, step;

	for (; i < len; i += step, sum += more) {
		step = step_columns(text + i, len - i, &more);
		if (sum + more > columns)
			break;
	}
	return i;
}

void text_line(FILE *out, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	text_print(out, text, strlen(text));
	fputc('\n', out);
	free(text);
}
