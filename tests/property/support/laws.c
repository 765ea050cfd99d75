/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What each law looks at, and where it does not hold. */
#include "laws.h"

void law_full_runs(void *user, const struct trace_event *event)
{
	struct model_run *run = user;

	if (event->point != TRACE_RUN || !event->a)
		return;
	if (run->has_run_fully && run->m->since_boot_j - run->full_run_j < run->m->clock.hz)
		model_run_wrong(run, "two full runs within a second, at jiffies %llu and %llu",
				(unsigned long long)run->full_run_j,
				(unsigned long long)run->m->since_boot_j);
	run->has_run_fully = true;
	run->full_run_j = run->m->since_boot_j;
}

void law_steady(struct model_run *run)
{
	if (run->sequence->has_user_writes || run->sequence->is_crowd)
		return;
	for (int slot = 0; slot < SLOTS_MAX; slot++) {
		const struct net_device *dev = model_run_dev(run, slot);
		uint32_t expected;

		if (!dev)
			continue;
		if (netif_testing(dev))
			expected = IF_OPER_TESTING;
		else if (!netif_carrier_ok(dev))
			expected = dev->netdev_ops == &veth_netdev_ops ? IF_OPER_LOWERLAYERDOWN
								       : IF_OPER_DOWN;
		else if (netif_dormant(dev) || dev->link_mode == IF_LINK_MODE_DORMANT)
			expected = IF_OPER_DORMANT;
		else
			expected = dev->link_mode == IF_LINK_MODE_TESTING ? IF_OPER_TESTING
									  : IF_OPER_UP;
		if (dev->operstate != expected)
			model_run_wrong(run, "law: d%d steady for 2 s is in state %u, not %u", slot,
					dev->operstate, expected);
	}
}

void law_prompt(struct model_run *run, int slot, size_t log_before)
{
	const struct net_device *dev = model_run_dev(run, slot);

	if (run->sequence->is_crowd || !dev || !netif_running(dev))
		return;
	for (size_t i = log_before; i < run->log_count; i++)
		if (run->log[i].slot == slot && (run->log[i].flags & IFF_LOWER_UP))
			return;
	model_run_wrong(run, "law: a carrier that comes back on d%d is not told at once", slot);
}
