/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tries the guesses for a record, and keeps the one that explains most. */
#include "sim/evidence/import_explain.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/align.h"
#include "sim/evidence/guess.h"

/* With more messages at one instant, the first guess that explains one is taken. */
#define CROWD 60
/* As many messages that are alike are tried together. */
#define ALIKE_MIN 4
/* Most guesses concern the time since then: what linkwatch delays, and some more. */
#define CHANGED_NS (3 * NSEC_PER_SEC / 2)
#define SETTLED_STEP 8 /* lines */
#define RUN_WORK 10    /* what a run costs besides its statements, in statements */
#define CROWDED_LINES 16
#define BEGIN_STEP 16 /* records */
#define LOOK_NS (2 * NSEC_PER_SEC)

void import_run(struct import *import, const struct sketch *sketch, int64_t until_ns,
		struct sketch_run *ret_run)
{
	for (unsigned int i = SKETCH_BASES; i && sketch == &import->sketch; i--) {
		struct sketch_base *base = import->bases[i - 1];

		if (!sketch_base_is_good(base, sketch) ||
		    !sketch_base_run(base, sketch, until_ns, ret_run))
			continue;
		import->work += (int64_t)(sketch->count - sketch_base_lines(base)) + RUN_WORK;
		return;
	}
	import->work += (int64_t)sketch->count + RUN_WORK;
	sketch_run(sketch, until_ns, ret_run);
}

struct import_match import_match_now(struct import *import, size_t record)
{
	struct import_match match;
	struct sketch_run run;

	import_run(import, &import->sketch, import->at_ns[record] + import->options.tolerance_ns,
		   &run);
	match = import_match(import, &run, import->at_ns[record], import->at_ns[record], NULL);
	sketch_run_free(&run);
	return match;
}

/* The guess that explains most so far. */
struct choice {
	const struct guess *guess; /* NULL: none explains the record */
	struct import_match match;
	bool is_clean; /* it has no messages that the capture lacks, and the right counts */
};

/* Runs the sketch up to a record, and what comes with it. */
static struct import_match try_sketch(struct import *import, size_t record, bool *ret_is_run)
{
	struct import_match match = { .known = 0 };
	struct sketch_run run;
	int64_t until_ns = import->at_ns[guess_instant_end(import, record) - 1];

	import_run(import, &import->sketch, until_ns + import->options.tolerance_ns, &run);
	*ret_is_run = run.runner && !run.errors;
	if (*ret_is_run)
		match = import_match(import, &run, until_ns, import->at_ns[record], NULL);
	sketch_run_free(&run);
	return match;
}

static bool is_better(const struct import_match *match, const struct import_match *than)
{
	if (match->surplus != than->surplus)
		return match->surplus < than->surplus;
	if (match->miscounted != than->miscounted)
		return match->miscounted < than->miscounted;
	return match->known > than->known;
}

static void sketch_try(struct sketch *sketch, const struct guess *guess)
{
	for (size_t i = 0; i < guess->count; i++) {
		struct sketch_line line = guess->lines[i];

		line.is_tried = true;
		sketch_add_line(sketch, &line);
	}
}

static void give_up(struct import *import, size_t record)
{
	char time[EVIDENCE_TIME_MAX_BYTES], what[DESCRIBE_MAX_BYTES], *comment;

	record_describe_whole(&import->evidence->trace.records[record], what);
	evidence_time(import->evidence, record, time);
	comment = xasprintf("%s %s %s: no statement found that leads to it", time,
			    import->evidence->trace.records[record].dev, what);
	import->is_lost[record] = true;
	sketch_add(&import->sketch, import->at_ns[record], "", comment);
	free(comment);
}

/* A veth comes with its peer. */
static void note_created(struct import *import, size_t at, int64_t t_ns)
{
	const struct who *who = &import->whos.items[at];

	import->there_ns[at] = t_ns;
	if (who->kind == WHO_VETH)
		import->there_ns[who->link] = t_ns;
}

/* Tries the guesses from..to; false: there is no need to try others. */
static bool try_guesses(struct import *import, const struct guesses *guesses, size_t from,
			size_t to, const struct import_match *now, size_t record,
			struct choice *choice)
{
	size_t end = guess_instant_end(import, record);

