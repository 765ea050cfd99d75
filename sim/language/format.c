/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Formats times and flags as text. */
#include "sim/language/format.h"

#include <inttypes.h>
#include <string.h>

#include "sim/language/names.h"

#define NSEC_PER_USEC 1000

void format_seconds(int64_t ns, char ret_text[FORMAT_MAX_BYTES])
{
	int64_t us = ns / NSEC_PER_USEC;

	snprintf(ret_text, FORMAT_MAX_BYTES, "%" PRId64 ".%06" PRId64, us / 1000000, us % 1000000);
}

/* Removes trailing zeros of a decimal fraction, and the point if nothing remains after it. */
static void trim_fraction(char *text)
{
	char *end = text + strlen(text);

	while (end[-1] == '0')
		end--;
	if (end[-1] == '.')
		end--;
	*end = '\0';
}

void format_moment(int64_t ns, char ret_text[FORMAT_MAX_BYTES])
{
	char *end;

	format_seconds(ns, ret_text);
	end = ret_text + strlen(ret_text);
	for (unsigned int i = 0; i < 3 && end[-1] == '0'; i++)
		*--end = '\0';
}

void format_duration(int64_t ns, char ret_text[FORMAT_MAX_BYTES])
{
	int64_t us = ns / NSEC_PER_USEC;
	int64_t unit_us = us >= 1000000 ? 1000000 : 1000;
	int digits = us >= 1000000 ? 6 : 3;

	snprintf(ret_text, FORMAT_MAX_BYTES, "%" PRId64 ".%0*" PRId64, us / unit_us, digits,
		 us % unit_us);
	trim_fraction(ret_text);
	strcat(ret_text, us >= 1000000 ? "s" : "ms");
}

void format_link_flags(uint32_t flags, char ret_text[FORMAT_MAX_BYTES])
{
	char *end = ret_text;

	*end = '\0';
	for (unsigned int i = 0; i < LINK_STATE_FLAGS; i++) {
		if (!(flags & flag_names[i].flag))
			continue;
		if (end != ret_text)
			*end++ = ',';
		end = stpcpy(end, flag_names[i].name);
	}
}

void format_flags_json(FILE *out, uint32_t flags)
{
	const char *separator = "";

	fputs(",\"flags\":[", out);
	for (const struct flag_name *name = flag_names; name->flag; name++) {
		if (!(flags & name->flag))
			continue;
		fprintf(out, "%s\"%s\"", separator, name->name);
		separator = ",";
	}
	fputc(']', out);
}
