/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a file and finds names in it. Not a parser: relies on the kernel's code layout. */
#include "sim/loader/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include "sim/base/xalloc.h"

char *text_read(const char *path, size_t *ret_len)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t room = 0;
	ssize_t len;

	if (!file)
		return NULL;
	len = getdelim(&text, &room, '\0', file);
	if (len < 0) { /* an empty file, or a folder */
		free(text);
		text = ferror(file) ? NULL : xstrdup("");
		len = 0;
	}
	fclose(file);
	if (ret_len)
		*ret_len = (size_t)len;
	return text;
}

static bool is_in_name(char c)
{
	return c == '_' || isalnum((unsigned char)c);
}

static bool is_word_at(const char *text, const char *at, size_t len)
{
	return (at == text || !is_in_name(at[-1])) && !is_in_name(at[len]);
}

/* Whether the line declares a variable: a function's head has neither ';' nor '='. */
static bool declares(const char *line)
{
	return strncmp(line, "static ", strlen("static ")) == 0 &&
	       strcspn(line, ";=") < strcspn(line, "\n");
}

bool text_has_static(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = strstr(text, name); at; at = strstr(at + 1, name)) {
		const char *line = at;

		while (line > text && line[-1] != '\n')
			line--;
		if (is_word_at(text, at, len) && declares(line))
			return true;
	}
	return false;
}

bool text_has_word(const char *text, const char *name)
{
	for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
		if (is_word_at(text, at, strlen(name)))
			return true;
	return false;
}
