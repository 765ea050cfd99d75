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
#define LATER_INSTANTS 2   /* behind the record */
#define EARLIER_INSTANTS 4 /* before the record */
#define SUBJECTS_MAX 4
#define WORK_ONE (INT64_C(100) * 1000)

/* What a device's carrier does while it is down. */
enum change {
	CHANGE_FLAP, /* off and on */
	CHANGE_OFF,
	CHANGE_ON,
	CHANGE_NONE, /* an event alone */
	CHANGES,
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
	size_t subjects[SUBJECTS_MAX]; /* devices; the record's is the first */
	size_t subjects_count;
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

static bool is_over(const struct dig *dig)
{
	return dig->import->work > dig->work_end;
}

static void add_hidden(struct dig *dig, int64_t t_ns, size_t who, const char *call)
{
	const char *name =
		who == dig->subjects[0] ? name_now(dig) : dig->import->whos.items[who].name;
	char *text = xasprintf("%s %s", call, name);

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

static bool is_explained(struct dig *dig)
{
	struct import_match match;

	if (!import_explain_up_to(dig->import, dig->record))
		return false;
	match = import_match_now(dig->import, dig->record);
	return match.known > dig->record && match.surplus <= dig->now->surplus &&
	       match.miscounted <= dig->now->miscounted;
}

static bool try_event(struct dig *dig, int64_t t_ns)
{
	if (is_over(dig) || t_ns < 0)
		return false;
	go_back(dig, t_ns, false);
	add_event(dig, t_ns);
	return is_explained(dig);
}

static bool try_carrier(struct dig *dig, int64_t t_ns, size_t who, enum change change)
{
	if (is_over(dig) || dig->there_ns[who] > t_ns)
		return false;
	go_back(dig, t_ns, false);
	if (change == CHANGE_FLAP || change == CHANGE_OFF)
		add_hidden(dig, t_ns, who, "carrier_off");
	if (change == CHANGE_FLAP || change == CHANGE_ON)
		add_hidden(dig, t_ns, who, "carrier_on");
	if (change == CHANGE_NONE)
		add_hidden(dig, t_ns, who, "linkwatch_fire_event");
	return is_explained(dig);
}

/* What was queued from one time on is done at the other. */
static bool try_worker(struct dig *dig, int64_t from_ns, int64_t to_ns)
{
	if (is_over(dig) || to_ns - from_ns >= NSEC_PER_SEC)
		return false;
	go_back(dig, from_ns, true);
	add_latency(dig, from_ns, to_ns);
	return is_explained(dig);
}

/* The first record at the time of this one. */
static size_t instant_begin(const struct import *import, size_t record)
{
	while (record && import->at_ns[record - 1] == import->at_ns[record])
		record--;
	return record;
}

/* The record's device, and others that have messages in the second up to it. */
static void take_subjects(struct dig *dig)
{
	const struct import *import = dig->import;
	size_t end = guess_instant_end(import, dig->record);

	dig->subjects[dig->subjects_count++] = import->whos.of_record[dig->record];
	for (size_t i = end; i && dig->subjects_count < SUBJECTS_MAX; i--) {
		size_t who = import->whos.of_record[i - 1];
		bool is_new = true;

		if (import->at_ns[i - 1] <= import->at_ns[dig->record] - NSEC_PER_SEC)
			break;
		for (size_t j = 0; j < dig->subjects_count; j++)
			is_new &= dig->subjects[j] != who;
		if (is_new)
			dig->subjects[dig->subjects_count++] = who;
	}
}

/* Everything that may happen at this time without a message. */
static bool try_at(struct dig *dig, int64_t t_ns)
{
	if (try_carrier(dig, t_ns, dig->subjects[0], CHANGE_FLAP) || try_event(dig, t_ns))
		return true;
	for (size_t i = 0; i < dig->subjects_count; i++)
		for (enum change change = CHANGE_FLAP; change < CHANGES; change++)
			if ((i || change != CHANGE_FLAP) &&
			    try_carrier(dig, t_ns, dig->subjects[i], change))
				return true;
	return false;
}

/* Something before this time has used up a second that ends when linkwatch sends this record. */
static bool try_ends(struct dig *dig, size_t record)
{
	struct import *import = dig->import;
	uint32_t hz = import->options.hz;
	int64_t step_ns = NSEC_PER_SEC / hz * (hz == 1000 ? 8 : 1);

	for (int64_t i = 0; i <= WHEEL_STEPS; i++) {
		int64_t t_ns = import->at_ns[record] - NSEC_PER_SEC - i * step_ns;

		if (t_ns <= import->at_ns[dig->record] && try_at(dig, t_ns))
			return true;
	}
	return false;
}

/* Something together with what is known, a second before, or whose state was stored long ago. */
static bool try_earlier(struct dig *dig)
{
	struct import *import = dig->import;
	size_t at = dig->record;

	for (unsigned int i = 0; i < EARLIER_INSTANTS && at; i++) {
		at = instant_begin(import, at - 1);
		if (try_at(dig, import->at_ns[at]))
			return true;
	}
	return false;
}

/* An earlier change that its message does not show may have been that of the link mode. */
static bool try_mode(struct dig *dig)
{
	const char *name = name_now(dig);
	char *unseen = xasprintf("ip link set %s alias other", name);
	bool is_testing = dig->import->evidence->trace.records[dig->record].operstate ==
			  IF_OPER_TESTING; /* a mode that `ip` does not know */
	char *mode = is_testing ? xasprintf("setlink %s mode testing", name)
				: xasprintf("ip link set %s mode dormant", name);
	bool is_found = false;

	for (size_t i = dig->sketch.count; i && !is_found && !is_over(dig); i--) {
		struct sketch_line line = dig->sketch.lines[i - 1];

		if (strcmp(line.text, unseen) != 0)
			continue;
		go_back(dig, line.t_ns, true);
		line.text = mode;
		sketch_add_line(&dig->import->sketch, &line);
		is_found = is_explained(dig);
	}
	free(mode);
	free(unseen);
	return is_found;
}

/* What was queued at one instant is done at the next one. */
static bool try_latency(struct dig *dig)
{
	struct import *import = dig->import;
	size_t begin = instant_begin(import, dig->record);
	size_t end = guess_instant_end(import, dig->record);
	int64_t t_ns = import->at_ns[begin];

	return (end < import->evidence->trace.count && try_worker(dig, t_ns, import->at_ns[end])) ||
	       (begin && try_worker(dig, import->at_ns[begin - 1], t_ns));
}

static bool try_all(struct dig *dig)
{
	struct import *import = dig->import;
	size_t count = import->evidence->trace.count, at = dig->record;

	if (try_latency(dig) || try_mode(dig) || try_ends(dig, at) || try_earlier(dig))
		return true;
	for (unsigned int i = 0; i < LATER_INSTANTS; i++) {
		at = guess_instant_end(import, at);
		if (at == count || import->at_ns[at] - import->at_ns[dig->record] > NSEC_PER_SEC)
			return false;
		if (try_ends(dig, at))
			return true;
	}
	return false;
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
	take_subjects(&dig);
	is_found = try_all(&dig);
	if (!is_found)
		put_back(&dig);
	sketch_free(&dig.sketch);
	free(dig.there_ns);
	free(dig.is_lost);
	return is_found;
}