	for (size_t i = from; i < to; i++) {
		struct import_match match;
		bool is_run;

		sketch_try(&import->sketch, &guesses->items[i]);
		match = try_sketch(import, record, &is_run);
		sketch_drop_tried(&import->sketch);
		if (!is_run || match.known <= record ||
		    (choice->guess && !is_better(&match, &choice->match)))
			continue;
		choice->match = match;
		choice->guess = &guesses->items[i];
		choice->is_clean =
			match.surplus <= now->surplus && match.miscounted <= now->miscounted;
		if (choice->is_clean && (match.known >= end || end - record > CROWD))
			return false;
	}
	return !choice->is_clean;
}

/* The statement for another device that the guess is for this one. NULL: it is not so simple. */
static char *for_other(const struct import *import, const struct guess *guess, size_t record,
		       size_t other)
{
	const char *name = import->evidence->trace.records[record].dev;
	const char *text = guess->lines[0].text, *at = strstr(text, name);
	const struct who *who = &import->whos.items[import->whos.of_record[other]];
	char *created, *comment;
	size_t len = strlen(name);

	if (guess->creates != WHO_NONE) {
		if (who->kind == WHO_VETH || who->is_unwritable)
			return NULL;
		created = who_creation(&import->whos, who, &comment);
		free(comment);
		return created;
	}
	if (!at || (at > text && at[-1] != ' ') || (at[len] && at[len] != ' '))
		return NULL;
	return xasprintf("%.*s%s%s", (int)(at - text), text,
			 import->evidence->trace.records[other].dev, at + len);
}

static bool is_alike(const struct import *import, size_t a, size_t b)
{
	const struct record *records = import->evidence->trace.records;
	const struct who *who_a = &import->whos.items[import->whos.of_record[a]];
	const struct who *who_b = &import->whos.items[import->whos.of_record[b]];

	return import->at_ns[a] == import->at_ns[b] && who_a->kind == who_b->kind &&
	       who_a != who_b && !import->is_lost[b] &&
	       (who_a->first == a) == (who_b->first == b) &&
	       record_says_the_same(&records[a], &records[b]);
}

/* Many devices may have had the same: it is tried for all that follow at once. */
static void try_crowd(struct import *import, const struct guess *guess, size_t record)
{
	size_t count = import->evidence->trace.count, end = record + 1;
	struct import_match alone, match;
	bool is_run, is_good = guess->count == 1;

	alone = try_sketch(import, record, &is_run);
	for (; end < count && is_good && is_alike(import, record, end); end++) {
		struct sketch_line line = guess->lines[0];

		line.text = for_other(import, guess, record, end);
		line.is_tried = true;
		if (line.text)
			sketch_add_line(&import->sketch, &line);
		is_good = line.text != NULL;
		free(line.text);
	}
	if (is_good && end - record >= ALIKE_MIN) {
		match = try_sketch(import, end - 1, &is_run);
		if (is_run && match.known >= end && match.surplus <= alone.surplus) {
			sketch_keep_tried(&import->sketch);
			for (size_t i = record; i < end && guess->creates != WHO_NONE; i++)
				note_created(import, import->whos.of_record[i], import->at_ns[i]);
		}
	}
	sketch_drop_tried(&import->sketch);
}

static void keep_guess(struct import *import, const struct guess *guess, size_t record)
{
	sketch_try(&import->sketch, guess);
	sketch_keep_tried(&import->sketch);
	if (guess->creates != WHO_NONE)
		note_created(import, guess->creates, import->at_ns[record]);
	if (record + 1 < import->evidence->trace.count && is_alike(import, record, record + 1))
		try_crowd(import, guess, record);
}

