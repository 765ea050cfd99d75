/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Goes through a capture message by message, and keeps the guess that explains most. */
#include "sim/evidence/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/align.h"
#include "sim/evidence/guess.h"
#include "sim/evidence/import_match.h"
#include "sim/evidence/import_setup.h"
#include "sim/language/format.h"

/* When the first message of a real capture comes, if devices have to be there before it. */
#define LEAD_NS (10 * NSEC_PER_SEC)
#define BONDS_TRIED 3
/* With more messages at one instant, the first guess that explains one is taken. */
#define CROWD 60
/* As many messages that are alike are tried together. */
#define ALIKE_MIN 4
/* Captures with more messages are imported once. */
#define PHASES_MAX 100
/* After runs of as many statements, together, the rest of a capture is given up: some seconds. */
#define WORK_MAX (INT64_C(2) * 1000 * 1000)

/* A time that was cut to us may have been the start of a jiffy. */
static int64_t whole_jiffy(int64_t t_ns, uint32_t hz)
{
	int64_t jiffy = t_ns / NSEC_PER_SEC * hz +
			(t_ns % NSEC_PER_SEC * hz + NSEC_PER_SEC - 1) / NSEC_PER_SEC;
	int64_t start = jiffy / hz * NSEC_PER_SEC + (jiffy % hz * NSEC_PER_SEC + hz - 1) / hz;

	return start - t_ns < 1000 ? start : t_ns;
}

/*
 * The timer wheel rounds on a grid that begins at boot, which a real capture does not tell: the phase,
 * in jiffies, shifts it.
 */
static void take_times(struct import *import, uint32_t phase)
{
	const struct evidence *evidence = import->evidence;
	int64_t first = evidence->trace.count ? evidence->trace.records[0].t_ns : 0;
	int64_t shift;

	import->is_simulated = evidence_is_simulated(evidence);
	shift = import->is_simulated ? 0
				     : LEAD_NS + phase * NSEC_PER_SEC / import->options.hz - first;
	for (size_t i = 0; i < evidence->trace.count; i++)
		import->at_ns[i] = evidence->has_times
					   ? whole_jiffy(evidence->trace.records[i].t_ns + shift,
							 import->options.hz)
					   : LEAD_NS + (int64_t)i * IMPORT_APART_NS;
}

/* What an import assumes where the capture does not say it. */
struct attempt {
	uint32_t phase;			 /* see take_times() */
	unsigned int bonds[BONDS_TRIED]; /* bond_choice of each */
};

/* Runs a sketch up to a record, and what comes with it. */
static struct import_match try_sketch(struct import *import, const struct sketch *sketch,
				      size_t record, bool *ret_is_run)
{
	struct import_match match = { .known = 0 };
	struct sketch_run run;

	int64_t until_ns = import->at_ns[guess_instant_end(import, record) - 1];

	import->runs++;
	sketch_run(sketch, until_ns + import->options.tolerance_ns, &run);
	*ret_is_run = run.runner && !run.errors;
	if (*ret_is_run)
		match = import_match(import, run.trace, until_ns, import->at_ns[record], NULL);
	sketch_run_free(&run);
	return match;
}

static bool is_better(const struct import_match *match, const struct import_match *than)
{
	if (match->surplus + match->moved != than->surplus + than->moved)
		return match->surplus + match->moved < than->surplus + than->moved;
	if (match->miscounted != than->miscounted)
		return match->miscounted < than->miscounted;
	return match->known > than->known;
}

