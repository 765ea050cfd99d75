/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Evaluates expectations: at once, or when their deadline passes. */
#include "sim/run/expect.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/run/expect_value.h"
#include "sim/run/netns.h"
#include "sim/run/notes.h"
#include "sim/run/outcome.h"

static bool is_on_kernel(const struct runner *runner, const struct expect *expect)
{
	if (!expect->on)
		return true;
	for (const char *const *pattern = expect->on; *pattern; pattern++)
		if (pattern_matches(*pattern, &runner->options.kernel))
			return true;
	return false;
}

static const char *subject(const struct expect *expect)
{
	static const char *const subjects[EXPECT_COUNT] = {
		[EXPECT_OPERSTATE] = "operstate",
		[EXPECT_FLAGS] = "flags",
		[EXPECT_CARRIER] = "carrier",
		[EXPECT_RUNNING] = "running",
		[EXPECT_LINKMODE] = "linkmode",
		[EXPECT_NOTIFICATIONS] = "number of notifications",
	};

	return expect->kind == EXPECT_FIELD ? dev_field_names[expect->field]
					    : subjects[expect->kind];
}

/* The device an expectation is about. */
struct subject {
	char dev[IFNAMSIZ], netns[NETNS_NAME_MAX_BYTES];
	char label[LABEL_MAX_BYTES];
};

static const struct net_device *subject_find(const struct runner *runner, const char *netns,
					     const char *dev)
{
	const struct net *net = netns_find(runner, netns);

	return net ? __dev_get_by_name(net, dev) : NULL;
}

static bool is_message_of(const struct record *record, const char *netns, const char *dev)
{
	return record_is_message(record) && strcmp(record->dev, dev) == 0 &&
	       strcmp(record->netns, netns) == 0;
}

static uint64_t count_messages(const struct runner *runner, const struct subject *of)
{
	uint64_t count = 0;

	for (size_t i = runner->mark; i < runner->trace.count; i++) {
		if (is_message_of(&runner->trace.records[i], of->netns, of->dev))
			count++;
	}
	return count;
}

/* Evaluation */

static void expect_value(struct runner *runner, const struct stmt *stmt, const struct subject *of,
			 const struct net_device *dev, uint64_t actual)
{
	const struct expect *expect = &stmt->expect;
	char is[VALUE_MAX_BYTES], wanted[VALUE_MAX_BYTES], now[FORMAT_MAX_BYTES];

	if (actual == expect->value)
		return;
	value_format(expect, actual, is);
	value_format(expect, expect->value, wanted);
	format_seconds(runner->machine->now_ns, now);
	runner_report(runner, stmt, SEVERITY_FAIL, &expect->value_span,
		      "%s of %s is %s at %ss, expected %s", subject(expect), of->label, is, now,
		      wanted);
	notes_print(runner, dev);
}

static bool is_message_wanted(const struct record *record, const struct expect *expect,
			      const struct subject *of)
{
	return is_message_of(record, of->netns, of->dev) &&
	       (record->flags & LINK_STATE_FLAGS_MASK) == expect->value &&
	       record->operstate == expect->state;
}

static void expect_notify(struct runner *runner, const struct stmt *stmt, const struct subject *of,
			  const struct net_device *dev)
{
	const struct expect *expect = &stmt->expect;
	const struct trace *trace = &runner->trace;
	char flags[VALUE_MAX_BYTES], now[FORMAT_MAX_BYTES];

	for (size_t i = trace->count; i > 0; i--) {
		if (trace->records[i - 1].jiffy != runner->machine->since_boot_j)
			break;
		if (is_message_wanted(&trace->records[i - 1], expect, of))
			return;
	}
	value_format_flags(expect->value, flags);
	format_seconds(runner->machine->now_ns, now);
	runner_report(runner, stmt, SEVERITY_FAIL, &expect->value_span,
		      "no message %s state %s of %s in this jiffy (%ss)", flags,
		      operstate_name(expect->state), of->label, now);
	notes_print(runner, dev);
}

static const struct net_device *watch_dev(const struct runner *runner, const struct watch *watch)
{
	return subject_find(runner, watch->netns, watch->dev);
}

static bool is_running(const struct runner *runner, const struct watch *watch)
{
	const struct net_device *dev = watch_dev(runner, watch);

	return dev && (dev_get_flags(dev) & IFF_RUNNING);
}

static struct watch *watch_add(struct runner *runner, const struct stmt *stmt,
			       const struct subject *of, int64_t deadline_ns)
{
	struct watch *watch;

	if (runner->watches_count == runner->watches_capacity) {
		runner->watches_capacity = 2 * runner->watches_capacity + 16;
		runner->watches = xreallocarray(runner->watches, runner->watches_capacity,
						sizeof(runner->watches[0]));
	}
	watch = &runner->watches[runner->watches_count++];
	watch->stmt = stmt;
	watch->deadline_ns = deadline_ns;
	/* if neither the file nor --until sets an end, run until this deadline */
	if (!runner->has_fixed_end && deadline_ns > runner->end_ns)
		runner->end_ns = deadline_ns;
	strcpy(watch->dev, of->dev);
	strcpy(watch->netns, of->netns);
	return watch;
}

