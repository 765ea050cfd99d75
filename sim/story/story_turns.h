/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints a story, and the turns of a `repeat` that read the same only once. */
#ifndef LWSIM_SIM_STORY_STORY_TURNS_H
#define LWSIM_SIM_STORY_STORY_TURNS_H

#include "sim/story/story.h"

/*
 * Like story_writer_new(), but prints everything in writer->free(). Of consecutive turns that differ
 * only in their time and number it prints the first, and how many more follow.
 */
struct writer *story_turns_new(FILE *out, const char *device, unsigned int columns);

#endif
