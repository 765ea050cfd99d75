/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Folds equal devices into one lane, and near marks into one cluster. */
#include "sim/report/grouping.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/report/picture.h"

static bool is_same_stretches(const struct stretches *a, const struct stretches *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].from_ns != b->items[i].from_ns ||
		    a->items[i].to_ns != b->items[i].to_ns ||
		    a->items[i].value != b->items[i].value)
			return false;
	return true;
}

static bool is_same_device(const struct timeline_device *a, const struct timeline_device *b)
{
	if (a->count != b->count || a->is_gone != b->is_gone)
		return false;
	for (unsigned int band = 0; band < BAND_COUNT; band++)
		if (!is_same_stretches(&a->bands[band], &b->bands[band]))
			return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct record *left = &a->messages[i].record, *right = &b->messages[i].record;

		if (left->t_ns != right->t_ns || left->kind != right->kind ||
		    left->operstate != right->operstate ||
		    ((left->flags ^ right->flags) &
		     (IFF_UP | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT)))
			return false;
	}
	return true;
}

static const struct timeline_device *next_heard(const struct timeline *timeline, size_t *at)
{
	while (*at < timeline->devices_count && !timeline->devices[*at].count)
		(*at)++;
	return *at < timeline->devices_count ? &timeline->devices[(*at)++] : NULL;
}

void device_rows_make(struct device_rows *lanes, const struct timeline *timeline)
{
	const struct timeline_device *device;
	struct fold fold = { .has_number = false };
	struct device_row *lane = NULL;
	size_t at = 0;

	*lanes = (struct device_rows){ .lanes = NULL };
	while ((device = next_heard(timeline, &at)) != NULL) {
		if (lane && is_same_device(lane->device, device) &&
		    fold_add(&fold, device->label)) {
			lane->devices++;
		} else {
			lanes->lanes = xgrow(lanes->lanes, lanes->count, &lanes->capacity,
					     sizeof(lanes->lanes[0]));
			lane = &lanes->lanes[lanes->count++];
			lane->device = device;
			lane->devices = 1;
			fold_start(&fold, device->label);
		}
		fold_name(&fold, lane->name);
	}
}

static int64_t longest_wait(const struct timeline_device *device)
{
	int64_t longest_ns = -1;

	for (size_t i = 0; i < device->count; i++)
		if (device->messages[i].record.waited_ns > longest_ns)
			longest_ns = device->messages[i].record.waited_ns;
	return longest_ns;
}

static int compare_weights(const void *a, const void *b)
{
	const struct device_row *left = a, *right = b;
	int64_t left_ns = longest_wait(left->device), right_ns = longest_wait(right->device);

	if (left_ns != right_ns)
		return left_ns > right_ns ? -1 : 1;
	if (left->device->count != right->device->count)
		return left->device->count > right->device->count ? -1 : 1;
	return left->device < right->device
		       ? -1
		       : 1; /* equal elements do not occur, so qsort() needs no stable order */
}

static int compare_places(const void *a, const void *b)
{
	const struct device_row *left = a, *right = b;

	return left->device < right->device ? -1 : 1;
}

size_t device_rows_choose(struct device_rows *lanes, size_t most)
{
	if (lanes->count <= most)
		return lanes->count;
	qsort(lanes->lanes, lanes->count, sizeof(lanes->lanes[0]), compare_weights);
	qsort(lanes->lanes, most, sizeof(lanes->lanes[0]), compare_places);
	return most;
}

void device_rows_free(struct device_rows *lanes)
{
	free(lanes->lanes);
}

void cluster_count(const struct cluster *cluster, char ret_text[CLUSTER_MAX_BYTES])
{
	snprintf(ret_text, CLUSTER_MAX_BYTES, "\xc3\x97%zu", cluster->last - cluster->first + 1);
}

int64_t message_time(const void *messages, size_t i)
{
	return ((const struct timeline_message *)messages)[i].record.t_ns;
}

int64_t mark_time(const void *marks, size_t i)
{
	return ((const struct timeline_mark *)marks)[i].t_ns;
}

struct cluster cluster_make(const void *items, size_t count, time_fn time, size_t first,
			    const struct axis *axis)
{
	struct cluster cluster = { .first = first, .last = first };
	char text[CLUSTER_MAX_BYTES];

	cluster.x = axis_at(axis, time(items, first));
	cluster.left = cluster.x - MARK_RADIUS;
	cluster.right = cluster.x + MARK_RADIUS;
	for (size_t i = first + 1; i < count; i++) {
		double x = axis_at(axis, time(items, i)), needed;

		if (x - MARK_RADIUS > cluster.right + 1.)
			break;
		cluster.last = i;
		cluster_count(&cluster, text);
		needed = cluster.left + text_width(text, 10., true) + 8.;
		cluster.right = x + MARK_RADIUS > needed ? x + MARK_RADIUS : needed;
	}
	return cluster;
}
