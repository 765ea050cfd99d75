/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim lesson N --try: the reader edits the scenario. */
#ifndef LWSIM_SIM_COMMANDS_LESSON_TRY_H
#define LWSIM_SIM_COMMANDS_LESSON_TRY_H

#include "sim/cli/command.h"
#include "sim/language/lesson.h"

/*
 * Copies the lesson to lesson-NUMBER.lw in the current folder, unless that is there, has it edited,
 * runs it, and prints what changed; again as long as the reader wants and it does not answer the
 * lesson. EXIT_GOOD: it does. EXIT_FAILED: the last edit does not. EXIT_USAGE: the last edit is
 * wrong, or there is no copy or no editor.
 */
enum exit_code lesson_try(const struct lesson *lesson, const struct scenario *scenario,
			  size_t number, const struct options *options);

#endif
