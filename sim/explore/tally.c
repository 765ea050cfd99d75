/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts in memory that processes share. */
#include "sim/explore/tally.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sim/base/wall_clock.h"

#define PERIOD_MS 100
#define LINE_COLUMNS 79

struct tally {
	_Atomic uint64_t states, steps;
	_Atomic int64_t drawn_ms; /* 0: nothing is drawn */
	int64_t start_ms;
};

static int64_t now_ms(void)
{
	return wall_ns() / 1000000;
}

struct tally *tally_new(void)
{
	struct tally *tally;

	if (!isatty(STDERR_FILENO))
		return NULL;
	tally = mmap(NULL, sizeof(*tally), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		     0);
	if (tally == MAP_FAILED)
		return NULL;
	tally->start_ms = now_ms();
	return tally;
}

void tally_free(struct tally *tally)
{
	if (tally)
		munmap(tally, sizeof(*tally));
}

void tally_add(struct tally *tally, uint64_t states, uint64_t steps)
{
	int64_t now, drawn;
	int columns;

	if (!tally)
		return;
	states += atomic_fetch_add(&tally->states, states);
	steps += atomic_fetch_add(&tally->steps, steps);
	now = now_ms();
	drawn = atomic_load(&tally->drawn_ms);
	if (now - (drawn ? drawn : tally->start_ms) < PERIOD_MS ||
	    !atomic_compare_exchange_strong(&tally->drawn_ms, &drawn, now))
		return; /* or another process has just drawn it */
	columns = fprintf(stderr, "\r%" PRIu64 " states, %" PRIu64 " steps, %" PRId64 " s", states,
			  steps, (now - tally->start_ms) / 1000);
	fprintf(stderr, "%*s", columns < LINE_COLUMNS ? LINE_COLUMNS - columns : 0, "");
	fflush(stderr);
}

void tally_erase(struct tally *tally)
{
	if (tally && atomic_exchange(&tally->drawn_ms, 0))
		fprintf(stderr, "\r%*s\r", LINE_COLUMNS, "");
}
