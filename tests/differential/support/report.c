/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reports a difference as it was found, then shrunk as far as possible. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "agree.h"
#include "property/support/shrink.h"
#include "scenario.h"

/* As long as lwsim runs after the last line of a file without `end`. */
#define REST_NS (10 * NSEC_PER_SEC)

/* Sequences to try for one whose messages differ, if those of the first do not. */
#define SEEDS_MORE 2000

/* The goal of a search: steps whose messages finally differ, or (not is_heard) any that differ at once. */
struct search {
	struct pair *pair;
	struct steps *steps; /* the shortest so far */
	bool is_heard;
};

static bool is_heard(struct pair *pair, const struct steps *steps)
{
	pair_boot(pair, steps);
	for (int at = 0; at < steps->count; at++) {
		side_step(&pair->port, at);
		side_step(&pair->file, at);
	}
	side_wait(&pair->port, REST_NS);
	side_wait(&pair->file, REST_NS);
	return pair->port.seen.said != pair->file.seen.said;
}

static bool differs(const struct search *search, const struct steps *steps)
{
	return search->is_heard ? is_heard(search->pair, steps)
				: pair_run(search->pair, steps) >= 0;
}

static bool differs_without(void *user, int first, int n)
{
	static struct steps shorter;
	struct search *search = user;

	shorter = *search->steps;
	steps_remove(&shorter, first, n);
	if (!differs(search, &shorter))
		return false;
	*search->steps = shorter;
	return true;
}

/* Replaces a step by a simpler one if the difference remains. */
static void simplify(struct search *search, int at, struct step simpler)
{
	struct step was = search->steps->list[at];

	search->steps->list[at] = simpler;
	if (!differs(search, search->steps))
		search->steps->list[at] = was;
}

static void simplify_all(struct search *search)
{
	for (int at = 0; at < search->steps->count; at++) {
		const struct step *step = &search->steps->list[at];
		struct step simpler = *step;

		simpler.wait_us = 0;
		simpler.to_jiffy = false;
		simplify(search, at, simpler);
		for (int n = step->count / 2; n > 0; n /= 2) {
			while (step->count > n) {
				uint16_t before = step->count;

				simpler = *step;
				simpler.count = (uint16_t)(before - n);
				simplify(search, at, simpler);
				simpler.slot = (uint16_t)(simpler.slot + n);
				if (step->count == before)
					simplify(search, at, simpler);
				if (step->count == before)
					break;
			}
		}
	}
}

/* Chooses the sequence to start from: the first whose messages differ. */
static void search_start(struct search *search)
{
	struct steps *steps = search->steps;
	static struct steps other;

	other = *steps;
	/* later steps do not matter */
	steps->count = pair_run(search->pair, steps) + 1;
	search->is_heard = is_heard(search->pair, steps);
	for (uint64_t i = 0; !search->is_heard && i < SEEDS_MORE; i++) {
		if (i > 0)
			steps_make(&other, steps->seed + i, search->pair->config.slots);
		search->is_heard = is_heard(search->pair, &other);
		if (search->is_heard)
			*steps = other;
	}
}

static void search_shortest(struct search *search)
{
	struct steps *steps = search->steps;
	int count;

	search_start(search);
	do {
		count = steps->count;
		shrink(count, differs_without, search);
		simplify_all(search);
	} while (steps->count < count);
}

/* The messages of the last step, as text that the caller frees. */
static char *messages_of(struct side *side, const void *before, int at)
{
	char *text = NULL;
	size_t bytes;

	side_restore(side, before);
	side->tells = open_memstream(&text, &bytes);
	if (side->tells) {
		side_step(side, at);
		fclose(side->tells);
	}
	side->tells = NULL;
	return text;
}

static void difference_print(struct pair *pair, const struct steps *steps)
{
	struct side *sides[] = { &pair->port, &pair->file };
	int at = pair_run(pair, steps);

	printf("difference after step %d of %d, at %.6f s, on %s and on the file:\n", at + 1,
	       steps->count, (double)pair->port.m->now_ns / 1e9, pair->port.name);
	sides_compare(&pair->port, &pair->file, stdout);
	for (int i = 0; i < 2; i++) {
		void *before;
		char *text;

		pair_boot(pair, steps);
		for (int step = 0; step < at; step++)
			side_step(sides[i], step);
		before = side_save(sides[i]);
		text = messages_of(sides[i], before, at);
		printf("messages of this step on %s:\n%s", sides[i]->name, text ? text : "");
		free(text);
		free(before);
	}
}

void report(struct pair *pair, const struct steps *steps, const char *path)
{
	static struct steps shortest;
	struct search search = { .pair = pair, .steps = &shortest };
	FILE *file;

	shortest = *steps;
	printf("seed %llu: %s and %s differ\n", (unsigned long long)steps->seed, pair->port.name,
	       pair->file.name);
	difference_print(pair, steps);
	search_shortest(&search);
	printf("%d steps show it%s; the shortest:\n", shortest.count,
	       search.is_heard ? "" : ", not by a message that is sent");
	scenario_write(stdout, pair, &shortest);
	if (!path)
		return;
	file = fopen(path, "we");
	if (file)
		scenario_write(file, pair, &shortest);
	if (file && fclose(file) == 0)
		printf("written to %s: lwsim diff --kernel %s --kernel %s %s\n", path,
		       pair->port.name, pair->file.name, path);
	else
		fprintf(stderr, "error: %s: %m\n", path);
}
