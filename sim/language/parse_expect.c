/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses `[on KERNEL...] expect ...`. */
#include <string.h>
#include <strings.h>

#include "sim/language/names.h"
#include "sim/language/parser.h"
#include "sim/language/src_name.h"

static const char *const flag_words[] = { "UP", "RUNNING", "LOWER_UP", "DORMANT", NULL };

/* Parses one flag of a list: token->text[off..off+len). */
static int flag_parse(struct parser *parser, const struct token *token, uint32_t off, uint32_t len,
		      uint64_t *flags)
{
	const char *name = token->text + off;
	size_t i;

	for (i = 0; i < LINK_STATE_FLAGS; i++) {
		const char *known = flag_names[i].name;

		if (strlen(known) != len || strncasecmp(known, name, len) != 0)
			continue;
		if (*flags & flag_names[i].flag)
			return parse_error(parser, token_part(parser, token, off, len),
					   "flag '%s' twice, expected it once", known);
		*flags |= flag_names[i].flag;
		return 0;
	}
	return unknown_error(parser, "flag", name, len, token_part(parser, token, off, len),
			     flag_words, NULL);
}

/* Takes UP,LOWER_UP or <UP,LOWER_UP>; <> and none mean no flags. */
static int flags_take(struct parser *parser, uint64_t *ret_flags)
{
	const struct token *token = word_take(parser, "flags such as UP,LOWER_UP");
	uint32_t off = 0, end;

	if (!token)
		return -1;
	*ret_flags = 0;
	end = token->len;
	if (token_is(token, "none") || token_is(token, "<>"))
		return 0;
	if (token->text[0] == '<') {
		if (token->text[end - 1] != '>')
			return parse_error(
				parser, token->span,
				"'<' is not closed, expected flags such as <UP,LOWER_UP>");
		off++;
		end--;
	}
	for (;;) {
		const char *comma = memchr(token->text + off, ',', end - off);
		uint32_t len = comma ? (uint32_t)(comma - token->text) - off : end - off;

		if (flag_parse(parser, token, off, len, ret_flags) < 0)
			return -1;
		if (!comma)
			return 0;
		off += len + 1;
	}
}

static int field_parse(struct parser *parser, struct expect *expect)
{
	const uint64_t max = expect->field == DEV_STATE ? UINT64_MAX : UINT32_MAX;
	uint8_t value;
	int err = 0;

	switch (expect->field) {
	case DEV_OPERSTATE:
		err = operstate_take(parser, &value);
		break;
	case DEV_LINK_MODE:
		err = linkmode_take(parser, true, &value);
		break;
	case DEV_STATE:
	case DEV_FLAGS:
	case DEV_CARRIER_UP_COUNT:
	case DEV_CARRIER_DOWN_COUNT:
	case DEV_FIELD_COUNT:
		return number_take(parser, "a number", max, &expect->value);
	}
	if (!err)
		expect->value = value;
	return err;
}

static int choice_parse(struct parser *parser, const char *what, const char *yes, const char *no,
			struct expect *expect)
{
	bool value;

	if (bool_take(parser, what, yes, no, &value) < 0)
		return -1;
	expect->value = value;
	return 0;
}

static int running_parse(struct parser *parser, struct expect *expect)
{
	static const char *const words[] = { "yes", "no", "within", NULL };
	int word;

	if (choice_take(parser, "running", words, &word) < 0)
		return -1;
	expect->value = word == 0;
	if (word != 2)
		return 0;
	expect->kind = EXPECT_RUNNING_WITHIN;
	return duration_take(parser, &expect->duration_ns);
}

static int notify_parse(struct parser *parser, struct expect *expect)
{
	if (flags_take(parser, &expect->value) < 0)
		return -1;
	if (!token_is(token_peek(parser), "state"))
		return expected_error(parser, "'state'");
	parser->pos++;
	return operstate_take(parser, &expect->state);
}

static int quiet_parse(struct parser *parser, struct expect *expect)
{
	const struct token *token;

	if (!token_is(token_peek(parser), "until"))
		return expected_error(parser, "'until'");
	parser->pos++;
	token = token_peek(parser);
	if (!token || !token_is_time(token))
		return expected_error(parser, "a time");
	parser->pos++;
	return time_parse(parser, token, &expect->until_ns);
}

static int notifications_parse(struct parser *parser, struct expect *expect)
{
	if (equals_take(parser) < 0)
		return -1;
	return number_take(parser, "a number", UINT64_MAX, &expect->value);
}

static int kind_parse(struct parser *parser, struct expect *expect)
{
	uint8_t value = 0;
	int err;

	switch (expect->kind) {
	case EXPECT_OPERSTATE:
		err = operstate_take(parser, &value);
		expect->value = value;
		return err;
	case EXPECT_LINKMODE:
		err = linkmode_take(parser, true, &value);
		expect->value = value;
		return err;
	case EXPECT_FLAGS:
		return flags_take(parser, &expect->value);
	case EXPECT_CARRIER:
		return choice_parse(parser, "carrier", "on", "off", expect);
	case EXPECT_RUNNING:
	case EXPECT_RUNNING_WITHIN:
		return running_parse(parser, expect);
	case EXPECT_FIELD:
		return field_parse(parser, expect);
	case EXPECT_NOTIFY:
		return notify_parse(parser, expect);
	case EXPECT_QUIET_UNTIL:
		return quiet_parse(parser, expect);
	case EXPECT_NOTIFICATIONS:
		return notifications_parse(parser, expect);
	case EXPECT_SAYS:
	case EXPECT_SAYS_WITHIN:
	case EXPECT_COUNT:
		break; /* GCOVR_EXCL_LINE: no kind */
	}
	return -1; /* GCOVR_EXCL_LINE: no kind */
}