static void sketch_extend(struct sketch *sketch, const struct guess *guess)
{
	for (size_t i = 0; i < guess->count; i++)
		sketch_add_line(sketch, &guess->lines[i]);
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
static void note_created(struct import *import, size_t at)
{
	const struct who *who = &import->whos.items[at];

	import->is_there[at] = true;
	if (who->kind == WHO_VETH)
		import->is_there[who->link] = true;
}

/* Tries the guesses from..to, and keeps the best. */
static void try_guesses(struct import *import, const struct guesses *guesses, size_t from,
			size_t to, const struct import_match *now, size_t record, size_t *best_at)
{
	size_t end = guess_instant_end(import, record);
	struct import_match best = { .known = 0 };

	for (size_t i = from; i < to; i++) {
		struct sketch sketch;
		struct import_match match;
		bool is_run;

		sketch_copy(&sketch, &import->sketch);
		sketch_extend(&sketch, &guesses->items[i]);
		match = try_sketch(import, &sketch, record, &is_run);
		sketch_free(&sketch);
		if (!is_run || match.known <= record ||
		    (*best_at != SIZE_MAX && !is_better(&match, &best)))
			continue;
		best = match;
		*best_at = i;
		if (match.surplus <= now->surplus && match.moved <= now->moved &&
		    match.miscounted <= now->miscounted &&
		    (match.known >= end || end - record > CROWD))
			break;
	}
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
	struct sketch sketch;
	bool is_run, is_good = guess->count == 1;

	alone = try_sketch(import, &import->sketch, record, &is_run);
	sketch_copy(&sketch, &import->sketch);
	for (; end < count && is_good && is_alike(import, record, end); end++) {
		char *text = for_other(import, guess, record, end);

		if (text)
			sketch_add(&sketch, guess->lines[0].t_ns, text, guess->lines[0].comment);
		is_good = text != NULL;
		free(text);
	}
	if (is_good && end - record >= ALIKE_MIN) {
		match = try_sketch(import, &sketch, end - 1, &is_run);
		if (is_run && match.known >= end && match.surplus <= alone.surplus &&
		    match.moved <= alone.moved) {
			sketch_free(&import->sketch);
			import->sketch = sketch;
			for (size_t i = record; i < end && guess->creates != WHO_NONE; i++)
				note_created(import, import->whos.of_record[i]);
			return;
		}
	}
	sketch_free(&sketch);
}

static void explain_record(struct import *import, const struct sketch_run *run,
			   const struct import_match *now, size_t record)
{
	size_t best_at = SIZE_MAX;
	struct guesses guesses;

	guesses_make(import, run, record, &guesses);
	try_guesses(import, &guesses, 0, guesses.likely, now, record, &best_at);
	if (best_at == SIZE_MAX)
		try_guesses(import, &guesses, guesses.likely, guesses.count, now, record, &best_at);
	if (best_at == SIZE_MAX)
		give_up(import, record);
	else
		sketch_extend(&import->sketch, &guesses.items[best_at]);
	import->coincidences +=
		guesses.expects_early && (best_at == SIZE_MAX || !guesses.items[best_at].is_early);
	if (best_at != SIZE_MAX && guesses.items[best_at].creates != WHO_NONE)
		note_created(import, guesses.items[best_at].creates);
	if (best_at != SIZE_MAX && record + 1 < import->evidence->trace.count &&
	    is_alike(import, record, record + 1))
		try_crowd(import, &guesses.items[best_at], record);
	guesses_free(&guesses);
}

/* What comes behind the capture's end is not known. */
static int64_t end_ns(const struct import *import)
{
	size_t count = import->evidence->trace.count;

	return (count ? import->at_ns[count - 1] : 0) + import->options.tolerance_ns;
}

/* Extends the scenario until it explains the next record; false: all are explained. */
static bool explain_next(struct import *import, int64_t *work)
{
	size_t count = import->evidence->trace.count, record;
	struct sketch_run run;
	struct import_match match;

	sketch_run(&import->sketch, end_ns(import), &run);
	match = import_match(import, run.trace, INT64_MAX, 0, NULL);
	sketch_run_free(&run);
	record = match.known;
	while (record < count && import->is_lost[record])
		record++;
	if (record == count)
		return false;
	if (import->whos.items[import->whos.of_record[record]].is_unwritable) {
		give_up(import, record);
		return true;
	}
	for (; *work > WORK_MAX && record < count; record++)
		if (!import->is_lost[record])
			give_up(import, record);
	if (record == count)
		return false;
	sketch_run(&import->sketch, import->at_ns[record], &run);
	match = import_match(import, run.trace, import->at_ns[record], import->at_ns[record], NULL);
	explain_record(import, &run, &match, record);
	sketch_run_free(&run);
	*work += (int64_t)((import->runs + 2) * (import->sketch.count + 1));
	import->runs = 0;
	return true;
}

static void import_once(const struct evidence *evidence, const struct import_options *options,
			struct attempt attempt, struct import *ret_import)
{
	size_t count = evidence->trace.count;
	struct sketch_run run;
	int64_t work = 0;

	memset(ret_import, 0, sizeof(*ret_import));
	ret_import->evidence = evidence;
	ret_import->options = *options;
	ret_import->sketch.kernel = options->kernel;
	ret_import->sketch.hz = options->hz;
	whos_make(evidence, &ret_import->whos);
	ret_import->at_ns = xcalloc(count + 1, sizeof(int64_t));
	ret_import->seen_ns = xcalloc(count + 1, sizeof(int64_t));
	ret_import->is_lost = xcalloc(count + 1, sizeof(bool));
	ret_import->is_there = xcalloc(ret_import->whos.count + 1, sizeof(bool));
	take_times(ret_import, attempt.phase);
	for (size_t i = 0, bond = 0; i < ret_import->whos.count && bond < BONDS_TRIED; i++)
		if (ret_import->whos.items[i].kind == WHO_BOND)
			ret_import->whos.items[i].bond_choice = attempt.bonds[bond++];
	import_set_up(ret_import);
	while (explain_next(ret_import, &work))
		;
	for (size_t i = 0; i < count; i++)
		ret_import->seen_ns[i] = IMPORT_UNSEEN;
	sketch_run(&ret_import->sketch, end_ns(ret_import), &run);
	ret_import->surplus = import_match(ret_import, run.trace, end_ns(ret_import),
					   end_ns(ret_import), ret_import->seen_ns)
				      .surplus;
	sketch_run_free(&run);
}

size_t import_seen(const struct import *import)
{
	size_t seen = 0;

	for (size_t i = 0; i < import->evidence->trace.count; i++)
		seen += import->seen_ns[i] != IMPORT_UNSEEN;
	return seen;
}

static int64_t apart_ns(const struct import *import)
{
	int64_t sum = 0;

	for (size_t i = 0; i < import->evidence->trace.count; i++)
		if (import->seen_ns[i] != IMPORT_UNSEEN)
			sum += import->seen_ns[i] > import->at_ns[i]
				       ? import->seen_ns[i] - import->at_ns[i]
				       : import->at_ns[i] - import->seen_ns[i];
	return sum;
}

/* Whether the first explains more than the other, with less left to chance. */
static bool explains_more(const struct import *import, const struct import *than)
{
	size_t seen = import_seen(import), seen_than = import_seen(than);

	if (seen != seen_than)
		return seen > seen_than;
	return import->coincidences + import->surplus < than->coincidences + than->surplus;
}

/* Keeps the better of two, and frees the other. */
static void keep(struct import *best, struct import *import, bool is_better)
{
	import_free(is_better ? best : import);
	if (is_better)
		*best = *import;
}

/* Another attempt, kept if it explains more; of equal ones the closer, if need be. */
static void try_another(struct import *best, struct attempt *best_attempt, struct attempt attempt,
			bool takes_closer)
{
	struct import import;
	bool is_better;

	import_once(best->evidence, &best->options, attempt, &import);
	is_better =
		explains_more(&import, best) || (takes_closer && !explains_more(best, &import) &&
						 apart_ns(&import) < apart_ns(best));
	if (is_better)
		*best_attempt = attempt;
	keep(best, &import, is_better);
}

static bool is_perfect(const struct import *import)
{
	return import_seen(import) == import->evidence->trace.count && !import->coincidences &&
	       !import->surplus;
}

/* What the capture does not say, and can be tried. */
static void try_all(const struct evidence *evidence, const struct import_options *options,
		    struct import *ret_best)
{
	/* the levels of the wheel that matter: 8 jiffies, and with HZ=1000 64 */
	const uint32_t step = options->hz == 1000 ? 8 : 1;
	struct attempt best = { .phase = 0 }, attempt;
	size_t bonds = 0;

	import_once(evidence, options, best, ret_best);
	if (evidence->trace.count > PHASES_MAX)
		return;
	for (uint32_t phase = 1; phase < 8; phase++) {
		attempt = best;
		attempt.phase = phase * step;
		if (!ret_best->is_simulated && evidence->has_times)
			try_another(ret_best, &best, attempt, true);
	}
	for (size_t i = 0; i < ret_best->whos.count; i++)
		bonds += ret_best->whos.items[i].kind == WHO_BOND;
	for (size_t i = 0; i < bonds && i < BONDS_TRIED; i++)
		for (unsigned int j = 1; j < WHO_BOND_CHOICES && !is_perfect(ret_best); j++) {
			attempt = best;
			attempt.bonds[i] = j;
			try_another(ret_best, &best, attempt, false);
		}
}

void import_make(const struct evidence *evidence, const struct import_options *options,
		 struct import *ret_import)
{
	static const uint32_t likely_hz[] = { 250, 1000, 100, 300 };
	struct import_options how = *options;
	struct import import;

	for (size_t i = 0; i < sizeof(likely_hz) / sizeof(likely_hz[0]); i++) {
		how.hz = options->hz ? options->hz : likely_hz[i];
		how.tolerance_ns = options->tolerance_ns ? options->tolerance_ns
							 : NSEC_PER_SEC / how.hz + BESIDE_SLACK_NS;
		if (i == 0) {
			try_all(evidence, &how, ret_import);
		} else {
			try_all(evidence, &how, &import);
			keep(ret_import, &import, explains_more(&import, ret_import));
		}
		if (options->hz || evidence->trace.count > PHASES_MAX || is_perfect(ret_import))
			return;
	}
}

void import_free(struct import *import)
{
	whos_free(&import->whos);
	sketch_free(&import->sketch);
	free(import->at_ns);
	free(import->seen_ns);
	free(import->is_lost);
	free(import->is_there);
}
