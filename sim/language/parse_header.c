/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the header: kernels, clock, parameters. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/language/parser.h"
#include "sim/language/src_name.h"

enum header_key {
	KEY_TITLE,
	KEY_KERNEL,
	KEY_COMPARE,
	KEY_HZ,
	KEY_BITS,
	KEY_TIMERS,
	KEY_PARAM,
	KEY_COUNT
};

const char *const header_keys[] = {
	[KEY_TITLE] = "title", [KEY_KERNEL] = "kernel", [KEY_COMPARE] = "compare", [KEY_HZ] = "hz",
	[KEY_BITS] = "bits",   [KEY_TIMERS] = "timers", [KEY_PARAM] = "param",	   NULL,
};

bool is_header_key(const struct token *token)
{
	return word_find(token, header_keys) >= 0;
}

int kernel_word_parse(struct parser *parser, const struct token *token, uint32_t off, uint32_t len,
		      struct kernel *ret_kernel)
{
	const char *text = token->text + off;
	struct src_name_error error;
	struct span span;
	int err;

	if (kernel_is_src(text, len)) /* stored as written */
		text = pool_strndup(parser->pool, text, len);
	if (kernel_read(text, len, ret_kernel, &error) == 0)
		return 0;
	span = token_part(parser, token, off + (uint32_t)error.off, (uint32_t)error.len);
	err = parse_error(parser, span, "%s", error.text);
	free(error.text);
	return err;
}

static int kernel_take(struct parser *parser, struct kernel *ret_kernel)
{
	const struct token *token = word_take(parser, "a kernel");

	return token ? kernel_word_parse(parser, token, 0, token->len, ret_kernel) : -1;
}

static int compare_parse(struct parser *parser)
{
	struct scenario *scenario = parser->scenario;
	struct kernel kernel;
	size_t i;

	do {
		if (kernel_take(parser, &kernel) < 0)
			return -1;
		for (i = 0; i < scenario->compare_count; i++)
			if (kernel_equal(&scenario->compare[i], &kernel))
				return parse_error(parser,
						   parser->lexer.tokens[parser->pos - 1].span,
						   "kernel twice, expected it once");
		scenario->compare = pool_push(parser->pool, scenario->compare,
					      scenario->compare_count, sizeof(kernel));
		scenario->compare[scenario->compare_count++] = kernel;
	} while (token_peek(parser));
	if (!scenario->has_kernel)
		scenario->kernel = scenario->compare[0];
	return 0;
}

static int one_number_take(struct parser *parser, const char *what, const char *const *choices,
			   const uint32_t *values, uint32_t *ret_value)
{
	int choice;

	if (choice_take(parser, what, choices, &choice) < 0)
		return -1;
	*ret_value = values[choice];
	return 0;
}

static const char *setting_find(const struct parser *parser, const char *name)
{
	const char *value = NULL;
	size_t i;

	/* The last one counts, as with other options. */
	for (i = 0; i < parser->settings_count; i++)
		if (strcmp(parser->settings[i].name, name) == 0)
			value = parser->settings[i].value;
	return value;
}

bool param_value_is_word(const char *value)
{
	size_t len = strlen(value), i, size;
	uint32_t character;

	for (i = 0; i < len; i += size) {
		size = utf8_decode(value + i, len - i, &character);
		if (!size || !utf8_is_visible(character) || character == ' ')
			return false;
	}
	return len > 0 && len <= SOURCE_LINE_MAX_BYTES;
}

