/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Goes through a capture message by message, and keeps the guess that explains most. */
#include "sim/evidence/import.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/align.h"
#include "sim/evidence/import_dig.h"
#include "sim/evidence/import_explain.h"
#include "sim/evidence/import_setup.h"
#include "sim/language/format.h"

/* When the first message of a real capture comes, if devices have to be there before it. */
#define LEAD_NS (10 * NSEC_PER_SEC)
/* Their times are exact, but may be cut to us. */
#define SIMULATED_TOLERANCE_NS 1000
/* In a real capture, a message that is not explained is worth as many that are by chance. */
#define WRONG_WEIGHT 3
#define CHOICES_TRIED 8 /* devices for which all answers are tried */
/* Captures with more messages are imported once. */
#define PHASES_MAX 500

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
	uint32_t phase;			     /* see take_times() */
	uint32_t bits;			     /* of the kernel's unsigned long */
	unsigned int choices[CHOICES_TRIED]; /* of the first devices that have any */
	bool digs;
	FILE *messages; /* for what runs have to say, which nobody needs */
};

static void choose(struct import *import, const struct attempt *attempt)
{
	size_t chosen = 0;

	for (size_t i = 0; i < import->whos.count && chosen < CHOICES_TRIED; i++)
		if (who_choices(&import->whos.items[i]) > 1)
			whos_choose(&import->whos, i, attempt->choices[chosen++]);
}

static int64_t work_max(const struct import_options *options)
{
	return options->work_max ? options->work_max : IMPORT_WORK_MAX;
}

