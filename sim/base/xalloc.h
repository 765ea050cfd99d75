/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Memory or the end of the program: there is nothing sensible to do without. */
#ifndef LWSIM_SIM_BASE_XALLOC_H
#define LWSIM_SIM_BASE_XALLOC_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* Never NULL: without memory the program says so and exits with 2. */
void *xmalloc(size_t bytes);
void *xcalloc(size_t count, size_t bytes);
void *xreallocarray(void *old, size_t count, size_t bytes);
/* Room for one more than the count items of that many bytes: items, or in their place what has it. */
void *xgrow(void *items, size_t count, size_t *capacity, size_t bytes);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
__attribute__((format(printf, 1, 2))) char *xasprintf(const char *format, ...);
__attribute__((format(printf, 1, 0))) char *xvasprintf(const char *format, va_list args);
/* As open_memstream(). */
FILE *xmemstream(char **ret_text, size_t *ret_len);

#endif