static bool is_param_name(const struct token *token)
{
	uint32_t i;

	for (i = 0; i < token->len; i++) {
		char byte = token->text[i];
		bool is_letter =
			(byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';

		if (!is_letter && (byte < '0' || byte > '9' || i == 0))
			return false;
	}
	return true;
}

static int param_parse(struct parser *parser)
{
	const struct token *name = word_take(parser, "a parameter's name"), *value;
	struct scenario *scenario = parser->scenario;
	struct param param;
	const char *setting;
	const struct param *before;

	if (!name)
		return -1;
	if (!is_param_name(name)) {
		parser->pos--;
		return expected_error(parser, "a parameter's name of letters, digits and '_'");
	}
	before = param_find(&parser->lexer, name->text, name->len);
	if (before)
		return parse_error(parser, name->span,
				   "parameter '%s' twice, expected only line %u to set it",
				   before->name, parser->param_lines[before - scenario->params]);
	if (equals_take(parser) < 0)
		return -1;
	value = word_take(parser, "the parameter's value");
	if (!value)
		return -1;
	if (scenario->params_count == PARAMS_MAX)
		return parse_error(parser, name->span,
				   "more than %" PRIu64 " parameters, expected fewer", PARAMS_MAX);
	param.name = pool_strndup(parser->pool, name->text, name->len);
	param.value = pool_strndup(parser->pool, value->text, value->len);
	setting = setting_find(parser, param.name);
	if (setting && !param_value_is_word(setting))
		parse_error(parser, SPAN_NONE, "bad value in --set %s=, expected one word",
			    param.name);
	else if (setting)
		param.value = pool_strndup(parser->pool, setting, strlen(setting));
	param.is_set = setting != NULL;
	scenario->params =
		pool_push(parser->pool, scenario->params, scenario->params_count, sizeof(param));
	parser->param_lines = pool_push(parser->pool, parser->param_lines, scenario->params_count,
					sizeof(parser->line));
	parser->param_lines[scenario->params_count] = parser->line;
	*name_index_at(&parser->lexer.params_by_name, param.name) = scenario->params_count;
	scenario->params[scenario->params_count++] = param;
	parser->lexer.params = scenario->params;
	parser->lexer.params_count = scenario->params_count;
	return 0;
}

static int title_parse(struct parser *parser)
{
	const struct token *token = token_peek(parser);

	if (!token || token->kind != TOKEN_STRING)
		return expected_error(parser, "the title as a \"string\"");
	parser->pos++;
	parser->scenario->title = pool_strndup(parser->pool, token->text, token->len);
	return 0;
}

static int value_parse(struct parser *parser, enum header_key key)
{
	static const char *const hz_names[] = { "100", "250", "300", "1000", NULL };
	static const char *const bits_names[] = { "32", "64", NULL };
	static const uint32_t hz_values[] = { 100, 250, 300, 1000 }, bits_values[] = { 32, 64 };
	struct scenario *scenario = parser->scenario;

	switch (key) {
	case KEY_TITLE:
		return title_parse(parser);
	case KEY_KERNEL:
		scenario->has_kernel = true;
		return kernel_take(parser, &scenario->kernel);
	case KEY_COMPARE:
		return compare_parse(parser);
	case KEY_HZ:
		return one_number_take(parser, "hz", hz_names, hz_values, &scenario->hz);
	case KEY_BITS:
		return one_number_take(parser, "bits", bits_names, bits_values,
				       &scenario->long_bits);
	case KEY_TIMERS:
		return bool_take(parser, "timers", "exact", "wheel", &scenario->timers_exact);
	case KEY_PARAM:
		return param_parse(parser);
	case KEY_COUNT:
		break; /* GCOVR_EXCL_LINE: no key */
	}
	return -1; /* GCOVR_EXCL_LINE: no key */
}

int header_line_parse(struct parser *parser)
{
	const struct token *token = &parser->lexer.tokens[0];
	enum header_key key = (enum header_key)word_find(token, header_keys);
	uint32_t *line = &parser->header_lines[key];

	if (parser->has_statement)
		return parse_error(parser, token->span,
				   "'%s' after a statement, expected it at the top",
				   header_keys[key]);
	if (*line && key != KEY_PARAM)
		return parse_error(parser, token->span, "'%s' twice, expected it only on line %u",
				   header_keys[key], *line);
	*line = parser->line;
	parser->pos = 1;
	if (value_parse(parser, key) == 0 && line_end(parser) == 0)
		return 0;
	if (key == KEY_PARAM)
		parser->lexer.has_lost_param = true;
	return -1;
}

void settings_check(struct parser *parser)
{
	const struct scenario *scenario = parser->scenario;
	const char **names;
	size_t i;

	if (!parser->settings_count || parser->lexer.has_lost_param)
		return;
	names = pool_alloc(parser->pool, (PARAMS_SUGGESTED + 1) * sizeof(*names));
	for (i = 0; i < scenario->params_count && i < PARAMS_SUGGESTED; i++)
		names[i] = scenario->params[i].name;
	for (i = 0; i < parser->settings_count; i++) {
		const char *name = parser->settings[i].name;

		if (!param_named(&parser->lexer, name))
			unknown_error(parser, "parameter", name, strlen(name), SPAN_NONE, names,
				      "one that a 'param' line of the file sets");
	}
}
