/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps states of a run, the fewer the longer ago. */
#include "sim/repl/kept.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

static void state_free(struct kept_state *state)
{
	saved_run_free(state->run);
	free(state->end);
}

/* Drops a state if those beside it are at most a factor of two apart, as seen from the last one. */
static void thin_out(struct kept *kept)
{
	size_t last = kept->states[kept->states_count - 1].count;

	for (size_t i = kept->states_count - 1; i >= 2;) {
		struct kept_state *states = &kept->states[i - 2]; /* three of them */

		if (last - states[0].count > 2 * (last - states[2].count)) {
			i--;
			continue;
		}
		state_free(&states[1]);
		memmove(&states[1], &states[2], (kept->states_count - i) * sizeof(*states));
		kept->states_count--;
		i--;
	}
}

void kept_add(struct kept *kept, size_t count, const struct runner *runner, const char *end)
{
	struct saved_run *run = saved_run_new(runner);

	if (!run)
		return;
	kept->states = xgrow(kept->states, kept->states_count, &kept->states_room,
			     sizeof(kept->states[0]));
	kept->states[kept->states_count++] =
		(struct kept_state){ .count = count, .run = run, .end = xstrdup(end) };
	thin_out(kept);
}

void kept_cut(struct kept *kept, size_t count)
{
	while (kept->states_count && kept->states[kept->states_count - 1].count > count)
		state_free(&kept->states[--kept->states_count]);
}

void kept_free(struct kept *kept)
{
	while (kept->states_count)
		state_free(&kept->states[--kept->states_count]);
	free(kept->states);
	memset(kept, 0, sizeof(*kept));
}

const struct kept_state *kept_find(const struct kept *kept, size_t count)
{
	size_t i = kept->states_count;

	while (i && kept->states[i - 1].count > count)
		i--;
	return i ? &kept->states[i - 1] : NULL;
}