/* What the daemon thinks now, from all messages so far. */
static struct opinion opinion_make(const struct runner *runner, enum observer_id id,
				   const struct subject *of)
{
	const struct observer_calls *calls = runner->options.observers;
	struct opinion opinion = { .is_up = false };

	for (size_t i = 0; i < runner->trace.count; i++)
		if (is_message_of(&runner->trace.records[i], of->netns, of->dev))
			calls->message(id, &opinion, &runner->trace.records[i]);
	calls->pass(id, &opinion, runner->machine->now_ns);
	return opinion;
}

/* when: "at 1.5s", "until 1.5s" */
static void fail_says(struct runner *runner, const struct stmt *stmt, const char *label,
		      const char *when, int64_t t_ns, const struct net_device *dev)
{
	const struct expect *expect = &stmt->expect;
	const char *name = observer_names[expect->observer];
	char time[FORMAT_MAX_BYTES];

	format_seconds(t_ns, time);
	runner_report(runner, stmt, SEVERITY_FAIL, &expect->value_span,
		      "%s says %s is %s %s %ss, expected %s", name, label,
		      expect->value ? "down" : "up", when, time, expect->value ? "up" : "down");
	if (!runner->judged.is_repeated)
		diag_print(runner->options.messages, NULL, SEVERITY_NOTE, NULL,
			   "for %s, up means: %s", name,
			   runner->options.observers->rule(expect->observer));
	notes_print(runner, dev);
}

static void expect_says(struct runner *runner, const struct stmt *stmt, const struct subject *of,
			const struct net_device *dev)
{
	const struct expect *expect = &stmt->expect;
	struct opinion opinion;

	if (!runner->options.observers)
		return;
	opinion = opinion_make(runner, expect->observer, of);
	if (opinion.is_up == expect->value)
		return;
	if (expect->kind == EXPECT_SAYS_WITHIN)
		watch_add(runner, stmt, of, runner->machine->now_ns + expect->duration_ns)
			->opinion = opinion;
	else
		fail_says(runner, stmt, of->label, "at", runner->machine->now_ns, dev);
}

void expect_run(struct runner *runner, const struct stmt *stmt, uint32_t index)
{
	const struct expect *expect = &stmt->expect;
	const struct net_device *dev;
	struct subject of;

	if (!is_on_kernel(runner, expect))
		return;
	dev_name_at(&stmt->dev, index, of.dev);
	netns_name_at(&stmt->netns, index, of.netns);
	format_label(of.netns, of.dev, of.label);
	dev = subject_find(runner, of.netns, of.dev);
	if (expect->kind == EXPECT_NOTIFY)
		expect_notify(runner, stmt, &of, dev);
	else if (expect->kind == EXPECT_NOTIFICATIONS)
		expect_value(runner, stmt, &of, dev, count_messages(runner, &of));
	else if (expect->kind == EXPECT_RUNNING_WITHIN)
		watch_add(runner, stmt, &of, runner->machine->now_ns + expect->duration_ns);
	else if (expect->kind == EXPECT_SAYS || expect->kind == EXPECT_SAYS_WITHIN)
		expect_says(runner, stmt, &of, dev);
	else if (expect->kind == EXPECT_QUIET_UNTIL)
		watch_add(runner, stmt, &of, cursor_base_ns(&runner->cursor) + expect->until_ns);
	else if (dev)
		expect_value(runner, stmt, &of, dev, value_of(dev, expect));
	else
		runner_report(runner, stmt, SEVERITY_FAIL, &stmt->dev.span,
			      "there is no device %s at this time", of.label);
}

static void watch_remove(struct runner *runner, size_t i)
{
	runner->watches_count--;
	memmove(&runner->watches[i], &runner->watches[i + 1],
		(runner->watches_count - i) * sizeof(runner->watches[0]));
}

static void fail_running(struct runner *runner, const struct watch *watch, const char *why)
{
	char deadline[FORMAT_MAX_BYTES], label[LABEL_MAX_BYTES];

	format_seconds(watch->deadline_ns, deadline);
	format_label(watch->netns, watch->dev, label);
	runner_report(runner, watch->stmt, SEVERITY_FAIL, &watch->stmt->expect.value_span,
		      "%s is not RUNNING by %ss%s", label, deadline, why);
	notes_print(runner, watch_dev(runner, watch));
}

/* Whether the daemon has the expected opinion by t_ns. */
static bool is_said(const struct runner *runner, struct watch *watch, int64_t t_ns)
{
	const struct expect *expect = &watch->stmt->expect;

	if (watch->opinion.is_up != expect->value)
		runner->options.observers->pass(expect->observer, &watch->opinion, t_ns);
	return watch->opinion.is_up == expect->value;
}

