/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the devices whose wait for RUNNING changed. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/diff.h"

/* A device on both kernels. */
struct waiter {
	const struct device_summary *before, *after;
	int64_t change_ns; /* how much longer it waits; 0: no change */
};

static int by_name(const void *a, const void *b)
{
	return fold_compare((*(const struct device_summary *const *)a)->dev,
			    (*(const struct device_summary *const *)b)->dev);
}

/* The devices that were up, sorted by name; the caller frees. */
static const struct device_summary **sorted_devices(const struct summary *summary,
						    size_t *ret_count)
{
	const struct device_summary **devices = xcalloc(summary->count + 1, sizeof(*devices));
	size_t count = 0;

	for (size_t i = 0; i < summary->count; i++)
		if (summary->devices[i].has_been_up)
			devices[count++] = &summary->devices[i];
	qsort(devices, count, sizeof(*devices), by_name);
	*ret_count = count;
	return devices;
}

/* WAIT_CHANGE_NEVER: it does not end. */
static int64_t wait_of(const struct device_summary *device)
{
	return device->has_run && device->up_ns < 0 ? device->wait_ns : WAIT_CHANGE_NEVER;
}

static int64_t change_of(const struct waiter *waiter)
{
	int64_t before = wait_of(waiter->before), after = wait_of(waiter->after);

	if (before == WAIT_CHANGE_NEVER || after == WAIT_CHANGE_NEVER)
		return before == after ? 0 : before == WAIT_CHANGE_NEVER ? -before : after;
	return after - before;
}

static bool is_printed_alike(const struct waiter *waiter, const struct wait_change *change)
{
	char text[WAIT_MAX_BYTES];

	summary_wait(waiter->before, text);
	if (strcmp(text, change->before) != 0)
		return false;
	summary_wait(waiter->after, text);
	return strcmp(text, change->after) == 0;
}

/* The largest change in one direction, 1: longer, -1: shorter. Returns how many there are. */
static size_t set_change(const struct waiter *waiters, size_t count, int direction,
			 struct wait_change *ret_change)
{
	const struct waiter *most = NULL;
	size_t changed = 0;
	struct fold fold;

	for (size_t i = 0; i < count; i++) {
		if (waiters[i].change_ns * direction <= 0)
			continue;
		changed++;
		if (!most || waiters[i].change_ns * direction > most->change_ns * direction)
			most = &waiters[i];
	}
	if (!most)
		return 0;
	ret_change->change_ns = most->change_ns;
	summary_wait(most->before, ret_change->before);
	summary_wait(most->after, ret_change->after);
	fold_start(&fold, most->before->dev);
	while (++most < waiters + count && is_printed_alike(most, ret_change))
		if (!fold_add(&fold, most->before->dev))
			break;
	fold_name(&fold, ret_change->name);
	return changed;
}

const struct wait_change *wait_changes_largest(const struct wait_changes *changes)
{
	return changes->lengthened.change_ns >= -changes->shortened.change_ns ? &changes->lengthened
									      : &changes->shortened;
}

void wait_changes_make(const struct compared_run *before, const struct compared_run *after,
		       struct wait_changes *ret_changes)
{
	struct summary summary_before, summary_after;
	const struct device_summary **devices_before, **devices_after;
	size_t count_before, count_after, count = 0;
	struct waiter *waiters;

	summary_make(before->trace, before->end_ns, &summary_before);
	summary_make(after->trace, after->end_ns, &summary_after);
	devices_before = sorted_devices(&summary_before, &count_before);
	devices_after = sorted_devices(&summary_after, &count_after);
	waiters = xcalloc(count_before + 1, sizeof(*waiters));
	for (size_t i = 0, j = 0; i < count_before && j < count_after;) {
		int order = by_name(&devices_before[i], &devices_after[j]);

		if (!order) {
			waiters[count].before = devices_before[i];
			waiters[count].after = devices_after[j];
			waiters[count].change_ns = change_of(&waiters[count]);
			count++;
		}
		i += order <= 0;
		j += order >= 0;
	}
	memset(ret_changes, 0, sizeof(*ret_changes));
	ret_changes->longer = set_change(waiters, count, 1, &ret_changes->lengthened);
	ret_changes->shorter = set_change(waiters, count, -1, &ret_changes->shortened);
	free(waiters);
	free(devices_before);
	free(devices_after);
	summary_free(&summary_before);
	summary_free(&summary_after);
}
