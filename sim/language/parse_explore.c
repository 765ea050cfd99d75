/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses `explore { ... }`: statements that may happen in any order, with A|B for one of several words. */
#include <string.h>

#include "sim/language/parser.h"

/* What may happen any number of times: it neither creates nor deletes, and the device keeps its name. */
static bool is_repeatable(const struct stmt *stmt)
{
	switch (stmt->kind) {
	case STMT_VIRTNET_CONFIG_CHANGED:
	case STMT_CARRIER_ON:
	case STMT_CARRIER_OFF:
	case STMT_CARRIER_EVENT:
	case STMT_DORMANT_ON:
	case STMT_DORMANT_OFF:
	case STMT_TESTING_ON:
	case STMT_TESTING_OFF:
	case STMT_DEVICE_DETACH:
	case STMT_DEVICE_ATTACH:
	case STMT_DEV_OPEN:
	case STMT_DEV_CLOSE:
	case STMT_LINKWATCH_FIRE_EVENT:
	case STMT_TUNSETCARRIER:
	case STMT_IFCONFIG:
	case STMT_GETLINK:
		return true;
	case STMT_IP_LINK_SET:
	case STMT_SETLINK:
		return !stmt->new_name.prefix && !stmt->target.prefix;
	default:
		return false;
	}
}

/* The statement's words as a line. */
static const char *words_of(struct parser *parser)
{
	size_t bytes = 1;
	char *words, *end;

	for (size_t i = 0; i < parser->lexer.count; i++)
		bytes += parser->lexer.tokens[i].len + 1;
	words = end = pool_alloc(parser->pool, bytes);
	for (size_t i = 0; i < parser->lexer.count; i++) {
		const struct token *token = &parser->lexer.tokens[i];

		if (i)
			*end++ = ' ';
		memcpy(end, token->text, token->len);
		end += token->len;
	}
	return words;
}

static int variant_parse(struct parser *parser)
{
	struct stmt *stmt = pool_alloc(parser->pool, sizeof(*stmt));
	size_t last = parser->lexer.count - 1;

	parser->pos = 0;
	stmt->line = parser->line;
	stmt->span = token_range(parser, 0, last);
	stmt->at_ns = parser->block->now_ns;
	stmt->count = 1;
	if (statement_parse(parser, stmt) < 0)
		return -1;
	if (!is_repeatable(stmt) || stmt->expected_error.is_set)
		return parse_error(parser, stmt->span,
				   "not in 'explore', expected a statement that can repeat: no new "
				   "device, no new name, no '='");
	stmt->words = words_of(parser);
	statement_append(parser, stmt);
	return 0;
}

static int variants_parse(struct parser *parser, size_t from);

/* Goes on with whole.text[off..off+len) in place of the word, behind KEY= if it begins so. */
static int choice_try(struct parser *parser, size_t at, const struct token *whole, uint32_t off,
		      uint32_t len)
{
	struct token *token = &parser->lexer.tokens[at];
	const char *bar = memchr(whole->text, '|', whole->len);
	const char *equals = memchr(whole->text, '=', (size_t)(bar - whole->text));
	uint32_t key = equals && off ? (uint32_t)(equals - whole->text) + 1 : 0;
	char *text = pool_alloc(parser->pool, key + len + 1);

	if (!len)
		return parse_error(parser, whole->span, "empty word, expected A|B");
	memcpy(text, whole->text, key);
	memcpy(text + key, whole->text + off, len);
	token->text = text;
	token->len = key + len;
	token->span = token_part(parser, whole, off, len);
	return variants_parse(parser, at + 1);
}

/* Each choice of one word for each A|B among the tokens from `from` on. */
static int variants_parse(struct parser *parser, size_t from)
{
	const struct token *tokens = parser->lexer.tokens;
	struct token whole;
	uint32_t off = 0;

	while (from < parser->lexer.count && !memchr(tokens[from].text, '|', tokens[from].len))
		from++;
	if (from == parser->lexer.count)
		return variant_parse(parser);
	whole = tokens[from];
	for (;;) {
		const char *bar = memchr(whole.text + off, '|', whole.len - off);
		uint32_t len = bar ? (uint32_t)(bar - whole.text) - off : whole.len - off;

		if (choice_try(parser, from, &whole, off, len) < 0)
			return -1;
		if (!bar)
			break;
		off += len + 1;
	}
	parser->lexer.tokens[from] = whole;
	return 0;
}

int explore_line_parse(struct parser *parser)
{
	const struct token *first = &parser->lexer.tokens[0];

	if (token_is_time(first))
		return parse_error(
			parser, first->span,
			"time in 'explore', expected none: its lines may happen at any time");
	return variants_parse(parser, 0);
}
