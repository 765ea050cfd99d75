/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Decides which lanes are drawn: identical devices share one, and their number is limited. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/formats/lanes_chart.h"

static int compare_names(const void *a, const void *b)
{
	const struct lane *lane_a = *(const struct lane *const *)a;
	const struct lane *lane_b = *(const struct lane *const *)b;
	int order = fold_compare(lane_a->name, lane_b->name);

	if (order)
		return order;
	return lane_a->order < lane_b->order ? -1 : 1;
}

static int compare_base_orders(const void *a, const void *b)
{
	const struct lane *lane_a = *(const struct lane *const *)a;
	const struct lane *lane_b = *(const struct lane *const *)b;

	if (lane_a->base_order != lane_b->base_order)
		return lane_a->base_order < lane_b->base_order ? -1 : 1;
	return compare_names(a, b);
}

static bool has_base_of(const struct lane *a, const struct lane *b)
{
	struct fold fold_a, fold_b;

	fold_start(&fold_a, a->name);
	fold_start(&fold_b, b->name);
	return strcmp(fold_a.base, fold_b.base) == 0;
}

/* Sorts by first message, but keeps d0, d1, d2, ... together. */
static void sort_lanes(struct lanes *lanes)
{
	struct lane **all = lanes->lanes;

	if (!lanes->lanes_count)
		return;
	qsort(all, lanes->lanes_count, sizeof(all[0]), compare_names);
	for (size_t i = 0, end; i < lanes->lanes_count; i = end) {
		size_t first = all[i]->order;

		for (end = i; end < lanes->lanes_count && has_base_of(all[i], all[end]); end++)
			if (all[end]->order < first)
				first = all[end]->order;
		for (size_t k = i; k < end; k++)
			all[k]->base_order = first;
	}
	qsort(all, lanes->lanes_count, sizeof(all[0]), compare_base_orders);
}

static bool is_alike(const struct lane *a, const struct lane *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		const struct lane_message *of_a = &a->messages[i], *of_b = &b->messages[i];

		if (of_a->t_ns != of_b->t_ns || of_a->flags != of_b->flags ||
		    of_a->operstate != of_b->operstate || of_a->is_deleted != of_b->is_deleted ||
		    of_a->waited_ns != of_b->waited_ns)
			return false;
	}
	return true;
}

static size_t make_groups(const struct lanes *lanes, struct lane_group *ret_groups)
{
	struct lane_group *group = ret_groups - 1;

	for (size_t i = 0; i < lanes->lanes_count; i++) {
		const struct lane *lane = lanes->lanes[i];

		if (i && is_alike(group->lane, lane) && fold_add(&group->fold, lane->name)) {
			group->devices++;
			continue;
		}
		group++;
		group->lane = lane;
		group->devices = 1;
		fold_start(&group->fold, lane->name);
	}
	return (size_t)(group + 1 - ret_groups);
}

static int compare_counts(const void *a, const void *b)
{
	const struct lane_group *group_a = *(const struct lane_group *const *)a;
	const struct lane_group *group_b = *(const struct lane_group *const *)b;

	if (group_a->lane->count != group_b->lane->count)
		return group_a->lane->count > group_b->lane->count ? -1 : 1;
	return group_a < group_b ? -1 : 1;
}

static int compare_places(const void *a, const void *b)
{
	const struct lane_group *group_a = *(const struct lane_group *const *)a;
	const struct lane_group *group_b = *(const struct lane_group *const *)b;

	return group_a < group_b ? -1 : 1;
}

/* Moves the groups with the most messages to the front, in their order; returns their number. */
static size_t choose(struct lane_group *groups, size_t count, size_t most)
{
	struct lane_group **chosen = xcalloc(count + 1, sizeof(*chosen));

	for (size_t i = 0; i < count; i++)
		chosen[i] = &groups[i];
	if (count > most) {
		qsort(chosen, count, sizeof(chosen[0]), compare_counts);
		qsort(chosen, most, sizeof(chosen[0]), compare_places);
		count = most;
	}
	for (size_t i = 0; i < count; i++)
		groups[i] = *chosen[i]; /* never before groups[i], so nothing is overwritten */
	free(chosen);
	return count;
}

size_t lanes_group(struct lanes *lanes, size_t most, struct lane_group **ret_groups)
{
	struct lane_group *groups = xcalloc(lanes->lanes_count + 1, sizeof(*groups));

	sort_lanes(lanes);
	*ret_groups = groups;
	return choose(groups, make_groups(lanes, groups), most);
}
