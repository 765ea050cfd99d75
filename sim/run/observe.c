/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine's callbacks: records its messages and decisions. */
#include "sim/run/observe.h"

#include <inttypes.h>
#include <linux/if_arp.h>
#include <string.h>

#include "sim/language/format.h"
#include "sim/run/expect.h"
#include "sim/run/lie.h"
#include "sim/run/netns.h"
#include "sim/run/outcome.h"

static struct observed *observed_of(struct runner *runner, const struct net_device *dev)
{
	return &runner->observed[dev - runner->machine->devices];
}

/* The time since IFF_UP if this message brings the first IFF_RUNNING after it, else -1. */
static int64_t take_wait(struct observed *observed, const struct link_message *message,
			 int64_t now_ns)
{
	bool was_up = observed->has_message && observed->flags & IFF_UP;

	if (!(message->ifi_flags & IFF_UP)) {
		observed->waits = false;
	} else if (!was_up) {
		observed->waits = true;
		observed->up_ns = now_ns;
	}
	if (!observed->waits || !(message->ifi_flags & IFF_RUNNING))
		return -1;
	observed->waits = false;
	return now_ns - observed->up_ns;
}

/*
 * Reports stored operstates to options.stored_state: a device's first, each change, its deletion.
 */
static void report_state(struct runner *runner, const struct net_device *dev, uint8_t before,
			 uint8_t after, bool is_gone)
{
	struct stored_state state = {
		.t_ns = runner->machine->now_ns,
		.line = runner->machine->cause,
		.dev = dev->name,
		.place = (size_t)(dev - runner->machine->devices),
		.before = before,
		.after = before,
	};

	if (!runner->options.stored_state)
		return;
	/* a change after the device's deletion is not visible */
	if (!observed_of(runner, dev)->is_state_reported && dev->reg_state > NETREG_REGISTERED)
		return;
	state.netns = netns_name(runner, dev_net(dev));
	if (!observed_of(runner, dev)->is_state_reported) {
		state.is_first = true;
		runner->options.stored_state(runner->options.user, &state);
		state.is_first = false;
		observed_of(runner, dev)->is_state_reported = true;
	}
	state.after = after;
	state.is_gone = is_gone;
	if (before != after || is_gone)
		runner->options.stored_state(runner->options.user, &state);
}

/* What a message says besides the link's state. */
static void record_attributes(const struct runner *runner, const struct link_message *message,
			      struct record *ret_record)
{
	const struct net_device_ops *ops = message->dev->netdev_ops;

	ret_record->driver = ops->kind;
	ret_record->has_rtnl_kind = ops->dellink;
	ret_record->type = ops->flags & IFF_LOOPBACK	  ? ARPHRD_LOOPBACK
			   : ops->flags & IFF_POINTOPOINT ? ARPHRD_NONE
							  : ARPHRD_ETHER;
	ret_record->address = message->address;
	ret_record->mtu = message->mtu;
	ret_record->txqlen = message->tx_queue_len;
	ret_record->promiscuity = message->promiscuity;
	ret_record->proto_down = message->proto_down;
	if (message->master) {
		ret_record->master = message->master->ifindex;
		ret_record->master_driver = message->master->netdev_ops->kind;
	}
	ret_record->has_link = message->has_link;
	ret_record->link = message->link;
	if (message->link_net != dev_net(message->dev))
		ret_record->link_netns = netns_name(runner, message->link_net);
}

