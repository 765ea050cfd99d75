/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiles a link_watch.c, unmodified, into a shared object that is kept. */
#ifndef LWSIM_SIM_LOADER_BUILD_H
#define LWSIM_SIM_LOADER_BUILD_H

#include <stdint.h>
#include <stdio.h>

#include "sim/language/src_name.h"

/*
 * The path of the object, under ${XDG_CACHE_HOME:-~/.cache}/lwsim/src, by what is compiled, by which compiler and how
 * (the caller frees); NULL after saying what is wrong to messages. Warnings of the compiler go there too.
 * The compiler is $CC, and $LWSIM_SRC_CFLAGS stands behind lwsim's own flags: -fsanitize=address,undefined, say, in a
 * program that is built so by the same compiler.
 */
char *src_build(const struct src_name *name, uint32_t hz, FILE *messages);

#endif
