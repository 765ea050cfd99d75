/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares field by field, and describes differences. */
#include "compare.h"

#include <stdio.h>
#include <string.h>

static void message_text(const struct message *message, char text[160])
{
	static const char *const kinds[] = { "NEWLINK", "DELLINK", "NETDEV_UP", "NETDEV_DOWN",
					     "NETDEV_CHANGE" };

	if (!message)
		strcpy(text, "none");
	else
		snprintf(text, 160,
			 "j%llu %s d%d (%d) flags %x state %u mode %u qdisc %u carrier %u "
			 "change %x up/down %u/%u",
			 (unsigned long long)message->jiffy, kinds[message->kind], message->slot,
			 message->ifindex, message->flags, message->operstate, message->mode,
			 message->qdisc, message->carrier, message->change, message->up_count,
			 message->down_count);
}

void compare_messages(struct model_run *run, const char *whose, const struct message *expected,
		      size_t expected_count, const struct message *got, size_t got_count)
{
	char a[160], b[160];

	for (size_t i = 0; i < expected_count || i < got_count; i++) {
		if (i < expected_count && i < got_count &&
		    memcmp(&expected[i], &got[i], sizeof(got[i])) == 0)
			continue;
		message_text(i < expected_count ? &expected[i] : NULL, a);
		message_text(i < got_count ? &got[i] : NULL, b);
		model_run_wrong(run, "message %zu: %s has\n    %s\n  the model\n    %s", i, whose,
				a, b);
		return;
	}
}

static void compare_number(struct model_run *run, const char *what, int slot, uint64_t expected,
			   uint64_t got)
{
	if (expected == got)
		return;
	model_run_wrong(run, "%s of d%d: %llu by the oracle, %llu by the model", what, slot,
			(unsigned long long)expected, (unsigned long long)got);
}

static void compare_device(struct model_run *run, const struct oracle *o, int slot)
{
	const struct oracle_dev *d = &o->devs[slot];
	const struct net_device *dev = model_run_dev(run, slot);

	compare_number(run, "existence", slot, d->exists, dev != NULL);
	if (!dev || !d->exists)
		return;
	compare_number(run, "ifindex", slot, (uint64_t)d->ifindex, (uint64_t)dev->ifindex);
	compare_number(run, "stored operstate", slot, d->oper, dev->operstate);
	compare_number(run, "link_mode", slot, d->mode, dev->link_mode);
	compare_number(run, "IFF_UP", slot, d->up, !!(dev->flags & IFF_UP));
	compare_number(run, "IFF_PROMISC", slot, d->promisc, !!(dev->flags & IFF_PROMISC));
	compare_number(run, "state bits", slot,
		       (uint64_t)d->running << __LINK_STATE_START |
			       (uint64_t)d->present << __LINK_STATE_PRESENT |
			       (uint64_t)!d->carrier << __LINK_STATE_NOCARRIER |
			       (uint64_t)d->pending << __LINK_STATE_LINKWATCH_PENDING |
			       (uint64_t)d->dormant << __LINK_STATE_DORMANT |
			       (uint64_t)d->testing << __LINK_STATE_TESTING,
		       dev->state);
	compare_number(run, "qdisc", slot, d->qdisc, dev->qdisc);
	compare_number(run, "qdisc_sleeping", slot, d->sleeping, dev->qdisc_sleeping);
	compare_number(run, "carrier_up_count", slot, d->up_count, dev->carrier_up_count);
	compare_number(run, "carrier_down_count", slot, d->down_count, dev->carrier_down_count);
}

static void compare_list(struct model_run *run, const struct oracle *o)
{
	const struct list_head *head = &run->m->linkwatch.lweventlist, *at = head->next;

	for (int i = 0; i < o->list_count || at != head; i++, at = at->next) {
		int slot = at == head ? NOT_FOUND
				      : model_run_slot(run, container_of(at, struct net_device,
									 link_watch_list));
		int expected = i < o->list_count ? o->list[i] : NOT_FOUND;

		if (slot == expected)
			continue;
		model_run_wrong(run, "event list, place %d: d%d by the oracle, d%d by the model", i,
				expected, slot);
		return;
	}
}

static void compare_linkwatch(struct model_run *run, const struct oracle *o)
{
	const struct linkwatch *lw = &run->m->linkwatch;
	const struct timer_list *timer = &lw->work.timer;
	const struct oracle_work *work = &o->works[-1 - LINKWATCH];
	bool is_pending = o->timer_armed || work->again || oracle_queue_find(o, LINKWATCH) >= 0;

	compare_number(run, "nextevent", 0, o->nextevent, lw->nextevent);
	compare_number(run, "LW_URGENT", 0, o->urgent, lw->is_urgent);
	compare_number(run, "work pending", 0, is_pending, lw->work.work.is_pending);
	compare_number(run, "work running", 0, work->asleep, lw->work.work.is_running);
	compare_number(run, "timer armed", 0, o->timer_armed, timer_pending(timer));
	if (o->timer_armed)
		compare_number(
			run, "timer", 0,
			oracle_cut(o, oracle_long_jiffies(o) - oracle_jiffy(o) + o->timer_at_j),
			timer->bucket_expiry);
	compare_number(run, "next instant", 0, (uint64_t)oracle_next_ns(o),
		       (uint64_t)machine_next_ns(run->m));
}

void compare_all(struct model_run *run, const struct oracle *o, size_t log_before)
{
	compare_messages(run, "the oracle", o->log, (size_t)o->log_count, run->log + log_before,
			 run->log_count - log_before);
	for (int slot = 0; slot < SLOTS_MAX; slot++)
		compare_device(run, o, slot);
	compare_list(run, o);
	compare_linkwatch(run, o);
	for (int i = 0; i < run->sequence->count; i++)
		if (o->results[i] != run->results[i])
			model_run_wrong(run,
					"what op %d returned: %d by the oracle, %d by the model", i,
					o->results[i], run->results[i]);
}
