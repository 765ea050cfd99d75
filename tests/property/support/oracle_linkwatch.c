/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which events are urgent, when the list is processed, and the messages for a device. */
#include "oracle_linkwatch.h"

#include <assert.h>
#include <linux/if.h>
#include <string.h>

static uint64_t oracle_jiffies(const struct oracle *o)
{
	return oracle_cut(o, oracle_long_jiffies(o));
}

static bool oracle_is_after(const struct oracle *o, uint64_t a, uint64_t b)
{
	uint64_t half = o->config.bits == 32 ? UINT64_C(1) << 31 : UINT64_C(1) << 63;
	uint64_t ahead = oracle_cut(o, a - b);

	/* half the range ahead counts as later, too: (long)(b - a) < 0 */
	return ahead != 0 && ahead <= half;
}

static struct message *oracle_log(struct oracle *o, int slot, enum message_kind kind)
{
	struct message *message = &o->log[o->log_count++];

	assert(o->log_count < 4096);
	memset(message, 0, sizeof(*message));
	message->jiffy = oracle_jiffy(o);
	message->kind = kind;
	message->slot = slot;
	return message;
}

void oracle_say(struct oracle *o, int slot, enum message_kind kind, uint32_t change)
{
	const struct oracle_dev *d = &o->devs[slot];
	struct message *message = oracle_log(o, slot, kind);
	bool is_oper_up = d->oper == IF_OPER_UP || d->oper == IF_OPER_UNKNOWN;

	message->ifindex = d->ifindex;
	message->operstate = d->running ? d->oper : IF_OPER_DOWN;
	message->mode = d->mode;
	message->qdisc = d->sleeping;
	message->carrier = d->carrier;
	message->flags = (d->up ? IFF_UP : 0U) | (d->running && is_oper_up ? IFF_RUNNING : 0U) |
			 (d->running && d->carrier ? IFF_LOWER_UP : 0U) |
			 (d->running && d->dormant ? IFF_DORMANT : 0U);
	message->change = change;
	message->up_count = d->up_count;
	message->down_count = d->down_count;
}

static int trailing_zeros(uint64_t value)
{
	return value ? __builtin_ctzll(value) : 64;
}

/* When a timer fires that is armed now for delay_j jiffies. */
static uint64_t oracle_wheel_j(const struct oracle *o, uint64_t delay_j)
{
	uint64_t now = oracle_long_jiffies(o), expires = now + delay_j, at;
	bool is_one_ahead = o->timer_fired && o->timer_fired_j == oracle_jiffy(o);
	uint64_t left = delay_j - (is_one_ahead ? 1 : 0);
	int shift = left < 63 ? 0 : left < 504 ? 3 : 6;

	if (o->config.timers_exact)
		return oracle_jiffy(o) + delay_j;
	if (oracle_has(o, TIMERS_BY_BUCKET)) {
		expires = ((expires >> shift) + 1) << shift;
	} else if (oracle_has(o, TIMERS_HAVE_SLACK)) {
		/* of the few jiffies after it, the one most often divisible by two */
		for (at = now + delay_j + 1; at <= now + delay_j + delay_j / 256; at++)
			if (expires == now + delay_j ||
			    trailing_zeros(at) > trailing_zeros(expires))
				expires = at;
	}
	return oracle_jiffy(o) + (expires - now);
}

/* Jiffies between full runs. */
static uint64_t oracle_limit_j(const struct oracle *o)
{
	return o->config.has_limit_5ms ? o->config.hz / 200 : o->config.hz;
}

static void oracle_schedule(struct oracle *o, bool is_urgent)
{
	uint64_t delay_j = oracle_cut(o, o->nextevent - oracle_jiffies(o));
	int at = oracle_queue_find(o, LINKWATCH);

	if (o->urgent)
		return;
	if (is_urgent) {
		o->urgent = true;
		if ((at >= 0 || oracle_work(o, LINKWATCH)->again) &&
		    !oracle_has(o, URGENT_QUEUES_ANEW))
			return;
		o->timer_armed = false;
		oracle_work(o, LINKWATCH)->again = false;
		if (at >= 0)
			oracle_queue_remove(o, at);
		oracle_queue(o, LINKWATCH);
		return;
	}
	if (o->timer_armed || oracle_work(o, LINKWATCH)->again || at >= 0)
		return;
	if (delay_j > oracle_limit_j(o) || delay_j == 0) {
		oracle_queue(o, LINKWATCH);
		return;
	}
	o->timer_armed = true;
	o->timer_at_j = oracle_wheel_j(o, delay_j);
}

static int32_t oracle_iflink(const struct oracle *o, const struct oracle_dev *d)
{
	if (d->kind != KIND_VETH || !oracle_has(o, VETH_IS_STACKED))
		return d->ifindex;
	return d->peer < 0 ? 0 : o->devs[d->peer].ifindex;
}

static bool oracle_is_stacked(const struct oracle *o, const struct oracle_dev *d)
{
	return o->config.has_iflink_op_urgent ? d->kind == KIND_VETH
					      : oracle_iflink(o, d) != d->ifindex;
}

static bool oracle_is_urgent(const struct oracle *o, const struct oracle_dev *d)
{
	if (!d->running)
		return false;
	if (oracle_is_stacked(o, d) && oracle_has(o, STACKED_URGENT))
		return true;
	if (o->config.has_urgent_event && d->up && d->oper == IF_OPER_DOWN)
		return true;
	return d->carrier && d->qdisc != d->sleeping;
}

static void oracle_list_add(struct oracle *o, int slot)
{
	int at = oracle_has(o, LIST_IS_QUEUE) ? o->list_count : 0;

	for (int i = o->list_count++; i > at; i--)
		o->list[i] = o->list[i - 1];
	o->list[at] = slot;
}