static void on_notify(void *user, const struct link_message *message)
{
	struct runner *runner = user;
	struct observed *observed = observed_of(runner, message->dev);
	/* an RTM_DELLINK of a device that only moves to another namespace does not delete it */
	bool is_gone = message->is_dellink && message->dev->reg_state > NETREG_REGISTERED;
	struct record record = {
		.kind = message->is_dellink ? RECORD_DELLINK : RECORD_NEWLINK,
		.line = (uint32_t)message->cause,
		.ifindex = message->dev->ifindex,
		.flags = message->ifi_flags,
		.change = message->ifi_change,
		.operstate = message->operstate,
		.linkmode = message->link_mode,
		.qdisc = message->qdisc,
		.carrier = message->carrier,
		.carrier_up = message->carrier_up_count,
		.carrier_down = message->carrier_down_count,
		.has_before = observed->has_message,
		.flags_before = observed->flags,
		.operstate_before = observed->operstate,
		.waited_ns = take_wait(observed, message, runner->machine->now_ns),
	};

	record.netns = netns_name(runner, dev_net(message->dev));
	memcpy(record.dev, message->dev->name, sizeof(record.dev));
	record_attributes(runner, message, &record);
	report_state(runner, message->dev, message->dev->operstate, message->dev->operstate,
		     is_gone);
	observed->has_message = true;
	observed->message_ns = runner->machine->now_ns;
	observed->flags = message->ifi_flags;
	observed->operstate = message->operstate;
	lie_look(runner, message->dev);
	if (message->is_dellink) { /* the slot may be reused by another device */
		lie_forget(runner, message->dev);
		*observed = (struct observed){ .is_state_reported = !is_gone };
	}
	runner_record(runner, &record);
	expect_message(runner, &record);
}

static void on_trace(void *user, const struct trace_event *event)
{
	struct runner *runner = user;
	struct writer *writer = runner->options.writer;
	struct observed *observed;

	if (writer && writer->trace)
		writer->trace(writer, runner->machine, event,
			      event->dev ? netns_name(runner, dev_net(event->dev)) : "");
	if (event->point == TRACE_CARRIER)
		lie_look(runner, event->dev);
	if (event->point != TRACE_POLICY && event->point != TRACE_SET_OPERSTATE)
		return;
	if (event->a == event->b)
		return;
	report_state(runner, event->dev, (uint8_t)event->a, (uint8_t)event->b, false);
	observed = observed_of(runner, event->dev);
	observed->has_change = true;
	observed->change_ns = runner->machine->now_ns;
	observed->change_from = (uint8_t)event->a;
	observed->change_to = (uint8_t)event->b;
	observed->change_line = (uint32_t)event->cause;
	observed->is_change_derived = event->is_derived;
}

static void on_log(void *user, const char *text)
{
	struct runner *runner = user;
	char now[FORMAT_MAX_BYTES];

	format_seconds(runner->machine->now_ns, now);
	diag_print(runner->options.messages, NULL, SEVERITY_NOTE, NULL,
		   "%ss, %s:%" PRIu32 ", on %s: %s", now, runner->scenario->source->path,
		   runner->machine->cause, runner->options.kernel.source, text);
}

static void on_broken(void *user, const char *what)
{
	struct runner *runner = user;
	double t_s = (double)runner->machine->now_ns / (double)NSEC_PER_SEC;

	runner->is_broken = true;
	if (runner->file) { /* the file's fault, not the model's */
		diag_print(runner->options.messages, NULL, SEVERITY_ERROR, NULL,
			   "%.6fs, %s:%" PRIu32 ", on %s: %s", t_s, runner->scenario->source->path,
			   runner->machine->cause, runner->options.kernel.source, what);
		return;
	}
	diag_print(runner->options.messages, NULL, SEVERITY_ERROR, NULL,
		   "an invariant of the model does not hold at %.6fs: %s", t_s, what);
}

/* `lo` exists since boot: its first message is compared with its state at boot. */
static void observe_loopback(struct runner *runner)
{
	const struct net_device *lo = dev_get_by_name(runner->machine, "lo");
	struct observed *observed = observed_of(runner, lo);
	struct link_message message;

	rtnl_fill_ifinfo(lo, &message);
	observed->has_message = true;
	observed->message_ns = -1;
	observed->flags = message.ifi_flags;
	observed->operstate = message.operstate;
}

void observe_start(struct runner *runner)
{
	const struct machine_callbacks callbacks = {
		.notify = on_notify,
		.log = on_log,
		.trace = on_trace,
		.broken = on_broken,
		.user = runner,
	};

	observe_loopback(runner);
	machine_set_callbacks(runner->machine, &callbacks);
}
