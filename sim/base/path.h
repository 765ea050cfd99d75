/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a path leads to. */
#ifndef LWSIM_SIM_BASE_PATH_H
#define LWSIM_SIM_BASE_PATH_H

#include <stdbool.h>

/* As realpath(path, NULL): NULL if it leads nowhere, and errno says why. The caller frees. */
char *real_path(const char *path);
bool is_folder(const char *path);
/* Whether both are there and are one regular file; false for "-". */
bool is_same_file(const char *path, const char *other);

#endif
