/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses a scenario's text: lines, times, snapshots. */
#include "sim/language/parser.h"

#include <string.h>

/* The two ends of a `-- trace KERNEL --` line. */
#define SNAPSHOT_HEAD "-- trace "
#define SNAPSHOT_HEAD_LEN (sizeof(SNAPSHOT_HEAD) - 1)
#define SNAPSHOT_TAIL " --"
#define SNAPSHOT_TAIL_LEN (sizeof(SNAPSHOT_TAIL) - 1)

static int statement_line_parse(struct parser *parser)
{
	const struct token *first = &parser->lexer.tokens[0];
	struct block *block = parser->block;
	struct stmt *stmt = pool_alloc(parser->pool, sizeof(*stmt));
	size_t last = parser->lexer.count - 1;

	if (parser->scenario->has_end) {
		if (parser->is_past_end)
			return -1;
		parser->is_past_end = true;
		return parse_error(parser, first->span,
				   "statement after 'end', expected 'end' last");
	}
	if (block->stmt && block->stmt->kind == STMT_EXPLORE)
		return explore_line_parse(parser);
	if (parser->scenario->explore.stmt && (token_is_time(first) || statement_word_is(first)))
		return parse_error(
			parser, first->span,
			"statement after 'explore', expected 'explore' last, or a property");
	if (parser->scenario->explore.stmt)
		return property_parse(parser);
	if (token_is_time(first)) {
		parser->has_statement = true;
		parser->pos++;
		if (block->stmt && block->stmt->kind == STMT_BATCH)
			return parse_error(
				parser, first->span,
				"time in a batch, expected none: a batch is one instant");
		if (time_parse(parser, first, &block->now_ns) < 0)
			return -1;
	}
	stmt->line = parser->line;
	stmt->span = token_range(parser, parser->pos <= last ? parser->pos : last, last);
	stmt->at_ns = block->now_ns;
	stmt->count = 1;
	if (statement_parse(parser, stmt) < 0)
		return -1;
	if (stmt->kind == STMT_COUNT)
		return 0; /* end */
	statement_append(parser, stmt);
	if (stmt_has_block(stmt))
		block_open(parser, stmt, stmt->span);
	return 0;
}

static void line_parse(struct parser *parser, struct span line)
{
	struct lexer *lexer = &parser->lexer;
	int err;

	parser->pos = 0;
	parser->may_fail = false;
	if (line_lex(lexer, line) < 0) {
		parser->devices.is_unsure = true;
		if (line.len && parser->source->text[line.off + line.len - 1] == '{')
			block_open_wrong(parser,
					 (struct span){ .off = line.off + line.len - 1, .len = 1 });
		return;
	}
	if (!lexer->count)
		return;
	if (lexer->tokens[0].kind == TOKEN_CLOSE) {
		block_close(parser);
		return;
	}
	err = is_header_key(&lexer->tokens[0]) ? header_line_parse(parser)
					       : statement_line_parse(parser);
	if (err && lexer->tokens[lexer->count - 1].kind == TOKEN_OPEN)
		block_open_wrong(parser, token_range(parser, 0, lexer->count - 1));
}

static bool is_snapshot_head(const struct parser *parser, struct span line)
{
	return line.len >= SNAPSHOT_HEAD_LEN &&
	       memcmp(parser->source->text + line.off, SNAPSHOT_HEAD, SNAPSHOT_HEAD_LEN) == 0;
}

/* Ends the last snapshot, or the statements, where this line begins. */
static void section_close(struct parser *parser, uint32_t off)
{
	struct scenario *scenario = parser->scenario;
	struct span *body;

	if (!parser->has_snapshot) {
		scenario->text_end = off;
	} else if (scenario->snapshots_count) {
		body = &scenario->snapshots[scenario->snapshots_count - 1].body;
		body->len = off - body->off;
	}
}

