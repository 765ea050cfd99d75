/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiles a link_watch.c, unmodified, into a cached shared object. */
#ifndef LWSIM_SIM_LOADER_BUILD_H
#define LWSIM_SIM_LOADER_BUILD_H

#include <stdint.h>
#include <stdio.h>

#include "sim/language/src_name.h"

/*
 * Returns a descriptor of the object, in memory; it is kept in the cache (loader/cache.h) under
 * a name that depends on the source, the compiler and the flags. -1 after printing errors to
 * messages; the compiler's warnings go there too. The compiler is $CC. $LWSIM_SRC_CFLAGS is
 * appended to lwsim's own flags, for example -fsanitize=address,undefined if the same compiler
 * built the program that way.
 */
int src_build(const struct src_name *name, uint32_t hz, FILE *messages);

#endif
