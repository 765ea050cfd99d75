// SPDX-License-Identifier: GPL-2.0-or-later
/* Pairs the records of two runs, and compares with a search of all pairings. */
#include "diff_fixture.h"

#include "sim/compare/align.h"

#define LENGTH_MAX 6

/* A sequence of messages of one device. */
struct sequence {
	struct record *records;
	const struct record **pointers;
	size_t count;
};

static void sequence_new(struct sequence *sequence, size_t count)
{
	sequence->records = calloc(count + 1, sizeof(struct record));
	sequence->pointers = calloc(count + 1, sizeof(struct record *));
	sequence->count = count;
	for (size_t i = 0; i < count; i++) {
		sequence->records[i].kind = RECORD_NEWLINK;
		sequence->pointers[i] = &sequence->records[i];
	}
}

static void sequence_free(struct sequence *sequence)
{
	free(sequence->records);
	free(sequence->pointers);
}

/* "U1 D2 U3": states and times, in ms. */
static void sequence_of(struct sequence *sequence, const char *text)
{
	size_t count = 0;

	for (const char *at = text; *at; at++)
		count += *at == 'U' || *at == 'D';
	sequence_new(sequence, count);
	for (size_t i = 0; i < count; i++) {
		char *end;

		sequence->records[i].operstate = *text == 'U' ? IF_OPER_UP : IF_OPER_DOWN;
		sequence->records[i].t_ns = strtol(text + 1, &end, 10) * MS;
		text = *end ? end + 1 : end;
	}
}

/* Partners as "1 - 0": a number, or - for none. */
static void assert_aligned(const char *before, const char *after, const char *partners)
{
	struct sequence a, b;
	size_t partner[16];
	char found[128] = "", *end = found;

	sequence_of(&a, before);
	sequence_of(&b, after);
	align(a.pointers, a.count, b.pointers, b.count, partner);
	for (size_t i = 0; i < a.count; i++)
		if (partner[i] == ALIGN_NONE)
			end += sprintf(end, "%s-", i ? " " : "");
		else
			end += sprintf(end, "%s%zu", i ? " " : "", partner[i]);
	assert_string_equal(found, partners);
	sequence_free(&a);
	sequence_free(&b);
}

static void align__same_content_is_paired_whenever_it_came(void **state)
{
	(void)state;
	assert_aligned("", "", "");
	assert_aligned("U1", "", "-");
	assert_aligned("", "U1", "");
	assert_aligned("U1", "D1", "-");
	assert_aligned("U1", "U5", "0");
	assert_aligned("U1 D2 U3", "U1 D2 U3", "0 1 2");
	assert_aligned("U1 D2 U3", "U5 D6 U7", "0 1 2");
}

static void align__not_by_position(void **state)
{
	(void)state;
	assert_aligned("U1 D2 U3 D4", "D2 U3 D4 U5", "- 0 1 2");
	assert_aligned("U1", "U0 D1 U1", "2");
	assert_aligned("D1 U2", "U2 D3 U4", "1 2"); /* most pairs first */
}

static void align__of_equal_pairings_the_nearest_in_time(void **state)
{
	(void)state;
	assert_aligned("U5", "U1 U5 U9", "1");
	assert_aligned("U5", "U1 U4 U9", "1");
	assert_aligned("U4 U5", "U1 U4", "0 1"); /* prefer more pairs at the same time */
	assert_aligned("U2 D5", "D1 U5", "1 -"); /* 3 ms, not 4 */
	/* one at the same time is worth more than two that are near */
	assert_aligned("U1 D9 U10", "D1 U2 D10 U11", "1 2 3");
	assert_aligned("U1 D2", "D1 U1", "1 -");
}

/* -- against all pairings -- */

struct value {
	size_t pairs, at_once;
	int64_t apart_ns;
};

static bool is_better(struct value value, struct value than)
{
	if (value.pairs != than.pairs)
		return value.pairs > than.pairs;
	if (value.at_once != than.at_once)
		return value.at_once > than.at_once;
	return value.apart_ns < than.apart_ns;
}

static struct value with(struct value value, const struct record *a, const struct record *b)
{
	value.pairs++;
	value.at_once += a->t_ns == b->t_ns;
	value.apart_ns += llabs(a->t_ns - b->t_ns);
	return value;
}

static struct value best_of(const struct sequence *a, size_t i, const struct sequence *b, size_t j)
{
	struct value best = { 0, 0, 0 }, other;

	if (i == a->count || j == b->count)
		return best;
	best = best_of(a, i + 1, b, j);
	other = best_of(a, i, b, j + 1);
	if (is_better(other, best))
		best = other;
	if (!record_says_the_same(a->pointers[i], b->pointers[j]))
		return best;
	other = with(best_of(a, i + 1, b, j + 1), a->pointers[i], b->pointers[j]);
	return is_better(other, best) ? other : best;
}

