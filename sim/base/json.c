/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads and writes JSON strings. */
#include "sim/base/json.h"

#include <stdlib.h>

#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"

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

/*
 * Reads the escape after a backslash. False if json_write_string() does not write such an escape.
 */
static bool read_escaped(const char **at, FILE *out)
{
	unsigned int character;
	int len = 0;

	if (**at == '"' || **at == '\\') {
		fputc(*(*at)++, out);
		return true;
	}
	if (sscanf(*at, "u%4x%n", &character, &len) != 1 || len != 5)
		return false;
	*at += len;
	if (character == 0xfffd)
		fputs("\xef\xbf\xbd", out);
	else if (character && character < 0x20)
		fputc((int)character, out);
	else
		return false;
	return true;
}

bool json_read_string(const char **at, char **ret_text)
{
	char *text = NULL;
	size_t len;
	bool is_good = true;
	FILE *out;

	if (**at != '"')
		return false;
	++*at;
	out = xmemstream(&text, &len);
	while (is_good && **at && **at != '"') {
		if (**at != '\\') {
			fputc(*(*at)++, out);
			continue;
		}
		++*at;
		is_good = read_escaped(at, out);
	}
	xclose_memstream(out);
	if (!is_good || **at != '"') {
		free(text);
		return false;
	}
	++*at;
	*ret_text = text;
	return true;
}
