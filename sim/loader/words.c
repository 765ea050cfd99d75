/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the error messages of gcc and clang. */
#include "sim/loader/words.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/diag.h"

#define NAMES_MAX 20 /* per file */

/* Finds a name between `before` and `after` in a compiler message, and the lwsim message for it. */
static const struct pattern {
	const char *before, *after, *says;
} patterns[] = {
	{ "implicit declaration of function '", "'",
	  "link_watch.c uses %s(), which lwsim does not provide" },
	{ "call to undeclared function '", "'",
	  "link_watch.c uses %s(), which lwsim does not provide" },
	{ "undefined reference to `", "'", "link_watch.c uses %s, which lwsim does not provide" },
	{ "error: '", "' undeclared", "link_watch.c uses %s, which lwsim does not provide" },
	{ "use of undeclared identifier '", "'",
	  "link_watch.c uses %s, which lwsim does not provide" },
	{ "has no member named '", "'",
	  "link_watch.c uses a member %s, which lwsim's structures do not have" },
	{ "no member named '", "'",
	  "link_watch.c uses a member %s, which lwsim's structures do not have" },
	{ "attempt to use poisoned \"", "\"",
	  "link_watch.c uses %s(), which lwsim does not provide" },
	{ "poisoned identifier '", "'", "link_watch.c uses %s(), which lwsim does not provide" },
	{ "type defaults to 'int' in declaration of '", "'",
	  "link_watch.c uses %s(), which lwsim does not provide" },
	{ "error: unknown type name '", "'",
	  "link_watch.c uses the type %s, which lwsim does not provide" },
	{ "fatal error: '", "' file not found",
	  "link_watch.c includes <%s>, which lwsim does not provide" },
	{ "fatal error: ", ": No such file",
	  "link_watch.c includes <%s>, which lwsim does not provide" },
};

struct said {
	char *texts[NAMES_MAX];
	size_t count;
};

static bool was_said(const struct said *said, const char *text)
{
	for (size_t i = 0; i < said->count; i++)
		if (strcmp(said->texts[i], text) == 0)
			return true;
	return false;
}

/* The name that the pattern finds in a line; NULL: none. */
static char *name_in(const char *line, size_t len, const struct pattern *pattern)
{
	const char *start = memmem(line, len, pattern->before, strlen(pattern->before)), *end;
	size_t rest;

	if (!start)
		return NULL;
	start += strlen(pattern->before);
	rest = (size_t)(line + len - start);
	end = *pattern->after ? memmem(start, rest, pattern->after, strlen(pattern->after))
			      : start + strcspn(start, " \n");
	return end && end > start ? xstrndup(start, (size_t)(end - start)) : NULL;
}

static void say(struct said *said, const struct pattern *pattern, char *name, FILE *messages)
{
	const char *at = strstr(pattern->says, "%s");
	char *text = xasprintf("%.*s%s%s", (int)(at - pattern->says), pattern->says, name, at + 2);

	free(name);
	if (said->count == NAMES_MAX || was_said(said, text)) {
		free(text);
		return;
	}
	said->texts[said->count++] = text;
	diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s", text);
}

static void read_line(struct said *said, const char *line, size_t len, FILE *messages)
{
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		char *name = name_in(line, len, &patterns[i]);

		if (!name)
			continue;
		say(said, &patterns[i], name, messages);
		return;
	}
}

void src_words_print(const char *words, FILE *messages)
{
	struct said said = { .count = 0 };
	size_t len;

	for (const char *line = words; *line; line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		read_line(&said, line, len, messages);
	}
	fputs(words, messages);
	for (size_t i = 0; i < said.count; i++)
		free(said.texts[i]);
}
