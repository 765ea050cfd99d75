/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lines change of what was there before them, so that they can be taken back. */
#include <string.h>

#include "sim/language/parser.h"

void change_note(struct parser *parser, void *at, size_t bytes)
{
	struct change change = { .at = at, .bytes = bytes };

	if (!parser->keeps_changes)
		return;
	change.before = memcpy(pool_alloc(parser->pool, bytes), at, bytes);
	parser->changes =
		pool_push(parser->pool, parser->changes, parser->changes_count, sizeof(change));
	parser->changes[parser->changes_count++] = change;
}

void changes_undo(struct parser *parser, size_t count)
{
	while (parser->changes_count > count) {
		const struct change *change = &parser->changes[--parser->changes_count];

		memcpy(change->at, change->before, change->bytes);
	}
}
