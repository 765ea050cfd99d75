/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Escapes text for Graphviz. */
#include "sim/base/dot_text.h"

#include <stdint.h>

#include "sim/base/utf8.h"

void dot_text_write(FILE *out, const char *text, size_t len)
{
	uint32_t character;

	for (size_t used = 0; used < len;) {
		size_t bytes = utf8_decode(text + used, len - used, &character);

		if (!bytes || !utf8_is_visible(character)) {
			fputc('?', out);
		} else {
			if (character == '"' || character == '\\')
				fputc('\\', out);
			fwrite(text + used, 1, bytes, out);
			if (character == '&') /* dot decodes entities even in strings */
				fputs("amp;", out);
		}
		used += bytes ? bytes : 1;
	}
}
