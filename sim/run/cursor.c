/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Iterates over a scenario's statements and unrolls its repeats. */
#include "sim/run/cursor.h"

static const struct stmt *at(const struct cursor *cursor)
{
	return cursor->frames[cursor->depth].at;
}

static void enter(struct cursor *cursor, const struct stmt *block, int64_t start_ns)
{
	cursor->depth++;
	cursor->frames[cursor->depth].block = block;
	cursor->frames[cursor->depth].at = block->block.body;
	cursor->frames[cursor->depth].start_ns = start_ns;
	cursor->frames[cursor->depth].iteration = 0;
}

/*
 * At the end of an iteration: starts the next one or leaves the block. False at the end of the
 * file.
 */
static bool turn_around(struct cursor *cursor)
{
	unsigned int depth = cursor->depth;
	const struct stmt *block = cursor->frames[depth].block;

	if (!block)
		return false;
	if (++cursor->frames[depth].iteration < block->block.times) {
		cursor->frames[depth].start_ns += block->block.every_ns;
		cursor->frames[depth].at = block->block.body;
		return true;
	}
	cursor->depth--;
	cursor->frames[cursor->depth].at = block->next;
	return true;
}

/* Enters repeats and leaves finished ones until it is at a statement or the end. */
static void descend(struct cursor *cursor)
{
	for (;;) {
		const struct stmt *stmt = at(cursor);

		if (!stmt) {
			if (!turn_around(cursor))
				return;
		} else if (stmt->kind == STMT_REPEAT && stmt->block.body) {
			enter(cursor, stmt, cursor->frames[cursor->depth].start_ns + stmt->at_ns);
		} else if (stmt->kind == STMT_REPEAT) {
			cursor->frames[cursor->depth].at = stmt->next;
		} else {
			return;
		}
	}
}

void cursor_init(struct cursor *cursor, const struct stmt *first)
{
	cursor->depth = 0;
	cursor->frames[0].block = NULL;
	cursor->frames[0].at = first;
	cursor->frames[0].start_ns = 0;
	cursor->frames[0].iteration = 0;
	descend(cursor);
}

const struct stmt *cursor_peek(const struct cursor *cursor, int64_t *ret_ns)
{
	const struct stmt *stmt = at(cursor);

	if (stmt)
		*ret_ns = cursor->frames[cursor->depth].start_ns + stmt->at_ns;
	return stmt;
}

void cursor_next(struct cursor *cursor)
{
	cursor->frames[cursor->depth].at = at(cursor)->next;
	descend(cursor);
}

bool cursor_is_first(const struct cursor *cursor)
{
	for (unsigned int i = 1; i <= cursor->depth; i++)
		if (cursor->frames[i].iteration > 0)
			return false;
	return true;
}

const struct stmt *cursor_repeat(const struct cursor *cursor)
{
	return cursor->frames[cursor->depth].block;
}

uint32_t cursor_turn(const struct cursor *cursor)
{
	return cursor->frames[cursor->depth].iteration + 1;
}

int64_t cursor_base_ns(const struct cursor *cursor)
{
	return cursor->frames[cursor->depth].start_ns;
}