/* False: no statement was found that leads to the record. */
static bool explain_record(struct import *import, size_t record, bool digs)
{
	struct choice choice = { .guess = NULL };
	struct import_match now;
	struct sketch_run run;
	struct guesses guesses;
	bool is_dug = false;

	import_run(import, &import->sketch, import->at_ns[record], &run);
	now = import_match(import, &run, import->at_ns[record], import->at_ns[record], NULL);
	guesses_make(import, &run, record, &guesses);
	sketch_run_free(&run);
	if (try_guesses(import, &guesses, 0, guesses.likely, &now, record, &choice) &&
	    try_guesses(import, &guesses, guesses.likely, guesses.single, &now, record, &choice) &&
	    digs &&
	    try_guesses(import, &guesses, guesses.single, guesses.count, &now, record, &choice))
		is_dug = import->dig(import, record, &now);
	if (!is_dug && choice.guess)
		keep_guess(import, choice.guess, record);
	if (is_dug)
		import->coincidences++;
	else
		import->coincidences +=
			(guesses.expects_early && (!choice.guess || !choice.guess->is_early)) ||
			(choice.guess && choice.guess->is_assumed);
	guesses_free(&guesses);
	return is_dug || choice.guess;
}

#define REFUSED SIZE_MAX

/*
 * The first record that is neither explained nor given up; if all before `end` are, one that is not
 * before it. REFUSED: the scenario has an error.
 */
static size_t next_record(struct import *import, size_t end)
{
	size_t count = import->evidence->trace.count, record;
	int64_t until_ns = import->at_ns[end - 1];
	struct sketch_run run;

	import_run(import, &import->sketch, until_ns + import->options.tolerance_ns, &run);
	record = run.runner ? import_match(import, &run, until_ns, 0, NULL).known : REFUSED;
	sketch_run_free(&run);
	while (record < count && import->is_lost[record])
		record++;
	return record;
}

/* Has a base run the first `count` lines, if they are many more than before. */
static void advance(struct import *import, unsigned int place, size_t count, size_t step)
{
	struct sketch_base *base = import->bases[place];
	bool is_good = sketch_base_is_good(base, &import->sketch);

	if (count >= (is_good ? sketch_base_lines(base) : 0) + step &&
	    sketch_base_advance(base, &import->sketch, count))
		import_settle(import, base, !is_good);
}

/*
 * Lines that are no longer changed, but by what digs or assumes much, are run once. So are all, if many
 * come together: most guesses come behind them.
 */
static void advance_bases(struct import *import, size_t record)
{
	int64_t settled_ns = import->at_ns[record] - CHANGED_NS;
	const struct sketch *sketch = &import->sketch;
	size_t count = sketch->count;

	while (count && sketch->lines[count - 1].t_ns >= settled_ns)
		count--;
	advance(import, 0, count, SETTLED_STEP);
	if (sketch->count - count < CROWDED_LINES)
		return;
	if (!sketch_base_is_good(import->bases[1], sketch)) {
		if (record < import->begun + BEGIN_STEP)
			return;
		import->begun = record;
	}
	advance(import, 1, sketch->count, 1);
}

/* The first record at a time or later. */
static size_t record_at(const struct import *import, size_t record, int64_t t_ns)
{
	while (record < import->evidence->trace.count && import->at_ns[record] < t_ns)
		record++;
	return record;
}

/* The next record to explain; the number of records: none. Looks for it in steps. */
static size_t next_to_explain(struct import *import)
{
	size_t count = import->evidence->trace.count, at = import->next;

	while (at < count) {
		size_t end = record_at(import, at + 1, import->at_ns[at] + LOOK_NS);
		size_t record = next_record(import, end);

		if (record < end || record >= count)
			return record;
		at = end;
	}
	return count;
}

bool import_explain_next(struct import *import)
{
	size_t count = import->evidence->trace.count, record = next_to_explain(import);

	for (; import->work > import->work_max && record < count; record++)
		if (!import->is_lost[record])
			give_up(import, record);
	if (record >= count)
		return false;
	import->next = record;
	advance_bases(import, record);
	if (import->whos.items[import->whos.of_record[record]].is_unwritable ||
	    !explain_record(import, record, import->dig != NULL))
		give_up(import, record);
	return true;
}

bool import_explain_up_to(struct import *import, size_t record)
{
	size_t end = guess_instant_end(import, record), next;

	while ((next = next_record(import, end)) < end)
		if (!explain_record(import, next, false))
			return false;
	return next != REFUSED;
}
