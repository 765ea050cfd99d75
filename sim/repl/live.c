/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the additions to a scenario one by one. */
#include "sim/repl/live.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/cli/scenario_load.h"
#include "sim/observers/rules.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/src_kernel.h"

void live_init(struct live *live, const struct options *options, const struct growing *growing)
{
	memset(live, 0, sizeof(*live));
	live->options = options;
	live->growing = growing;
}

void live_drop(struct live *live)
{
	runner_free(live->runner);
	kept_free(&live->kept);
	live->runner = NULL;
	live->count = 0;
}

void live_take_back(struct live *live)
{
	kept_cut(&live->kept, growing_count(live->growing) - 1);
}

bool live_goes_on(const struct live *live, size_t count)
{
	return live->runner && live->count <= count && runner_has_room(live->runner);
}

void live_free(struct live *live)
{
	live_drop(live);
	free(live->said);
	free(live->end);
}

/*
 * Additions without statements change nothing in a run that begins after them, so only the last
 * one of those at the beginning is run.
 */
static size_t first_to_run(const struct live *live, size_t count)
{
	size_t headers = growing_header_count(live->growing);

	if (headers > count)
		headers = count;
	return headers ? headers - 1 : 0;
}

/* Begins a run of the first `count` additions. */
static enum exit_code begin(struct live *live, size_t count, FILE *messages)
{
	const struct scenario *scenario = growing_scenario(live->growing);
	const struct run_options options = {
		.kernel = *run_kernel(live->options, scenario),
		.is_open = true,
		.is_forced = true,
		.judges = true,
		.observers = &observer_calls,
		.messages = messages,
		.loader = live->options->loader,
	};
	enum exit_code code =
		kernel_prepare_to_show(live->options->loader, &options.kernel, scenario);

	if (code == EXIT_GOOD)
		live->runner = runner_new(scenario, &options);
	live->count = first_to_run(live, count);
	return live->runner ? EXIT_GOOD : exit_worse(code, EXIT_USAGE);
}

static enum exit_code run_next(struct live *live, struct writer *writer, FILE *said, FILE *end)
{
	struct addition next = growing_at(live->growing, live->count++);

	runner_go_on(live->runner, next.stmts, next.last_ns, writer, said);
	clock_run(live->runner, 0.);
	return exit_of(runner_look_at_end(live->runner, end));
}

/* Starts a run of the first `count` additions, or runs the next one. */
static enum exit_code step(struct live *live, size_t count, struct writer *writer)
{
	size_t said_len, end_len;
	enum exit_code code;
	FILE *said, *end;

	free(live->said);
	free(live->end);
	said = xmemstream(&live->said, &said_len);
	end = xmemstream(&live->end, &end_len);
	code = live->runner ? run_next(live, writer, said, end) : begin(live, count, said);
	xclose_memstream(said);
	xclose_memstream(end);
	return code;
}

/* Restores a saved state, or drops the run if there is none. */
static void go_back(struct live *live, size_t count)
{
	const struct kept_state *state = kept_find(&live->kept, count);

	if (!state || !runner_has_room(live->runner)) {
		live_drop(live);
		return;
	}
	saved_run_restore(state->run, live->runner);
	live->count = state->count;
	free(live->end);
	live->end = xstrdup(state->end);
}

/* Where to save a state: half-way, then at half of the rest, and so on, and at the end. */
static size_t halfway(size_t from, size_t to)
{
	return from + (to - from + 1) / 2;
}

enum exit_code live_go(struct live *live, size_t count, struct writer *writer)
{
	enum exit_code code = EXIT_GOOD;
	bool goes_back = live->runner && !live_goes_on(live, count);
	size_t keep_at;

	if (goes_back)
		go_back(live, count);
	keep_at = goes_back ? halfway(live->count, count) : SIZE_MAX;
	while (code <= EXIT_FAILED && (!live->runner || live->count < count)) {
		code = step(live, count, writer);
		if (code > EXIT_FAILED || live->count < keep_at)
			continue;
		kept_add(&live->kept, live->count, live->runner, live->end);
		keep_at = halfway(live->count, count);
	}
	if (code > EXIT_FAILED)
		live_drop(live);
	return code;
}
