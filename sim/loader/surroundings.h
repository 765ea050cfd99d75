/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands around a link_watch.c from a file: the tree's own code is not compiled, lwsim's model runs in its place. */
#ifndef LWSIM_SIM_LOADER_SURROUNDINGS_H
#define LWSIM_SIM_LOADER_SURROUNDINGS_H

#include <stdbool.h>

#include "sim/language/src_name.h"
#include "sim/run/src_loader.h"

/*
 * Compares the functions of the kernel's tree that decide on link state, with its patch applied, with those of the
 * sources that its base was recorded with. Valid as long as the process; each kernel is looked at once. NULL after printing why
 * its files cannot be read.
 */
const struct src_about *src_about(const struct kernel *kernel, FILE *messages);

/*
 * False after printing which functions the patch changes that are not compiled: what stands for them has to be said
 * with base=.
 */
bool src_patch_is_whole(const struct src_name *name, const struct src_about *about, FILE *messages);

#endif
