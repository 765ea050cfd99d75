/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the offset between a capture's clock and a run's, and pairs their records. */
#include "sim/evidence/beside.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/name_index.h"
#include "sim/base/xalloc.h"
#include "sim/compare/align.h"

#define OFFSETS_PER_DEVICE 40
#define DEVICES_TRIED 20

/* The records of a device on both sides. */
struct device {
	char label[LABEL_MAX_BYTES];
	size_t *captured, *run; /* indexes of records, in their order */
	size_t captured_count, run_count, captured_capacity, run_capacity;
};

struct devices {
	struct name_index by_label;
	struct device *items;
	size_t count, capacity;
};

static struct device *device_of(struct devices *devices, const struct record *record)
{
	char label[LABEL_MAX_BYTES];
	size_t *place;

	format_label(record->netns, record->dev, label);
	place = name_index_at(&devices->by_label, label);
	if (*place == SIZE_MAX) {
		*place = devices->count;
		devices->items = xgrow(devices->items, devices->count, &devices->capacity,
				       sizeof(devices->items[0]));
		memset(&devices->items[devices->count], 0, sizeof(devices->items[0]));
		strcpy(devices->items[devices->count++].label, label);
	}
	return &devices->items[*place];
}

static void devices_make(const struct trace *captured, const struct trace *run,
			 struct devices *devices)
{
	struct device *device;

	memset(devices, 0, sizeof(*devices));
	for (size_t i = 0; i < captured->count; i++) {
		device = device_of(devices, &captured->records[i]);
		device->captured = xgrow(device->captured, device->captured_count,
					 &device->captured_capacity, sizeof(size_t));
		device->captured[device->captured_count++] = i;
	}
	for (size_t i = 0; i < run->count; i++) {
		if (!record_is_message(&run->records[i]))
			continue;
		device = device_of(devices, &run->records[i]);
		device->run = xgrow(device->run, device->run_count, &device->run_capacity,
				    sizeof(size_t));
		device->run[device->run_count++] = i;
	}
}

static void devices_free(struct devices *devices)
{
	for (size_t i = 0; i < devices->count; i++) {
		free(devices->items[i].captured);
		free(devices->items[i].run);
	}
	free(devices->items);
	name_index_free(&devices->by_label);
}

