/* SPDX-License-Identifier: GPL-2.0-or-later */
/* src:...,patch=DIFF: a link_watch.c as a diff would make it. */
#ifndef LWSIM_SIM_LOADER_PATCH_H
#define LWSIM_SIM_LOADER_PATCH_H

#include <stdio.h>

#include "sim/language/src_name.h"

/* The text of name's file with name's patch applied to a copy, made by patch(1) in a folder below `folder` (the
 * caller frees); NULL after saying what is wrong. That other files of the diff are of no account is said too. */
char *src_patched_text(const struct src_name *name, const char *folder, FILE *messages);

#endif
