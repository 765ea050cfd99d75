/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Splits a scenario's line into tokens and substitutes parameters. */
#ifndef LWSIM_SIM_LANGUAGE_LEX_H
#define LWSIM_SIM_LANGUAGE_LEX_H

#include "sim/base/name_index.h"
#include "sim/base/pool.h"
#include "sim/language/diag.h"
#include "sim/language/scenario.h"
#include "sim/language/source.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_STRING, /* text excludes the quotes */
	TOKEN_OPEN,   /* { */
	TOKEN_CLOSE,  /* } */
	TOKEN_EQUALS, /* = */
};

struct token {
	enum token_kind kind;
	struct span span; /* as written in the file */
	const char *text; /* not NUL-terminated; a word without parameters points into the source */
	uint32_t len;
};

/* Parameters considered as suggestions for an unknown one. */
#define PARAMS_SUGGESTED 1000U

struct lexer {
	const struct source *source;
	struct diags *diags;
	struct pool *pool;
	const struct param *params;
	size_t params_count;
	struct name_index params_by_name; /* indexes into params */
	bool has_lost_param;  /* a `param` line was wrong, so an unknown name may be its fault */
	struct token *tokens; /* of the line */
	size_t count, capacity;
};

/* Whether the line has only valid bytes; if not, reports why. */
bool line_check(const struct source *source, struct span line, struct diags *diags);

/* Sets lexer->tokens. Returns 0, or -1 with the tokens before an error. */
int line_lex(struct lexer *lexer, struct span line);

/* NULL: no line has set it yet. */
const struct param *param_named(const struct lexer *lexer, const char *name);
const struct param *param_find(const struct lexer *lexer, const char *name, uint32_t len);

#endif
