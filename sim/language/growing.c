/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses added lines with one parser that keeps its state, and can undo additions. */
#include "sim/language/growing.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/parser.h"

/* The state before an addition, to undo it. */
struct before {
	struct parser parser;
	struct scenario scenario;
	struct pool_mark pool;
	uint32_t len; /* length of the text */
};

struct growing {
	struct source *source;
	struct parser *parser;
	struct before *before; /* one per addition */
	struct added {
		const struct stmt *stmts;
		int64_t last_ns;
	} * added;
	size_t count, before_room, added_room;
};

struct growing *growing_new(const char *path, const struct param_setting *settings,
			    size_t settings_count)
{
	struct growing *growing = xcalloc(1, sizeof(*growing));

	growing->source = source_from_text(path, "", 0);
	growing->parser = parser_new(growing->source, settings, settings_count);
	growing->parser->keeps_changes = true;
	return growing;
}

void growing_free(struct growing *growing)
{
	parser_end(growing->parser);
	scenario_free(growing->parser->scenario);
	source_free(growing->source);
	free(growing->before);
	free(growing->added);
	free(growing);
}

static struct before before_of(const struct growing *growing)
{
	return (struct before){
		.parser = *growing->parser,
		.scenario = *growing->parser->scenario,
		.pool = pool_mark(growing->parser->pool),
		.len = growing->source->len,
	};
}

static void go_back(struct growing *growing, const struct before *before)
{
	struct parser *parser = growing->parser;

	struct name_index params_by_name = parser->lexer.params_by_name;

	changes_undo(parser, before->parser.changes_count);
	*parser = before->parser;
	parser->lexer.params_by_name =
		params_by_name; /* names that were undone are ignored: see param_named() */
	*parser->scenario = before->scenario;
	pool_release(parser->pool, &before->pool);
	source_cut(growing->source, before->len);
}

static void lines_append(struct growing *growing, const char *lines, const char *more)
{
	char *text = xasprintf("%s%s\n", lines, more);

	source_append(growing->source, text);
	free(text);
}

bool growing_add(struct growing *growing, const char *lines, const char *more, FILE *messages)
{
	const struct before before = before_of(growing);
	uint32_t line = before.len ? growing->source->lines + 1 : 1;
	struct diags diags;
	bool is_good;

	diags_init(&diags, growing->source);
	lines_append(growing, lines, more);
	is_good = parser_read(growing->parser, line, &diags);
	if (is_good) {
		growing->before = xgrow(growing->before, growing->count, &growing->before_room,
					sizeof(growing->before[0]));
		growing->added = xgrow(growing->added, growing->count, &growing->added_room,
				       sizeof(growing->added[0]));
		growing->before[growing->count] = before;
		growing->added[growing->count].stmts = growing->parser->scenario->stmts;
		growing->added[growing->count++].last_ns = growing->parser->scenario->last_ns;
	} else {
		go_back(growing, &before);
		lines_append(growing, lines, "");
		diags_print(&diags, messages);
		source_cut(growing->source, before.len);
	}
	diags_free(&diags);
	return is_good;
}

void growing_undo(struct growing *growing)
{
	go_back(growing, &growing->before[--growing->count]);
}

bool growing_check(struct growing *growing, FILE *messages)
{
	const struct before before = before_of(growing);
	struct diags diags;
	bool is_good;

	diags_init(&diags, growing->source);
	growing->parser->diags = &diags;
	settings_check(growing->parser);
	is_good = !diags.errors;
	diags_print(&diags, messages);
	diags_free(&diags);
	go_back(growing, &before);
	return is_good;
}

size_t growing_count(const struct growing *growing)
{
	return growing->count;
}

static bool has_statements_after(const struct growing *growing, size_t index)
{
	const struct scenario *scenario = index + 1 < growing->count
						  ? &growing->before[index + 1].scenario
						  : growing->parser->scenario;

	return scenario->statement_count != 0;
}

size_t growing_header_count(const struct growing *growing)
{
	size_t low = 0, high = growing->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (has_statements_after(growing, middle))
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

struct addition growing_at(const struct growing *growing, size_t index)
{
	uint32_t start = growing->before[index].len;
	uint32_t end =
		index + 1 < growing->count ? growing->before[index + 1].len : growing->source->len;

	return (struct addition){
		.stmts = growing->added[index].stmts,
		.last_ns = growing->added[index].last_ns,
		.text = growing->source->text + start,
		.len = end - start,
	};
}

const char *growing_text(const struct growing *growing)
{
	return growing->source->text;
}

const struct scenario *growing_scenario(const struct growing *growing)
{
	return growing->parser->scenario;
}
