/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines that are about a device, of one stretch of a story: what d0, d1, ... have in common is told once. */
#ifndef LWSIM_SIM_STORY_LINES_H
#define LWSIM_SIM_STORY_LINES_H

#include <stdio.h>

#include "scenario.h"

/* Stands for the device in a line's text. */
#define STORY_DEVICE "\001"

struct story_line {
	char *text;		     /* with STORY_DEVICE where the device's name comes */
	char label[LABEL_MAX_BYTES]; /* "": of no device */
};

struct story_lines {
	struct story_line *lines;
	size_t count, capacity;
};

/* Takes text over. */
void story_lines_add(struct story_lines *lines, char *text, const char *label);
/* Writes them, less what repeats itself for the next device, and forgets them. */
void story_lines_write(struct story_lines *lines, FILE *out);
void story_lines_free(struct story_lines *lines);

#endif
