/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parser's tokens, and the errors about them. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/language/names.h"
#include "sim/language/parser.h"
#include "sim/language/suggest.h"

int parse_error(struct parser *parser, struct span span, const char *format, ...)
{
	va_list args;
	char text[1024];

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	diag_add(parser->diags, SEVERITY_ERROR, span, "%s", text);
	return -1;
}

int unknown_error(struct parser *parser, const char *what, const char *word, size_t len,
		  struct span span, const char *const *choices, const char *hint)
{
	/* No suggestion for numbers: every number is similar to every other. */
	bool is_number = len && word[0] >= '0' && word[0] <= '9';
	const char *near = is_number ? NULL : suggest(word, len, choices);
	char *text = unknown_text(what, word, len, near, choices, hint);

	parse_error(parser, span, "%s", text);
	free(text);
	return -1;
}

int later_error(struct parser *parser, const struct token *token, const char *const *choices,
		const char *hint)
{
	char *list = hint ? NULL : choices_text(choices);

	parse_error(parser, token->span, "lwsim does not support '%.*s' yet, expected %s",
		    (int)token->len, token->text, hint ? hint : list);
	free(list);
	return -1;
}

int expected_error(struct parser *parser, const char *what)
{
	const struct lexer *lexer = &parser->lexer;
	const struct token *token;
	struct span span;

	if (parser->pos < lexer->count) {
		token = &lexer->tokens[parser->pos];
		return parse_error(parser, token->span, "expected %s, found %s%.*s%s%s", what,
				   token->kind == TOKEN_STRING ? "\"" : "'",
				   quote_len(token->text, token->len), token->text,
				   quote_rest(token->len),
				   token->kind == TOKEN_STRING ? "\"" : "'");
	}
	span = lexer->tokens[lexer->count - 1].span;
	span = (struct span){ .off = span.off + span.len, .len = 1 };
	return parse_error(parser, span, "expected %s, found the end of the line", what);
}

const struct token *token_peek(const struct parser *parser)
{
	const struct token *token = &parser->lexer.tokens[parser->pos];

	if (parser->pos == parser->lexer.count || (parser->may_fail && token->kind == TOKEN_EQUALS))
		return NULL;
	return token;
}

bool token_is(const struct token *token, const char *word)
{
	return token && token->kind == TOKEN_WORD && strlen(word) == token->len &&
	       memcmp(word, token->text, token->len) == 0;
}

struct span token_part(const struct parser *parser, const struct token *token, uint32_t off,
		       uint32_t len)
{
	/* Text substituted for a parameter has no position of its own. */
	if (token->text != parser->source->text + token->span.off)
		return token->span;
	return (struct span){ .off = token->span.off + off, .len = len };
}

struct span token_range(const struct parser *parser, size_t first, size_t last)
{
	const struct token *tokens = parser->lexer.tokens;

	return (struct span){
		.off = tokens[first].span.off,
		.len = tokens[last].span.off + tokens[last].span.len - tokens[first].span.off,
	};
}

const struct token *word_take(struct parser *parser, const char *what)
{
	const struct token *token = token_peek(parser);

	if (!token || token->kind != TOKEN_WORD) {
		expected_error(parser, what);
		return NULL;
	}
	parser->pos++;
	return token;
}

int word_find(const struct token *token, const char *const *words)
{
	int i;

	for (i = 0; words[i]; i++)
		if (token_is(token, words[i]))
			return i;
	return -1;
}

int choice_take(struct parser *parser, const char *what, const char *const *choices,
		int *ret_choice)
{
	const struct token *token = token_peek(parser);

	if (!token || token->kind != TOKEN_WORD) {
		char *list = choices_text(choices);

		expected_error(parser, list);
		free(list);
		return -1;
	}
	*ret_choice = word_find(token, choices);
	if (*ret_choice < 0)
		return unknown_error(parser, what, token->text, token->len, token->span, choices,
				     NULL);
	parser->pos++;
	return 0;
}

int bool_take(struct parser *parser, const char *what, const char *first, const char *second,
	      bool *ret_value)
{
	const char *const choices[] = { first, second, NULL };
	int choice;

	if (choice_take(parser, what, choices, &choice) < 0)
		return -1;
	*ret_value = choice == 0;
	return 0;
}

int equals_take(struct parser *parser)
{
	const struct token *token = token_peek(parser);

	if (!token || token->kind != TOKEN_EQUALS)
		return expected_error(parser, "'='");
	parser->pos++;
	return 0;
}

int operstate_take(struct parser *parser, uint8_t *ret_state)
{
	const struct token *token = word_take(parser, "an operstate");
	int state;

	if (!token)
		return -1;
	state = operstate_from_name(token->text, token->len);
	if (state < 0)
		return unknown_error(parser, "operstate", token->text, token->len, token->span,
				     operstate_names, NULL);
	*ret_state = (uint8_t)state;
	return 0;
}

int linkmode_take(struct parser *parser, bool has_testing, uint8_t *ret_mode)
{
	static const char *const ip_modes[] = { "default", "dormant", NULL };
	const struct token *token = word_take(parser, "a link mode");
	int mode;

	if (!token)
		return -1;
	mode = linkmode_from_name(token->text, token->len);
	if (mode < 0 || (mode == IF_LINK_MODE_TESTING && !has_testing))
		return unknown_error(parser, "link mode", token->text, token->len, token->span,
				     has_testing ? linkmode_names : ip_modes, NULL);
	*ret_mode = (uint8_t)mode;
	return 0;
}

int number_take(struct parser *parser, const char *what, uint64_t max, uint64_t *ret_number)
{
	const struct token *token = word_take(parser, what);
	uint64_t number = 0;
	unsigned int base = 10, digit;
	uint32_t i = 0;

	if (!token)
		return -1;
	if (token->len > 2 && memcmp(token->text, "0x", 2) == 0) {
		base = 16;
		i = 2;
	}
	for (; i < token->len; i++) {
		char byte = token->text[i];

		if (byte >= '0' && byte <= '9')
			digit = (unsigned int)(byte - '0');
		else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f')
			digit = (unsigned int)((byte | 0x20) - 'a') + 10;
		else
			digit = base;
		if (digit >= base) {
			parser->pos--;
			return expected_error(parser, what);
		}
		if (number > max / base || number * base > max - digit)
			return parse_error(
				parser, token->span,
				"%.*s%s is out of range, expected %s of at most %" PRIu64,
				quote_len(token->text, token->len), token->text,
				quote_rest(token->len), what, max);
		number = number * base + digit;
	}
	*ret_number = number;
	return 0;
}

int line_end(struct parser *parser)
{
	return token_peek(parser) ? expected_error(parser, "the end of the line") : 0;
}
