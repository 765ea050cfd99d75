/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folder in which the compiler and patch(1) work; always removed in the end. */
#ifndef LWSIM_SIM_LOADER_WORK_FOLDER_H
#define LWSIM_SIM_LOADER_WORK_FOLDER_H

#include <stdio.h>

/*
 * Makes a folder below `cache`; NULL after printing why. The caller frees the path. Only one exists at a time; exit()
 * removes it, too.
 */
char *work_folder_make(const char *cache, FILE *messages);

/* Removes it, with the files of build.c and patch.c. Does nothing if there is none. */
void work_folder_remove(void);

#endif
