/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Splits a scenario's line into tokens and substitutes parameters. */
#include "sim/language/lex.h"

#include <ctype.h>
#include <string.h>

#include "sim/base/utf8.h"
#include "sim/language/suggest.h"

enum line_fault {
	FAULT_NUL,
	FAULT_CONTROL,
	FAULT_UTF8,
};

/* Reports each kind of fault only once: such bytes seldom come alone. */
static void fault_report(struct diags *diags, unsigned int *seen, enum line_fault fault,
			 struct span span, uint32_t value)
{
	if (*seen & (1U << fault))
		return;
	*seen |= 1U << fault;
	switch (fault) {
	case FAULT_NUL:
		diag_add(diags, SEVERITY_ERROR, span, "NUL byte, expected text");
		break;
	case FAULT_CONTROL:
		diag_add(diags, SEVERITY_ERROR, span,
			 "control character U+%04X, expected printable text", value);
		break;
	case FAULT_UTF8:
		diag_add(diags, SEVERITY_ERROR, span, "byte 0x%02X, expected UTF-8", value);
		break;
	}
}

bool line_check(const struct source *source, struct span line, struct diags *diags)
{
	const char *text = source->text + line.off;
	unsigned int seen = 0;
	uint32_t i, size, character;

	if (line.len > SOURCE_LINE_MAX_BYTES) {
		diag_add(diags, SEVERITY_ERROR,
			 (struct span){ .off = line.off + SOURCE_LINE_MAX_BYTES, .len = 1 },
			 "line of %u bytes, expected at most %u", line.len, SOURCE_LINE_MAX_BYTES);
		return false;
	}
	for (i = 0; i < line.len; i += size) {
		struct span span = { .off = line.off + i, .len = 1 };

		size = 1;
		if ((text[i] >= ' ' && text[i] < 0x7f) || text[i] == '\t')
			continue;
		size = (uint32_t)utf8_decode(text + i, line.len - i, &character);
		if (size == 0) {
			fault_report(diags, &seen, FAULT_UTF8, span, (unsigned char)text[i]);
			size = 1;
		} else if (character == 0) {
			fault_report(diags, &seen, FAULT_NUL, span, 0);
		} else if (!utf8_is_visible(character)) {
			span.len = size;
			fault_report(diags, &seen, FAULT_CONTROL, span, character);
		}
	}
	return seen == 0;
}

/* The part of a line that is being read. */
struct reader {
	const char *text;
	uint32_t off; /* offset of text in the source */
	uint32_t len;
	uint32_t pos;
};

static struct span reader_span(const struct reader *reader, uint32_t from)
{
	return (struct span){ .off = reader->off + from, .len = reader->pos - from };
}

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static struct token *token_add(struct lexer *lexer, enum token_kind kind, struct span span,
			       const char *text, uint32_t len)
{
	struct token *token;

	if (lexer->count == lexer->capacity) {
		struct token *old = lexer->tokens;

		lexer->capacity = old ? 2 * lexer->capacity : 16;
		lexer->tokens = pool_alloc(lexer->pool, lexer->capacity * sizeof(*token));
		if (old)
			memcpy(lexer->tokens, old, lexer->count * sizeof(*token));
	}
	token = &lexer->tokens[lexer->count++];
	*token = (struct token){ .kind = kind, .span = span, .text = text, .len = len };
	return token;
}

static int string_lex(struct lexer *lexer, struct reader *reader)
{
	uint32_t start = reader->pos++, len = 0;
	char *text = pool_alloc(lexer->pool, reader->len - start);

	for (; reader->pos < reader->len && reader->text[reader->pos] != '"'; reader->pos++) {
		char byte = reader->text[reader->pos];

		if (byte == '\\') {
			byte = ++reader->pos < reader->len ? reader->text[reader->pos] : '\0';
			if (byte == 'n') {
				byte = '\n';
			} else if (byte != '"' && byte != '\\') {
				struct span span = reader_span(reader, reader->pos - 1);

				span.len = byte ? 2 : 1;
				diag_add(lexer->diags, SEVERITY_ERROR, span,
					 "unknown escape, expected \\\", \\\\ or \\n");
				return -1;
			}
		}
		text[len++] = byte;
	}
	if (reader->pos == reader->len) {
		diag_add(lexer->diags, SEVERITY_ERROR, reader_span(reader, start),
			 "string is not closed, expected '\"' before the end of the line");
		return -1;
	}
	reader->pos++;
	token_add(lexer, TOKEN_STRING, reader_span(reader, start), text, len);
	if (reader->pos == reader->len || is_blank(reader->text[reader->pos]))
		return 0;
	diag_add(lexer->diags, SEVERITY_ERROR,
		 (struct span){ .off = reader->off + reader->pos, .len = 1 },
		 "text right after a string, expected a space between them");
	return -1;
}

/* The index may still have names from lines that were undone. */
const struct param *param_named(const struct lexer *lexer, const char *name)
{
	const size_t *place = name_index_find(&lexer->params_by_name, name);

	if (!place || *place >= lexer->params_count ||
	    strcmp(lexer->params[*place].name, name) != 0)
		return NULL;
	return &lexer->params[*place];
}

