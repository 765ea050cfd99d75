/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Provides the kernel functions that a link_watch.c calls, and infers its decisions from outside.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/loader/file.h"
#include "sim/loader/guard.h"

/* Log lines that one call may write, in case it loops. */
#define LINES_A_CALL 1000U

/* Traces a decision that was inferred, not reported. */
static void trace_derived(struct machine *m, enum trace_point point, const struct net_device *dev,
			  uint64_t a, uint64_t b)
{
	const struct trace_event event = {
		.point = point, .dev = dev, .a = a, .b = b, .cause = m->cause, .is_derived = true
	};

	if (m->callbacks.trace)
		m->callbacks.trace(m->callbacks.user, &event);
}

/*
 * Reports a pending run before its first effect. Whether it is a full run was seen before it began;
 * the next event's time is known only now.
 */
static void report_run(struct src_file *file)
{
	struct linkwatch_view view;

	if (!file->is_run_untold)
		return;
	file->is_run_untold = false;
	linkwatch_look(file->m, &view);
	trace_derived(file->m, TRACE_RUN, NULL, file->is_run_full, view.nextevent);
}

/* Saves the operstates before a call, because userspace can set them too. */
static void operstates_note(struct src_file *file)
{
	const struct machine *m = file->m;

	if (!m->callbacks.trace)
		return;
	if (!file->operstates)
		file->operstates = xcalloc(m->max_devices, sizeof(file->operstates[0]));
	for (uint32_t i = 0; i < m->devices_used; i++)
		file->operstates[i] = m->devices[i].operstate;
}

/* With the device's own cause, not the current one. */
static void trace_policy(struct machine *m, const struct net_device *dev, uint8_t before)
{
	uint32_t cause = m->cause;

	if (dev->cause)
		m->cause = dev->cause;
	trace_derived(m, TRACE_POLICY, dev, before, dev->operstate);
	m->cause = cause;
}

static void report_operstate(struct src_file *file, const struct net_device *dev)
{
	uint8_t *known = file->operstates ? &file->operstates[dev - file->m->devices] : NULL;

	if (!known || *known == dev->operstate)
		return;
	report_run(file);
	trace_policy(file->m, dev, *known);
	*known = dev->operstate;
}

/* Reports devices that are down: nothing else happens to them that would do it. */
static void report_operstates(struct src_file *file)
{
	if (!file->m->callbacks.trace)
		return;
	for (uint32_t i = 0; i < file->m->devices_used; i++)
		report_operstate(file, &file->m->devices[i]);
}

static void enter(struct src_file *file, const char *name)
{
	if (file->depth++)
		return;
	file->lines_logged = 0;
	operstates_note(file);
	file->running = name;
	src_guard_watch(file);
}

static void leave(struct src_file *file)
{
	if (--file->depth)
		return;
	file->running = NULL;
	src_guard_watch(NULL);
	report_operstates(file);
	if (*file->entry->locks_held && !file->m->is_broken)
		machine_broken(file->m, "link_watch.c has returned with a lock held");
}

/*
 * Calls `function` of the file, shown as `name`. Returns also if the code was left where the kernel
 * would hang or crash.
 */
static void call(struct src_file *file, const char *name, void (*function)(void *), void *arg)
{
	enter(file, name);
	if (file->depth > 1)
		function(arg); /* nested: host_broken() leaves the outermost call */
	else if (_setjmp(file->escape) == 0)
		function(arg);
	else
		file->depth = 1;
	leave(file);
}

struct device_call {
	void (*function)(struct net_device *dev);
	struct net_device *dev;
};

static void call_with_device(void *arg)
{
	const struct device_call *device_call = arg;

	device_call->function(device_call->dev);
}

static void call_device(struct net_device *dev, const char *name,
			void (*function)(struct net_device *dev))
{
	struct device_call device_call = { function, dev };

	if (function)
		call(src_file_of(dev->machine), name, call_with_device, &device_call);
}

/*
 * What makes an event urgent, if it is: the file's own rules cannot be seen, so the base's clause
 * that holds, and no guess if there is none.
 */
static enum urgent_clause clause_of(const struct net_device *dev)
{
	enum urgent_clause clause = linkwatch_urgent_event(dev);

	return clause == URGENT_NOT ? URGENT_OTHER : clause;
}

static bool is_pending(const struct net_device *dev)
{
	return dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING);
}

void src_init_dev(struct net_device *dev)
{
	call_device(dev, "linkwatch_init_dev()", src_file_of(dev->machine)->entry->init_dev);
}

