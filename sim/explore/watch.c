/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Looks at a world. */
#include "sim/explore/watch.h"

/* A device that userspace has said to be dormant or testing need not be RUNNING with carrier. */
static bool may_wait(const struct net_device *dev)
{
	return netif_dormant(dev) || netif_testing(dev) || dev->link_mode != IF_LINK_MODE_DEFAULT ||
	       dev->operstate == IF_OPER_DORMANT || dev->operstate == IF_OPER_TESTING;
}

enum belief wrong_belief(const struct world *world, uint32_t dev)
{
	const struct side *side = &world->sides[0];
	const struct net_device *of = &side->m->devices[dev];
	bool believes = side->heard[dev].flags & HEARD_RUNNING;

	if (of->reg_state != NETREG_REGISTERED || !(of->flags & IFF_UP) ||
	    believes == netif_carrier_ok(of))
		return BELIEFS;
	if (believes)
		return BELIEF_RUNNING;
	return may_wait(of) ? BELIEFS : BELIEF_NOT_RUNNING;
}

bool is_stuck(const struct machine *m)
{
	struct linkwatch_view view;
	bool has_event = false;

	for (uint32_t i = 0; i < m->devices_used; i++)
		has_event |= m->devices[i].reg_state == NETREG_REGISTERED &&
			     m->devices[i].state & (1UL << __LINK_STATE_LINKWATCH_PENDING);
	linkwatch_look(m, &view);
	return view.work && !timer_pending(&view.work->timer) &&
	       (has_event || view.work->work.is_pending);
}

bool is_same_told(const struct told *a, const struct told *b)
{
	return a->dev == b->dev && a->flags == b->flags && a->change == b->change &&
	       a->operstate == b->operstate && a->linkmode == b->linkmode && a->qdisc == b->qdisc &&
	       a->is_dellink == b->is_dellink && a->carrier == b->carrier;
}

bool is_same_tale(const struct world *world)
{
	const struct tale *a = &world->sides[0].tale, *b = &world->sides[1].tale;

	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!is_same_told(&a->told[i], &b->told[i]))
			return false;
	return true;
}
