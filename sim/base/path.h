/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Resolves and compares paths. */
#ifndef LWSIM_SIM_BASE_PATH_H
#define LWSIM_SIM_BASE_PATH_H

#include <stdbool.h>

/* Like realpath(path, NULL): NULL with errno set if the path cannot be resolved. The caller
 * frees. */
char *real_path(const char *path);
bool is_folder(const char *path);
/* Whether both exist and are the same regular file; false for "-". */
bool is_same_file(const char *path, const char *other);

#endif
