/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario that grows: each time only the lines that are new are read. */
#ifndef LWSIM_SIM_LANGUAGE_GROWING_H
#define LWSIM_SIM_LANGUAGE_GROWING_H

#include "sim/language/scenario.h"

struct growing;

/* What one growing_add() has added. */
struct addition {
	const struct stmt *stmts; /* of these lines alone; NULL: none */
	int64_t last_ns;	  /* of all statements up to these */
	const char *text;	  /* valid until the next growing_add() */
	uint32_t len;
};

/* The settings must outlive it. */
struct growing *growing_new(const char *path, const struct param_setting *settings,
			    size_t settings_count);
void growing_free(struct growing *growing);

/*
 * Adds the lines, which end in no newline, with `more` behind the last one. False, with nothing
 * added, after printing all errors to messages; those show the lines without `more`.
 */
bool growing_add(struct growing *growing, const char *lines, const char *more, FILE *messages);
/* Takes the last addition back; its statements are freed. */
void growing_undo(struct growing *growing);

/* Whether the lines so far set all that the settings name; if not, prints it to messages. */
bool growing_check(struct growing *growing, FILE *messages);

size_t growing_count(const struct growing *growing);
struct addition growing_at(const struct growing *growing, size_t index);
/* All lines so far; NUL-terminated. */
const char *growing_text(const struct growing *growing);
/* The same scenario always; its stmts are only those of the last addition. */
const struct scenario *growing_scenario(const struct growing *growing);

#endif
