/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario's line to tokens, with its parameters put in. */
#ifndef LWSIM_SIM_LANGUAGE_LEX_H
#define LWSIM_SIM_LANGUAGE_LEX_H

#include "sim/base/pool.h"
#include "sim/language/diag.h"
#include "sim/language/scenario.h"
#include "sim/language/source.h"

enum token_kind {
	TOKEN_WORD,
	TOKEN_STRING, /* text: without the quotes */
	TOKEN_OPEN,   /* { */
	TOKEN_CLOSE,  /* } */
	TOKEN_EQUALS, /* = */
};

struct token {
	enum token_kind kind;
	struct span span; /* as written */
	const char *text; /* not NUL-terminated; the source's own bytes if nothing was put in */
	uint32_t len;
};

struct lexer {
	const struct source *source;
	struct diags *diags;
	struct pool *pool;
	const struct param *params;
	size_t params_count;
	bool has_lost_param;  /* a `param` line was wrong: a name may be unknown for that alone */
	struct token *tokens; /* of the line */
	size_t count, capacity;
};

/* Whether the line's bytes are fit to be read; if not, says why. */
bool line_check(const struct source *source, struct span line, struct diags *diags);

/* Makes lexer->tokens of the line. Returns 0, or -1 with the tokens before an error. */
int line_lex(struct lexer *lexer, struct span line);

#endif
