/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decodes UTF-8 and decides which characters are safe on a terminal. */
#include "sim/base/utf8.h"

#include <locale.h>
#include <wchar.h>

#include "sim/base/xalloc.h"

size_t utf8_decode(const char *text, size_t len, uint32_t *ret_char)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *bytes = (const unsigned char *)text;
	uint32_t character;
	size_t size, i;

	if (bytes[0] < 0x80) {
		*ret_char = bytes[0];
		return 1;
	}
	size = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
	if (bytes[0] < 0xc0 || bytes[0] > 0xf7 || size > len)
		return 0;
	character = bytes[0] & (0x7fU >> size);
	for (i = 1; i < size; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		character = character << 6 | (bytes[i] & 0x3fU);
	}
	if (character < smallest[size] || character > 0x10ffff ||
	    (character >= 0xd800 && character <= 0xdfff))
		return 0;
	*ret_char = character;
	return size;
}

bool utf8_is_visible(uint32_t character)
{
	static const struct {
		uint32_t first, last;
	} hidden[] = {
		{ 0x00, 0x1f },	    { 0x7f, 0x9f },	/* C0, DEL, C1 */
		{ 0x200b, 0x200f }, { 0x2028, 0x202e }, /* zero width, separators, direction */
		{ 0x2066, 0x2069 }, { 0xfeff, 0xfeff }, /* isolates, byte order mark */
	};
	size_t i;

	for (i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (character >= hidden[i].first && character <= hidden[i].last)
			return false;
	return true;
}

/* In a locale of its own, so that the environment has no say. */
unsigned int utf8_columns(uint32_t character)
{
	static locale_t unicode;
	locale_t before;
	int columns;

	if (character < 0x80)
		return 1;
	if (!unicode)
		unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (!unicode)
		return 1;
	before = uselocale(unicode);
	columns = wcwidth((wchar_t)character);
	uselocale(before);
	return columns < 0 ? 1 : (unsigned int)columns;
}

char *ascii_of(const char *text, size_t len)
{
	char *ascii = xcalloc(len + 1, 1), *end = ascii;
	uint32_t character;

	for (size_t used = 0; used < len;) {
		size_t bytes = utf8_decode(text + used, len - used, &character);

		if (bytes == 1 && character == '\t')
			*end++ = ' ';
		else
			*end++ = bytes == 1 && utf8_is_visible(character) ? text[used] : '?';
		used += bytes ? bytes : 1;
	}
	return ascii;
}
