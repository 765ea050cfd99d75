/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of the scenario language: parses texts, and checks the errors of refused ones. */
#ifndef LWSIM_TESTS_PARSE_FIXTURE_H
#define LWSIM_TESTS_PARSE_FIXTURE_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sim/language/scenario.h"

#define MS INT64_C(1000000)
#define S (1000 * MS)

/* A parse and its data; one at a time. */
struct fixture {
	struct source *source;
	struct diags diags;
	struct scenario *scenario;
};

#define LINK_WORDS "up, carrier, mode or the like"
#define LINK_KINDS "one of dummy, veth, vlan, macvlan, ipvlan, team, vrf, bond, bridge"

static inline void parse_with(struct fixture *f, const char *text, size_t len,
			      const struct param_setting *settings, size_t count)
{
	f->source = source_from_text("a.lw", text, len);
	diags_init(&f->diags, f->source);
	f->scenario = scenario_parse(f->source, settings, count, &f->diags);
}

static inline void parse(struct fixture *f, const char *text)
{
	parse_with(f, text, strlen(text), NULL, 0);
	if (!f->scenario)
		diags_print(&f->diags, stderr);
	assert_non_null(f->scenario);
	assert_int_equal(f->diags.count, 0);
}

static inline void teardown(struct fixture *f)
{
	scenario_free(f->scenario);
	diags_free(&f->diags);
	source_free(f->source);
}

/* Statement `number`, from 0, which must be of the given kind. */
static inline const struct stmt *stmt_at(const struct fixture *f, unsigned int number,
					 enum stmt_kind kind)
{
	const struct stmt *stmt = f->scenario->stmts;

	for (; number && stmt; number--)
		stmt = stmt->next;
	assert_non_null(stmt);
	assert_int_equal(stmt->kind, kind);
	return stmt;
}

/* Checks that a text is refused with exactly one error, at line:col. */
static inline void assert_refused_bytes(const char *text, size_t len, uint32_t line, uint32_t col,
					const char *message)
{
	struct fixture f;
	uint32_t found_line, found_col;

	parse_with(&f, text, len, NULL, 0);
	assert_null(f.scenario);
	if (f.diags.count != 1)
		diags_print(&f.diags, stderr);
	assert_int_equal(f.diags.count, 1);
	assert_string_equal(f.diags.items[0].text, message);
	source_position(f.source, f.diags.items[0].span.off, &found_line, &found_col);
	assert_int_equal(found_line, line);
	assert_int_equal(found_col, col);
	/* The span is inside the file; one past the end is for the caret. */
	assert_true(f.diags.items[0].span.off <= f.source->len);
	teardown(&f);
}

static inline void assert_refused(const char *text, uint32_t line, uint32_t col,
				  const char *message)
{
	assert_refused_bytes(text, strlen(text), line, col, message);
}

static inline const struct expect *expect_at(const struct fixture *f, unsigned int number,
					     enum expect_kind kind)
{
	const struct expect *expect = &stmt_at(f, number, STMT_EXPECT)->expect;

	assert_int_equal(expect->kind, kind);
	return expect;
}

static inline void assert_span(const struct fixture *f, struct span span, const char *text)
{
	assert_int_equal(span.len, strlen(text));
	assert_memory_equal(f->source->text + span.off, text, span.len);
}

#endif
