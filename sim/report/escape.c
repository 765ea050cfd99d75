/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Escapes user text for HTML and SVG. */
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/report/output.h"

#define REPLACEMENT "\xef\xbf\xbd"

static const char *entity(uint32_t character)
{
	switch (character) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\n':
		return "\n";
	case '\t':
		return "\t";
	default: /* of characters */
		return NULL;
	}
}

void escape(FILE *out, const char *text, size_t len)
{
	while (len) {
		uint32_t character;
		size_t bytes = utf8_decode(text, len, &character);
		const char *said = bytes ? entity(character) : REPLACEMENT;

		if (!said && (!utf8_is_visible(character) || (character & 0xfffe) == 0xfffe))
			said = REPLACEMENT;
		if (said)
			fputs(said, out);
		else
			fwrite(text, 1, bytes, out);
		bytes = bytes ? bytes : 1;
		text += bytes;
		len -= bytes;
	}
}

void escape_string(FILE *out, const char *text)
{
	escape(out, text, strlen(text));
}
