/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario that teaches: what its comments are for. */
#ifndef LWSIM_SIM_COMMANDS_LESSON_H
#define LWSIM_SIM_COMMANDS_LESSON_H

#include <stdbool.h>
#include <stdio.h>

#include "sim/language/source.h"

/*
 * In the order of the file:
 *
 * 1. the comment at its beginning;
 * 2. header and statements;
 * 3. lines that begin with `#? `;
 * 4. lines that begin with `#! `.
 *
 * Snapshots follow, which are nobody's part, as are empty lines between the parts.
 */
enum lesson_part {
	LESSON_PARAGRAPH,
	LESSON_SCENARIO,
	LESSON_QUESTION,
	LESSON_ANSWER,
	LESSON_PART_COUNT
};

/* Lines of the source, 1-based; both 0: there are none. */
struct lesson_lines {
	uint32_t first, last;
};

struct lesson {
	const struct source *source;
	struct lesson_lines parts[LESSON_PART_COUNT];
};

/* False if a part is missing, after saying which to messages. The source has to outlive the lesson. */
bool lesson_read(const struct source *source, FILE *messages, struct lesson *ret_lesson);

/* Comments without their marks, the scenario with the numbers of its lines. Where the file's lines
 * of a comment do not fit into so many columns its words are filled into them; 0: all fits. */
void lesson_print(FILE *out, const struct lesson *lesson, enum lesson_part part,
		  unsigned int columns);

#endif