void src_fire_event(struct net_device *dev)
{
	struct src_file *file = src_file_of(dev->machine);
	enum urgent_clause clause = clause_of(dev); /* before the call, as the file sees it */
	bool was_pending = is_pending(dev);
	struct linkwatch_view view;

	file->entry->look(&view);
	file->is_urgent_seen = false;
	file->is_firing = true;
	file->has_held_schedule = false;
	call_device(dev, "linkwatch_fire_event()", file->entry->fire_event);
	file->is_firing = false;
	if (!was_pending && is_pending(dev))
		dev->cause = dev->machine->cause;
	if (!file->is_urgent_seen)
		clause = view.is_urgent ? URGENT_UNSEEN : URGENT_NOT;
	trace_derived(dev->machine, TRACE_FIRE, dev, clause, !was_pending);
	if (file->has_held_schedule)
		trace_derived(dev->machine, TRACE_SCHEDULE, NULL, file->held_schedule.a,
			      file->held_schedule.b);
}

void src_forget_dev(struct net_device *dev)
{
	const struct lw_file *entry = src_file_of(dev->machine)->entry;

	if (entry->sync_dev)
		call_device(dev, "linkwatch_sync_dev()", entry->sync_dev);
	else
		call_device(dev, "linkwatch_forget_dev()", entry->forget_dev);
}

static void call_run_queue(void *arg)
{
	const struct src_file *file = arg;

	file->entry->run_queue();
}

void src_run_queue(struct machine *m)
{
	struct src_file *file = src_file_of(m);

	if (file->entry->run_queue)
		call(file, "linkwatch_run_queue()", call_run_queue, file);
}

/* Functions provided to the file */

static void say(struct machine *m, const char *text)
{
	if (m->callbacks.log)
		m->callbacks.log(m->callbacks.user, text);
}

__attribute__((format(printf, 3, 4))) static void host_printk(struct machine *m, const char *where,
							      const char *format, ...)
{
	struct src_file *file = src_file_of(m);
	char text[512];
	size_t len;
	va_list args;
	int start = snprintf(text, sizeof(text), "%s: ", where);

	if (file->lines_logged++ >= LINES_A_CALL) {
		if (file->lines_logged == LINES_A_CALL + 1)
			say(m, "link_watch.c prints more than can be shown of one call");
		return;
	}
	va_start(args, format);
	vsnprintf(text + start, sizeof(text) - (size_t)start, format, args);
	va_end(args);
	len = strlen(text);
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0';
	say(m, text);
}

__attribute__((noreturn)) static void host_broken(struct machine *m, const char *where,
						  const char *what)
{
	struct src_file *file = src_file_of(m);

	snprintf(file->broken_text, sizeof(file->broken_text), "%s %s", where, what);
	machine_broken(m, file->broken_text);
	_longjmp(file->escape, 1);
}

/* Reports sleeping with a spinlock held: others could never get the lock. */
static void check_may_sleep(struct machine *m, const char *what)
{
	struct src_file *file = src_file_of(m);

	if (*file->entry->locks_held)
		host_printk(
			m, "link_watch.c",
			"BUG: sleeping function called from invalid context: %s with a lock held",
			what);
}

/* From here on, effects are caused by what queued the device. */
static void begin_device(struct net_device *dev, const char *what)
{
	struct src_file *file = src_file_of(dev->machine);

	check_may_sleep(dev->machine, what);
	if (file->is_in_work && file->rtnl != SRC_RTNL_TAKEN)
		host_printk(dev->machine, "link_watch.c", "RTNL: assertion failed at %s", what);
	dev->machine->cause = dev->cause;
	report_run(file);
	report_operstate(file, dev);
}

static void host_activate(struct net_device *dev)
{
	begin_device(dev, "dev_activate()");
	dev_activate(dev);
}

static void host_deactivate(struct net_device *dev)
{
	begin_device(dev, "dev_deactivate()");
	dev_deactivate(dev);
}

static void host_state_change(struct net_device *dev)
{
	begin_device(dev, "netdev_state_change()");
	netdev_state_change(dev);
}

static void host_rtnl_lock(struct machine *m)
{
	struct src_file *file = src_file_of(m);

	check_may_sleep(m, "rtnl_lock()");
	if (file->rtnl == SRC_RTNL_TAKEN)
		host_broken(m, "link_watch.c",
			    "waits for rtnl, which it holds already: a kernel deadlocks here");
	if (file->rtnl == SRC_RTNL_NONE && m->rtnl.is_locked)
		host_broken(
			m, "link_watch.c",
			"waits for rtnl, which another task holds, where lwsim cannot let it sleep");
	m->rtnl.is_locked = true; /* the file may have unlocked it; nothing runs meanwhile */
	file->rtnl = SRC_RTNL_TAKEN;
}

