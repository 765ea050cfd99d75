/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long a device's last RTM_NEWLINK contradicted the device. */
#include "sim/run/lie.h"

#include <string.h>

#include "sim/run/netns.h"

/* If the last message said DORMANT or TESTING, a clear IFF_RUNNING is correct even with carrier. */
static bool is_lying(const struct observed *observed, const struct net_device *dev)
{
	bool says_running = observed->flags & IFF_RUNNING;
	bool is_running = netif_running(dev) && netif_carrier_ok(dev);

	if (!observed->has_message || says_running == is_running)
		return false;
	return says_running ||
	       (observed->operstate != IF_OPER_DORMANT && observed->operstate != IF_OPER_TESTING);
}

/* Of equally long lies, the one that ended first is kept. */
static void lie_end(struct runner *runner, struct observed *observed, const struct net_device *dev)
{
	const char *wanted = runner->options.lie_device;
	int64_t lasted_ns = runner->machine->now_ns - observed->lies_since_ns;
	char label[LABEL_MAX_BYTES];

	if (observed->lies)
		*(observed->lies_running ? &runner->lie.running_ns : &runner->lie.not_running_ns) +=
			lasted_ns;
	if (observed->lies && lasted_ns > runner->lie.longest_ns) {
		format_label(netns_name(runner, dev_net(dev)), dev->name, label);
		if (!wanted || strcmp(wanted, label) == 0) {
			runner->lie.longest_ns = lasted_ns;
			strcpy(runner->lie.dev, label);
		}
	}
	observed->lies = false;
}

void lie_look(struct runner *runner, const struct net_device *dev)
{
	struct observed *observed = &runner->observed[dev - runner->machine->devices];

	if (!is_lying(observed, dev)) {
		lie_end(runner, observed, dev);
	} else if (!observed->lies) {
		observed->lies = true;
		observed->lies_running = observed->flags & IFF_RUNNING;
		observed->lies_since_ns = runner->machine->now_ns;
	}
}

void lie_forget(struct runner *runner, const struct net_device *dev)
{
	lie_end(runner, &runner->observed[dev - runner->machine->devices], dev);
}

void lies_end(struct runner *runner)
{
	for (uint32_t i = 0; i < runner->machine->devices_used; i++)
		lie_end(runner, &runner->observed[i], &runner->machine->devices[i]);
}