void oracle_fire(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];
	bool is_urgent = oracle_is_urgent(o, d);

	if (d->pending && !is_urgent)
		return;
	if (!d->pending)
		oracle_list_add(o, slot);
	d->pending = true;
	oracle_schedule(o, is_urgent);
}

/* Notifier chain: logs the event; a listener may fire events itself while a run is in progress. */
static void oracle_hear(struct oracle *o, int slot, enum message_kind kind)
{
	oracle_log(o, slot, kind);
	if (!o->config.has_echo || kind != HEARD_CHANGE)
		return;
	o->heard[slot]++;
	if (o->heard[slot] % 3 == 0)
		oracle_fire(o, slot);
	if (o->heard[slot] % 4 == 0 && o->devs[slot + 1].exists)
		oracle_fire(o, slot + 1);
}

void oracle_say_flags(struct oracle *o, int slot, uint32_t flags, uint32_t change)
{
	oracle_say(o, slot, NEWLINK, change);
	if (flags & IFF_UP)
		oracle_hear(o, slot, o->devs[slot].up ? HEARD_UP : HEARD_DOWN);
}

void oracle_say_state(struct oracle *o, int slot)
{
	oracle_hear(o, slot, HEARD_CHANGE);
	oracle_say(o, slot, NEWLINK, 0);
}

void oracle_carrier(struct oracle *o, int slot, bool is_on)
{
	struct oracle_dev *d = &o->devs[slot];

	if (d->carrier == is_on)
		return;
	d->carrier = is_on;
	if (is_on)
		d->up_count++;
	else
		d->down_count++;
	oracle_fire(o, slot);
}

void oracle_activate(struct oracle_dev *d)
{
	if (d->sleeping == 0)
		d->sleeping = d->kind == KIND_VIRTIO ? 2 : 1;
	if (d->carrier)
		d->qdisc = d->sleeping;
}

static uint32_t oracle_bits_state(const struct oracle *o, const struct oracle_dev *d)
{
	if (d->testing)
		return IF_OPER_TESTING;
	if (!d->carrier && oracle_is_stacked(o, d)) {
		bool is_lower_up = d->peer < 0 || o->devs[d->peer].carrier;

		return is_lower_up && oracle_has(o, LOWER_DECIDES) ? IF_OPER_DOWN
								   : IF_OPER_LOWERLAYERDOWN;
	}
	if (!d->carrier)
		return IF_OPER_DOWN;
	return d->dormant ? IF_OPER_DORMANT : IF_OPER_UP;
}

/* The effect of a link mode on a new state. */
static uint32_t oracle_mode_state(const struct oracle *o, const struct oracle_dev *d,
				  uint32_t state)
{
	if (state == IF_OPER_UP && d->mode == IF_LINK_MODE_DORMANT)
		return IF_OPER_DORMANT;
	if (state == IF_OPER_UP && d->mode == IF_LINK_MODE_TESTING && oracle_has(o, TESTING_KNOWN))
		return IF_OPER_TESTING;
	return state;
}

static void oracle_process(struct oracle *o, int slot)
{
	struct oracle_dev *d = &o->devs[slot];
	uint32_t state = oracle_bits_state(o, d);

	d->pending = false;
	if (state != d->oper)
		d->oper = oracle_mode_state(o, d, state);
	if (!d->up)
		return;
	if (!d->present && oracle_has(o, ABSENT_UNTOLD) && !oracle_has(o, ABSENT_WAITS))
		return;
	if (d->carrier)
		oracle_activate(d);
	else
		d->qdisc = 0;
	oracle_say_state(o, slot);
}

static void oracle_run(struct oracle *o, bool urgent_only)
{
	int work[LIST_MAX], came[LIST_MAX], count = o->list_count, came_count, i;
	int budget = !oracle_has(o, RUN_HAS_BUDGET) ? LIST_MAX : urgent_only ? 200 : 100;
	uint64_t second = oracle_cut(o, oracle_jiffies(o) + oracle_limit_j(o));

	if (!urgent_only)
		o->nextevent = second;
	else if (oracle_is_after(o, o->nextevent, second))
		o->nextevent = oracle_jiffies(o);
	o->urgent = false;
	memcpy(work, o->list, sizeof(work));
	o->list_count = 0;
	for (i = 0; i < count && budget > 0; i++) {
		const struct oracle_dev *d = &o->devs[work[i]];

		if ((!d->present && oracle_has(o, ABSENT_WAITS)) ||
		    (urgent_only && !oracle_is_urgent(o, d))) {
			oracle_list_add(o, work[i]);
		} else {
			oracle_process(o, work[i]);
			budget--;
		}
	}
	/* events put back or fired meanwhile go after the rest */
	came_count = o->list_count;
	memcpy(came, o->list, sizeof(came));
	o->list_count = 0;
	for (; i < count; i++)
		o->list[o->list_count++] = work[i];
	for (i = 0; i < came_count; i++)
		o->list[o->list_count++] = came[i];
	if (o->list_count)
		oracle_schedule(o, false);
}

void oracle_work_off(struct oracle *o, int slot)
{
	int kept = 0;

	if (!o->devs[slot].pending)
		return;
	for (int i = 0; i < o->list_count; i++)
		if (o->list[i] != slot)
			o->list[kept++] = o->list[i];
	o->list_count = kept;
	oracle_process(o, slot);
}

void oracle_query(struct oracle *o, int slot)
{
	if (oracle_has(o, QUERY_WORKS_OFF))
		oracle_work_off(o, slot);
}

void oracle_linkwatch_run(struct oracle *o)
{
	oracle_run(o, oracle_is_after(o, o->nextevent, oracle_jiffies(o)));
}
