/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the devices whose wait for RUNNING changed most. */
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

static int64_t wait_of(const struct device_summary *device)
{
	return device->has_run && device->up_ns < 0 ? device->wait_ns : INT64_MAX;
}

static int64_t change_of(const struct waiter *waiter)
{
	return wait_of(waiter->after) - wait_of(waiter->before);
}

static bool is_larger(int64_t change_ns, int64_t than_ns)
{
	if (llabs(change_ns) != llabs(than_ns))
		return llabs(change_ns) > llabs(than_ns);
	return change_ns > than_ns;
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

static void set_change(const struct waiter *waiters, size_t count, struct wait_change *ret_change)
{
	const struct waiter *most = waiters;
	struct fold fold;

	for (size_t i = 1; i < count; i++)
		if (is_larger(waiters[i].change_ns, most->change_ns))
			most = &waiters[i];
	if (!count || !most->change_ns)
		return;
	summary_wait(most->before, ret_change->before);
	summary_wait(most->after, ret_change->after);
	fold_start(&fold, most->before->dev);
	while (++most < waiters + count && is_printed_alike(most, ret_change))
		if (!fold_add(&fold, most->before->dev))
			break;
	fold_name(&fold, ret_change->name);
}

void wait_change_make(const struct compared_run *before, const struct compared_run *after,
		      struct wait_change *ret_change)
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
	memset(ret_change, 0, sizeof(*ret_change));
	set_change(waiters, count, ret_change);
	free(waiters);
	free(devices_before);
	free(devices_after);
	summary_free(&summary_before);
	summary_free(&summary_after);
}