static void import_once(const struct evidence *evidence, const struct import_options *options,
			const struct attempt *attempt, struct import *ret_import)
{
	size_t count = evidence->trace.count;
	struct sketch_run run;
	int64_t end_ns;

	memset(ret_import, 0, sizeof(*ret_import));
	ret_import->evidence = evidence;
	ret_import->options = *options;
	ret_import->sketch.kernel = options->kernel;
	ret_import->sketch.hz = options->hz;
	ret_import->sketch.bits = attempt->bits;
	ret_import->sketch.messages = attempt->messages;
	ret_import->dig = attempt->digs ? import_dig : NULL;
	ret_import->work_max = work_max(options);
	whos_make(evidence, &ret_import->whos);
	choose(ret_import, attempt);
	ret_import->at_ns = xcalloc(count + 1, sizeof(int64_t));
	ret_import->seen_ns = xcalloc(count + 1, sizeof(int64_t));
	ret_import->is_lost = xcalloc(count + 1, sizeof(bool));
	ret_import->there_ns = xcalloc(ret_import->whos.count + 1, sizeof(int64_t));
	for (size_t i = 0; i < ret_import->whos.count; i++)
		ret_import->there_ns[i] = IMPORT_NOT_YET;
	for (unsigned int i = 0; i < SKETCH_BASES; i++)
		ret_import->bases[i] = sketch_base_new(i);
	take_times(ret_import, attempt->phase);
	import_set_up(ret_import);
	while (import_explain_next(ret_import))
		;
	for (size_t i = 0; i < count; i++)
		ret_import->seen_ns[i] = IMPORT_UNSEEN;
	end_ns = import_end_ns(ret_import);
	sketch_run(&ret_import->sketch, end_ns, &run);
	ret_import->surplus =
		import_match(ret_import, &run, end_ns, end_ns, ret_import->seen_ns).surplus;
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

/* Of the capture or the run, without one of the other. */
static size_t wrong_messages(const struct import *import)
{
	return import->evidence->trace.count - import_seen(import) + import->surplus;
}

/* Whether the first explains more than the other, with less left to chance. */
static bool explains_more(const struct import *import, const struct import *than)
{
	size_t wrong = wrong_messages(import), wrong_than = wrong_messages(than);

	if (import->is_simulated)
		return wrong != wrong_than ? wrong < wrong_than
					   : import->coincidences < than->coincidences;
	return WRONG_WEIGHT * wrong + import->coincidences <
	       WRONG_WEIGHT * wrong_than + than->coincidences;
}

/* Keeps the better of two, and frees the other. */
static void keep(struct import *best, struct import *import, bool is_better)
{
	import_free(is_better ? best : import);
	if (is_better)
		*best = *import;
}

/* Another attempt, kept if it explains more; of equal ones the closer, if need be. */
static void try_another(struct import *best, struct attempt *best_attempt,
			const struct attempt *attempt, bool takes_closer)
{
	struct import import;
	bool is_better;

	if (best->all_work > best->work_max)
		return;
	import_once(best->evidence, &best->options, attempt, &import);
	import.all_work = best->all_work += import.work;
	is_better =
		explains_more(&import, best) || (takes_closer && !explains_more(best, &import) &&
						 apart_ns(&import) < apart_ns(best));
	if (is_better)
		*best_attempt = *attempt;
	keep(best, &import, is_better);
}

static bool is_perfect(const struct import *import)
{
	return !wrong_messages(import) && (import->is_simulated || !import->coincidences);
}

/* What is not known of the devices, one after the other. */
static void try_choices(struct import *best, struct attempt *best_attempt)
{
	size_t chosen = 0;

	for (size_t i = 0; i < best->whos.count && chosen < CHOICES_TRIED; i++) {
		unsigned int choices = who_choices(&best->whos.items[i]);
		unsigned int first = best->whos.items[i].choice;

		for (unsigned int j = 1; j < choices && !is_perfect(best); j++) {
			struct attempt attempt = *best_attempt;

			attempt.choices[chosen] = (first + j) % choices;
			try_another(best, best_attempt, &attempt, false);
		}
		chosen += choices > 1;
	}
}

/* What the capture does not say, and can be tried. */
static void try_all(const struct evidence *evidence, const struct import_options *options,
		    FILE *messages, struct import *ret_best)
{
	/* the levels of the wheel that matter: 8 jiffies, and with HZ=1000 64 */
	const uint32_t step = options->hz == 1000 ? 8 : 1;
	struct attempt best = { .bits = 64, .messages = messages }, attempt;

	import_once(evidence, options, &best, ret_best);
	ret_best->all_work = ret_best->work;
	if (evidence->trace.count > PHASES_MAX)
		return;
	for (uint32_t phase = 1; phase < 8; phase++) {
		attempt = best;
		attempt.phase = phase * step;
		if (!ret_best->is_simulated && evidence->has_times)
			try_another(ret_best, &best, &attempt, true);
	}
	attempt = best;
	attempt.digs = true; /* for later */
	try_choices(ret_best, &best);
	if (is_perfect(ret_best))
		return;
	try_another(ret_best, &best, &attempt, false);
	attempt = best;
	attempt.digs = true;
	if (!is_perfect(ret_best))
		try_another(ret_best, &best, &attempt, false);
	try_choices(ret_best, &best);
	attempt = best;
	attempt.bits = 32;
	if (ret_best->is_simulated && !is_perfect(ret_best))
		try_another(ret_best, &best, &attempt, false);
}

/* With each HZ that may be. */
static void try_all_hz(const struct evidence *evidence, const struct import_options *options,
		       FILE *messages, struct import *ret_import)
{
	static const uint32_t likely_hz[] = { 250, 1000, 100, 300 };
	struct import_options how = *options;
	struct import import;

	for (size_t i = 0; i < sizeof(likely_hz) / sizeof(likely_hz[0]); i++) {
		how.hz = options->hz ? options->hz : likely_hz[i];
		how.tolerance_ns = options->tolerance_ns ? options->tolerance_ns
				   : evidence_is_simulated(evidence)
					   ? SIMULATED_TOLERANCE_NS
					   : NSEC_PER_SEC / how.hz + BESIDE_SLACK_NS;
		if (i == 0) {
			try_all(evidence, &how, messages, ret_import);
		} else {
			try_all(evidence, &how, messages, &import);
			import.all_work = ret_import->all_work += import.all_work;
			keep(ret_import, &import, explains_more(&import, ret_import));
		}
		if (options->hz || evidence->trace.count > PHASES_MAX || is_perfect(ret_import) ||
		    ret_import->all_work > ret_import->work_max)
			return;
	}
}

void import_make(const struct evidence *evidence, const struct import_options *options,
		 struct import *ret_import)
{
	FILE *nowhere = fopen("/dev/null", "w");

	try_all_hz(evidence, options, nowhere ? nowhere : stderr, ret_import);
	ret_import->sketch.messages = NULL;
	if (nowhere)
		fclose(nowhere);
}

void import_free(struct import *import)
{
	for (unsigned int i = 0; i < SKETCH_BASES; i++) {
		sketch_base_free(import->bases[i]);
		free(import->settled[i].is_taken);
	}
	whos_free(&import->whos);
	sketch_free(&import->sketch);
	free(import->at_ns);
	free(import->seen_ns);
	free(import->is_lost);
	free(import->there_ns);
}
