/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Goes back from a record, adds a cause that sends nothing, and explains anew what comes behind. */
#include "sim/evidence/import_dig.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/evidence/guess.h"
#include "sim/evidence/import_explain.h"

#define BUSY "busy" /* a device in another namespace, whose events use up the second */
#define WHEEL_STEPS 8
#define LATER_INSTANTS 3   /* the record's own, and those that follow it */
#define EARLIER_INSTANTS 4 /* before the record */
#define WORK_ONE (INT64_C(100) * 1000)

enum cause {
	CAUSE_FLAP,  /* the device loses its carrier while it is down, and has it again */
	CAUSE_EVENT, /* an event of a device in another namespace */
	CAUSE_OFF,   /* the device loses its carrier while it is down */
	CAUSE_ON,
	CAUSE_LATENCY, /* the worker is late */
	CAUSES,
};

struct dig {
	struct import *import;
	size_t record;
	const struct import_match *now;
	/* what was there before */
	struct sketch sketch;
	int64_t *there_ns;
	bool *is_lost;
	size_t coincidences;
	int64_t work_end;
};

static const char *name_now(const struct dig *dig)
{
	return dig->import->evidence->trace.records[dig->record].dev;
}

/* Drops what was added behind this time, and at it if it is to be explained anew, too. */
static void go_back(struct dig *dig, int64_t t_ns, bool is_anew)
{
	struct import *import = dig->import;
	size_t count = import->evidence->trace.count;

	sketch_free(&import->sketch);
	sketch_copy(&import->sketch, &dig->sketch);
	sketch_cut(&import->sketch, is_anew ? t_ns : t_ns + 1);
	for (size_t i = 0; i < import->whos.count; i++) {
		import->there_ns[i] = dig->there_ns[i];
		if (import->there_ns[i] >= t_ns + !is_anew)
			import->there_ns[i] = IMPORT_NOT_YET;
	}
	for (size_t i = 0; i < count; i++)
		import->is_lost[i] = dig->is_lost[i] && import->at_ns[i] < t_ns + !is_anew;
	import->coincidences = dig->coincidences;
}

static void put_back(struct dig *dig)
{
	struct import *import = dig->import;

	sketch_free(&import->sketch);
	import->sketch = dig->sketch;
	memset(&dig->sketch, 0, sizeof(dig->sketch));
	memcpy(import->there_ns, dig->there_ns, import->whos.count * sizeof(int64_t));
	memcpy(import->is_lost, dig->is_lost, import->evidence->trace.count * sizeof(bool));
	import->coincidences = dig->coincidences;
}

static void add_carrier(struct dig *dig, int64_t t_ns, bool is_on)
{
	char *text = xasprintf("carrier_%s %s", is_on ? "on" : "off", name_now(dig));

	sketch_add(&dig->import->sketch, t_ns, text, "while it is down, which sends nothing");
	free(text);
}

static bool has_text(const struct sketch *sketch, const char *text)
{
	for (size_t i = 0; i < sketch->count; i++)
		if (strcmp(sketch->lines[i].text, text) == 0)
			return true;
	return false;
}

static void add_event(struct dig *dig, int64_t t_ns)
{
	static const char netns[] = "ip netns add " WHO_ABROAD;
	static const char busy[] = "ip -n " WHO_ABROAD " link add " BUSY " type dummy";
	struct sketch *sketch = &dig->import->sketch;
	int64_t from_ns = sketch->count ? sketch->lines[0].t_ns : 0;

	if (from_ns > t_ns)
		from_ns = t_ns;
	if (!has_text(sketch, netns))
		sketch_add(sketch, from_ns, netns, NULL);
	if (!has_text(sketch, busy))
		sketch_add(sketch, from_ns, busy, "what follows from it is not in the capture");
	sketch_add(sketch, t_ns, "linkwatch_fire_event -n " WHO_ABROAD " " BUSY,
		   "something elsewhere uses up linkwatch's second");
}

static void add_latency(struct dig *dig, int64_t from_ns, int64_t to_ns)
{
	char latency[SKETCH_TIME_MAX_BYTES], *text;

	sketch_time(to_ns - from_ns, latency);
	text = xasprintf("worker latency %ss", latency);
	sketch_add(&dig->import->sketch, from_ns, text, "the worker is busy");
	sketch_add(&dig->import->sketch, to_ns, "worker latency 0", NULL);
	free(text);
}

