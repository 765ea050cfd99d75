/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lessons: scenarios whose comments teach. */
#ifndef LWSIM_SIM_LANGUAGE_LESSON_H
#define LWSIM_SIM_LANGUAGE_LESSON_H

#include <stdbool.h>
#include <stdio.h>

#include "sim/language/source.h"

/*
 * In the order of the file:
 *
 * 1. the comment at its beginning;
 * 2. header and statements; among them the goals, lines that begin with `#=`;
 * 3. lines that begin with `#? `;
 * 4. lines that begin with `#> `;
 * 5. lines that begin with `#! `.
 *
 * Snapshots follow. They belong to no part, nor do empty lines between the parts.
 */
enum lesson_part {
	LESSON_PARAGRAPH,
	LESSON_SCENARIO,
	LESSON_QUESTION,
	LESSON_TASK,
	LESSON_ANSWER,
	LESSON_PART_COUNT
};

/* Lines of the source, from 1; both 0: none. */
struct lesson_lines {
	uint32_t first, last;
};

struct lesson {
	const struct source *source;
	struct lesson_lines parts[LESSON_PART_COUNT];
};

/*
 * False if a part or all goals are missing, after printing which to messages. The source must
 * outlive the lesson.
 */
bool lesson_read(const struct source *source, FILE *messages, struct lesson *ret_lesson);

/*
 * Prints the comments of a part without their marks; not for LESSON_SCENARIO. Comments wider than
 * `columns` are rewrapped; 0: no limit.
 */
void lesson_print(FILE *out, const struct lesson *lesson, enum lesson_part part,
		  unsigned int columns);

/*
 * Writes the scenario that a reader edits: with the goals as statements, without the answer, and
 * with each statement in its line.
 */
void lesson_write_copy(FILE *out, const struct lesson *lesson);

/*
 * Whether an edited copy still has all goals, in order; comments and spaces may differ. False after
 * printing the first that is missing.
 */
bool lesson_has_goals(const struct lesson *lesson, const struct source *copy, FILE *messages);

#endif
