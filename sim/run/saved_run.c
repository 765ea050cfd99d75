/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Copies what a run changes, and puts it back. */
#include "sim/run/saved_run.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/run/actions.h"
#include "sim/run/netns.h"
#include "sim/run/run_state.h"

struct saved_run {
	void *machine;
	struct observed *observed; /* of the first `devices` */
	size_t devices;
	struct watch *watches;
	size_t watches_count;
	struct saved_netns *netns;
	size_t trace_count, mark;
	struct judged judged;
	struct lie lie;
};

/* A copy; the caller frees. */
static void *copy_of(const void *items, size_t count, size_t bytes)
{
	void *copy = xmalloc(count * bytes);

	if (count)
		memcpy(copy, items, count * bytes);
	return copy;
}

struct saved_run *saved_run_new(const struct runner *runner)
{
	const struct machine *m = runner->machine;
	struct saved_run *saved;

	if (runner->file || !runner->is_paused || !list_empty(&runner->calls) ||
	    !list_empty(&runner->steps))
		return NULL;
	saved = xcalloc(1, sizeof(*saved));
	saved->machine = xmalloc(machine_save_bytes(m));
	machine_save(m, saved->machine);
	saved->devices = m->devices_used;
	saved->observed = copy_of(runner->observed, saved->devices, sizeof(saved->observed[0]));
	saved->watches_count = runner->watches_count;
	saved->watches = copy_of(runner->watches, saved->watches_count, sizeof(saved->watches[0]));
	saved->netns = netns_save(runner);
	saved->trace_count = runner->trace.count;
	saved->mark = runner->mark;
	saved->judged = runner->judged;
	saved->lie = runner->lie;
	return saved;
}

void saved_run_free(struct saved_run *saved)
{
	if (!saved)
		return;
	free(saved->machine);
	free(saved->observed);
	free(saved->watches);
	netns_saved_free(saved->netns);
	free(saved);
}

void saved_run_restore(const struct saved_run *saved, struct runner *runner)
{
	size_t used = runner->machine->devices_used;

	actions_free(runner);
	machine_restore(runner->machine, saved->machine);
	memset(runner->observed, 0, used * sizeof(runner->observed[0]));
	memcpy(runner->observed, saved->observed, saved->devices * sizeof(saved->observed[0]));
	if (saved->watches_count) /* there was room for them, and it never shrinks */
		memcpy(runner->watches, saved->watches,
		       saved->watches_count * sizeof(saved->watches[0]));
	runner->watches_count = saved->watches_count;
	netns_restore(runner, saved->netns);
	trace_cut(&runner->trace, saved->trace_count);
	runner->mark = saved->mark;
	runner->judged = saved->judged;
	runner->lie = saved->lie;
	runner->is_over = true;
	runner->is_paused = true;
	runner->is_interrupted = false;
	runner->is_broken = false;
}
