/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of compiled objects. What is loaded from it runs with the user's rights, so nobody
 * else may be able to write to it, or to a folder above it.
 */
#ifndef LWSIM_SIM_LOADER_CACHE_H
#define LWSIM_SIM_LOADER_CACHE_H

#include <stdbool.h>
#include <stdio.h>

/*
 * Returns ${XDG_CACHE_HOME:-~/.cache}/lwsim/src, made if it is not there (the caller frees); NULL
 * after printing why it cannot be used.
 */
char *cache_folder(FILE *messages);

/*
 * Returns a descriptor of a private copy of the cached object; -1 if there is none, or if it is not
 * a regular file of the user that cache_store() stored under this path, unchanged.
 */
int cache_find(const char *path);

/*
 * Moves an object to its path in the cache, with a hash of its bytes. Returns a descriptor of a
 * private copy of it; -1: see errno.
 */
int cache_store(const char *object, const char *path);

/* The same bytes as another file; -1: see errno. */
int object_copy(int object);

#endif
