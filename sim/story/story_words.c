/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes sentences: one function per kind of decision. */
#include "sim/story/story_words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/language/format.h"
#include "sim/language/names.h"

__attribute__((format(printf, 3, 4))) static bool say(struct sentence *sentence,
						      const char *function, const char *format, ...)
{
	va_list args;

	sentence->function = function;
	va_start(args, format);
	vsnprintf(sentence->text, sizeof(sentence->text), format, args);
	va_end(args);
	return true;
}

/* Formats the start of a jiffies value, which may be in the past. */
static void format_jiffies(const struct machine *m, uint64_t jiffies,
			   char ret_text[FORMAT_MAX_BYTES])
{
	uint64_t since_boot_j = m->since_boot_j + jiffies_sub(&m->clock, jiffies, m->jiffies);

	if (m->clock.long_bits == 32)
		since_boot_j = m->since_boot_j + (uint64_t)(int64_t)(int32_t)(jiffies - m->jiffies);
	format_seconds(jiffies_start_ns(&m->clock, since_boot_j), ret_text);
}

static const char *clause_text(enum urgent_clause clause)
{
	switch (clause) {
	case URGENT_NOT:
		break;
	case URGENT_IFLINK:
		return "it is stacked on another device (iflink)";
	case URGENT_LAG:
		return "it is a bond or team, or a port of one";
	case URGENT_UP_AND_DOWN:
		return "it is up and its stored operstate is DOWN";
	case URGENT_QDISC_OFF:
		return "it has carrier and its qdisc is still inactive";
	case URGENT_OTHER:
	case URGENT_UNSEEN:
		break;
	}
	return "";
}

/* Of a kind that later kernels make an exception for. */
static bool is_exceptional(const struct net_device *dev)
{
	return dev_get_iflink(dev) != dev->ifindex || dev->is_lag_port || dev->is_lag_master;
}

/* Why no clause of linkwatch_urgent_event() is true. */
static const char *no_clause_text(const struct net_device *dev)
{
	if (!netif_running(dev))
		return "it is not up";
	if (netif_carrier_ok(dev))
		return "it has carrier and its qdisc is active already";
	if (is_exceptional(dev))
		return "it has no carrier, and this kernel makes no exception for its kind";
	return "a plain device without carrier is rate-limited";
}

/* The file decided, and not as the known clauses would: what is known, and no reason. */
static bool fire_by_file(const struct trace_event *event, const char *label, const char *list,
			 struct sentence *sentence)
{
	const struct net_device *dev = event->dev;

	if (event->a == URGENT_UNSEEN)
		return say(
			sentence, "linkwatch_fire_event()",
			"%s has an event (carrier %s, qdisc %s, stored operstate %s); an urgent run is "
			"scheduled already, so whether the event is urgent is not visible; %s",
			label, netif_carrier_ok(dev) ? "on" : "off",
			qdisc_tx_changing(dev) ? "inactive" : "active",
			operstate_name(dev->operstate), list);
	return say(sentence, "linkwatch_fire_event()",
		   "%s has an event (carrier %s, qdisc %s, stored operstate %s), %surgent by this "
		   "file's own rule; %s",
		   label, netif_carrier_ok(dev) ? "on" : "off",
		   qdisc_tx_changing(dev) ? "inactive" : "active", operstate_name(dev->operstate),
		   event->a ? "" : "not ", list);
}

static bool fire(const struct trace_event *event, const char *label, struct sentence *sentence)
{
	enum urgent_clause clause = (enum urgent_clause)event->a;
	const char *why = clause ? clause_text(clause) : no_clause_text(event->dev);
	const char *list = event->b ? "it is added to linkwatch's list"
			   : clause ? "it is on the list already"
				    : "it is on the list already, so the events merge";

	if (clause == URGENT_OTHER || clause == URGENT_UNSEEN ||
	    (event->is_derived && !clause && linkwatch_urgent_event(event->dev)))
		return fire_by_file(event, label, list, sentence);
	return say(sentence, "linkwatch_fire_event()", "%s has an event (carrier %s), %s: %s; %s",
		   label, netif_carrier_ok(event->dev) ? "on" : "off",
		   clause ? "urgent" : "not urgent", why, list);
}

#define WORKER_MAX_BYTES (FORMAT_MAX_BYTES + 40)

