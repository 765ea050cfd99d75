/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pairs records by the longest common subsequence; among those, the closest in time. */
#include "sim/compare/align.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/names.h"

bool record_says_the_same(const struct record *a, const struct record *b)
{
	if (a->kind != b->kind)
		return false;
	if (record_is_message(a))
		return a->operstate == b->operstate &&
		       !((a->flags ^ b->flags) & LINK_STATE_FLAGS_MASK);
	return a->line == b->line && a->text_len == b->text_len &&
	       memcmp(a->text, b->text, a->text_len) == 0;
}

/* The subproblem a[a_from..a_to) against b[b_from..b_to). */
struct stretch {
	const struct record *const *a, *const *b;
	size_t a_from, a_to, b_from, b_to;
	size_t *partner; /* indexed by all of a */
};

/*
 * Quality of a pairing. apart_us cannot overflow: at most 4096 pairs, each less than
 * SCENARIO_MAX_NS apart.
 */
struct score {
	uint32_t pairs, at_once;
	uint64_t apart_us;
};
static_assert((uint64_t)SCENARIO_MAX_NS / 1000 <= UINT64_MAX / 4096, "apart_us could overflow");
static_assert(ALIGN_MAX_CELLS <= (size_t)4096 * 4096, "more pairs than reckoned with");

static bool is_better(const struct score *score, const struct score *than)
{
	if (score->pairs != than->pairs)
		return score->pairs > than->pairs;
	if (score->at_once != than->at_once)
		return score->at_once > than->at_once;
	return score->apart_us < than->apart_us;
}

static struct score with_pair(struct score score, const struct record *a, const struct record *b)
{
	int64_t apart_ns = a->t_ns > b->t_ns ? a->t_ns - b->t_ns : b->t_ns - a->t_ns;

	score.pairs++;
	score.at_once += apart_ns == 0;
	score.apart_us += (uint64_t)apart_ns / 1000;
	return score;
}

enum move {
	MOVE_PAIR,
	MOVE_SKIP_A,
	MOVE_SKIP_B
};

/* Row i: scores of a's first i records against b's first 0, 1, ...; above is row i - 1. */
static void fill_row(const struct stretch *s, size_t i, const struct score *above,
		     struct score *row, uint8_t *moves)
{
	const struct record *a = s->a[s->a_from + i - 1];

	row[0] = (struct score){ .pairs = 0 };
	moves[0] = MOVE_SKIP_A;
	for (size_t j = 1; j <= s->b_to - s->b_from; j++) {
		const struct record *b = s->b[s->b_from + j - 1];
		struct score paired;

		row[j] = above[j];
		moves[j] = MOVE_SKIP_A;
		if (is_better(&row[j - 1], &row[j])) {
			row[j] = row[j - 1];
			moves[j] = MOVE_SKIP_B;
		}
		if (!record_says_the_same(a, b))
			continue;
		paired = with_pair(above[j - 1], a, b);
		if (!is_better(&row[j], &paired)) {
			row[j] = paired;
			moves[j] = MOVE_PAIR;
		}
	}
}

static void align_by_table(const struct stretch *s)
{
	size_t i = s->a_to - s->a_from, j = s->b_to - s->b_from, width = j + 1;
	struct score *above = xcalloc(width, sizeof(*above));
	struct score *row = xcalloc(width, sizeof(*row)), *swap;
	uint8_t *moves = xmalloc((i + 1) * width);

	for (size_t at = 1; at <= i; at++) {
		fill_row(s, at, above, row, moves + at * width);
		swap = above;
		above = row;
		row = swap;
	}
	while (i && j)
		switch ((enum move)moves[i * width + j]) {
		case MOVE_PAIR:
			s->partner[s->a_from + --i] = s->b_from + --j;
			break;
		case MOVE_SKIP_A:
			i--;
			break;
		case MOVE_SKIP_B:
			j--;
			break;
		}
	free(above);
	free(row);
	free(moves);
}

/* Pairs equal records at both ends: those at the same times belong to a best pairing. */
static void pair_ends(struct stretch *s)
{
	while (s->a_from < s->a_to && s->b_from < s->b_to &&
	       s->a[s->a_from]->t_ns == s->b[s->b_from]->t_ns &&
	       record_says_the_same(s->a[s->a_from], s->b[s->b_from]))
		s->partner[s->a_from++] = s->b_from++;
	while (s->a_from < s->a_to && s->b_from < s->b_to &&
	       s->a[s->a_to - 1]->t_ns == s->b[s->b_to - 1]->t_ns &&
	       record_says_the_same(s->a[s->a_to - 1], s->b[s->b_to - 1]))
		s->partner[--s->a_to] = --s->b_to;
}

/* Index of the first of records[from..to) at or after t_ns. */
static size_t first_at(const struct record *const *records, size_t from, size_t to, int64_t t_ns)
{
	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (records[middle]->t_ns < t_ns)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/*
 * Splits the subproblem into two smaller ones: at the time of the longer side's middle, or, if that
 * leaves one side with nothing to pair, at the middle of each.
 */
static void cut(const struct stretch *s, struct stretch *ret_head, struct stretch *ret_tail)
{
	size_t a_count = s->a_to - s->a_from, b_count = s->b_to - s->b_from;
	const struct record *middle =
		a_count > b_count ? s->a[s->a_from + a_count / 2] : s->b[s->b_from + b_count / 2];
	size_t a_cut = first_at(s->a, s->a_from, s->a_to, middle->t_ns);
	size_t b_cut = first_at(s->b, s->b_from, s->b_to, middle->t_ns);

	if (a_cut == s->a_from || a_cut == s->a_to || b_cut == s->b_from || b_cut == s->b_to) {
		a_cut = s->a_from + a_count / 2;
		b_cut = s->b_from + b_count / 2;
	}
	*ret_head = *ret_tail = *s;
	ret_head->a_to = ret_tail->a_from = a_cut;
	ret_head->b_to = ret_tail->b_from = b_cut;
}

static void align_stretch(struct stretch *s)
{
	struct stretch head, tail;

	pair_ends(s);
	if (s->a_from == s->a_to || s->b_from == s->b_to)
		return;
	if ((s->a_to - s->a_from) * (s->b_to - s->b_from) <= ALIGN_MAX_CELLS) {
		align_by_table(s);
		return;
	}
	cut(s, &head, &tail);
	align_stretch(&head);
	align_stretch(&tail);
}

void align(const struct record *const *a, size_t a_count, const struct record *const *b,
	   size_t b_count, size_t *ret_partner)
{
	struct stretch all = { .a = a, .b = b, .a_to = a_count, .b_to = b_count };

	all.partner = ret_partner;
	for (size_t i = 0; i < a_count; i++)
		ret_partner[i] = ALIGN_NONE;
	align_stretch(&all);
}
