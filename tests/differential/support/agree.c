/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields are listed once, here. Devices are compared without branches, because that is done most often. */
#include "agree.h"

#include <inttypes.h>
#include <stddef.h>

#define SIDE_FIELDS(FIELD)                                                                         \
	FIELD(seen.messages)                                                                       \
	FIELD(seen.said)                                                                           \
	FIELD(seen.results)                                                                        \
	FIELD(m->now_ns)                                                                           \
	FIELD(m->is_broken)                                                                        \
	FIELD(m->work_seq)                                                                         \
	FIELD(m->worker)                                                                           \
	FIELD(m->timers.clk)                                                                       \
	FIELD(m->rtnl.is_locked)                                                                   \
	FIELD(m->rtnl.is_held_until)                                                               \
	FIELD(m->rtnl.held_until_ns)                                                               \
	FIELD(m->rtnl.waiting)                                                                     \
	FIELD(m->net_namespaces.used)                                                              \
	FIELD(m->last_address)                                                                     \
	FIELD(m->devices_used)                                                                     \
	FIELD(warned[0])

#define DEVICE_FIELDS(FIELD)                                                                       \
	FIELD(state)                                                                               \
	FIELD(flags)                                                                               \
	FIELD(ifindex)                                                                             \
	FIELD(operstate)                                                                           \
	FIELD(link_mode)                                                                           \
	FIELD(reg_state)                                                                           \
	FIELD(qdisc)                                                                               \
	FIELD(qdisc_sleeping)                                                                      \
	FIELD(root_qdisc)                                                                          \
	FIELD(is_lag_port)                                                                         \
	FIELD(is_lag_master)                                                                       \
	FIELD(nd_net)                                                                              \
	FIELD(carrier_up_count)                                                                    \
	FIELD(carrier_down_count)                                                                  \
	FIELD(promiscuity)                                                                         \
	FIELD(features)                                                                            \
	FIELD(mtu)                                                                                 \
	FIELD(address)

/* The work item's timer matters only while armed, its place only while queued: otherwise they hold old
 * values. */
#define WORK_FIELDS(FIELD)                                                                         \
	FIELD(work.is_pending)                                                                     \
	FIELD(work.is_running)                                                                     \
	FIELD(work.reruns)
#define TIMER_FIELDS(FIELD)                                                                        \
	FIELD(timer.expires)                                                                       \
	FIELD(timer.bucket_expiry)                                                                 \
	FIELD(timer.level)                                                                         \
	FIELD(wq)
#define QUEUED_FIELDS(FIELD)                                                                       \
	FIELD(work.seq)                                                                            \
	FIELD(work.queued_at_ns)                                                                   \
	FIELD(work.wq)

static bool devices_agree(const struct machine *a, const struct machine *b)
{
	uint64_t difference = 0;

#define FIELD(name) difference |= (uint64_t)(a->devices[i].name ^ b->devices[i].name);
	for (uint32_t i = 0; i < a->devices_used; i++) {
		DEVICE_FIELDS(FIELD)
	}
#undef FIELD
	return !difference;
}

/* The place in machine.devices of an entry of the event list. */
static int64_t place_of(const struct machine *m, const struct list_head *entry)
{
	return container_of(entry, struct net_device, link_watch_list) - m->devices;
}

static bool lists_agree(const struct side *a, const struct list_head *a_list, const struct side *b,
			const struct list_head *b_list)
{
	const struct list_head *at = a_list->next, *other = b_list->next;

	while (at != a_list && other != b_list && place_of(a->m, at) == place_of(b->m, other)) {
		at = at->next;
		other = other->next;
	}
	return at == a_list && other == b_list;
}

static bool works_agree(const struct delayed_work *a, const struct delayed_work *b)
{
	bool is_armed = timer_pending(&a->timer), is_queued = !list_empty(&a->work.entry);

	if (is_armed != timer_pending(&b->timer) || is_queued != !list_empty(&b->work.entry))
		return false;
#define FIELD(name) &&a->name == b->name
	return (1 WORK_FIELDS(FIELD)) && (!is_armed || (1 TIMER_FIELDS(FIELD))) &&
	       (!is_queued || (1 QUEUED_FIELDS(FIELD)));
#undef FIELD
}