/* next_off: start of the next line. */
static int snapshot_head_parse(struct parser *parser, struct span line, uint32_t next_off)
{
	struct scenario *scenario = parser->scenario;
	const char *text = parser->source->text + line.off;
	struct snapshot snapshot = { .header = line };
	struct token token = { .kind = TOKEN_WORD };
	size_t i;

	if (line.len <= SNAPSHOT_HEAD_LEN + SNAPSHOT_TAIL_LEN ||
	    memcmp(text + line.len - SNAPSHOT_TAIL_LEN, SNAPSHOT_TAIL, SNAPSHOT_TAIL_LEN) != 0)
		return parse_error(parser, line, "bad section line, expected '-- trace KERNEL --'");
	token.span.off = line.off + (uint32_t)SNAPSHOT_HEAD_LEN;
	token.span.len = line.len - (uint32_t)(SNAPSHOT_HEAD_LEN + SNAPSHOT_TAIL_LEN);
	token.text = parser->source->text + token.span.off;
	token.len = token.span.len;
	if (kernel_word_parse(parser, &token, 0, token.len, &snapshot.kernel) < 0)
		return -1;
	for (i = 0; i < scenario->snapshots_count; i++)
		if (kernel_equal(&scenario->snapshots[i].kernel, &snapshot.kernel))
			return parse_error(parser, token.span,
					   "second trace of '%.*s', expected only one",
					   (int)token.len, token.text);
	snapshot.body.off = next_off;
	scenario->snapshots = pool_push(parser->pool, scenario->snapshots,
					scenario->snapshots_count, sizeof(snapshot));
	scenario->snapshots[scenario->snapshots_count++] = snapshot;
	return 0;
}

static void text_parse(struct parser *parser)
{
	const struct source *source = parser->source;
	uint32_t next_off;

	for (; parser->line <= source->lines; parser->line++) {
		struct span line = { .off = source->line_off[parser->line - 1] };
		bool is_good;

		if (parser->diags->errors >= DIAG_STOP_ERRORS) {
			parser->diags->is_stopped = true;
			parser->diags->stopped_at = parser->line;
			return;
		}
		source_line(source, parser->line, &line.len);
		is_good = line_check(source, line, parser->diags);
		next_off =
			parser->line < source->lines ? source->line_off[parser->line] : source->len;
		if (is_snapshot_head(parser, line)) {
			section_close(parser, line.off);
			parser->has_snapshot = true;
			if (is_good)
				snapshot_head_parse(parser, line, next_off);
		} else if (!is_good) {
			parser->devices.is_unsure = true;
		} else if (!parser->has_snapshot) {
			line_parse(parser, line);
		}
	}
	section_close(parser, source->len);
}

struct parser *parser_new(const struct source *source, const struct param_setting *settings,
			  size_t settings_count)
{
	struct pool *pool = pool_new();
	struct scenario *scenario = pool_alloc(pool, sizeof(*scenario));
	struct parser *parser = pool_alloc(pool, sizeof(*parser));

	*scenario = (struct scenario){
		.source = source,
		.title = "",
		.kernel = kernel_default(),
		.hz = 250,
		.long_bits = 64,
		.pool = pool,
	};
	*parser = (struct parser){
		.scenario = scenario,
		.source = source,
		.pool = pool,
		.lexer = { .source = source, .pool = pool },
		.settings = settings,
		.settings_count = settings_count,
	};
	parser->block = &parser->file;
	devices_init(parser);
	return parser;
}

bool parser_read(struct parser *parser, uint32_t line, struct diags *diags)
{
	struct scenario *scenario = parser->scenario;

	parser->diags = diags;
	parser->lexer.diags = diags;
	parser->line = line;
	parser->file.first = NULL;
	parser->file.tail = &parser->file.first;
	text_parse(parser);
	if (!diags->is_stopped) { /* otherwise the rest of the file may close a block or create a device */
		blocks_check_closed(parser);
		devices_check(parser);
		settings_check(parser);
	}
	scenario->stmts = parser->file.first;
	scenario->last_ns = parser->file.last_ns;
	scenario->statement_count = parser->file.statements;
	scenario->max_devices = (uint32_t)parser->file.devices;
	scenario->max_nets = (uint32_t)parser->file.nets;
	return !diags->errors;
}

void parser_end(struct parser *parser)
{
	name_index_free(&parser->lexer.params_by_name);
}

struct scenario *scenario_parse(const struct source *source, const struct param_setting *settings,
				size_t settings_count, struct diags *diags)
{
	struct parser *parser = parser_new(source, settings, settings_count);
	struct scenario *scenario = parser->scenario;

	bool is_good = parser_read(parser, 1, diags);

	parser_end(parser);
	if (is_good)
		return scenario;
	scenario_free(scenario);
	return NULL;
}

void scenario_free(struct scenario *scenario)
{
	if (scenario)
		pool_free(scenario->pool);
}
