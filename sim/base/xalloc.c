/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocation that exits when memory runs out. */
#include "sim/base/xalloc.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/exit.h"

/* What a stream into memory begins with: the most are for a line or two. */
#define MEMORY_FIRST_BYTES 256

/* GCOVR_EXCL_START: no memory, see tests/fault/ */
static void (*end_process)(void);
static bool is_ending; /* exit() has been called because there is no memory */

void at_no_memory(void (*end)(void))
{
	end_process = end;
}

void out_of_memory(void)
{
	if (end_process)
		end_process();
	if (is_ending) /* what exit() calls needs memory */
		_exit(EXIT_USAGE);
	fputs("lwsim: error: out of memory\n", stderr);
	is_ending = true;
	exit(EXIT_USAGE);
}
/* GCOVR_EXCL_STOP */

static void *memory_check(void *memory)
{
	if (!memory)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	return memory;
}

void *xmalloc(size_t bytes)
{
	return xreallocarray(NULL, 1, bytes);
}

void *xcalloc(size_t count, size_t bytes)
{
	return memory_check(calloc(count ? count : 1, bytes));
}

void *xreallocarray(void *old, size_t count, size_t bytes)
{
	return memory_check(reallocarray(old, count ? count : 1, bytes ? bytes : 1));
}

char *xstrndup(const char *text, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, text, len);
	copy[len] = '\0';
	return copy;
}

void *xgrow(void *items, size_t count, size_t *capacity, size_t bytes)
{
	if (count < *capacity)
		return items;
	*capacity = 2 * *capacity + 8;
	return xreallocarray(items, *capacity, bytes);
}

char *xstrdup(const char *text)
{
	return xstrndup(text, strlen(text));
}

char *xvasprintf(const char *format, va_list args)
{
	char *text;

	return memory_check(vasprintf(&text, format, args) < 0 ? NULL : text);
}

char *xasprintf(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	return text;
}

/*
 * A stream into memory. open_memstream() of glibc is not fit for this: when there is no memory, it drops what is written
 * and reports nothing, not even when it is closed.
 */
struct memory {
	char **ret_text;
	size_t *ret_len;
	char *text;
	size_t at, capacity;
};

static void memory_hand_out(struct memory *memory)
{
	memory->text[memory->at] = '\0';
	*memory->ret_text = memory->text;
	*memory->ret_len = memory->at;
}

static ssize_t memory_write(void *data, const char *bytes, size_t len)
{
	struct memory *memory = data;

	if (is_ending)	  /* exit() flushes all streams */
		return 0; /* GCOVR_EXCL_LINE: no memory */
	if (len >= memory->capacity - memory->at) {
		memory->capacity = 2 * memory->capacity + len;
		memory->text = xreallocarray(memory->text, memory->capacity, 1);
	}
	memcpy(memory->text + memory->at, bytes, len);
	memory->at += len;
	memory_hand_out(memory);
	return (ssize_t)len;
}

/* Only rewind(): what is written then replaces all there was. */
static int memory_seek(void *data, off64_t *offset, int whence)
{
	struct memory *memory = data;

	if (*offset != 0 || whence != SEEK_SET)
		return -1; /* GCOVR_EXCL_LINE: nobody does */
	memory->at = 0;
	memory_hand_out(memory);
	return 0;
}

static int memory_close(void *data)
{
	struct memory *memory = data;
	char *text = realloc(memory->text, memory->at + 1);

	if (text)
		*memory->ret_text = text;
	free(memory);
	return 0;
}

FILE *xmemstream(char **ret_text, size_t *ret_len)
{
	const cookie_io_functions_t functions = {
		.write = memory_write,
		.seek = memory_seek,
		.close = memory_close,
	};
	struct memory *memory = xcalloc(1, sizeof(*memory));

	memory->ret_text = ret_text;
	memory->ret_len = ret_len;
	memory->capacity = MEMORY_FIRST_BYTES;
	memory->text = xmalloc(memory->capacity);
	memory_hand_out(memory);
	return memory_check(fopencookie(memory, "w", functions));
}

void xclose_memstream(FILE *out)
{
	bool is_good = !ferror(out);

	is_good &= fclose(out) == 0; /* it writes the rest */
	if (!is_good)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
}
