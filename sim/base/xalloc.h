/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Allocation that exits when memory runs out: no caller could do anything useful without it. */
#ifndef LWSIM_SIM_BASE_XALLOC_H
#define LWSIM_SIM_BASE_XALLOC_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Prints an error and exits with EXIT_USAGE. For libraries' functions that ran out of memory. */
_Noreturn void out_of_memory(void);
/* What out_of_memory() does instead in this process; it must not return. */
void at_no_memory(void (*end)(void));

/* Never return NULL: out of memory, they call out_of_memory(). */
void *xmalloc(size_t bytes);
void *xcalloc(size_t count, size_t bytes);
void *xreallocarray(void *old, size_t count, size_t bytes);
/* Makes room for one more item of that many bytes. Returns items, or the array that replaces it. */
void *xgrow(void *items, size_t count, size_t *capacity, size_t bytes);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
__attribute__((format(printf, 1, 2))) char *xasprintf(const char *format, ...);
__attribute__((format(printf, 1, 0))) char *xvasprintf(const char *format, va_list args);
/*
 * As open_memstream(), and fclose() of it. Each fflush() and rewind() sets *ret_text and *ret_len, too; rewind() begins
 * anew.
 */
FILE *xmemstream(char **ret_text, size_t *ret_len);
void xclose_memstream(FILE *out);

#endif
