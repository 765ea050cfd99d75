/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences of one part of a story; what d0, d1, ... have in common is reported once. */
#ifndef LWSIM_SIM_STORY_STORY_LINES_H
#define LWSIM_SIM_STORY_STORY_LINES_H

#include "sim/story/story.h"

/* Placeholder for the device in a sentence's text. */
#define STORY_DEVICE "\001"

struct story_line {
	struct story_sentence sentence;
	char *text;		     /* with STORY_DEVICE in place of the device's name */
	char label[LABEL_MAX_BYTES]; /* "": about no device */
};

struct story_lines {
	struct story_line *lines;
	size_t count, capacity;
};

/* Adds a copy of sentence with this text, which it takes ownership of; label is the device. */
void story_lines_add(struct story_lines *lines, const struct story_sentence *sentence, char *text,
		     const char *label);
/* Moves all lines of `from` to the end of lines. */
void story_lines_move(struct story_lines *lines, struct story_lines *from);
/* Reports the lines to the listener, folded over devices, and removes them. */
void story_lines_tell(struct story_lines *lines, struct story_listener *listener);
/* Removes the lines without reporting them. */
void story_lines_drop(struct story_lines *lines);
void story_lines_free(struct story_lines *lines);

#endif
