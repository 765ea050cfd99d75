/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds records that moved, appeared or vanished. */
#include "sim/compare/diff.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/align.h"
#include "sim/language/names.h"

/* Orders by device; records without one, errors and answers, come first. */
static int device_compare(const struct record *a, const struct record *b)
{
	bool is_a = record_is_message(a), is_b = record_is_message(b);
	int order;

	if (!is_a || !is_b)
		return (int)is_a - (int)is_b;
	order = strcmp(a->netns, b->netns);
	return order ? order : strcmp(a->dev, b->dev);
}

/* Records of one trace; those of a device keep their order. */
static int by_device(const void *a, const void *b)
{
	const struct record *first = *(const struct record *const *)a;
	const struct record *second = *(const struct record *const *)b;
	int order = device_compare(first, second);

	return order ? order : first < second ? -1 : first > second;
}

/* All records except actions, sorted by device; the caller frees. */
static const struct record **sorted_records(const struct trace *trace, size_t *ret_count)
{
	const struct record **records = xcalloc(trace->count + 1, sizeof(*records));
	size_t count = 0;

	for (size_t i = 0; i < trace->count; i++)
		if (trace->records[i].kind != RECORD_ACTION)
			records[count++] = &trace->records[i];
	qsort(records, count, sizeof(*records), by_device);
	*ret_count = count;
	return records;
}

/* How many of the first records are of this device. */
static size_t count_of_device(const struct record *const *records, size_t count,
			      const struct record *device)
{
	size_t same = 0;

	while (same < count && device_compare(records[same], device) == 0)
		same++;
	return same;
}

static void add_change(struct diff *diff, enum change_kind kind, const struct record *before,
		       const struct record *after)
{
	if ((diff->count & (diff->count - 1)) == 0) /* full: double it */
		diff->changes =
			xreallocarray(diff->changes, 2 * diff->count + 1, sizeof(diff->changes[0]));
	diff->changes[diff->count++] =
		(struct change){ .kind = kind, .before = before, .after = after };
	diff->counts[kind]++;
}

static void diff_device(struct diff *diff, const struct record *const *before, size_t before_count,
			const struct record *const *after, size_t after_count)
{
	size_t *partner = xcalloc(before_count + 1, sizeof(*partner)), next = 0;

	align(before, before_count, after, after_count, partner);
	for (size_t i = 0; i < before_count; i++) {
		if (partner[i] == ALIGN_NONE) {
			add_change(diff, CHANGE_VANISHED, before[i], NULL);
			continue;
		}
		for (; next < partner[i]; next++)
			add_change(diff, CHANGE_APPEARED, NULL, after[next]);
		if (before[i]->t_ns != after[next]->t_ns)
			add_change(diff, CHANGE_MOVED, before[i], after[next]);
		next++;
	}
	for (; next < after_count; next++)
		add_change(diff, CHANGE_APPEARED, NULL, after[next]);
	free(partner);
}

static const struct record *record_of(const struct change *change)
{
	return change->before ? change->before : change->after;
}

static int number_compare(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

/* Orders by content, so that equal changes are adjacent. */
static int content_compare(const struct record *a, const struct record *b)
{
	uint32_t flags_a = a->flags & LINK_STATE_FLAGS_MASK;
	uint32_t flags_b = b->flags & LINK_STATE_FLAGS_MASK;
	int order = number_compare(a->kind, b->kind);

	if (order)
		return order;
	if (!record_is_message(a))
		return number_compare(a->line, b->line);
	return flags_a != flags_b ? number_compare(flags_a, flags_b)
				  : number_compare(a->operstate, b->operstate);
}

static int name_compare(const struct record *a, const struct record *b)
{
	char label_a[LABEL_MAX_BYTES], label_b[LABEL_MAX_BYTES];
	int order = 0;

	if (record_is_message(a)) {
		format_label(a->netns, a->dev, label_a);
		format_label(b->netns, b->dev, label_b);
		order = fold_compare(label_a, label_b);
	}
	return order ? order : a < b ? -1 : a > b;
}

static int by_time(const void *first, const void *second)
{
	const struct change *a = first, *b = second;
	const struct record *record_a = record_of(a), *record_b = record_of(b);
	int order = number_compare(record_a->t_ns, record_b->t_ns);

	if (!order)
		order = number_compare(a->kind, b->kind);
	if (!order)
		order = content_compare(record_a, record_b);
	if (!order && a->kind == CHANGE_MOVED)
		order = number_compare(a->after->t_ns, b->after->t_ns);
	return order ? order : name_compare(record_a, record_b);
}

void diff_make(const struct trace *before, const struct trace *after, struct diff *ret_diff)
{
	size_t before_count, after_count, of_before, of_after;
	const struct record **all_before = sorted_records(before, &before_count);
	const struct record **all_after = sorted_records(after, &after_count);
	const struct record **from_before = all_before, **from_after = all_after;

	memset(ret_diff, 0, sizeof(*ret_diff));
	while (before_count || after_count) {
		int order = !after_count    ? -1
			    : !before_count ? 1
					    : device_compare(*from_before, *from_after);
		const struct record *device = order <= 0 ? *from_before : *from_after;

		of_before = count_of_device(from_before, before_count, device);
		of_after = count_of_device(from_after, after_count, device);
		diff_device(ret_diff, from_before, of_before, from_after, of_after);
		from_before += of_before;
		before_count -= of_before;
		from_after += of_after;
		after_count -= of_after;
	}
	if (ret_diff->count)
		qsort(ret_diff->changes, ret_diff->count, sizeof(ret_diff->changes[0]), by_time);
	free(all_before);
	free(all_after);
}

void diff_free(struct diff *diff)
{
	free(diff->changes);
}