bool sides_agree(const struct side *a, const struct side *b)
{
	struct linkwatch_view a_view, b_view;

#define FIELD(name) || a->name != b->name
	if (0 SIDE_FIELDS(FIELD) || !devices_agree(a->m, b->m))
		return false;
#undef FIELD
	linkwatch_look(a->m, &a_view);
	linkwatch_look(b->m, &b_view);
	return a_view.nextevent == b_view.nextevent && a_view.is_urgent == b_view.is_urgent &&
	       lists_agree(a, a_view.lweventlist, b, b_view.lweventlist) &&
	       works_agree(a_view.work, b_view.work);
}

/*
 * The same with a text
 */

/* Compares two numbers; prints a difference and returns false. */
static bool numbers_agree(FILE *out, const char *what, const char *name, uint64_t a, uint64_t b)
{
	if (a != b)
		fprintf(out, "  %s%s: %" PRIu64 " (0x%" PRIx64 "), %" PRIu64 " (0x%" PRIx64 ")\n",
			what, name, a, a, b, b);
	return a == b;
}

static bool devices_compare(const struct machine *a, const struct machine *b, FILE *out)
{
	bool agree = true;
	char what[32];

#define FIELD(name)                                                                                \
	agree &= numbers_agree(out, what, #name, (uint64_t)a->devices[i].name,                     \
			       (uint64_t)b->devices[i].name);
	for (uint32_t i = 0; i < a->devices_used && i < b->devices_used; i++) {
		snprintf(what, sizeof(what), "%s ", a->devices[i].name);
		DEVICE_FIELDS(FIELD)
	}
#undef FIELD
	return agree;
}

static void list_print(const struct machine *m, const struct list_head *list, FILE *out)
{
	for (const struct list_head *at = list->next; at != list; at = at->next)
		fprintf(out, " %s", m->devices[place_of(m, at)].name);
}

static bool views_compare(const struct side *a, const struct side *b, FILE *out)
{
	struct linkwatch_view a_view, b_view;
	const struct delayed_work *x, *y;
	bool agree = true;

	linkwatch_look(a->m, &a_view);
	linkwatch_look(b->m, &b_view);
	agree &= numbers_agree(out, "", "linkwatch_nextevent", a_view.nextevent, b_view.nextevent);
	agree &= numbers_agree(out, "", "LW_URGENT", a_view.is_urgent, b_view.is_urgent);
	if (!lists_agree(a, a_view.lweventlist, b, b_view.lweventlist)) {
		agree = false;
		fprintf(out, "  event list:");
		list_print(a->m, a_view.lweventlist, out);
		fprintf(out, ",");
		list_print(b->m, b_view.lweventlist, out);
		fprintf(out, "\n");
	}
	x = a_view.work;
	y = b_view.work;
	if (works_agree(x, y))
		return agree;
	numbers_agree(out, "linkwatch_work ", "timer armed", timer_pending(&x->timer),
		      timer_pending(&y->timer));
	numbers_agree(out, "linkwatch_work ", "queued", !list_empty(&x->work.entry),
		      !list_empty(&y->work.entry));
#define FIELD(name)                                                                                \
	numbers_agree(out, "linkwatch_work ", #name, (uint64_t)x->name, (uint64_t)y->name);
	WORK_FIELDS(FIELD)
	TIMER_FIELDS(FIELD)
	QUEUED_FIELDS(FIELD)
#undef FIELD
	return false;
}

bool sides_compare(const struct side *a, const struct side *b, FILE *out)
{
	bool agree = true;

#define FIELD(name) agree &= numbers_agree(out, "", #name, (uint64_t)a->name, (uint64_t)b->name);
	SIDE_FIELDS(FIELD)
#undef FIELD
	if (a->broken[0] || b->broken[0])
		fprintf(out, "  broken: '%s', '%s'\n", a->broken, b->broken);
	if (a->warned[0] || b->warned[0])
		fprintf(out, "  warned: '%s', '%s'\n", a->warned, b->warned);
	agree &= devices_compare(a->m, b->m, out);
	return views_compare(a, b, out) && agree;
}