static void fail_says_within(struct runner *runner, const struct watch *watch)
{
	char label[LABEL_MAX_BYTES];

	format_label(watch->netns, watch->dev, label);
	fail_says(runner, watch->stmt, label, "until", watch->deadline_ns,
		  watch_dev(runner, watch));
}

void expect_deadlines(struct runner *runner, int64_t now_ns)
{
	for (size_t i = 0; i < runner->watches_count;) {
		struct watch watch = runner->watches[i];

		if (watch.deadline_ns >= now_ns) {
			i++;
			continue;
		}
		watch_remove(runner, i);
		if (watch.stmt->expect.kind == EXPECT_RUNNING_WITHIN)
			fail_running(runner, &watch, "");
		else if (watch.stmt->expect.kind == EXPECT_SAYS_WITHIN &&
			 !is_said(runner, &watch, watch.deadline_ns))
			fail_says_within(runner, &watch);
	}
}

void expect_settled(struct runner *runner)
{
	for (size_t i = 0; i < runner->watches_count;) {
		struct watch *watch = &runner->watches[i];
		enum expect_kind kind = watch->stmt->expect.kind;

		if ((kind == EXPECT_RUNNING_WITHIN && is_running(runner, watch)) ||
		    (kind == EXPECT_SAYS_WITHIN && is_said(runner, watch, runner->machine->now_ns)))
			watch_remove(runner, i);
		else
			i++;
	}
}

/* Not removed here if met: expect_settled() is next, and asks before time passes. */
static void opinions_update(struct runner *runner, const struct record *record)
{
	for (size_t i = 0; i < runner->watches_count; i++) {
		struct watch *watch = &runner->watches[i];
		const struct expect *expect = &watch->stmt->expect;

		if (expect->kind == EXPECT_SAYS_WITHIN && watch->opinion.is_up != expect->value &&
		    is_message_of(record, watch->netns, watch->dev))
			runner->options.observers->message(expect->observer, &watch->opinion,
							   record);
	}
}

void expect_message(struct runner *runner, const struct record *record)
{
	char now[FORMAT_MAX_BYTES], until[FORMAT_MAX_BYTES], flags[VALUE_MAX_BYTES];
	char label[LABEL_MAX_BYTES];

	opinions_update(runner, record);
	format_label(record->netns, record->dev, label);
	format_seconds(record->t_ns, now);
	value_format_flags(record->flags, flags);
	for (size_t i = 0; i < runner->watches_count;) {
		struct watch watch = runner->watches[i];

		if (watch.stmt->expect.kind != EXPECT_QUIET_UNTIL ||
		    !is_message_of(record, watch.netns, watch.dev) ||
		    record->t_ns >= watch.deadline_ns) {
			i++;
			continue;
		}
		watch_remove(runner, i);
		format_seconds(watch.deadline_ns, until);
		runner_report(runner, watch.stmt, SEVERITY_FAIL, &watch.stmt->expect.value_span,
			      "%s has a message at %ss: %s state %s, caused by %s:%" PRIu32
			      "; expected quiet until %ss",
			      label, now, flags, operstate_name(record->operstate),
			      runner->scenario->source->path, record->line, until);
	}
}

/* --until ended the run before the deadline: the outcome is unknown. */
static bool is_cut_off(const struct runner *runner, const struct watch *watch)
{
	return runner->options.until_ns >= 0 && watch->deadline_ns > runner->options.until_ns;
}

static void fail_quiet_cut(struct runner *runner, const struct watch *watch)
{
	char now[FORMAT_MAX_BYTES], until[FORMAT_MAX_BYTES], label[LABEL_MAX_BYTES];

	format_label(watch->netns, watch->dev, label);
	format_seconds(runner->machine->now_ns, now);
	format_seconds(watch->deadline_ns, until);
	runner_report(runner, watch->stmt, SEVERITY_FAIL, &watch->stmt->expect.value_span,
		      "the run has ended at %ss with work pending, expected quiet of %s until %ss",
		      now, label, until);
	notes_print(runner, watch_dev(runner, watch));
}

/* Without a fixed end the run has ended because nothing changes any more: who polls sees that later. */
static void end_says(struct runner *runner, struct watch *watch)
{
	int64_t until_ns = runner->has_fixed_end ? runner->machine->now_ns : watch->deadline_ns;

	if (!is_said(runner, watch, until_ns))
		fail_says_within(runner, watch);
}

/* With no work pending no message can follow, so `quiet` holds until its deadline. */
void expect_end(struct runner *runner)
{
	bool has_pending = machine_next_ns(runner->machine) != INT64_MAX;

	for (size_t i = 0; i < runner->watches_count; i++) {
		struct watch *watch = &runner->watches[i];

		if (is_cut_off(runner, watch))
			continue;
		if (watch->stmt->expect.kind == EXPECT_RUNNING_WITHIN)
			fail_running(runner, watch, ": the run has ended");
		else if (watch->stmt->expect.kind == EXPECT_SAYS_WITHIN)
			end_says(runner, watch);
		else if (has_pending && watch->deadline_ns > runner->machine->now_ns)
			fail_quiet_cut(runner, watch);
	}
}