/* With a worker latency, says how long the queued work has to wait for its worker. */
static void format_worker(const struct machine *m, char ret_text[WORKER_MAX_BYTES])
{
	char latency[FORMAT_MAX_BYTES];

	*ret_text = '\0';
	if (m->worker_latency_ns <= 0)
		return;
	format_duration(m->worker_latency_ns, latency);
	snprintf(ret_text, WORKER_MAX_BYTES, "; a worker picks it up %s later", latency);
}

static bool schedule_later(const struct machine *m, const struct full_run *full, uint64_t delay_j,
			   uint64_t fires_j, struct sentence *sentence)
{
	char since[FORMAT_MAX_BYTES], due[FORMAT_MAX_BYTES], fires[FORMAT_MAX_BYTES];
	char who[LABEL_MAX_BYTES + 32] = ", which handled no device,", worker[WORKER_MAX_BYTES];
	const char *rounds;

	format_jiffies(m, jiffies_add(&m->clock, m->jiffies, delay_j), due);
	format_jiffies(m, fires_j, fires);
	format_worker(m, worker);
	rounds = strcmp(due, fires) == 0		      ? ""
		 : kernel_has(&m->kernel, KERNEL_TIMER_WHEEL) ? ", rounded up by the timer wheel"
							      : ", rounded up by the timer's slack";
	if (!full->has_been)
		return say(sentence, "linkwatch_schedule_work()", "linkwatch waits until %s%s%s",
			   fires, rounds, worker);
	format_seconds(full->at_ns, since);
	if (*full->device)
		snprintf(who, sizeof(who), " for %s (line %" PRIu32 "),", full->device, full->line);
	return say(sentence, "linkwatch_schedule_work()",
		   "linkwatch waits until %s%s: after the full run at %s%s the next is not before "
		   "%s%s",
		   fires, rounds, since, who, due, worker);
}

static bool schedule_pending(const struct machine *m, uint64_t fires_j, struct sentence *sentence)
{
	struct linkwatch_view view;
	char fires[FORMAT_MAX_BYTES];

	linkwatch_look(m, &view);
	if (!view.work || !timer_pending(&view.work->timer))
		return say(sentence, "linkwatch_schedule_work()",
			   "linkwatch's work is queued already");
	format_jiffies(m, fires_j, fires);
	return say(sentence, "linkwatch_schedule_work()",
		   "linkwatch's timer is armed already and fires at %s", fires);
}

/*
 * What mod_delayed_work(0) is about to do with the work. A link_watch.c from a file has called it
 * already.
 */
static const char *mod_text(const struct machine *m, const struct trace_event *event)
{
	struct linkwatch_view view;

	linkwatch_look(m, &view);
	if (event->is_derived || !view.work)
		return "scheduled to run now";
	if (timer_pending(&view.work->timer))
		return "rescheduled to run now; its timer is cancelled";
	return view.work->work.is_pending ? "queued again to run now" : "queued to run now";
}

static bool schedule(const struct machine *m, const struct trace_event *event,
		     const struct full_run *full, uint64_t fires_j, struct sentence *sentence)
{
	char worker[WORKER_MAX_BYTES];

	format_worker(m, worker);
	switch ((enum trace_schedule)event->b) {
	case SCHEDULE_LEFT_TO_URGENT:
		return say(sentence, "linkwatch_schedule_work()",
			   "an urgent run is scheduled already: nothing to do");
	case SCHEDULE_MOD:
		return say(sentence, "linkwatch_schedule_work()", "linkwatch's work is %s%s",
			   mod_text(m, event), worker);
	case SCHEDULE_ALREADY_PENDING:
		return schedule_pending(m, fires_j, sentence);
	case SCHEDULE_QUEUED:
		break;
	}
	if (event->a)
		return schedule_later(m, full, event->a, fires_j, sentence);
	return say(sentence, "linkwatch_schedule_work()",
		   "linkwatch's work is queued to run now: the rate limit does not delay it%s",
		   worker);
}

static bool rtnl_wait(const struct machine *m, const struct trace_event *event,
		      struct sentence *sentence)
{
	char until[FORMAT_MAX_BYTES], ahead[48] = "";

