/* SPDX-License-Identifier: GPL-2.0-or-later */
/* src:...,patch=DIFF: a link_watch.c with a diff applied. */
#ifndef LWSIM_SIM_LOADER_PATCH_H
#define LWSIM_SIM_LOADER_PATCH_H

#include <stdbool.h>
#include <stdio.h>

#include "sim/language/src_name.h"

/*
 * Returns name's file with name's patch applied by patch(1) to a copy, in a folder below `folder`
 * (the caller frees). NULL after printing why.
 */
char *src_patched_text(const struct src_name *name, const char *folder, FILE *messages);

/*
 * The sections of a diff that change the file with that path in a tree; "" if none. The caller
 * frees.
 */
char *patch_part(const char *diff, const char *file);

/* Whether a diff's path, such as "b/net/core/dev.c", is that file of a tree. */
bool patch_is_path_of(const char *path, const char *file);

/* Calls `other` for the path of each file that a diff changes and that is no link_watch.c. */
void patch_others(const char *diff, void (*other)(void *data, const char *path), void *data);

/*
 * Returns the text with a one-section diff applied by patch(1), which writes below `folder`. The
 * caller frees. NULL after printing patch(1)'s messages.
 */
char *patch_apply(const char *text, const char *part, const char *folder, FILE *messages);

#endif
