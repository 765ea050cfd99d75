/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings of JSON. */
#include "json.h"

#include "utf8.h"

void json_write_string(FILE *out, const char *text, size_t len)
{
	uint32_t character;

	fputc('"', out);
	for (size_t used = 0; used < len;) {
		size_t bytes = utf8_decode(text + used, len - used, &character);

		if (!bytes) {
			fputs("\\ufffd", out);
			bytes = 1;
		} else if (character == '"' || character == '\\') {
			fprintf(out, "\\%c", (int)character);
		} else if (character < 0x20) {
			fprintf(out, "\\u%04x", character);
		} else {
			fwrite(text + used, 1, bytes, out);
		}
		used += bytes;
	}
	fputc('"', out);
}
