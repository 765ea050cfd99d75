/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Summarizes a run's messages. */
#include "sim/compare/summary.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/name_index.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"

/* Devices by name. */
struct index {
	struct name_index by_name;
	struct summary *summary;
};

static struct device_summary *find_or_add(struct index *index, const char *dev)
{
	struct summary *summary = index->summary;
	size_t *place = name_index_at(&index->by_name, dev);
	struct device_summary *device;

	if (*place != SIZE_MAX)
		return &summary->devices[*place];
	*place = summary->count;
	if ((summary->count & (summary->count - 1)) == 0) /* full: room for twice as many */
		summary->devices = xreallocarray(summary->devices, 2 * summary->count + 1,
						 sizeof(summary->devices[0]));
	device = &summary->devices[summary->count++];
	memset(device, 0, sizeof(*device));
	strcpy(device->dev, dev);
	device->up_ns = -1;
	return device;
}

static void wait_is_at_least(struct device_summary *device, int64_t wait_ns)
{
	if (wait_ns > device->wait_ns)
		device->wait_ns = wait_ns;
}

static void take_wait(struct device_summary *device, const struct record *record)
{
	uint32_t before = record->has_before ? record->flags_before : 0;

	if (record->flags & ~before & IFF_UP) {
		device->has_been_up = true;
		device->up_ns = record->t_ns;
	}
	if (record->waited_ns >= 0) {
		device->has_run = true;
		wait_is_at_least(device, record->waited_ns);
	}
	if (record->waited_ns >= 0 || !(record->flags & IFF_UP))
		device->up_ns = -1;
}

/* Moves a one-second window over the device's messages: times[oldest..messages) are in it. */
static void take_rate(struct device_summary *device, int64_t t_ns)
{
	if (device->messages == device->times_capacity) {
		device->times_capacity = 2 * device->times_capacity + 8;
		device->times = xreallocarray(device->times, device->times_capacity,
					      sizeof(device->times[0]));
	}
	device->times[device->messages++] = t_ns;
	while (device->times[device->oldest] + NSEC_PER_SEC <= t_ns)
		device->oldest++;
	if (device->messages - device->oldest > device->most_in_second)
		device->most_in_second = device->messages - device->oldest;
}

void summary_make(const struct trace *trace, int64_t end_ns, struct summary *ret_summary)
{
	struct index index = { .summary = ret_summary };

	ret_summary->devices = NULL;
	ret_summary->count = 0;
	for (size_t i = 0; i < trace->count; i++) {
		const struct record *record = &trace->records[i];
		struct device_summary *device;
		char label[LABEL_MAX_BYTES];

		if (!record_is_message(record))
			continue;
		format_label(record->netns, record->dev, label);
		device = find_or_add(&index, label);
		take_wait(device, record);
		take_rate(device, record->t_ns);
	}
	for (size_t i = 0; i < ret_summary->count; i++)
		if (ret_summary->devices[i].up_ns >= 0)
			wait_is_at_least(&ret_summary->devices[i],
					 end_ns - ret_summary->devices[i].up_ns);
	name_index_free(&index.by_name);
}

void summary_free(struct summary *summary)
{
	for (size_t i = 0; i < summary->count; i++)
		free(summary->devices[i].times);
	free(summary->devices);
}

void summary_wait(const struct device_summary *device, char ret_text[WAIT_MAX_BYTES])
{
	char duration[FORMAT_MAX_BYTES];

	format_duration(device->wait_ns, duration);
	if (!device->has_been_up)
		strcpy(ret_text, "-");
	else if (device->up_ns >= 0)
		strcat(strcat(strcpy(ret_text, "not yet ("), duration), ")");
	else if (device->has_run)
		strcpy(ret_text, duration);
	else
		strcpy(ret_text, "never");
}

static bool is_same_but_name(const struct device_summary *a, const struct device_summary *b)
{
	char wait_a[WAIT_MAX_BYTES], wait_b[WAIT_MAX_BYTES];

	summary_wait(a, wait_a);
	summary_wait(b, wait_b);
	return strcmp(wait_a, wait_b) == 0 && a->messages == b->messages &&
	       a->most_in_second == b->most_in_second;
}

const struct device_summary *summary_next(const struct summary *summary, size_t *at,
					  char ret_name[FOLD_NAME_MAX_BYTES])
{
	const struct device_summary *device;
	struct fold fold;

	if (*at == summary->count)
		return NULL;
	device = &summary->devices[*at];
	fold_start(&fold, device->dev);
	for ((*at)++; *at < summary->count; (*at)++)
		if (!is_same_but_name(device, &summary->devices[*at]) ||
		    !fold_add(&fold, summary->devices[*at].dev))
			break;
	fold_name(&fold, ret_name);
	return device;
}

static void take_device(const struct device_summary *device, struct measures *measures)
{
	bool is_never = device->up_ns >= 0 || !device->has_run;

	measures->notifications += device->messages;
	if (!device->has_been_up)
		return;
	if (is_never ? !measures->never++
		     : !measures->never &&
			       (!*measures->wait_dev || device->wait_ns > measures->wait_ns)) {
		measures->wait_ns = device->wait_ns;
		strcpy(measures->wait_dev, device->dev);
	}
}

void measures_take(const struct runner *runner, const char *device, struct measures *ret_measures)
{
	struct summary summary;

	*ret_measures = (struct measures){
		.lie = *runner_lie(runner),
		.failed_commands = runner_failures(runner),
	};
	summary_make(runner_trace(runner), runner_now_ns(runner), &summary);
	for (size_t i = 0; i < summary.count; i++)
		if (!device || strcmp(summary.devices[i].dev, device) == 0)
			take_device(&summary.devices[i], ret_measures);
	summary_free(&summary);
}

int64_t measures_wait(const struct measures *measures)
{
	if (measures->never)
		return WAIT_NEVER;
	return *measures->wait_dev ? measures->wait_ns : WAIT_NONE;
}
