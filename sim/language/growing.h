/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario that grows: each addition parses only the new lines. */
#ifndef LWSIM_SIM_LANGUAGE_GROWING_H
#define LWSIM_SIM_LANGUAGE_GROWING_H

#include "sim/language/scenario.h"

struct growing;

/* The result of one growing_add(). */
struct addition {
	const struct stmt *stmts; /* of this addition only; NULL: none */
	int64_t last_ns;	  /* time of the last statement so far */
	const char *text;	  /* valid until the next growing_add() */
	uint32_t len;
};

/* The settings must outlive it. */
struct growing *growing_new(const char *path, const struct param_setting *settings,
			    size_t settings_count);
void growing_free(struct growing *growing);

/*
 * Adds the lines (without a final newline), with `more` appended to the last one. On errors
 * prints all of them to messages, showing the lines without `more`, adds nothing and returns
 * false.
 */
bool growing_add(struct growing *growing, const char *lines, const char *more, FILE *messages);
/* Removes the last addition and frees its statements. */
void growing_undo(struct growing *growing);

/* Whether the lines so far define every parameter that the settings name; if not, prints an
 * error to messages. */
bool growing_check(struct growing *growing, FILE *messages);

size_t growing_count(const struct growing *growing);
/* The number of additions before the first that has a statement. */
size_t growing_header_count(const struct growing *growing);
struct addition growing_at(const struct growing *growing, size_t index);
/* All lines so far; NUL-terminated. */
const char *growing_text(const struct growing *growing);
/* Always the same scenario object; its stmts are those of the last addition only. */
const struct scenario *growing_scenario(const struct growing *growing);

#endif