/* The expectations of a device, by their word; fields are last, in enum order. */
const char *const expect_words[] = {
	"operstate",
	"flags",
	"carrier",
	"running",
	"linkmode",
	"notify",
	"quiet",
	"notifications",
	"dev->operstate",
	"dev->state",
	"dev->flags",
	"dev->link_mode",
	"dev->carrier_up_count",
	"dev->carrier_down_count",
	NULL,
};

static const enum expect_kind expect_kinds[] = {
	EXPECT_OPERSTATE, EXPECT_FLAGS,	 EXPECT_CARRIER,     EXPECT_RUNNING,
	EXPECT_LINKMODE,  EXPECT_NOTIFY, EXPECT_QUIET_UNTIL, EXPECT_NOTIFICATIONS,
};

#define EXPECT_KINDS_COUNT (sizeof(expect_kinds) / sizeof(expect_kinds[0]))

static bool says_follows(const struct parser *parser)
{
	const struct lexer *lexer = &parser->lexer;

	return parser->pos + 1 < lexer->count && token_is(&lexer->tokens[parser->pos + 1], "says");
}

/* AS says [-n NS] DEV up|down [within T] */
static int says_parse(struct parser *parser, struct stmt *stmt)
{
	struct expect *expect = &stmt->expect;
	size_t value;
	int observer;

	if (choice_take(parser, "observer", observer_names, &observer) < 0)
		return -1;
	parser->pos++;
	if (netns_option_take(parser, stmt) < 0 || dev_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	expect->kind = EXPECT_SAYS;
	expect->observer = (enum observer_id)observer;
	value = parser->pos;
	if (choice_parse(parser, "verdict", "up", "down", expect) < 0)
		return -1;
	if (token_is(token_peek(parser), "within")) {
		parser->pos++;
		expect->kind = EXPECT_SAYS_WITHIN;
		if (duration_take(parser, &expect->duration_ns) < 0)
			return -1;
	}
	expect->value_span = token_range(parser, value, parser->pos - 1);
	return 0;
}

int expect_parse(struct parser *parser, struct stmt *stmt)
{
	struct expect *expect = &stmt->expect;
	size_t first;
	int word;

	if (says_follows(parser))
		return says_parse(parser, stmt);
	if (netns_option_take(parser, stmt) < 0 || dev_name_take(parser, stmt, &stmt->dev) < 0 ||
	    choice_take(parser, "expectation", expect_words, &word) < 0)
		return -1;
	if ((size_t)word < EXPECT_KINDS_COUNT) {
		expect->kind = expect_kinds[word];
	} else {
		expect->kind = EXPECT_FIELD;
		expect->field = (enum dev_field)((size_t)word - EXPECT_KINDS_COUNT);
	}
	first = parser->pos;
	if (kind_parse(parser, expect) < 0)
		return -1;
	/* `= N`, `within T`, `until T`: the value is the second word. */
	if (expect->kind == EXPECT_NOTIFICATIONS || expect->kind == EXPECT_RUNNING_WITHIN ||
	    expect->kind == EXPECT_QUIET_UNTIL)
		first++;
	expect->value_span = token_range(parser, first, parser->pos - 1);
	return 0;
}

/* Rejects a pattern that matches no kernel of the header, because it would never be evaluated. */
static int pattern_check(struct parser *parser, const struct token *token, const char *pattern)
{
	const struct scenario *scenario = parser->scenario;

	if (!scenario->has_kernel && !scenario->compare_count)
		return 0;
	if (scenario->has_kernel && pattern_matches(pattern, &scenario->kernel))
		return 0;
	for (size_t i = 0; i < scenario->compare_count; i++)
		if (pattern_matches(pattern, &scenario->compare[i]))
			return 0;
	return parse_error(
		parser, token->span,
		"kernel '%s' is not in this file's header, expected one of its 'kernel' and "
		"'compare' lines",
		pattern);
}

/* Takes a pattern; a kernel's name is stored in canonical form, for comparison. */
static const char *pattern_take(struct parser *parser, size_t count)
{
	const struct token *token;
	const char *pattern;
	char name[KERNEL_NAME_MAX_BYTES];
	struct kernel kernel;

	token = token_peek(parser);
	if (count && token && (token->text[0] < '0' || token->text[0] > '9') &&
	    !kernel_is_src(token->text, token->len) && !memchr(token->text, '*', token->len)) {
		expected_error(parser, "'expect' (actions are the same on all kernels)");
		return NULL;
	}
	token = word_take(parser, count ? "a kernel or 'expect'" : "a kernel");
	if (!token)
		return NULL;
	if (memchr(token->text, '*', token->len)) {
		pattern = pool_strndup(parser->pool, token->text, token->len);
	} else {
		if (kernel_word_parse(parser, token, 0, token->len, &kernel) < 0)
			return NULL;
		kernel_name(&kernel, name);
		pattern = pool_strndup(parser->pool, name, strlen(name));
	}
	return pattern_check(parser, token, pattern) < 0 ? NULL : pattern;
}

int on_parse(struct parser *parser, struct stmt *stmt)
{
	const char **patterns =
		pool_alloc(parser->pool, parser->lexer.count * sizeof(const char *));
	size_t count = 0;

	do {
		patterns[count] = pattern_take(parser, count);
		if (!patterns[count++])
			return -1;
	} while (!token_is(token_peek(parser), "expect"));
	parser->pos++;
	stmt->expect.on = patterns; /* ends with NULL, as there are more words than patterns */
	return expect_parse(parser, stmt);
}
