/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Turns a capture's messages into records. */
#include "sim/evidence/evidence.h"

#include <inttypes.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/name_index.h"
#include "sim/base/xalloc.h"
#include "sim/language/names.h"

#define DAY_NS (INT64_C(86400) * NSEC_PER_SEC)
/* Times before this are those of a simulated clock, from boot. */
#define UPTIME_MAX_NS (365 * DAY_NS)

/* What the last message of an ifindex said. */
struct last {
	uint32_t flags;
	uint8_t operstate;
	bool is_known, waits;
	int64_t up_ns;
};

struct making {
	struct evidence *evidence;
	struct name_index by_ifindex; /* places in lasts */
	struct last *lasts;
	size_t count, capacity;
	size_t messages_capacity;
};

static struct last *last_of(struct making *making, int32_t ifindex)
{
	char name[16];
	size_t *place;

	snprintf(name, sizeof(name), "%" PRId32, ifindex);
	place = name_index_at(&making->by_ifindex, name);
	if (*place == SIZE_MAX) {
		*place = making->count;
		making->lasts = xgrow(making->lasts, making->count, &making->capacity,
				      sizeof(making->lasts[0]));
		memset(&making->lasts[making->count++], 0, sizeof(making->lasts[0]));
	}
	return &making->lasts[*place];
}

static uint8_t qdisc_of(const char *name)
{
	for (uint8_t qdisc = 0; qdisc <= QDISC_PFIFO_FAST; qdisc++)
		if (strcmp(name, qdisc_name(qdisc)) == 0)
			return qdisc;
	return QDISC_PFIFO_FAST;
}

/* The time from IFF_UP to the first IFF_RUNNING, as the runner has it; else -1. */
static int64_t take_wait(struct last *last, uint32_t flags, int64_t t_ns)
{
	bool was_up = last->is_known && last->flags & IFF_UP;

	if (!(flags & IFF_UP)) {
		last->waits = false;
	} else if (last->is_known && !was_up) {
		last->waits = true;
		last->up_ns = t_ns;
	}
	if (!last->waits || !(flags & IFF_RUNNING))
		return -1;
	last->waits = false;
	return t_ns - last->up_ns;
}

static void name_record(const struct rtnl_link_message *message, struct record *record)
{
	if (message->has & LINK_HAS_NAME)
		memcpy(record->dev, message->name, sizeof(record->dev));
	else
		snprintf(record->dev, sizeof(record->dev), "if%" PRId32, message->ifindex);
}

static void add_record(struct making *making, size_t index)
{
	struct evidence *evidence = making->evidence;
	const struct captured *captured = &evidence->capture.messages[index];
	const struct rtnl_link_message *message = &captured->message;
	struct last *last = last_of(making, message->ifindex);
	struct record record = {
		.kind = message->is_dellink ? RECORD_DELLINK : RECORD_NEWLINK,
		.t_ns = captured->t_ns,
		.netns = "",
		.ifindex = message->ifindex,
		.flags = message->flags,
		.change = message->change,
		.operstate = message->operstate,
		.linkmode = message->linkmode,
		.qdisc = qdisc_of(message->qdisc),
		.carrier = message->has & LINK_HAS_CARRIER ? message->carrier
							   : (message->flags & IFF_LOWER_UP) != 0,
		.carrier_up = message->carrier_up,
		.carrier_down = message->carrier_down,
		.has_before = last->is_known,
		.flags_before = last->flags,
		.operstate_before = last->operstate,
		.waited_ns = take_wait(last, message->flags, captured->t_ns),
	};

	name_record(message, &record);
	*last = (struct last){ .flags = message->flags,
			       .operstate = message->operstate,
			       .is_known = !message->is_dellink,
			       .waits = last->waits && !message->is_dellink,
			       .up_ns = last->up_ns };
	evidence->has_times &= captured->has_time;
	evidence->has_counters &= (message->has & LINK_HAS_CARRIER_DOWN) != 0;
	evidence->messages = xgrow(evidence->messages, evidence->trace.count,
				   &making->messages_capacity, sizeof(evidence->messages[0]));
	evidence->messages[evidence->trace.count] = index;
	trace_add(&evidence->trace, &record);
}

void evidence_make(const char *path, struct capture *capture, struct evidence *ret_evidence)
{
	struct making making = { .evidence = ret_evidence };

	memset(ret_evidence, 0, sizeof(*ret_evidence));
	ret_evidence->path = path;
	ret_evidence->capture = *capture;
	ret_evidence->has_times = ret_evidence->has_counters = true;
	memset(capture, 0, sizeof(*capture));
	for (size_t i = 0; i < ret_evidence->capture.count; i++) {
		if (ret_evidence->capture.messages[i].message.nl_flags & NLM_F_MULTI)
			ret_evidence->dumped++;
		else
			add_record(&making, i);
	}
	for (size_t i = 0; i < ret_evidence->trace.count && !ret_evidence->has_times; i++)
		ret_evidence->trace.records[i].t_ns = 0;
	name_index_free(&making.by_ifindex);
	free(making.lasts);
}

bool evidence_read(const char *path, struct evidence *ret_evidence, FILE *messages)
{
	struct capture capture = { .count = 0 };

	if (!capture_file_read(path, &capture, messages)) {
		capture_free(&capture);
		return false;
	}
	evidence_make(path, &capture, ret_evidence);
	return true;
}

void evidence_free(struct evidence *evidence)
{
	trace_free(&evidence->trace);
	free(evidence->messages);
	capture_free(&evidence->capture);
}

bool evidence_is_simulated(const struct evidence *evidence)
{
	return evidence->has_times && evidence->trace.count &&
	       evidence->trace.records[0].t_ns < UPTIME_MAX_NS;
}

const struct captured *evidence_message(const struct evidence *evidence, size_t record)
{
	return &evidence->capture.messages[evidence->messages[record]];
}

void evidence_time(const struct evidence *evidence, size_t record,
		   char ret_text[EVIDENCE_TIME_MAX_BYTES])
{
	const struct captured *captured = evidence_message(evidence, record);
	int64_t of_day = captured->t_ns % DAY_NS, s = of_day / NSEC_PER_SEC;

	if (!evidence->has_times && captured->line)
		snprintf(ret_text, EVIDENCE_TIME_MAX_BYTES, "line %" PRIu32, captured->line);
	else if (!evidence->has_times)
		snprintf(ret_text, EVIDENCE_TIME_MAX_BYTES, "byte %" PRIu64, captured->offset);
	else if (captured->t_ns < UPTIME_MAX_NS)
		snprintf(ret_text, EVIDENCE_TIME_MAX_BYTES, "%" PRId64 ".%06" PRId64,
			 captured->t_ns / NSEC_PER_SEC, captured->t_ns % NSEC_PER_SEC / 1000);
	else
		snprintf(ret_text, EVIDENCE_TIME_MAX_BYTES,
			 "%02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%06" PRId64, s / 3600,
			 s / 60 % 60, s % 60, of_day % NSEC_PER_SEC / 1000);
}
