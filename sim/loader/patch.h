/* SPDX-License-Identifier: GPL-2.0-or-later */
/* src:...,patch=DIFF: a link_watch.c with a diff applied. */
#ifndef LWSIM_SIM_LOADER_PATCH_H
#define LWSIM_SIM_LOADER_PATCH_H

#include <stdio.h>

#include "sim/language/src_name.h"

/*
 * Returns name's file with name's patch applied by patch(1) to a copy, in a folder below `folder`
 * (the caller frees). NULL after printing why. Also prints which other files of the diff are
 * ignored.
 */
char *src_patched_text(const struct src_name *name, const char *folder, FILE *messages);

/*
 * The sections of a diff that change a file of that path in a tree; "" if there are none. The caller frees.
 */
char *patch_part(const char *diff, const char *file);

/*
 * Returns a file's text with a diff of one section applied by patch(1), which writes below `folder`. The caller frees.
 * NULL after printing what patch(1) says.
 */
char *patch_apply(const char *text, const char *part, const char *folder, FILE *messages);

#endif
