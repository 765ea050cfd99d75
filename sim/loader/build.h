/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiles a link_watch.c, unmodified, into a cached shared object. */
#ifndef LWSIM_SIM_LOADER_BUILD_H
#define LWSIM_SIM_LOADER_BUILD_H

#include <stdint.h>
#include <stdio.h>

#include "sim/language/src_name.h"

/*
 * Returns the object's path (the caller frees), under ${XDG_CACHE_HOME:-~/.cache}/lwsim/src. Its
 * name depends on the source, the compiler and the flags. NULL after printing errors to messages;
 * the compiler's warnings go there too. The compiler is $CC. $LWSIM_SRC_CFLAGS is added after
 * lwsim's own flags, for example -fsanitize=address,undefined if the program was built that way by
 * the same compiler.
 */
char *src_build(const struct src_name *name, uint32_t hz, FILE *messages);

#endif
