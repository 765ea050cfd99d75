/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The oracle's clock, its work queue and its lock. */
#include "oracle.h"

#include <assert.h>
#include <string.h>

#include "oracle_linkwatch.h"
#include "oracle_requests.h"

bool oracle_has(const struct oracle *o, enum fact fact)
{
	return kernel_row_has(o->config.row, fact);
}

uint64_t oracle_jiffy(const struct oracle *o)
{
	return (uint64_t)o->now_ns * o->config.hz / 1000000000U;
}

uint64_t oracle_long_jiffies(const struct oracle *o)
{
	return (UINT64_C(1) << 32) - 300 * (uint64_t)o->config.hz + oracle_jiffy(o);
}

uint64_t oracle_cut(const struct oracle *o, uint64_t value)
{
	return o->config.bits == 32 ? value & UINT32_MAX : value;
}

void oracle_queue(struct oracle *o, int who)
{
	o->queue[o->queue_count].who = who;
	o->queue[o->queue_count].at_ns = o->now_ns;
	o->queue_count++;
}

int oracle_queue_find(const struct oracle *o, int who)
{
	for (int i = 0; i < o->queue_count; i++)
		if (o->queue[i].who == who)
			return i;
	return -1;
}

void oracle_queue_remove(struct oracle *o, int at)
{
	o->queue_count--;
	for (int i = at; i < o->queue_count; i++)
		o->queue[i] = o->queue[i + 1];
}

static void oracle_fold(struct oracle *o, const struct op *op, int err)
{
	int *result = &o->results[op - o->ops];

	*result = *result * 31 % 1000003 + 1 - err;
}

/* Continues the current holder of the lock. */
static void oracle_go_on(struct oracle *o, int who, const struct op *op)
{
	if (who == FILTERS)
		return;
	if (who == LINKWATCH) {
		oracle_linkwatch_run(o);
	} else if (op->kind == OP_RTNL_HOLD) {
		o->locked = true;
		o->held = true;
		o->held_until_ns = o->now_ns + op->duration_ns;
		oracle_fold(o, op, 0);
	} else {
		oracle_fold(o, op, oracle_rtnl_op(o, who, op));
	}
}

/* True if it got the lock and has finished. */
static bool oracle_lock(struct oracle *o, int who, const struct op *op)
{
	int at = o->waiters_first + o->waiters_count;

	if (!o->locked && !o->waiters_count) {
		oracle_go_on(o, who, op);
		return true;
	}
	assert(at < WAITERS_MAX);
	o->waiters[at].who = who;
	o->waiters[at].op = op;
	o->waiters_count++;
	return false;
}

static void oracle_next_waiter(struct oracle *o)
{
	int at = o->waiters_first++, who = o->waiters[at].who;
	struct oracle_work *work;

	if (--o->waiters_count == 0)
		o->waiters_first = 0;
	oracle_go_on(o, who, o->waiters[at].op);
	if (who >= 0)
		return;
	work = oracle_work(o, who);
	work->asleep = false;
	if (work->again) {
		work->again = false;
		work->asleep = !oracle_lock(o, who, NULL);
	}
}

/* When the first item of the queue may start. */
static int64_t oracle_work_ns(const struct oracle *o)
{
	int64_t at_ns = o->queue[0].at_ns + o->latency_ns;

	return at_ns < o->now_ns ? o->now_ns : at_ns;
}

/* The first item of the worker that has the CPU, if one may start, else the first of all. */
static int oracle_pick(const struct oracle *o)
{
	for (int i = 0; i < o->queue_count && oracle_has(o, WORKER_KEEPS_CPU); i++)
		if (o->queue[i].at_ns + o->latency_ns <= o->now_ns &&
		    (o->queue[i].who == LINKWATCH ? o->linkwatch_at_it : o->others_at_it))
			return i;
	return 0;
}

static void oracle_start_work(struct oracle *o)
{
	int at = oracle_pick(o), who = o->queue[at].who;

	o->linkwatch_at_it = who == LINKWATCH;
	o->others_at_it = who != LINKWATCH;
	oracle_queue_remove(o, at);
	if (who >= 0)
		oracle_config_work(o, who);
	else if (oracle_work(o, who)->asleep)
		oracle_work(o, who)->again = true;
	else
		oracle_work(o, who)->asleep = !oracle_lock(o, who, NULL);
}

/* The caller that deleted devices sleeps before it finishes them: their events last until then. */
static void oracle_forget_deleted(struct oracle *o)
{
	int kept = 0;

	for (int i = 0; i < o->list_count; i++)
		if (o->devs[o->list[i]].exists)
			o->list[kept++] = o->list[i];
	o->list_count = kept;
}

static void oracle_settle(struct oracle *o)
{
	if (o->timer_armed && o->timer_at_j <= oracle_jiffy(o)) {
		o->timer_armed = false;
		o->timer_fired = true;
		o->timer_fired_j = oracle_jiffy(o);
		oracle_queue(o, LINKWATCH);
	}
	if (o->held && o->held_until_ns <= o->now_ns) {
		o->held = false;
		o->locked = false;
	}
	for (;;) {
		if (!o->locked && o->waiters_count)
			oracle_next_waiter(o);
		else if (o->queue_count && oracle_work_ns(o) <= o->now_ns)
			oracle_start_work(o);
		else
			break;
	}
	o->linkwatch_at_it = o->others_at_it = false;
	oracle_forget_deleted(o);
}

int64_t oracle_next_ns(const struct oracle *o)
{
	int64_t next_ns = INT64_MAX;

	if (o->timer_armed)
		next_ns =
			(int64_t)((o->timer_at_j * 1000000000U + o->config.hz - 1) / o->config.hz);
	if (o->held && o->held_until_ns < next_ns)
		next_ns = o->held_until_ns;
	if (o->queue_count && oracle_work_ns(o) < next_ns)
		next_ns = oracle_work_ns(o);
	return next_ns;
}

void oracle_advance(struct oracle *o, int64_t to_ns)
{
	while (oracle_next_ns(o) <= to_ns) {
		o->now_ns = oracle_next_ns(o);
		oracle_settle(o);
	}
	o->now_ns = to_ns;
	oracle_settle(o);
}

void oracle_do(struct oracle *o, const struct op *op)
{
	for (int slot = op->slot; slot < op->slot + op->count; slot++) {
		if (op_needs_rtnl(op))
			oracle_lock(o, slot, op);
		else if (op->kind != OP_NOTHING)
			oracle_fold(o, op, oracle_driver_op(o, slot, op));
	}
	oracle_settle(o);
}

void oracle_init(struct oracle *o, const struct sequence *sequence)
{
	memset(o, 0, sizeof(*o));
	o->config = sequence->config;
	o->ops = sequence->ops;
	oracle_register(o, 0, KIND_LO);
}
