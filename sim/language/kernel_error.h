/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Says what is wrong with a kernel's name. */
#ifndef LWSIM_SIM_LANGUAGE_KERNEL_ERROR_H
#define LWSIM_SIM_LANGUAGE_KERNEL_ERROR_H

#include <stddef.h>

/* "3.7 and 4.19", the rows around a version; NULL if the text is no version. The caller frees. */
char *kernel_rows_near(const char *text, size_t len);

/*
 * What is wrong with text[0..len), the part of a name for which kernel_read() returned err and no
 * text of its own. The caller frees.
 */
char *kernel_error_text(const char *text, size_t len, int err);

#endif
