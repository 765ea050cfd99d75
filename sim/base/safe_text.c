/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints untrusted text safely on a terminal. */
#include "sim/base/safe_text.h"

#include <stdarg.h>
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

void text_print(FILE *out, const char *text, size_t len)
{
	const char *shown;
	size_t i, shown_len;

	for (i = 0; i < len;) {
		i += text_step(text + i, len - i, &shown, &shown_len);
		fwrite(shown, 1, shown_len, out);
	}
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
