/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses names of devices and namespaces, and their ranges. */
#include <inttypes.h>
#include <string.h>

#include "sim/language/parser.h"

/* Decimal digits of a uint32_t. */
#define INDEX_DIGITS_MAX 10U

/* Reads digits without a leading zero, at most UINT32_MAX. */
static bool index_read(const char *text, uint32_t len, uint32_t *pos, uint32_t *ret_index)
{
	uint32_t start = *pos;
	uint64_t number = 0;

	for (; *pos < len && text[*pos] >= '0' && text[*pos] <= '9'; ++*pos) {
		if (*pos - start == INDEX_DIGITS_MAX)
			return false;
		number = number * 10 + (uint64_t)(text[*pos] - '0');
	}
	*ret_index = (uint32_t)number;
	return *pos > start && (text[start] != '0' || *pos == start + 1) && number <= UINT32_MAX;
}

/* Parses a range; text[open] is its '{'. */
static int range_parse(struct parser *parser, const struct token *token, uint32_t open,
		       struct dev_name *ret_name, uint32_t *ret_count)
{
	const char *text = token->text;
	uint32_t pos = open + 1, len = token->len, last, end = open + 1;
	struct span span;

	while (end < len && text[end - 1] != '}')
		end++;
	span = token_part(parser, token, open, end - open);
	if (!index_read(text, len, &pos, &ret_name->first) || len - pos < 2 ||
	    memcmp(text + pos, "..", 2) != 0)
		goto not_a_range;
	pos += 2;
	if (!index_read(text, len, &pos, &last) || pos == len || text[pos] != '}')
		goto not_a_range;
	pos++;
	if (memchr(text + pos, '{', len - pos) || memchr(text + pos, '}', len - pos))
		return parse_error(parser, token->span, "two ranges in a name, expected one");
	if (last < ret_name->first)
		return parse_error(parser, span,
				   "range goes down, expected {%" PRIu32 "..%" PRIu32 "}", last,
				   ret_name->first);
	if (last - ret_name->first >= STATEMENTS_MAX)
		return parse_error(parser, span,
				   "range of %" PRIu64 " values, expected at most %" PRIu64,
				   (uint64_t)last - ret_name->first + 1, STATEMENTS_MAX);
	ret_name->is_range = true;
	ret_name->prefix = pool_strndup(parser->pool, text, open);
	ret_name->suffix = pool_strndup(parser->pool, text + pos, len - pos);
	*ret_count = last - ret_name->first + 1;
	return 0;

not_a_range:
	return parse_error(parser, span, "bad range, expected {FIRST..LAST}");
}

/* Applies the kernel's rule to the longest name of the range. */
static int name_check(struct parser *parser, const struct token *token, const struct dev_name *name,
		      uint32_t count)
{
	char text[IFNAMSIZ] = "";
	size_t len = token->len;

	if (name->is_range)
		len = strlen(name->prefix) + strlen(name->suffix) +
		      (size_t)snprintf(NULL, 0, "%" PRIu32, name->first + count - 1);
	if (len >= IFNAMSIZ)
		return parse_error(parser, token->span,
				   "device name of %zu bytes, expected at most %d", len,
				   IFNAMSIZ - 1);
	dev_name_at(name, count - 1, text);
	if (!dev_valid_name(text))
		return parse_error(parser, token->span,
				   "bad device name '%s', expected no '/' or ':', "
				   "and not '.' or '..'",
				   text);
	if (strchr(text, '%'))
		return parse_error(parser, token->span,
				   "lwsim does not support a '%%' that the kernel replaces "
				   "by a number yet, expected a whole name");
	return 0;
}

/* All ranges of a statement must have the same length. */
static int range_note(struct parser *parser, struct stmt *stmt, struct span span, uint32_t count)
{
	if (stmt->count != 1 && stmt->count != count)
		return parse_error(parser, span,
				   "range of %" PRIu32 " values, expected %" PRIu32
				   ", as in the first range",
				   count, stmt->count);
	stmt->count = count;
	return 0;
}

int number_range_take(struct parser *parser, struct stmt *stmt, const char *what, uint32_t max,
		      uint64_t *ret_first, bool *ret_is_range)
{
	const struct token *token = token_peek(parser);
	struct dev_name range = { 0 };
	uint32_t count = 0;

	*ret_is_range = token && token->kind == TOKEN_WORD && token->text[0] == '{';
	if (!*ret_is_range)
		return number_take(parser, what, max, ret_first);
	parser->pos++;
	if (range_parse(parser, token, 0, &range, &count) < 0)
		return -1;
	if (*range.suffix)
		return parse_error(parser, token->span, "bad range, expected {FIRST..LAST}");
	*ret_first = range.first;
	if (*ret_first + count - 1 > max)
		return parse_error(parser, token->span,
				   "%" PRIu64 " is out of range, expected %s of at most %" PRIu32,
				   *ret_first + count - 1, what, max);
	return range_note(parser, stmt, token->span, count);
}

int range_name_take(struct parser *parser, struct stmt *stmt, const char *what,
		    int (*check)(struct parser *, const struct token *, const struct dev_name *,
				 uint32_t),
		    struct dev_name *ret_name)
{
	const struct token *token = word_take(parser, what);
	struct dev_name name = { .suffix = "" };
	const char *brace;
	uint32_t count = 1;

	if (!token)
		return -1;
	name.span = token->span;
	brace = memchr(token->text, '{', token->len);
	if (!brace)
		brace = memchr(token->text, '}', token->len);
	if (!brace)
		name.prefix = pool_strndup(parser->pool, token->text, token->len);
	else if (range_parse(parser, token, (uint32_t)(brace - token->text), &name, &count) < 0)
		return -1;
	if (check(parser, token, &name, count) < 0)
		return -1;
	if (name.is_range && range_note(parser, stmt, token->span, count) < 0)
		return -1;
	*ret_name = name;
	return 0;
}

int dev_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name)
{
	return range_name_take(parser, stmt, "a device's name", name_check, ret_name);
}

int new_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name)
{
	if (dev_name_take(parser, stmt, ret_name) < 0) {
		parser->devices.is_unsure = true;
		return -1;
	}
	if (parser->news_count == sizeof(parser->news) / sizeof(parser->news[0]))
		return 0; /* full: only a wrong line has so many */
	/* The namespace is known only at the end of the line. */
	parser->news[parser->news_count].name = *ret_name;
	parser->news[parser->news_count++].is_peer = ret_name == &stmt->peer;
	return 0;
}
