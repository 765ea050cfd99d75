/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses and writes a kernel's name. */
#include "kernel.h"

#include <errno.h>
#include <string.h>

static bool is_name(const char *text, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(text, name, len) == 0;
}

/* Length of the word at text, up to '+' or the end. */
static size_t word_len(const char *text, size_t len)
{
	const char *plus = memchr(text, '+', len);

	return plus ? (size_t)(plus - text) : len;
}

/* Sets the version and its switches. False if there is no such version. */
static bool find_version(const char *text, size_t len, struct kernel *ret_kernel)
{
	const struct kernel_version_info *version;

	for (uint8_t row = 0; (version = kernel_version_info(row)) != NULL; row++)
		if (is_name(text, len, version->name)) {
			ret_kernel->version = row;
			ret_kernel->switches = version->switches;
			ret_kernel->source = NULL;
			return true;
		}
	return false;
}

struct kernel kernel_default(void)
{
	struct kernel kernel = { 0 };

	find_version("6.1", 3, &kernel);
	return kernel;
}

/* The change's switch as a mask; 0 if there is no such change. */
static uint64_t find_change(const char *text, size_t len)
{
	const struct kernel_switch_info *info;

	for (unsigned int i = 0; (info = kernel_switch_info(i)) != NULL; i++)
		if (info->is_change && is_name(text, len, info->name))
			return KERNEL_SWITCH(i);
	return 0;
}

int kernel_parse(const char *text, size_t len, struct kernel *ret_kernel, size_t *reterr_off,
		 size_t *reterr_len)
{
	size_t off = 0, word = word_len(text, len);
	struct kernel kernel;

	*reterr_off = 0;
	*reterr_len = word;
	if (!find_version(text, word, &kernel))
		return -ENOENT;
	for (off = word; off < len; off += word) {
		uint64_t change;

		off++; /* the '+' */
		word = word_len(text + off, len - off);
		change = find_change(text + off, word);
		if (!change || (kernel.switches & change)) {
			*reterr_off = off;
			*reterr_len = word;
			return -EINVAL;
		}
		kernel.switches |= change;
	}
	*ret_kernel = kernel;
	return 0;
}

void kernel_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES])
{
	const struct kernel_switch_info *info;
	char *end;

	if (kernel->source) {
		ret_name[0] = '\0';
		strncat(ret_name, kernel->source, KERNEL_NAME_MAX_BYTES - 1);
		return;
	}
	end = stpcpy(ret_name, kernel_version_info(kernel->version)->name);
	for (unsigned int i = 0; (info = kernel_switch_info(i)) != NULL; i++) {
		if (!info->is_change || !kernel_has(kernel, i))
			continue;
		*end++ = '+';
		end = stpcpy(end, info->name);
	}
}

const struct kernel_switch_info *kernel_next_change(const struct kernel *kernel, unsigned int *at)
{
	while (*at < KERNEL_SWITCH_COUNT) {
		const struct kernel_switch_info *info = kernel_switch_info(*at);

		if (kernel->switches & KERNEL_SWITCH((*at)++) && info->is_change)
			return info;
	}
	return NULL;
}

bool kernel_equal(const struct kernel *a, const struct kernel *b)
{
	if (!a->source != !b->source || (a->source && strcmp(a->source, b->source) != 0))
		return false;
	return a->version == b->version && a->switches == b->switches;
}
