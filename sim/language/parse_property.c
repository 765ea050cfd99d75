/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the properties behind `explore`: always, never, reach, and A leads to B within T. */
#include <string.h>

#include "sim/language/parser.h"

/* Puts '(' and ')' into tokens of their own, in place of the line's. */
static void split_parentheses(struct parser *parser)
{
	struct lexer *lexer = &parser->lexer;
	struct token *split;
	size_t count = 0, most = 0;

	for (size_t i = 0; i < lexer->count; i++)
		most += lexer->tokens[i].len + 1;
	split = pool_alloc(parser->pool, most * sizeof(*split));
	for (size_t i = 0; i < lexer->count; i++) {
		const struct token *token = &lexer->tokens[i];
		uint32_t off = 0, end = token->len;

		while (token->kind == TOKEN_WORD && off < end) {
			bool is_one = token->text[off] == '(' || token->text[off] == ')';
			uint32_t len = is_one ? 1 : (uint32_t)strcspn(token->text + off, "()");

			len = len < end - off ? len : end - off;
			split[count] = *token;
			split[count].text = token->text + off;
			split[count].len = len;
			split[count++].span = token_part(parser, token, off, len);
			off += len;
		}
		if (token->kind != TOKEN_WORD)
			split[count++] = *token;
	}
	lexer->tokens = split;
	lexer->count = count;
	lexer->capacity = most;
}

static struct expr *expr_new(struct parser *parser, enum expr_kind kind, struct expr *left,
			     struct expr *right)
{
	struct expr *expr = pool_alloc(parser->pool, sizeof(*expr));

	*expr = (struct expr){ .kind = kind, .left = left, .right = right };
	return expr;
}

static struct expr *or_parse(struct parser *parser, unsigned int depth);

/* DEV WORD VALUE, as behind `expect`. */
static struct expr *atom_parse(struct parser *parser)
{
	struct expr *expr = expr_new(parser, EXPR_ATOM, NULL, NULL);
	struct stmt *stmt = pool_alloc(parser->pool, sizeof(*stmt));
	size_t first = parser->pos;

	stmt->kind = STMT_EXPECT;
	stmt->line = parser->line;
	stmt->count = 1;
	if (expect_parse(parser, stmt) < 0)
		return NULL;
	stmt->span = token_range(parser, first, parser->pos - 1);
	switch (stmt->expect.kind) {
	case EXPECT_OPERSTATE:
	case EXPECT_FLAGS:
	case EXPECT_CARRIER:
	case EXPECT_RUNNING:
	case EXPECT_LINKMODE:
	case EXPECT_FIELD:
		break;
	default:
		parse_error(parser, stmt->span,
			    "not in a property, expected what holds at one moment");
		return NULL;
	}
	if (stmt->count != 1) {
		parse_error(parser, stmt->span, "several devices in a property, expected one");
		return NULL;
	}
	expr->atom = stmt;
	stmt->next = parser->scenario->explore.atoms;
	parser->scenario->explore.atoms = stmt;
	return expr;
}

static struct expr *not_parse(struct parser *parser, unsigned int depth)
{
	const struct token *token = token_peek(parser);
	struct expr *expr;

	if (depth > BLOCK_DEPTH_MAX) {
		parse_error(parser, token->span, "nested too deep, expected at most %d levels",
			    BLOCK_DEPTH_MAX);
		return NULL;
	}
	if (token_is(token, "not")) {
		parser->pos++;
		expr = not_parse(parser, depth + 1);
		return expr ? expr_new(parser, EXPR_NOT, expr, NULL) : NULL;
	}
	if (!token_is(token, "("))
		return atom_parse(parser);
	parser->pos++;
	expr = or_parse(parser, depth + 1);
	if (!expr)
		return NULL;
	if (!token_is(token_peek(parser), ")")) {
		expected_error(parser, "'and', 'or' or ')'");
		return NULL;
	}
	parser->pos++;
	return expr;
}

static struct expr *and_parse(struct parser *parser, unsigned int depth)
{
	struct expr *expr = not_parse(parser, depth), *right;

	while (expr && token_is(token_peek(parser), "and")) {
		parser->pos++;
		right = not_parse(parser, depth);
		expr = right ? expr_new(parser, EXPR_AND, expr, right) : NULL;
	}
	return expr;
}

static struct expr *or_parse(struct parser *parser, unsigned int depth)
{
	struct expr *expr = and_parse(parser, depth), *right;

	while (expr && token_is(token_peek(parser), "or")) {
		parser->pos++;
		right = and_parse(parser, depth);
		expr = right ? expr_new(parser, EXPR_OR, expr, right) : NULL;
	}
	return expr;
}

/* leads to B within T */
static int leads_parse(struct parser *parser, struct property *property)
{
	static const char *const words[] = { "leads", "to" };

	for (size_t i = 0; i < 2; i++) {
		if (!token_is(token_peek(parser), words[i]))
			return expected_error(parser, "'and', 'or' or 'leads to'");
		parser->pos++;
	}
	property->second = or_parse(parser, 0);
	if (!property->second)
		return -1;
	if (!token_is(token_peek(parser), "within"))
		return expected_error(parser, "'and', 'or' or 'within'");
	parser->pos++;
	return duration_take(parser, &property->within_ns);
}

int property_parse(struct parser *parser)
{
	static const char *const words[] = { "always", "never", "reach", NULL };
	struct explore_block *explore = &parser->scenario->explore;
	struct property *property = pool_alloc(parser->pool, sizeof(*property));
	int word = word_find(&parser->lexer.tokens[0], words);

	split_parentheses(parser);
	parser->pos = word >= 0;
	*property = (struct property){
		.kind = word >= 0 ? (enum property_kind)word : PROPERTY_LEADS,
		.line = parser->line,
		.span = token_range(parser, 0, parser->lexer.count - 1),
	};
	if (!token_peek(parser))
		return expected_error(parser, "a condition such as 'd0 running yes'");
	property->first = or_parse(parser, 0);
	if (!property->first)
		return -1;
	if (property->kind == PROPERTY_LEADS && leads_parse(parser, property) < 0)
		return -1;
	if (line_end(parser) < 0)
		return -1;
	if (explore->properties_count == PROPERTIES_MAX)
		return parse_error(parser, property->span,
				   "more than %d properties, expected fewer", PROPERTIES_MAX);
	*explore->properties_end = property;
	explore->properties_end = &property->next;
	explore->properties_count++;
	return 0;
}
