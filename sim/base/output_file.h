/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes what -o names. */
#ifndef LWSIM_SIM_BASE_OUTPUT_FILE_H
#define LWSIM_SIM_BASE_OUTPUT_FILE_H

#include <stddef.h>

/*
 * A file is replaced or created, completely or not at all; through a symbolic link, which stays.
 * What is no regular file (a device, a FIFO) is written into. Returns 0 or an errno.
 */
int output_file_write(const char *path, const char *text, size_t len);

#endif
