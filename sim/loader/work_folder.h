/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folder in which the compiler and patch(1) work; it is gone whatever happens. */
#ifndef LWSIM_SIM_LOADER_WORK_FOLDER_H
#define LWSIM_SIM_LOADER_WORK_FOLDER_H

#include <stdio.h>

/*
 * Makes a folder below `cache`; NULL after printing why. The caller frees the text. There is one at a time; exit() removes
 * it, too.
 */
char *work_folder_make(const char *cache, FILE *messages);

/* Removes it, with what build.c and patch.c leave there. Nothing happens if there is none. */
void work_folder_remove(void);

#endif
