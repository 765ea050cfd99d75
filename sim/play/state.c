/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Extracts the displayed state from a machine. */
#include "sim/play/state.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* When a jiffies value begins; may be in the past. */
static int64_t jiffies_value_ns(const struct machine *m, uint64_t value)
{
	int64_t ahead_j = (int64_t)jiffies_sub(&m->clock, value, m->jiffies);
	int64_t since_boot_j;

	if (m->clock.long_bits == 32)
		ahead_j = (int32_t)(uint32_t)(value - m->jiffies);
	since_boot_j = (int64_t)m->since_boot_j + ahead_j;
	return since_boot_j > 0 ? jiffies_start_ns(&m->clock, (uint64_t)since_boot_j) : 0;
}

static void fill_device(struct play_device *device, const struct runner *runner,
			const struct net_device *dev)
{
	format_label(runner_netns(runner, dev), dev->name, device->label);
	device->is_up = dev->flags & IFF_UP;
	device->has_carrier = netif_carrier_ok(dev);
	device->is_running = dev_get_flags(dev) & IFF_RUNNING;
	device->is_queued = dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING);
	device->operstate = dev->operstate;
	device->has_message = runner_last_message(runner, dev, &device->last_message);
	device->is_misbelieved = device->has_message && device->is_up &&
				 !(device->last_message.flags & IFF_RUNNING) == device->has_carrier;
}

/* `lo` is in every machine, but part of few scenarios. */
static bool is_worth_a_line(const struct play_device *device, const struct net_device *dev)
{
	if (strcmp(dev->name, "lo") != 0 || device->is_up || device->is_queued)
		return true;
	/* the `lo` of a new namespace sends messages, too */
	return strcmp(device->label, "lo") == 0 && device->last_message.at_ns >= 0;
}

static void fill_devices(struct play_state *state, const struct runner *runner)
{
	const struct machine *m = runner_machine(runner);

	state->devices_count = 0;
	for (const struct net *net = net_next(m, NULL); net; net = net_next(m, net))
		for (const struct list_head *at = net->dev_base_head.next;
		     at != &net->dev_base_head; at = at->next) {
			const struct net_device *dev =
				container_of(at, struct net_device, dev_list);

			if (state->devices_count == state->devices_capacity) {
				state->devices_capacity += state->devices_capacity / 2 + 64;
				state->devices =
					xreallocarray(state->devices, state->devices_capacity,
						      sizeof(state->devices[0]));
			}
			fill_device(&state->devices[state->devices_count], runner, dev);
			state->devices_count +=
				is_worth_a_line(&state->devices[state->devices_count], dev);
		}
}

static void fill_queue(struct play_state *state, const struct runner *runner,
		       const struct list_head *list)
{
	state->queue_count = 0;
	state->is_queue_known = list != NULL;
	for (const struct list_head *at = list ? list->next : NULL; at != list; at = at->next) {
		const struct net_device *dev = container_of(at, struct net_device, link_watch_list);

		if (state->queue_count == state->queue_capacity) {
			state->queue_capacity += state->queue_capacity / 2 + 64;
			state->queue = xreallocarray(state->queue, state->queue_capacity,
						     sizeof(state->queue[0]));
		}
		format_label(runner_netns(runner, dev), dev->name,
			     state->queue[state->queue_count++]);
	}
}

static void fill_work(struct play_state *state, const struct machine *m,
		      const struct delayed_work *work)
{
	if (!work) {
		state->work = PLAY_WORK_UNKNOWN;
	} else if (timer_pending(&work->timer)) {
		state->work = PLAY_WORK_DELAYED;
		state->work_ns = jiffies_value_ns(m, work->timer.bucket_expiry);
	} else if (work->work.is_running) {
		state->work = m->rtnl.is_held_until ? PLAY_WORK_ASLEEP : PLAY_WORK_RUNNING;
	} else {
		state->work = work->work.is_pending ? PLAY_WORK_QUEUED : PLAY_WORK_IDLE;
		state->work_ns = work->work.queued_at_ns + m->worker_latency_ns;
	}
}

void play_state_fill(struct play_state *state, const struct runner *runner, int64_t now_ns)
{
	const struct machine *m = runner_machine(runner);
	struct linkwatch_view view;

	linkwatch_look(m, &view);
	state->now_ns = now_ns;
	state->jiffy = jiffies_of_ns(&m->clock, now_ns);
	fill_devices(state, runner);
	fill_queue(state, runner, view.lweventlist);
	state->is_urgent = view.is_urgent;
	state->window_ns =
		kernel_has(&m->kernel, KERNEL_LIMIT_5MS) ? NSEC_PER_SEC / 200 : NSEC_PER_SEC;
	state->window_end_ns = jiffies_value_ns(m, view.nextevent);
	fill_work(state, m, view.work);
	state->is_rtnl_held = m->rtnl.is_held_until;
	state->rtnl_until_ns = m->rtnl.held_until_ns;
	state->rtnl_waiting = m->rtnl.waiting;
}

void play_state_free(struct play_state *state)
{
	free(state->devices);
	free(state->queue);
	memset(state, 0, sizeof(*state));
}
