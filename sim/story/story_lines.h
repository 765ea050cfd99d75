/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sentences of one part of a story; what d0, d1, ... have in common is reported once. */
#ifndef LWSIM_SIM_STORY_STORY_LINES_H
#define LWSIM_SIM_STORY_STORY_LINES_H

#include "sim/story/story.h"

/* Placeholder for the device in a sentence's text. */
#define STORY_DEVICE "\001"

struct story_line {
	struct story_sentence sentence;
	char *text;		     /* with STORY_DEVICE where the device's name comes */
	char label[LABEL_MAX_BYTES]; /* "": of no device */
	uint32_t more;		     /* devices after it that the line is about, too */
};

struct story_lines {
	struct story_line *lines;
	size_t count, capacity;
};

/* Adds a copy of sentence with this text, which it takes ownership of; label is the device. */
void story_lines_add(struct story_lines *lines, const struct story_sentence *sentence, char *text,
		     const char *label);
/* Whether the last line says the same of the device before this one: then it is about this one, too. For a sentence that
 * comes once for each of many devices, one after the other, and in no other cycle. */
bool story_lines_extend(struct story_lines *lines, const struct story_sentence *sentence,
			const char *text, const char *label);
/* Makes the first one a copy of the other. */
void story_lines_copy(struct story_lines *ret_lines, const struct story_lines *lines);
/* Moves all of one to the end of another. */
void story_lines_move(struct story_lines *lines, struct story_lines *from);
/* Reports the lines to the listener, folded over devices, and removes them. */
void story_lines_tell(struct story_lines *lines, struct story_listener *listener);
/* Removes the lines without reporting them. */
void story_lines_drop(struct story_lines *lines);
void story_lines_free(struct story_lines *lines);

#endif
