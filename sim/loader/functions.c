/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds functions in a kernel's source file. */
#include "sim/loader/functions.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <xxhash.h>

#include "sim/base/xalloc.h"

static bool is_in_name(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

/* The end of a comment, or of a string or character constant, that starts here; else `at`. */
static const char *skip_opaque(const char *at)
{
	char quote = *at;
	const char *end;

	if (at[0] == '/' && at[1] == '*') {
		end = strstr(at + 2, "*/");
		return end ? end + 2 : at + strlen(at);
	}
	if (at[0] == '/' && at[1] == '/')
		return at + strcspn(at, "\n");
	if (quote != '"' && quote != '\'')
		return at;
	for (at++; *at && *at != quote && *at != '\n'; at++)
		at += at[0] == '\\' && at[1];
	return at + (*at == quote);
}

static bool is_comment(const char *at)
{
	return at[0] == '/' && (at[1] == '*' || at[1] == '/');
}

static const char *skip_blanks(const char *at)
{
	while (isspace((unsigned char)*at) || is_comment(at))
		at = is_comment(at) ? skip_opaque(at) : at + 1;
	return at;
}

/* Behind the parenthesis that closes the one at `at`; NULL: none does. */
static const char *skip_parentheses(const char *at)
{
	unsigned int depth = 0;

	while (*at) {
		const char *end = skip_opaque(at);

		if (end > at) {
			at = end;
			continue;
		}
		depth += *at == '(';
		depth -= *at == ')';
		at++;
		if (!depth)
			return at;
	}
	return NULL;
}

/*
 * The end of the function that the name at `at` defines; NULL: it is a call or a declaration. A
 * definition has its name on a line that is not indented, and its last brace at the start of one.
 */
static const char *definition_end(const char *text, const char *at, size_t name_len)
{
	const char *line = at, *end;

	while (line > text && line[-1] != '\n')
		line--;
	if (isspace((unsigned char)*line) || *line == '#' || *line == '/')
		return NULL;
	end = skip_parentheses(skip_blanks(at + name_len));
	if (!end || *skip_blanks(end) != '{')
		return NULL;
	end = strstr(end, "\n}");
	return end ? end + 2 : NULL;
}

/* Without comments, and with blanks only where two names would become one. */
static void hash_text(XXH3_state_t *state, const char *at, const char *end)
{
	char last = '\0';

	while (at < end) {
		const char *next = skip_blanks(at);

		if (next > at) {
			if (is_in_name(last) && is_in_name(*next))
				XXH3_64bits_update(state, " ", 1);
			at = next;
			continue;
		}
		next = skip_opaque(at);
		next += next == at;
		XXH3_64bits_update(state, at, (size_t)(next - at));
		last = next[-1];
		at = next;
	}
}

uint64_t function_hash(const char *text, const char *name)
{
	size_t len = strlen(name);
	XXH3_state_t *state = XXH3_createState();
	bool is_found = false;
	uint64_t hash;

	if (!state)
		out_of_memory();
	XXH3_64bits_reset(state);
	for (const char *at = strstr(text, name); at; at = strstr(at + 1, name)) {
		const char *end;

		if ((at > text && is_in_name(at[-1])) || *skip_blanks(at + len) != '(')
			continue;
		end = definition_end(text, at, len);
		if (!end)
			continue;
		is_found = true;
		hash_text(state, at, end);
	}
	hash = XXH3_64bits_digest(state);
	XXH3_freeState(state);
	return is_found ? hash : 0;
}
