/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the intended word for a misspelt one, by edit distance, and words the error. */
#include "sim/language/suggest.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sim/base/xalloc.h"

/* Longer words are not considered misspelt names. */
#define SUGGEST_MAX_BYTES 32U
#define SUGGEST_MAX_DISTANCE 2U
/* Longest excerpt of a word in a message. */
#define QUOTE_MAX_BYTES 40
#define ABBREVIATION_MIN_BYTES 3U

static unsigned int smaller(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Number of edits (insert, delete, change, swap neighbours) from a to b; case does not count. */
static unsigned int edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned int rows[3][SUGGEST_MAX_BYTES + 1];
	size_t i, j;

	for (j = 0; j <= b_len; j++)
		rows[0][j] = (unsigned int)j;
	for (i = 1; i <= a_len; i++) {
		unsigned int *row = rows[i % 3], *up = rows[(i - 1) % 3];

		row[0] = (unsigned int)i;
		for (j = 1; j <= b_len; j++) {
			int a_char = tolower((unsigned char)a[i - 1]);
			int b_char = tolower((unsigned char)b[j - 1]);

			row[j] = smaller(up[j - 1] + (a_char != b_char),
					 smaller(up[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a_char == tolower((unsigned char)b[j - 2]) &&
			    b_char == tolower((unsigned char)a[i - 2]))
				row[j] = smaller(row[j], rows[(i - 2) % 3][j - 2] + 1);
		}
	}
	return rows[a_len % 3][b_len];
}

static bool begins_with(const char *text, const char *word, size_t len)
{
	return strncasecmp(text, word, len) == 0;
}

const char *abbreviated(const char *word, size_t len, const char *const *candidates)
{
	const char *found = NULL;

	if (len < ABBREVIATION_MIN_BYTES)
		return NULL;
	for (; *candidates; candidates++) {
		if (!begins_with(*candidates, word, len))
			continue;
		if (found)
			return NULL;
		found = *candidates;
	}
	return found;
}

const char *suggest(const char *word, size_t len, const char *const *candidates)
{
	const char *const *all = candidates;
	unsigned int best_distance = SUGGEST_MAX_DISTANCE + 1;
	const char *best = NULL;

	if (len > SUGGEST_MAX_BYTES)
		return NULL;
	if (len < best_distance)
		best_distance = (unsigned int)len;
	for (; *candidates; candidates++) {
		size_t candidate_len = strlen(*candidates);
		unsigned int distance;

		if (candidate_len > SUGGEST_MAX_BYTES || candidate_len > len + SUGGEST_MAX_DISTANCE)
			continue;
		distance = edit_distance(word, len, *candidates, candidate_len);
		if (distance < best_distance ||
		    (best && distance == best_distance && begins_with(*candidates, word, len) &&
		     !begins_with(best, word, len))) {
			best_distance = distance;
			best = *candidates;
		}
	}
	if (best_distance > 1 && abbreviated(word, len, all))
		return abbreviated(word, len, all);
	return best;
}

char *choices_text(const char *const *choices)
{
	size_t count = 0, len;
	char *text;
	FILE *out = xmemstream(&text, &len);

	while (choices[count])
		count++;
	fputs(count > 2 ? "one of " : "", out);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s%s", !i ? "" : count > 2 ? ", " : " or ", choices[i]);
	xclose_memstream(out);
	return text;
}

int quote_len(const char *text, size_t len)
{
	size_t shown = len > QUOTE_MAX_BYTES ? QUOTE_MAX_BYTES : len;

	while (shown < len && shown && ((unsigned char)text[shown] & 0xc0) == 0x80)
		shown--;
	return (int)shown;
}

const char *quote_rest(size_t len)
{
	return len > QUOTE_MAX_BYTES ? "..." : "";
}

char *unknown_text(const char *what, const char *word, size_t len, const char *near,
		   const char *const *choices, const char *hint)
{
	char *list = near || hint ? NULL : choices_text(choices), *text;

	text = xasprintf("unknown %s '%.*s%s', %s%s%s", what, quote_len(word, len), word,
			 quote_rest(len), near ? "did you mean '" : "expected ",
			 near	? near
			 : hint ? hint
				: list,
			 near ? "'?" : "");
	free(list);
	return text;
}