/* Pairs have equal contents and do not cross. Returns the value of the pairing. */
static struct value value_of(const struct sequence *a, const struct sequence *b,
			     const size_t *partner)
{
	struct value value = { 0, 0, 0 };
	size_t next = 0;

	for (size_t i = 0; i < a->count; i++) {
		if (partner[i] == ALIGN_NONE)
			continue;
		assert_in_range(partner[i], next, b->count - 1);
		assert_true(record_says_the_same(a->pointers[i], b->pointers[partner[i]]));
		value = with(value, a->pointers[i], b->pointers[partner[i]]);
		next = partner[i] + 1;
	}
	return value;
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return *seed >> 16;
}

static void sequence_random(struct sequence *sequence, uint32_t *seed)
{
	int64_t t_ns = 0;

	sequence_new(sequence, next_random(seed) % (LENGTH_MAX + 1));
	for (size_t i = 0; i < sequence->count; i++) {
		t_ns += next_random(seed) % 3 * MS;
		sequence->records[i].t_ns = t_ns;
		sequence->records[i].operstate = next_random(seed) % 2 ? IF_OPER_UP : IF_OPER_DOWN;
	}
}

static void align__is_as_good_as_the_best_of_all_pairings(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct sequence a, b;
		struct value found, best;
		size_t partner[LENGTH_MAX];

		sequence_random(&a, &seed);
		sequence_random(&b, &seed);
		align(a.pointers, a.count, b.pointers, b.count, partner);
		found = value_of(&a, &b, partner);
		best = best_of(&a, 0, &b, 0);
		assert_int_equal(found.pairs, best.pairs);
		assert_int_equal(found.at_once, best.at_once);
		assert_int_equal(found.apart_ns, best.apart_ns);
		sequence_free(&a);
		sequence_free(&b);
	}
}

/* -- too long for one table -- */

#define MANY 5000U

static struct value align_many(int64_t step_ns, int64_t shift_ns, size_t more)
{
	struct sequence a, b;
	size_t *partner = calloc(MANY, sizeof(*partner));
	struct value value;

	sequence_new(&a, MANY);
	sequence_new(&b, MANY + more);
	for (size_t i = 0; i < MANY + more; i++) {
		b.records[i].operstate = i % 2 ? IF_OPER_UP : IF_OPER_DOWN;
		b.records[i].t_ns = (int64_t)i * step_ns + shift_ns;
		if (i < MANY) {
			a.records[i] = b.records[i];
			a.records[i].t_ns -= shift_ns;
		}
	}
	align(a.pointers, a.count, b.pointers, b.count, partner);
	value = value_of(&a, &b, partner);
	free(partner);
	sequence_free(&a);
	sequence_free(&b);
	return value;
}

static void align__many_are_cut_in_two(void **state)
{
	struct value value;

	(void)state;
	assert_true((size_t)MANY * MANY > ALIGN_MAX_CELLS);
	/* everything a little later: pairs stay in place, except some at a cut */
	value = align_many(10 * MS, MS, 0);
	assert_in_range(value.pairs, MANY - 20, MANY);
	assert_true(value.apart_ns / (int64_t)value.pairs < 2 * MS);
	/* much later: no time is in both */
	value = align_many(MS, 2 * MANY * MS, 1);
	assert_in_range(value.pairs, MANY - 20, MANY);
	/* a single instant: cut by number; trimming the ends does not help */
	value = align_many(0, 1, 1);
	assert_in_range(value.pairs, MANY - 20, MANY);
}

static void record_says_the_same__kind_state_and_link_flags(void **state)
{
	struct record a = { .kind = RECORD_NEWLINK, .flags = UP_FLAGS, .operstate = IF_OPER_UP };
	struct record b = a;

	(void)state;
	b.flags |= IFF_PROMISC; /* no link state */
	b.t_ns = b.change = b.carrier_up = 1;
	assert_true(record_says_the_same(&a, &b));
	b.flags = IFF_UP;
	assert_false(record_says_the_same(&a, &b));
	b = a;
	b.operstate = IF_OPER_UNKNOWN;
	assert_false(record_says_the_same(&a, &b));
	b = a;
	b.kind = RECORD_DELLINK;
	assert_false(record_says_the_same(&a, &b));
}

static void record_says_the_same__line_and_text(void **state)
{
	struct record a = { .kind = RECORD_ERROR, .line = 3, .text = "no", .text_len = 2 };
	struct record b = a;

	(void)state;
	b.text = "now";
	assert_true(record_says_the_same(&a, &b));
	b.text_len = 3;
	assert_false(record_says_the_same(&a, &b));
	b = a;
	b.text = "on";
	assert_false(record_says_the_same(&a, &b));
	b = a;
	b.line = 4;
	assert_false(record_says_the_same(&a, &b));
	b = a;
	b.kind = RECORD_NOTE;
	assert_false(record_says_the_same(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(align__same_content_is_paired_whenever_it_came),
		cmocka_unit_test(align__not_by_position),
		cmocka_unit_test(align__of_equal_pairings_the_nearest_in_time),
		cmocka_unit_test(align__is_as_good_as_the_best_of_all_pairings),
		cmocka_unit_test(align__many_are_cut_in_two),
		cmocka_unit_test(record_says_the_same__kind_state_and_link_flags),
		cmocka_unit_test(record_says_the_same__line_and_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
