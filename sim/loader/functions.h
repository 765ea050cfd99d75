/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds functions in a kernel's source file. Not a parser: relies on the kernel's code layout. */
#ifndef LWSIM_SIM_LOADER_FUNCTIONS_H
#define LWSIM_SIM_LOADER_FUNCTIONS_H

#include <stdint.h>

/*
 * A hash of all definitions of a function in a file (several if #ifdef chooses one), from its name
 * to its closing brace, comments and white space aside. 0: the file defines no such function.
 */
uint64_t function_hash(const char *text, const char *name);

#endif