/* to_ns: of a late worker, when it is there again. */
static bool try_cause(struct dig *dig, enum cause cause, int64_t t_ns, int64_t to_ns)
{
	struct import *import = dig->import;
	size_t who = import->whos.of_record[dig->record];
	bool is_own = cause == CAUSE_FLAP || cause == CAUSE_OFF || cause == CAUSE_ON;
	struct import_match match;

	if (t_ns < 0 || import->work > dig->work_end ||
	    (is_own && dig->there_ns[who] > t_ns))
		return false;
	go_back(dig, t_ns, cause == CAUSE_LATENCY);
	if (cause == CAUSE_FLAP || cause == CAUSE_OFF)
		add_carrier(dig, t_ns, false);
	if (cause == CAUSE_FLAP || cause == CAUSE_ON)
		add_carrier(dig, t_ns, true);
	if (cause == CAUSE_EVENT)
		add_event(dig, t_ns);
	if (cause == CAUSE_LATENCY)
		add_latency(dig, t_ns, to_ns);
	if (!import_explain_up_to(import, dig->record))
		return false;
	match = import_match_now(import, dig->record);
	return match.known > dig->record && match.surplus <= dig->now->surplus &&
	       match.miscounted <= dig->now->miscounted;
}

/* The first record at the time of this one. */
static size_t instant_begin(const struct import *import, size_t record)
{
	while (record && import->at_ns[record - 1] == import->at_ns[record])
		record--;
	return record;
}

/* Something before this time has used up a second that ends when linkwatch sends this record. */
static bool try_ends(struct dig *dig, size_t record)
{
	struct import *import = dig->import;
	uint32_t hz = import->options.hz;
	int64_t step_ns = NSEC_PER_SEC / hz * (hz == 1000 ? 8 : 1);

	for (int64_t i = 0; i <= WHEEL_STEPS; i++) {
		int64_t t_ns = import->at_ns[record] - NSEC_PER_SEC - i * step_ns;

		if (t_ns > import->at_ns[dig->record])
			continue;
		for (enum cause cause = CAUSE_FLAP; cause < CAUSE_LATENCY; cause++)
			if (try_cause(dig, cause, t_ns, 0))
				return true;
	}
	return false;
}

/* Something within the second before, together with what is known. */
static bool try_within(struct dig *dig)
{
	struct import *import = dig->import;
	size_t at = dig->record;

	for (unsigned int i = 0; i < EARLIER_INSTANTS && at; i++) {
		at = instant_begin(import, at - 1);
		if (import->at_ns[at] <= import->at_ns[dig->record] - NSEC_PER_SEC)
			return false;
		for (enum cause cause = CAUSE_FLAP; cause < CAUSE_LATENCY; cause++)
			if (try_cause(dig, cause, import->at_ns[at], 0))
				return true;
	}
	return false;
}

/* What was queued at one instant is done at the next one. */
static bool try_latency(struct dig *dig)
{
	struct import *import = dig->import;
	size_t begin = instant_begin(import, dig->record), end;
	int64_t t_ns = import->at_ns[begin];

	end = guess_instant_end(import, dig->record);
	if (end < import->evidence->trace.count && import->at_ns[end] - t_ns < NSEC_PER_SEC &&
	    try_cause(dig, CAUSE_LATENCY, t_ns, import->at_ns[end]))
		return true;
	return begin && t_ns - import->at_ns[begin - 1] < NSEC_PER_SEC &&
	       try_cause(dig, CAUSE_LATENCY, import->at_ns[begin - 1], t_ns);
}

static bool try_all(struct dig *dig)
{
	struct import *import = dig->import;
	size_t count = import->evidence->trace.count, at = dig->record;

	if (try_latency(dig))
		return true;
	for (unsigned int i = 0; i < LATER_INSTANTS && at < count; i++) {
		if (import->at_ns[at] - import->at_ns[dig->record] > NSEC_PER_SEC)
			break;
		if (try_ends(dig, at))
			return true;
		at = guess_instant_end(import, at);
	}
	return try_within(dig);
}

bool import_dig(struct import *import, size_t record, const struct import_match *now)
{
	size_t count = import->evidence->trace.count;
	struct dig dig = { .import = import, .record = record, .now = now };
	bool is_found;

	dig.work_end = import->work + WORK_ONE;
	if (dig.work_end > import->work_max)
		dig.work_end = import->work_max;
	sketch_copy(&dig.sketch, &import->sketch);
	dig.there_ns = xcalloc(import->whos.count + 1, sizeof(int64_t));
	memcpy(dig.there_ns, import->there_ns, import->whos.count * sizeof(int64_t));
	dig.is_lost = xcalloc(count + 1, sizeof(bool));
	memcpy(dig.is_lost, import->is_lost, count * sizeof(bool));
	dig.coincidences = import->coincidences;
	is_found = try_all(&dig);
	if (!is_found)
		put_back(&dig);
	sketch_free(&dig.sketch);
	free(dig.there_ns);
	free(dig.is_lost);
	return is_found;
}
