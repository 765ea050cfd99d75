/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Differential test: the port of link_watch.c and a real one on two machines, which must be equal after
 * each of millions of random steps.
 *
 * differential --kernel ROW --file src:PATH [--steps N] [--seed S] [--devices N] [--hz N] [--scenario
 * FILE]
 *
 * Prints how many steps agree; or the difference, and the shortest scenario that shows it, which is
 * also written to FILE. Exits with 0 if all agree, 1 if not, 2 on wrong usage, 3 if the file loops or
 * crashes.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/loader/guard.h"
#include "support/copies.h"
#include "support/report.h"

/* Sequences between two checks of copies. */
#define COPIES_EVERY 64

struct options {
	struct pair_config pair;
	uint64_t steps, seed;
	const char *scenario;
};

static int usage(void)
{
	fputs("usage: differential --kernel ROW --file src:PATH [--steps N] [--seed S] [--devices N]\n"
	      "                    [--hz 100|250|300|1000] [--scenario FILE]\n",
	      stderr);
	return 2;
}

static bool number_take(const char *text, uint64_t least, uint64_t most, uint64_t *ret_number)
{
	char *end;

	errno = 0;
	*ret_number = strtoull(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && !errno && *ret_number >= least &&
	       *ret_number <= most;
}

static bool option_take(struct options *options, const char *name, const char *value)
{
	uint64_t number;

	if (strcmp(name, "--kernel") == 0)
		options->pair.port = value;
	else if (strcmp(name, "--file") == 0)
		options->pair.file = value;
	else if (strcmp(name, "--scenario") == 0)
		options->scenario = value;
	else if (strcmp(name, "--steps") == 0)
		return number_take(value, 1, UINT64_MAX, &options->steps);
	else if (strcmp(name, "--seed") == 0)
		return number_take(value, 0, UINT64_MAX, &options->seed);
	else if (strcmp(name, "--devices") == 0 && number_take(value, 1, SLOTS_MAX - 1, &number))
		options->pair.slots = (int)number + 1;
	else if (strcmp(name, "--hz") == 0 && number_take(value, 1, 1000, &number))
		options->pair.hz = (uint32_t)number;
	else
		return false;
	return true;
}

static bool options_take(struct options *options, int argc, char **argv)
{
	int i;

	for (i = 1; i + 1 < argc; i += 2)
		if (!option_take(options, argv[i], argv[i + 1]))
			return false;
	return i == argc && options->pair.port && options->pair.file;
}

static double cpu_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool holds(const char *wrong, uint64_t seed)
{
	if (wrong)
		printf("seed %" PRIu64 ": %s\n", seed, wrong);
	return !wrong;
}

/* Only for the first sequence, before all others. */
static bool reloads(struct pair *pair, const struct options *options, struct steps *steps)
{
	steps_make(steps, options->seed, options->pair.slots);
	if (pair_run(pair, steps) >= 0) {
		report(pair, steps, options->scenario);
		return false;
	}
	return holds(check_reload(pair, steps), options->seed);
}

static int run(struct pair *pair, struct side *other, const struct options *options)
{
	uint64_t done = 0, messages = 0, sequence = 0;
	static struct steps steps;
	double start_s;

	if (!reloads(pair, options, &steps))
		return 1;
	start_s = cpu_s();
	for (; done < options->steps; sequence++, done += (uint64_t)steps.count) {
		uint64_t seed = options->seed + sequence;

		steps_make(&steps, seed, options->pair.slots);
		if (steps.count > (int64_t)(options->steps - done))
			steps.count = (int)(options->steps - done);
		if (pair_run(pair, &steps) >= 0) {
			report(pair, &steps, options->scenario);
			return 1;
		}
		messages += pair->port.seen.messages;
		if (sequence % COPIES_EVERY == 0 &&
		    !(holds(check_restore(pair, &steps), seed) &&
		      holds(check_beside(pair, other, &steps), seed)))
			return 1;
	}
	printf("%" PRIu64 " steps agree, %" PRIu64 " notifications, %.0f steps/s\n", done, messages,
	       (double)done / (cpu_s() - start_s));
	return 0;
}

int main(int argc, char **argv)
{
	struct options options = {
		.pair = { .hz = 100, .slots = 9 },
		.steps = 1000000,
		.seed = 1,
	};
	static struct pair pair;
	static struct side other;
	int result;

	if (!options_take(&options, argc, argv))
		return usage();
	src_guard_start();
	if (!pair_init(&pair, &options.pair))
		return 2;
	if (!pair_load(&pair, &other)) {
		pair_free(&pair);
		return 2;
	}
	result = run(&pair, &other, &options);
	pair_unload(&other);
	pair_free(&pair);
	return result;
}
