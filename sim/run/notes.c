/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The notes that follow a failed expectation: pending work, and the last change. */
#include "sim/run/notes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/run/netns.h"

#define PENDING_MAX_BYTES (FORMAT_MAX_BYTES + 64)

#define note(runner, ...)                                                                          \
	diag_print((runner)->options.messages, NULL, SEVERITY_NOTE, NULL, __VA_ARGS__)

static void label_of(const struct runner *runner, const struct net_device *dev,
		     char ret_label[LABEL_MAX_BYTES])
{
	format_label(netns_name(runner, dev_net(dev)), dev->name, ret_label);
}

static void note_change(const struct runner *runner, const struct net_device *dev)
{
	const struct observed *observed = &runner->observed[dev - runner->machine->devices];
	char when[FORMAT_MAX_BYTES], label[LABEL_MAX_BYTES];

	label_of(runner, dev, label);
	if (!observed->has_change) {
		note(runner, "the operstate of %s has not changed", label);
		return;
	}
	format_seconds(observed->change_ns, when);
	note(runner, "%s last changed %s -> %s at %ss, caused by %s:%" PRIu32 "%s", label,
	     operstate_name(observed->change_from), operstate_name(observed->change_to), when,
	     runner->scenario->source->path, observed->change_line,
	     observed->is_change_derived ? " (derived from what could be seen)" : "");
}

/* When linkwatch will run next, and why then. */
static void format_pending(const struct machine *m, const struct delayed_work *work,
			   char ret_text[PENDING_MAX_BYTES])
{
	uint64_t ahead_j = jiffies_sub(&m->clock, work->timer.bucket_expiry, m->jiffies);
	char when[FORMAT_MAX_BYTES];

	if (timer_pending(&work->timer)) {
		format_seconds(jiffies_start_ns(&m->clock, m->since_boot_j + ahead_j), when);
		snprintf(ret_text, PENDING_MAX_BYTES, "due at %ss", when);
	} else if (work->work.is_running) {
		strcpy(ret_text, "asleep, waiting for rtnl");
	} else {
		strcpy(ret_text, "queued, waiting for a worker");
	}
}

static void note_linkwatch(const struct runner *runner, const struct net_device *dev)
{
	struct linkwatch_view view;
	char pending[PENDING_MAX_BYTES], label[LABEL_MAX_BYTES];
	unsigned int devices = 0;

	linkwatch_look(runner->machine, &view);
	if (!view.lweventlist || !view.work)
		return;
	for (const struct list_head *at = view.lweventlist->next;
	     at != view.lweventlist && devices <= runner->machine->max_devices; at = at->next)
		devices++;
	if (devices > runner->machine->max_devices) { /* only with a faulty link_watch.c */
		note(runner, "linkwatch's list has no end");
		return;
	}
	if (dev && list_empty(&dev->link_watch_list) &&
	    dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING)) {
		label_of(runner, dev, label);
		note(runner, "%s is LINKWATCH_PENDING but not on the list: its events are lost",
		     label);
	}
	if (!devices) {
		note(runner, "no event is pending");
		return;
	}
	format_pending(runner->machine, view.work, pending);
	note(runner, "linkwatch work is %s (%u device%s on its list, %s)", pending, devices,
	     devices == 1 ? "" : "s", view.is_urgent ? "urgent" : "not urgent");
	if (!dev || list_empty(&dev->link_watch_list))
		return;
	label_of(runner, dev, label);
	note(runner, "%s was put on that list by %s:%" PRIu32, label,
	     runner->scenario->source->path, dev->cause);
}

/* The last message that userspace got about the device. */
static void note_message(const struct runner *runner, const struct net_device *dev)
{
	const struct observed *observed = &runner->observed[dev - runner->machine->devices];
	char flags[FORMAT_MAX_BYTES], when[FORMAT_MAX_BYTES], label[LABEL_MAX_BYTES];

	if (observed->message_ns < 0)
		return;
	format_link_flags(observed->flags, flags);
	format_seconds(observed->message_ns, when);
	label_of(runner, dev, label);
	note(runner, "the last message of %s was <%s> state %s at %ss", label, flags,
	     operstate_name(observed->operstate), when);
}

void notes_print(struct runner *runner, const struct net_device *dev)
{
	if (dev && !*runner->judged.first_failure.device) {
		label_of(runner, dev, runner->judged.first_failure.device);
		runner->judged.first_failure.t_ns = runner->machine->now_ns;
	}
	if (runner->judged.is_repeated)
		return;
	note_linkwatch(runner, dev);
	if (!dev)
		return;
	note_change(runner, dev);
	note_message(runner, dev);
}