const struct param *param_find(const struct lexer *lexer, const char *name, uint32_t len)
{
	char text[SOURCE_LINE_MAX_BYTES + 1];

	memcpy(text, name, len);
	text[len] = '\0';
	return param_named(lexer, text);
}

static void param_unknown(struct lexer *lexer, struct span span, const char *name, uint32_t len)
{
	const char **names, *near;
	size_t i;

	if (lexer->has_lost_param)
		return;
	names = pool_alloc(lexer->pool, (PARAMS_SUGGESTED + 1) * sizeof(*names));
	for (i = 0; i < lexer->params_count && i < PARAMS_SUGGESTED; i++)
		names[i] = lexer->params[i].name;
	near = suggest(name, len, names);
	diag_add(lexer->diags, SEVERITY_ERROR, span,
		 near ? "unknown parameter '%.*s', did you mean '%s'?"
		      : "unknown parameter '%.*s', expected one that a 'param' line sets%s",
		 len < 40 ? (int)len : 40, name, near ? near : "");
}

/* Reads `$name` or `${name}`; returns its value, NULL after an error. */
static const char *param_lex(struct lexer *lexer, struct reader *reader)
{
	uint32_t start = reader->pos++, name_start;
	bool has_brace = reader->pos < reader->len && reader->text[reader->pos] == '{';
	const struct param *param;
	const char *name;
	uint32_t len;

	reader->pos += has_brace;
	name_start = reader->pos;
	name = reader->text + name_start;
	while (reader->pos < reader->len && (isalnum((unsigned char)reader->text[reader->pos]) ||
					     reader->text[reader->pos] == '_'))
		reader->pos++;
	len = reader->pos - name_start;
	if (!len ||
	    (has_brace && (reader->pos == reader->len || reader->text[reader->pos] != '}'))) {
		diag_add(lexer->diags, SEVERITY_ERROR, reader_span(reader, start),
			 "'$' without a parameter, expected $NAME or ${NAME}");
		return NULL;
	}
	reader->pos += has_brace;
	param = param_find(lexer, name, len);
	if (!param)
		param_unknown(lexer, reader_span(reader, start), name, len);
	return param ? param->value : NULL;
}

/* Reads the rest of a word with parameters in it; the word begins at start. */
static int word_expand(struct lexer *lexer, struct reader *reader, uint32_t start)
{
	char text[SOURCE_LINE_MAX_BYTES];
	uint32_t len = reader->pos - start;
	struct span span;

	memcpy(text, reader->text + start, len);
	while (reader->pos < reader->len && !is_blank(reader->text[reader->pos])) {
		const char *piece = reader->text + reader->pos;
		size_t piece_len = 1;

		if (*piece == '$') {
			piece = param_lex(lexer, reader);
			if (!piece)
				return -1;
			piece_len = strlen(piece);
		} else {
			reader->pos++;
		}
		/* Parameters whose values use parameters could grow without bound. */
		if (piece_len > sizeof(text) - len) {
			diag_add(lexer->diags, SEVERITY_ERROR, reader_span(reader, start),
				 "word too long with its parameters, expected at most %u bytes",
				 SOURCE_LINE_MAX_BYTES);
			return -1;
		}
		memcpy(text + len, piece, piece_len);
		len += (uint32_t)piece_len;
	}
	span = reader_span(reader, start);
	token_add(lexer, TOKEN_WORD, span, pool_strndup(lexer->pool, text, len), len);
	return 0;
}

static int word_lex(struct lexer *lexer, struct reader *reader)
{
	uint32_t start = reader->pos, len;
	const char *text = reader->text + start;
	struct span span;

	for (; reader->pos < reader->len && !is_blank(reader->text[reader->pos]); reader->pos++)
		if (reader->text[reader->pos] == '$')
			return word_expand(lexer, reader, start);
	len = reader->pos - start;
	span = reader_span(reader, start);
	if (len == 1 && *text == '{') {
		token_add(lexer, TOKEN_OPEN, span, text, len);
	} else if (len == 1 && *text == '}') {
		token_add(lexer, TOKEN_CLOSE, span, text, len);
	} else if (len == 1 && *text == '=') {
		token_add(lexer, TOKEN_EQUALS, span, text, len);
	} else if (text[len - 1] == '{') {
		/* `1s{`: probably no device name */
		span.len--;
		token_add(lexer, TOKEN_WORD, span, text, len - 1);
		span = (struct span){ .off = span.off + len - 1, .len = 1 };
		token_add(lexer, TOKEN_OPEN, span, text + len - 1, 1);
	} else {
		token_add(lexer, TOKEN_WORD, span, text, len);
	}
	return 0;
}

int line_lex(struct lexer *lexer, struct span line)
{
	struct reader reader = {
		.text = lexer->source->text + line.off,
		.off = line.off,
		.len = line.len,
	};
	int err = 0;

	lexer->count = 0;
	while (!err) {
		while (reader.pos < reader.len && is_blank(reader.text[reader.pos]))
			reader.pos++;
		if (reader.pos == reader.len || reader.text[reader.pos] == '#')
			break;
		if (reader.text[reader.pos] == '"')
			err = string_lex(lexer, &reader);
		else
			err = word_lex(lexer, &reader);
	}
	return err;
}
