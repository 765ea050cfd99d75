/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the opening lines of `repeat`, `batch` and `explore`, and adds statements to their block. */
#include <inttypes.h>

#include "sim/language/parser.h"

static uint64_t product_cut(uint64_t a, uint64_t b, uint64_t max)
{
	return b && a > max / b ? max : a * b;
}

static uint64_t sum_cut(uint64_t a, uint64_t b, uint64_t max)
{
	return a > max - b ? max : a + b;
}

/*
 * Adds to a total of the innermost block, capped at one more than the limit. Reports the limit
 * once, where it is exceeded.
 */
static void count_add(struct parser *parser, uint64_t *total, uint64_t count, uint64_t max,
		      const char *what, bool *is_said, struct span span)
{
	*total = sum_cut(*total, count, max + 1);
	if (*total <= max || *is_said)
		return;
	*is_said = true;
	parse_error(parser, span, "more than %" PRIu64 " %s, expected fewer", max, what);
}

static void statements_count(struct parser *parser, uint64_t count, struct span span)
{
	count_add(parser, &parser->block->statements, count, STATEMENTS_MAX, "statements",
		  &parser->is_too_long, span);
}

static void devices_count(struct parser *parser, uint64_t count, struct span span)
{
	count_add(parser, &parser->block->devices, count, NEW_DEVICES_MAX, "new devices",
		  &parser->has_too_many_devices, span);
}

static void nets_count(struct parser *parser, uint64_t count, struct span span)
{
	count_add(parser, &parser->block->nets, count, NEW_NETS_MAX, "new namespaces",
		  &parser->has_too_many_nets, span);
}

static void block_push(struct parser *parser, struct stmt *stmt, struct span open)
{
	struct block *block = pool_alloc(parser->pool, sizeof(*block));

	block->parent = parser->block;
	block->stmt = stmt;
	block->tail = &block->first;
	block->open = open;
	parser->block = block;
	parser->depth++;
}

void block_open_wrong(struct parser *parser, struct span span)
{
	block_push(parser, NULL, span);
	parser->block->is_relative = true;
	parser->block->is_wrong = true;
}

void block_open(struct parser *parser, struct stmt *stmt, struct span open)
{
	struct block *parent = parser->block;

	block_push(parser, stmt, open);
	parser->block->is_wrong = parent->is_wrong;
	if (stmt->kind != STMT_REPEAT) {
		parser->block->is_relative = parent->is_relative;
		parser->block->now_ns = parent->now_ns;
		return;
	}
	parser->block->is_relative = true;
	/* `repeat N every T {`: T is before the '{' */
	parser->block->every = parser->lexer.tokens[parser->lexer.count - 2].span;
}

static int repeat_close(struct parser *parser, struct block *body)
{
	struct block *block = parser->block;
	struct stmt *stmt = body->stmt;
	char lasts[TIME_TEXT_MAX_BYTES], every[TIME_TEXT_MAX_BYTES];
	int64_t latest;

	if (stmt->block.times > 1 && body->last_ns > stmt->block.every_ns)
		return parse_error(
			parser, body->every, "the repeat's body lasts %s, expected at most %s",
			time_text(body->last_ns, lasts), time_text(stmt->block.every_ns, every));
	/* N * T was checked when the block was opened. */
	latest = stmt->at_ns + (stmt->block.times - 1) * stmt->block.every_ns;
	if (body->last_ns > SCENARIO_MAX_NS - latest)
		return parse_error(parser, body->open,
				   "the repeat ends too late, expected at most 100 years");
	latest += body->last_ns;
	if (latest > block->last_ns)
		block->last_ns = latest;
	block->now_ns = stmt->at_ns + stmt->block.times * stmt->block.every_ns;
	return 0;
}

int block_close(struct parser *parser)
{
	struct block *body = parser->block;
	struct stmt *stmt = body->stmt;
	struct span span = parser->lexer.tokens[0].span;
	uint64_t once;

	if (parser->lexer.count > 1)
		return parse_error(parser, parser->lexer.tokens[1].span,
				   "text after '}', expected '}' alone on its line");
	if (!body->parent)
		return parse_error(parser, span, "'}' without an open block, expected a statement");
	parser->block = body->parent;
	parser->depth--;
	if (!stmt)
		return 0;
	stmt->block.body = body->first;
	/* An empty iteration takes time to run as well. */
	once = body->statements ? body->statements : 1;
	statements_count(parser, product_cut(once, stmt->block.times, STATEMENTS_MAX + 1),
			 body->open);
	devices_count(parser, product_cut(body->devices, stmt->block.times, NEW_DEVICES_MAX + 1),
		      body->open);
	nets_count(parser, product_cut(body->nets, stmt->block.times, NEW_NETS_MAX + 1),
		   body->open);
	return stmt->kind == STMT_REPEAT ? repeat_close(parser, body) : 0;
}

