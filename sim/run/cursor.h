/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A position in the statements of a scenario. */
#ifndef LWSIM_SIM_RUN_CURSOR_H
#define LWSIM_SIM_RUN_CURSOR_H

#include "sim/language/scenario.h"

/* A position in the statements: one frame per enclosing block. */
struct cursor {
	struct {
		const struct stmt *block; /* NULL: the file */
		const struct stmt *at;	  /* next statement in it; NULL: the iteration is over */
		int64_t start_ns;	  /* of this iteration */
		uint32_t iteration;
	} frames[BLOCK_DEPTH_MAX + 1];
	unsigned int depth; /* index of the current frame */
};

/* The next statement that is not a repeat, and its time; NULL at the end. */
void cursor_init(struct cursor *cursor, const struct stmt *first);
const struct stmt *cursor_peek(const struct cursor *cursor, int64_t *ret_ns);
void cursor_next(struct cursor *cursor);
/* Whether every block is in its first iteration. */
bool cursor_is_first(const struct cursor *cursor);
/* The innermost repeat, or NULL. */
const struct stmt *cursor_repeat(const struct cursor *cursor);
/* The innermost repeat's iteration, from 1. */
uint32_t cursor_turn(const struct cursor *cursor);
/* When the innermost iteration began; at_ns of its statements is relative to it. */
int64_t cursor_base_ns(const struct cursor *cursor);

#endif