static void host_rtnl_unlock(struct machine *m)
{
	struct src_file *file = src_file_of(m);

	if (file->rtnl != SRC_RTNL_TAKEN)
		host_broken(m, "link_watch.c", "releases rtnl, which it does not hold");
	file->rtnl = SRC_RTNL_NONE;
	rtnl_unlock(m);
}

/* The file does not know about a lock that it was granted and did not ask for. */
static bool host_rtnl_is_locked(const struct machine *m)
{
	return m->rtnl.is_locked && src_file_of(m)->rtnl != SRC_RTNL_GRANTED;
}

/* Reports a schedule; one that follows from a fire is reported after it. */
static void report_schedule(struct machine *m, uint64_t delay_j, enum trace_schedule how)
{
	struct src_file *file = src_file_of(m);

	if (!file->is_firing) {
		report_run(file);
		trace_derived(m, TRACE_SCHEDULE, NULL, delay_j, how);
		return;
	}
	file->held_schedule.a = delay_j;
	file->held_schedule.b = how;
	file->has_held_schedule = true;
}

static bool host_mod_delayed_work(struct machine *m, enum workqueue_id wq,
				  struct delayed_work *dwork, uint64_t delay_j)
{
	if (!delay_j)
		src_file_of(m)->is_urgent_seen = true;
	report_schedule(m, delay_j, SCHEDULE_MOD);
	return mod_delayed_work(m, wq, dwork, delay_j);
}

static bool host_queue_delayed_work(struct machine *m, enum workqueue_id wq,
				    struct delayed_work *dwork, uint64_t delay_j)
{
	bool is_queued = queue_delayed_work(m, wq, dwork, delay_j);

	report_schedule(m, delay_j, is_queued ? SCHEDULE_QUEUED : SCHEDULE_ALREADY_PENDING);
	return is_queued;
}

static bool host_cancel_delayed_work(struct delayed_work *dwork)
{
	bool was_pending = dwork->work.is_pending;

	cancel_delayed_work(dwork);
	return was_pending;
}

static bool host_cancel_work(struct work_struct *work)
{
	bool was_pending = work->is_pending;

	cancel_work(work);
	return was_pending;
}

static void host_work_run(struct machine *m, void (*function)(void *), void *arg,
			  struct work_struct *item, const struct rtnl_waiter *waiter)
{
	struct src_file *file = src_file_of(m);
	struct linkwatch_view view;

	linkwatch_look(m, &view);
	file->is_run_full = !time_after(&m->clock, view.nextevent, m->jiffies);
	file->is_run_untold = true;
	file->rtnl = SRC_RTNL_GRANTED;
	file->is_in_work = true;
	call(file, "its work", function, arg);
	file->is_in_work = false;
	if (file->rtnl == SRC_RTNL_TAKEN && !m->is_broken)
		machine_broken(m, "link_watch.c has returned with rtnl held");
	if (m->rtnl.is_locked) /* granted, but never asked for */
		rtnl_unlock(m);
	file->rtnl = SRC_RTNL_NONE;
	report_run(file);
	if (waiter->slept)
		work_finished(m, item);
}

const struct lw_host src_host = {
	.dev_activate = host_activate,
	.dev_deactivate = host_deactivate,
	.netdev_state_change = host_state_change,
	.call_netdevice_notifiers = call_netdevice_notifiers,
	.dev_get_iflink = dev_get_iflink,
	.dev_get_by_index = __dev_get_by_index,
	.dev_get_flags = dev_get_flags,
	.dev_net = dev_net,
	.rtnl_lock = host_rtnl_lock,
	.rtnl_unlock = host_rtnl_unlock,
	.rtnl_is_locked = host_rtnl_is_locked,
	.rtnl_run_waiter = rtnl_run_waiter,
	.rtnl_waiter_init = rtnl_waiter_init,
	.work_init = work_init,
	.delayed_work_init = delayed_work_init,
	.queue_work = queue_work,
	.queue_delayed_work = host_queue_delayed_work,
	.mod_delayed_work = host_mod_delayed_work,
	.cancel_delayed_work = host_cancel_delayed_work,
	.cancel_work = host_cancel_work,
	.work_run = host_work_run,
	.printk = host_printk,
	.broken = host_broken,
};