/* Masters need links for ports even if no statement of the file says `master`. */
static bool is_master(enum link_kind kind)
{
	switch (kind) {
	case LINK_KIND_TEAM:
	case LINK_KIND_VRF:
	case LINK_KIND_BOND:
	case LINK_KIND_BRIDGE:
		return true;
	case LINK_KIND_DUMMY:
	case LINK_KIND_VETH:
	case LINK_KIND_VLAN:
	case LINK_KIND_MACVLAN:
	case LINK_KIND_IPVLAN:
	case LINK_KIND_COUNT:
		break;
	}
	return false;
}

void statement_append(struct parser *parser, struct stmt *stmt)
{
	struct block *block = parser->block;

	if (stmt->kind != STMT_EXPLORE) {
		*block->tail = stmt;
		block->tail = &stmt->next;
	}
	if (stmt->at_ns > block->last_ns)
		block->last_ns = stmt->at_ns;
	if (stmt_has_block(stmt))
		return;
	statements_count(parser, stmt->count, stmt->span);
	parser->scenario->has_links |=
		stmt->link.prefix || stmt->master.prefix ||
		(stmt->kind == STMT_IP_LINK_ADD && is_master(stmt->create.kind));
	parser->scenario->has_bonds |=
		stmt->kind == STMT_IP_LINK_ADD && stmt->create.kind == LINK_KIND_BOND;
	if (stmt->kind == STMT_VIRTNET_PROBE || stmt->kind == STMT_IP_LINK_ADD ||
	    stmt->kind == STMT_IP_TUNTAP_ADD || stmt->kind == STMT_IP_TUNTAP_DEL ||
	    stmt->kind == STMT_TUNSETIFF)
		devices_count(parser, stmt->peer.prefix ? UINT64_C(2) * stmt->count : stmt->count,
			      stmt->span);
	if (stmt->kind == STMT_IP_NETNS_ADD)
		nets_count(parser, stmt->count, stmt->span);
}

void blocks_check_closed(struct parser *parser)
{
	for (; parser->block->parent; parser->block = parser->block->parent)
		if (!parser->block->is_wrong)
			parse_error(parser, parser->block->open,
				    "block is not closed, expected '}' before the end");
}

int opener_take(struct parser *parser)
{
	const struct token *token = token_peek(parser);

	if (!token || token->kind != TOKEN_OPEN)
		return expected_error(parser, "'{'");
	parser->pos++;
	if (line_end(parser) < 0)
		return -1;
	if (parser->depth == BLOCK_DEPTH_MAX)
		return parse_error(parser, token->span, "blocks too deep, expected at most %d",
				   BLOCK_DEPTH_MAX);
	return 0;
}

int repeat_parse(struct parser *parser, struct stmt *stmt)
{
	int64_t left = SCENARIO_MAX_NS - stmt->at_ns;
	const struct token *times;
	uint64_t number;

	if (number_take(parser, "a number of times", STATEMENTS_MAX, &number) < 0)
		return -1;
	times = &parser->lexer.tokens[parser->pos - 1];
	if (number == 0)
		return parse_error(parser, times->span, "repeat of 0 times, expected at least 1");
	if (!token_is(token_peek(parser), "every"))
		return expected_error(parser, "'every'");
	parser->pos++;
	if (duration_take(parser, &stmt->block.every_ns) < 0)
		return -1;
	if (stmt->block.every_ns > left / (int64_t)number)
		return parse_error(parser, token_range(parser, parser->pos - 3, parser->pos - 1),
				   "the repeat ends too late, expected at most 100 years");
	stmt->block.times = (uint32_t)number;
	return opener_take(parser);
}

int batch_parse(struct parser *parser, struct stmt *stmt)
{
	stmt->block.times = 1;
	return opener_take(parser);
}

int explore_parse(struct parser *parser, struct stmt *stmt)
{
	struct explore_block *explore = &parser->scenario->explore;

	if (parser->keeps_changes)
		return parse_error(parser, stmt->span,
				   "'explore' in a session, expected it in a file");
	if (parser->block->parent && !parser->block->is_wrong)
		return parse_error(parser, stmt->span,
				   "'explore' in a block, expected it after all blocks");
	stmt->block.times = 1;
	if (opener_take(parser) < 0)
		return -1;
	if (explore->stmt)
		return parse_error(parser, stmt->span, "second 'explore', expected only one");
	explore->stmt = stmt;
	explore->properties_end = &explore->properties;
	explore->text_end = parser->source->line_off[parser->line - 1];
	return 0;
}
