/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Error messages about the names of kernels. */
#include "sim/language/kernel_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/kernel.h"
#include "sim/base/xalloc.h"
#include "sim/language/suggest.h"

/* Larger than the number of versions or changes. */
#define NAMES_MAX 64
#define WORD_MAX 40 /* longest excerpt of a wrong word */

static int shown_len(size_t len)
{
	return len > WORD_MAX ? WORD_MAX : (int)len;
}

static char *expected_text(const char *what, const char *word, size_t len, const char *const *names)
{
	return unknown_text(what, word, len, suggest(word, len, names), names, NULL);
}

static char *change_text(const char *word, size_t len)
{
	const char *names[NAMES_MAX + 1] = { NULL };
	size_t count = 0;

	for (unsigned int i = 0; count < NAMES_MAX && kernel_switch_info(i); i++) {
		const char *name = kernel_switch_info(i)->name;

		if (!kernel_switch_info(i)->is_change)
			continue;
		if (strlen(name) == len && memcmp(name, word, len) == 0)
			return xasprintf("change '%s' twice, expected it once", name);
		names[count++] = name;
	}
	return expected_text("change", word, len, names);
}

/* A number to order versions by; 0: not a version. */
static unsigned int version_number(const char *word, size_t len)
{
	char copy[WORD_MAX + 1];
	unsigned int major = 0, minor = 0, third = 0;

	snprintf(copy, sizeof(copy), "%.*s", shown_len(len), word);
	if (sscanf(copy, "%3u.%4u.%4u", &major, &minor, &third) < 2 ||
	    strspn(copy, "0123456789.") != len)
		return 0;
	return major * 100000000U + minor * 10000U + third;
}

static char *version_text(const char *word, size_t len)
{
	const char *names[NAMES_MAX + 1] = { NULL }, *below = NULL, *above = NULL;
	unsigned int number = version_number(word, len);
	const struct kernel_version_info *info;

	for (unsigned int i = 0; i < NAMES_MAX && (info = kernel_version_info(i)); i++) {
		names[i] = info->name;
		if (version_number(info->name, strlen(info->name)) < number)
			below = info->name;
		else if (!above)
			above = info->name;
	}
	if (!number)
		return expected_text("kernel", word, len, names);
	return xasprintf("no kernel '%.*s', the nearest %s %s%s%s", shown_len(len), word,
			 below && above ? "are" : "is", below ? below : "",
			 below && above ? " and " : "", above ? above : "");
}

char *kernel_unknown_text(const char *word, size_t len, bool is_change)
{
	return is_change ? change_text(word, len) : version_text(word, len);
}