	if (event->a)
		snprintf(ahead, sizeof(ahead), "; %" PRIu64 " ahead of it", event->a);
	if (!m->rtnl.is_held_until)
		return say(sentence, "rtnl_lock()", "this waits for rtnl%s", ahead);
	format_seconds(m->rtnl.held_until_ns, until);
	return say(sentence, "rtnl_lock()",
		   "this waits for rtnl, held by line %" PRIu32 " until %s%s", m->rtnl.held_cause,
		   until, ahead);
}

static bool run(const struct machine *m, const struct trace_event *event, struct sentence *sentence)
{
	struct linkwatch_view view;
	char until[FORMAT_MAX_BYTES];
	bool is_empty;

	linkwatch_look(m, &view);
	is_empty = !event->is_derived && view.lweventlist && list_empty(view.lweventlist);
	format_jiffies(m, event->b, until);
	if (!event->a)
		return say(sentence, "__linkwatch_run_queue()",
			   "linkwatch runs for urgent events only; the next full run is not before "
			   "%s",
			   until);
	return say(sentence, "__linkwatch_run_queue()",
		   "linkwatch runs for all events%s; the next full run is not before %s",
		   is_empty ? " and finds its list empty" : "", until);
}

static bool policy(const struct trace_event *event, const char *label, struct sentence *sentence)
{
	const char *unheard = event->dev->flags & IFF_UP ? "" : "; no notification: it is not up";

	if (event->a == event->b)
		return say(sentence, "rfc2863_policy()", "%s's stored operstate stays %s%s", label,
			   operstate_name((uint8_t)event->a), unheard);
	return say(sentence, "rfc2863_policy()", "%s's stored operstate changes from %s to %s%s",
		   label, operstate_name((uint8_t)event->a), operstate_name((uint8_t)event->b),
		   unheard);
}

bool sentence_make(const struct machine *m, const struct trace_event *event, const char *label,
		   const struct full_run *full, uint64_t fires_j, struct sentence *ret_sentence)
{
	switch (event->point) {
	case TRACE_CARRIER:
		return say(ret_sentence, event->a ? "netif_carrier_on()" : "netif_carrier_off()",
			   event->a ? "%s gains carrier" : "%s loses carrier", label);
	case TRACE_FIRE:
		return fire(event, label, ret_sentence);
	case TRACE_SCHEDULE:
		return schedule(m, event, full, fires_j, ret_sentence);
	case TRACE_RUN:
		return run(m, event, ret_sentence);
	case TRACE_PUT_BACK:
		return say(ret_sentence, "__linkwatch_run_queue()", "%s goes back on the list: %s",
			   label, event->a ? no_clause_text(event->dev) : "it is detached");
	case TRACE_PUT_BACK_MORE:
		return say(ret_sentence, "__linkwatch_run_queue()",
			   "%" PRIu64 " more go back on the list, unchanged since the last time",
			   event->a);
	case TRACE_OVER_BUDGET:
		return say(ret_sentence, "__linkwatch_run_queue()",
			   "one run handles at most %" PRIu64 " devices: %" PRIu64
			   " stay on the list, treated as not urgent",
			   event->b, event->a);
	case TRACE_POLICY:
		return policy(event, label, ret_sentence);
	case TRACE_SET_OPERSTATE:
		if (event->a == event->b)
			return say(ret_sentence, "set_operstate()",
				   "userspace leaves the stored operstate of %s at %s", label,
				   operstate_name((uint8_t)event->b));
		return say(ret_sentence, "set_operstate()",
			   "userspace changes the stored operstate of %s from %s to %s", label,
			   operstate_name((uint8_t)event->a), operstate_name((uint8_t)event->b));
	case TRACE_QDISC:
		return say(ret_sentence,
			   event->a == QDISC_NOOP ? "dev_deactivate()" : "dev_activate()",
			   event->a == QDISC_NOOP ? "%s's qdisc is deactivated: packets are dropped"
						  : "%s's qdisc is activated",
			   label);
	case TRACE_RTNL_WAIT:
		return rtnl_wait(m, event, ret_sentence);
	case TRACE_FORGET:
		return say(
			ret_sentence, event->a ? "linkwatch_sync_dev()" : "linkwatch_forget_dev()",
			event->a ? "%s is queried: its pending event is handled first"
				 : "%s is being unregistered: its pending event is handled first",
			label);
	case TRACE_NOTIFIER:
	case TRACE_TIMER:
	case TRACE_POINT_COUNT:
		break;
	}
	return false;
}
