/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says what is wrong with a kernel's name. */
#include "sim/language/kernel_error.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/kernel.h"
#include "sim/base/xalloc.h"

#define NUMBERS 3 /* as in 2.6.24 */

struct version {
	unsigned int numbers[NUMBERS];
};

/* Digits and points alone: 6.5, 6.1.192. */
static bool version_parse(const char *text, size_t len, struct version *ret_version)
{
	size_t at = 0, number;

	memset(ret_version, 0, sizeof(*ret_version));
	for (number = 0; number < NUMBERS && at < len; number++) {
		size_t digits = strspn(text + at, "0123456789");

		if (!digits || digits > 6 || at + digits > len)
			return false;
		ret_version->numbers[number] = (unsigned int)strtoul(text + at, NULL, 10);
		at += digits;
		if (at < len && text[at++] != '.')
			return false;
	}
	return number > 1 && at == len && text[len - 1] != '.';
}

static bool is_before(const struct version *a, const struct version *b)
{
	for (size_t i = 0; i < NUMBERS; i++)
		if (a->numbers[i] != b->numbers[i])
			return a->numbers[i] < b->numbers[i];
	return false;
}

char *kernel_rows_near(const char *text, size_t len)
{
	const char *before = NULL, *after = NULL;
	char *word = xstrndup(text, len);
	struct version wanted, row;
	bool is_version = version_parse(word, len, &wanted);

	free(word);
	if (!is_version)
		return NULL;
	for (unsigned int i = 0; kernel_version_info(i) && !after; i++) {
		const char *name = kernel_version_info(i)->name;

		version_parse(name, strlen(name), &row);
		*(is_before(&wanted, &row) ? &after : &before) = name;
	}
	return xasprintf("%s%s%s", before ? before : "", before && after ? " and " : "",
			 after ? after : "");
}

static const struct kernel_switch_info *find_switch(const char *text, size_t len)
{
	for (unsigned int i = 0; kernel_switch_info(i); i++)
		if (strlen(kernel_switch_info(i)->name) == len &&
		    memcmp(kernel_switch_info(i)->name, text, len) == 0)
			return kernel_switch_info(i);
	return NULL;
}

static char *change_error(const char *text, size_t len)
{
	const struct kernel_switch_info *known = find_switch(text, len);

	if (known && known->is_change)
		return xasprintf("change '%s' twice, expected it once", known->name);
	if (known)
		return xasprintf("'%s' is part of the versions, not a change to add", known->name);
	return xasprintf("no change '%.*s'; `lwsim kernels` lists them", (int)len, text);
}

char *kernel_error_text(const char *text, size_t len, int err)
{
	char *near, *error;

	if (err != -ENOENT)
		return change_error(text, len);
	near = kernel_rows_near(text, len);
	if (!near)
		return xasprintf("no version '%.*s'; `lwsim kernels` lists them", (int)len, text);
	error = xasprintf("no row for version '%.*s', the nearest %s %s", (int)len, text,
			  strchr(near, ' ') ? "are" : "is", near);
	free(near);
	return error;
}
