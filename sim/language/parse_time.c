/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Converts times between text and nanoseconds, without rounding. */
#include <inttypes.h>
#include <string.h>

#include "sim/language/parser.h"

/* Ends with NULL; no unit means s. */
const char *const unit_names[] = { "s", "ms", "us", "j", NULL };
static const int64_t unit_ns[] = { 1000000000, 1000000, 1000 };
static const uint32_t unit_digits[] = { 9, 6, 3 };
#define UNIT_J 3

/* Larger than any valid time in any unit. */
#define NUMBER_MAX (UINT64_C(10) * (uint64_t)SCENARIO_MAX_NS)

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

bool token_is_time(const struct token *token)
{
	return token->kind == TOKEN_WORD && token->len &&
	       (is_digit(token->text[0]) || token->text[0] == '+');
}

/* Reads digits and moves *pos past them. Returns NUMBER_MAX if the number is too large. */
static uint64_t digits_read(const char *text, uint32_t len, uint32_t *pos)
{
	uint64_t number = 0;

	for (; *pos < len && is_digit(text[*pos]); ++*pos)
		if (number < NUMBER_MAX)
			number = number * 10 + (uint64_t)(text[*pos] - '0');
	return number < NUMBER_MAX ? number : NUMBER_MAX;
}

static int unit_find(struct parser *parser, const struct token *token, uint32_t pos)
{
	const char *text = token->text + pos;
	uint32_t len = token->len - pos;
	int i;

	if (len == 0)
		return 0;
	for (i = 0; unit_names[i]; i++)
		if (strlen(unit_names[i]) == len && memcmp(unit_names[i], text, len) == 0)
			return i;
	/* No suggestion: every unit is similar to every other. */
	return parse_error(parser, token_part(parser, token, pos, len),
			   "unknown unit '%.*s', expected one of s, ms, us, j",
			   len < 40 ? (int)len : 40, text);
}

/* Parses an amount of time in token->text from `pos` on. */
static int amount_parse(struct parser *parser, const struct token *token, uint32_t pos,
			int64_t *ret_ns)
{
	const char *text = token->text;
	uint64_t whole, ns, fraction = 0, hz = parser->scenario->hz;
	uint32_t fraction_digits = 0, start = pos;
	int unit;

	whole = digits_read(text, token->len, &pos);
	if (pos == start)
		goto not_a_time;
	if (pos < token->len && text[pos] == '.') {
		uint32_t first = ++pos, last;

		digits_read(text, token->len, &pos);
		if (pos == first)
			goto not_a_time;
		for (last = pos; last > first && text[last - 1] == '0'; last--)
			;
		fraction_digits = last - first;
		fraction = digits_read(text, last, &first);
	}
	unit = unit_find(parser, token, pos);
	if (unit < 0)
		return -1;
	if (unit == UNIT_J && fraction_digits)
		return parse_error(parser, token->span,
				   "fraction of a jiffy, expected a whole number");
	if (unit != UNIT_J && fraction_digits > unit_digits[unit])
		return parse_error(parser, token->span,
				   "fraction of a ns, expected at most %u digits "
				   "after the point",
				   unit_digits[unit]);
	if (unit == UNIT_J) {
		/* ceil(whole * 10^9 / hz), one second at a time */
		ns = whole / hz;
		if (ns > (uint64_t)SCENARIO_MAX_NS / 1000000000)
			goto too_late;
		ns = ns * 1000000000 + (whole % hz * 1000000000 + hz - 1) / hz;
	} else {
		if (whole > (uint64_t)(SCENARIO_MAX_NS / unit_ns[unit]))
			goto too_late;
		for (; fraction_digits < unit_digits[unit]; fraction_digits++)
			fraction *= 10;
		ns = whole * (uint64_t)unit_ns[unit] + fraction;
	}
	if (ns > (uint64_t)SCENARIO_MAX_NS)
		goto too_late;
	*ret_ns = (int64_t)ns;
	return 0;

not_a_time:
	return parse_error(parser, token->span,
			   "bad time '%.*s', expected one such as 0.5, 400ms or 10j",
			   token->len < 40 ? (int)token->len : 40, text);
too_late:
	return parse_error(parser, token->span, "time out of range, expected at most 100 years");
}

int time_parse(struct parser *parser, const struct token *token, int64_t *ret_ns)
{
	struct block *block = parser->block;
	bool is_relative = token->text[0] == '+';
	char before[TIME_TEXT_MAX_BYTES], found[TIME_TEXT_MAX_BYTES];
	int64_t ns;

	if (amount_parse(parser, token, is_relative, &ns) < 0)
		return -1;
	if (is_relative) {
		if (ns > SCENARIO_MAX_NS - block->now_ns)
			return parse_error(parser, token->span,
					   "time out of range, expected at most 100 years");
		ns += block->now_ns;
	} else if (block->is_relative && !block->is_wrong) {
		return parse_error(parser, token->span,
				   "absolute time in a repeat, expected a relative one, with '+'");
	} else if (ns < block->now_ns && !block->is_wrong) {
		return parse_error(parser, token->span,
				   "time goes back to %s, expected at least %s",
				   time_text(ns, found), time_text(block->now_ns, before));
	}
	*ret_ns = ns;
	return 0;
}

int duration_take(struct parser *parser, int64_t *ret_ns)
{
	const struct token *token = token_peek(parser);

	if (!token || token->kind != TOKEN_WORD || !token->len || !is_digit(token->text[0]))
		return expected_error(parser, "a duration");
	parser->pos++;
	return amount_parse(parser, token, 0, ret_ns);
}

const char *time_text(int64_t ns, char ret_text[TIME_TEXT_MAX_BYTES])
{
	int unit = 0;

	while (unit < UNIT_J && ns % unit_ns[unit])
		unit++;
	snprintf(ret_text, TIME_TEXT_MAX_BYTES, "%" PRId64 "%s",
		 unit < UNIT_J ? ns / unit_ns[unit] : ns, unit < UNIT_J ? unit_names[unit] : "ns");
	return ret_text;
}
