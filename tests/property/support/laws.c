/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks each law. */
#include "laws.h"

#include "kernels.h"

static uint32_t state_without_carrier(const struct model_run *run, const struct net_device *dev)
{
	const struct sequence_config *config = &run->sequence->config;

	if (dev->netdev_ops != &veth_netdev_ops)
		return IF_OPER_DOWN;
	if (!kernel_row_has(config->row, VETH_IS_STACKED) && !config->has_iflink_op_urgent)
		return IF_OPER_DOWN;
	if (kernel_row_has(config->row, LOWER_DECIDES) && netif_carrier_ok(dev->priv.veth.peer))
		return IF_OPER_DOWN;
	return IF_OPER_LOWERLAYERDOWN;
}

void law_full_runs(void *user, const struct trace_event *event)
{
	struct model_run *run = user;
	uint64_t limit_j;

	if (event->point != TRACE_RUN || !event->a)
		return;
	limit_j = run->m->clock.hz / (run->sequence->config.has_limit_5ms ? 200 : 1);
	if (run->has_run_fully && run->m->since_boot_j - run->full_run_j < limit_j)
		model_run_wrong(run, "two full runs within the limit, at jiffies %llu and %llu",
				(unsigned long long)run->full_run_j,
				(unsigned long long)run->m->since_boot_j);
	run->has_run_fully = true;
	run->full_run_j = run->m->since_boot_j;
}

void law_steady(struct model_run *run)
{
	bool knows_testing = kernel_row_has(run->sequence->config.row, TESTING_KNOWN);

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
			expected = state_without_carrier(run, dev);
		else if (netif_dormant(dev) || dev->link_mode == IF_LINK_MODE_DORMANT)
			expected = IF_OPER_DORMANT;
		else
			expected = dev->link_mode == IF_LINK_MODE_TESTING && knows_testing
					   ? IF_OPER_TESTING
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
