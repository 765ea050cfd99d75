/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run's messages to a few numbers. */
#include "sim/compare/measures.h"

#include <string.h>

#include "sim/compare/summary.h"

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