static int64_t distance(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

/* How many messages of the run are looked at for one of the capture. */
#define FIT_AHEAD 100

static const struct record *run_record(const struct beside *beside, const struct device *device,
				       size_t at)
{
	return &beside->run->records[device->run[at]];
}

/* How many messages are within the tolerance with this offset, and how far apart they are. */
struct fit {
	size_t count;
	int64_t apart_ns;
};

static void fit_device(const struct beside *beside, const struct device *device, int64_t offset_ns,
		       struct fit *fit)
{
	size_t next = 0;

	for (size_t i = 0; i < device->captured_count && next < device->run_count; i++) {
		const struct record *captured =
			&beside->evidence->trace.records[device->captured[i]];
		int64_t t_ns = captured->t_ns - offset_ns;

		while (next < device->run_count &&
		       run_record(beside, device, next)->t_ns < t_ns - beside->tolerance_ns)
			next++; /* too early for the captured ones behind, too */
		for (size_t j = next; j < device->run_count && j < next + FIT_AHEAD; j++) {
			const struct record *record = run_record(beside, device, j);
			int64_t apart_ns = distance(record->t_ns, t_ns);

			if (record->t_ns - t_ns > beside->tolerance_ns)
				break;
			if (apart_ns > beside->tolerance_ns ||
			    !record_says_the_same(captured, record))
				continue;
			next = j + 1;
			fit->count++;
			fit->apart_ns += apart_ns;
			break;
		}
	}
}

static struct fit fit_of(const struct beside *beside, const struct devices *devices,
			 int64_t offset_ns)
{
	struct fit fit = { .count = 0 };

	for (size_t i = 0; i < devices->count; i++)
		fit_device(beside, &devices->items[i], offset_ns, &fit);
	return fit;
}

/* The first message of the device that the run has, too: where the run has it, is an offset. */
static size_t first_common(const struct beside *beside, const struct device *device)
{
	for (size_t i = 0; i < device->captured_count; i++)
		for (size_t j = 0; j < device->run_count; j++)
			if (record_says_the_same(
				    &beside->evidence->trace.records[device->captured[i]],
				    &beside->run->records[device->run[j]]))
				return device->captured[i];
	return ALIGN_NONE;
}

/*
 * The device's first common message may be each equal one of the run. Of offsets that fit equally well,
 * the one of the first device stays, and of one device's the last: a run sets its devices up first.
 */
static void try_device(struct beside *beside, const struct devices *devices,
		       const struct device *device, struct fit *best)
{
	size_t first = first_common(beside, device), tried = 0;

	for (size_t i = 0; first != ALIGN_NONE && i < device->run_count; i++) {
		const struct record *record = &beside->run->records[device->run[i]];
		const struct record *captured = &beside->evidence->trace.records[first];
		int64_t offset_ns = captured->t_ns - record->t_ns;
		bool replaces =
			!beside->is_aligned || (beside->aligned_at == first && beside->offset_ns);
		struct fit fit;

		if (!record_says_the_same(captured, record))
			continue;
		if (tried++ == OFFSETS_PER_DEVICE)
			return;
		fit = fit_of(beside, devices, offset_ns);
		if (fit.count < best->count || (fit.count == best->count && !replaces))
			continue;
		*best = fit;
		beside->offset_ns = offset_ns;
		beside->aligned_at = first;
		beside->is_aligned = true;
	}
}

/* The clocks may be the same, in a capture of a run of lwsim: offset 0. */
static void find_offset(struct beside *beside, const struct devices *devices)
{
	struct fit best = fit_of(beside, devices, 0);

	beside->is_aligned = best.count;
	for (size_t i = 0; i < devices->count && i < DEVICES_TRIED; i++)
		try_device(beside, devices, &devices->items[i], &best);
}

static void take_captured(struct beside *beside, const struct devices *devices)
{
	const struct trace *all = &beside->evidence->trace;

	beside->captured_records = xcalloc(all->count + 1, sizeof(size_t));
	for (size_t i = 0; i < all->count; i++) {
		struct record record = all->records[i];
		const size_t *place;
		char label[LABEL_MAX_BYTES];

		format_label(record.netns, record.dev, label);
		place = name_index_find(&devices->by_label, label);
		if (!place || !devices->items[*place].run_count)
			continue;
		record.t_ns -= beside->offset_ns;
		beside->captured_records[beside->captured.count] = i;
		trace_add(&beside->captured, &record);
	}
}

static void take_run(struct beside *beside, const struct devices *devices)
{
	beside->run_records = xcalloc(beside->run->count + 1, sizeof(size_t));
	for (size_t i = 0; i < beside->run->count; i++) {
		const struct record *record = &beside->run->records[i];
		const size_t *place;
		char label[LABEL_MAX_BYTES];

		if (!record_is_message(record))
			continue;
		if (beside->evidence->has_times &&
		    (record->t_ns < beside->from_ns || record->t_ns > beside->to_ns))
			continue;
		format_label(record->netns, record->dev, label);
		place = name_index_find(&devices->by_label, label);
		if (!place || !devices->items[*place].captured_count)
			continue;
		beside->run_records[beside->run_part.count] = i;
		trace_add(&beside->run_part, record);
	}
}

/* Pairs the records of a device, of the two traces that are compared. */
static void pair_device(struct beside *beside, const struct device *device)
{
	const struct record **captured = xcalloc(device->captured_count + 1, sizeof(*captured));
	const struct record **run = xcalloc(device->run_count + 1, sizeof(*run));
	size_t *partner = xcalloc(device->captured_count + 1, sizeof(*partner));

	for (size_t i = 0; i < device->captured_count; i++)
		captured[i] = &beside->captured.records[device->captured[i]];
	for (size_t i = 0; i < device->run_count; i++)
		run[i] = &beside->run_part.records[device->run[i]];
	align(captured, device->captured_count, run, device->run_count, partner);
	for (size_t i = 0; i < device->captured_count; i++) {
		if (partner[i] == ALIGN_NONE)
			continue;
		beside->captured_partner[device->captured[i]] = device->run[partner[i]];
		beside->run_partner[device->run[partner[i]]] = device->captured[i];
	}
	free(captured);
	free(run);
	free(partner);
}

static void pair(struct beside *beside)
{
	struct devices devices;

	beside->captured_partner = xmalloc((beside->captured.count + 1) * sizeof(size_t));
	beside->run_partner = xmalloc((beside->run_part.count + 1) * sizeof(size_t));
	for (size_t i = 0; i < beside->captured.count; i++)
		beside->captured_partner[i] = ALIGN_NONE;
	for (size_t i = 0; i < beside->run_part.count; i++)
		beside->run_partner[i] = ALIGN_NONE;
	devices_make(&beside->captured, &beside->run_part, &devices);
	for (size_t i = 0; i < devices.count; i++)
		pair_device(beside, &devices.items[i]);
	devices_free(&devices);
}

int64_t beside_apart_ns(const struct beside *beside, size_t captured)
{
	const struct record *record =
		&beside->evidence->trace.records[beside->captured_records[captured]];

	return record->t_ns - beside->offset_ns -
	       beside->run_part.records[beside->captured_partner[captured]].t_ns;
}

bool beside_is_same(const struct beside *beside, size_t captured)
{
	return beside->captured_partner[captured] != ALIGN_NONE &&
	       (!beside->evidence->has_times ||
		distance(beside_apart_ns(beside, captured), 0) <= beside->tolerance_ns);
}

/* The partner knows what was before the first message of the capture. */
static void take_partner(struct record *record, const struct record *partner)
{
	record->t_ns = partner->t_ns;
	if (record->has_before || record->kind == RECORD_DELLINK)
		return;
	record->has_before = partner->has_before;
	record->flags_before = partner->flags_before;
	record->operstate_before = partner->operstate_before;
}

/*
 * Records within the tolerance get their partner's time. Without times, one without a partner has that
 * of the record before it.
 */
static void snap(struct beside *beside)
{
	int64_t last_ns = 0;

	for (size_t i = 0; i < beside->captured.count; i++) {
		struct record *record = &beside->captured.records[i];

		if (beside_is_same(beside, i))
			take_partner(record,
				     &beside->run_part.records[beside->captured_partner[i]]);
		else if (!beside->evidence->has_times)
			record->t_ns = last_ns;
		last_ns = record->t_ns;
	}
}

void beside_make(const struct evidence *evidence, const struct trace *run,
		 const struct beside_options *options, struct beside *ret_beside)
{
	struct devices devices;

	memset(ret_beside, 0, sizeof(*ret_beside));
	ret_beside->evidence = evidence;
	ret_beside->run = run;
	ret_beside->tolerance_ns = options->tolerance_ns;
	ret_beside->offset_ns = options->offset_ns;
	ret_beside->is_aligned = options->has_offset;
	devices_make(&evidence->trace, run, &devices);
	if (!options->has_offset && evidence->has_times)
		find_offset(ret_beside, &devices);
	if (evidence->trace.count) {
		ret_beside->from_ns = evidence->trace.records[0].t_ns - ret_beside->offset_ns -
				      options->tolerance_ns;
		ret_beside->to_ns = evidence->trace.records[evidence->trace.count - 1].t_ns -
				    ret_beside->offset_ns + options->tolerance_ns;
	}
	take_captured(ret_beside, &devices);
	take_run(ret_beside, &devices);
	devices_free(&devices);
	pair(ret_beside);
	snap(ret_beside);
}

void beside_free(struct beside *beside)
{
	trace_free(&beside->captured);
	trace_free(&beside->run_part);
	free(beside->captured_records);
	free(beside->captured_partner);
	free(beside->run_records);
	free(beside->run_partner);
}

/* Writes the records that have no partner and are before t_ns. */
static void write_alone(const struct beside *beside, size_t *at, int64_t t_ns,
			struct trace *ret_column)
{
	for (; *at < beside->captured.count; (*at)++) {
		if (beside_is_same(beside, *at))
			continue;
		if (beside->captured.records[*at].t_ns >= t_ns)
			return;
		trace_add(ret_column, &beside->captured.records[*at]);
	}
}

void beside_column(const struct beside *beside, struct trace *ret_column)
{
	size_t alone = 0, part = 0;

	trace_init(ret_column);
	for (size_t i = 0; i < beside->run->count; i++) {
		const struct record *record = &beside->run->records[i];

		write_alone(beside, &alone, record->t_ns, ret_column);
		if (record->kind == RECORD_ACTION)
			trace_add(ret_column, record);
		if (part == beside->run_part.count || beside->run_records[part] != i)
			continue;
		if (beside->run_partner[part] != ALIGN_NONE &&
		    beside_is_same(beside, beside->run_partner[part]))
			trace_add(ret_column, &beside->captured.records[beside->run_partner[part]]);
		part++;
	}
	write_alone(beside, &alone, INT64_MAX, ret_column);
}

static char *devices_text(const struct beside *beside, bool of_capture)
{
	struct devices devices;
	const char *between = "";
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	devices_make(&beside->evidence->trace, beside->run, &devices);
	for (size_t i = 0; i < devices.count; i++) {
		const struct device *device = &devices.items[i];
		size_t here = of_capture ? device->captured_count : device->run_count;
		size_t there = of_capture ? device->run_count : device->captured_count;

		if (!here || there)
			continue;
		fprintf(out, "%s%s (%zu)", between, device->label, here);
		between = ", ";
	}
	devices_free(&devices);
	xclose_memstream(out);
	return text;
}

char *beside_not_in_run(const struct beside *beside)
{
	return devices_text(beside, true);
}

char *beside_not_in_capture(const struct beside *beside)
{
	return devices_text(beside, false);
}
