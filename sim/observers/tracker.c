/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares what daemons think of the devices with what the devices are. */
#include "sim/observers/tracker.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

void tracker_init(struct tracker *tracker, enum observer_id only)
{
	*tracker = (struct tracker){ .only = only };
}

void tracker_free(struct tracker *tracker)
{
	free(tracker->devices);
	name_index_free(&tracker->by_identity);
}

static enum observer_id first_observer(const struct tracker *tracker)
{
	return tracker->only == OBSERVER_COUNT ? 0 : tracker->only;
}

static enum observer_id end_observer(const struct tracker *tracker)
{
	return tracker->only == OBSERVER_COUNT ? OBSERVER_COUNT : tracker->only + 1;
}

static struct tracked *tracked_at(struct tracker *tracker, const char *identity)
{
	size_t *index = name_index_at(&tracker->by_identity, identity);

	if (*index == SIZE_MAX) {
		*index = tracker->count;
		tracker->devices = xgrow(tracker->devices, tracker->count, &tracker->capacity,
					 sizeof(tracker->devices[0]));
		tracker->devices[tracker->count++] = (struct tracked){ .has_message = false };
	}
	return &tracker->devices[*index];
}

static void wrong_end(struct follower *follower, int64_t now_ns)
{
	int64_t lasted_ns = now_ns - follower->wrong_since_ns;
	int64_t *longest_ns = follower->opinion.is_up ? &follower->up_ns : &follower->down_ns;

	if (follower->is_wrong && lasted_ns > *longest_ns)
		*longest_ns = lasted_ns;
	follower->is_wrong = false;
}

static void wrong_begin(const struct tracked *device, struct follower *follower, int64_t now_ns)
{
	follower->is_wrong = follower->opinion.is_up != device->is_usable;
	follower->wrong_since_ns = now_ns;
}

static void opinion_changed(const struct tracker *tracker, const struct tracked *device,
			    enum observer_id id)
{
	if (tracker->changed)
		tracker->changed(tracker->user, device, id);
}

/* Lets the device's daemons poll it until before_ns, not included. */
static void polls_pass(const struct tracker *tracker, struct tracked *device, int64_t before_ns)
{
	for (enum observer_id id = first_observer(tracker); id < end_observer(tracker); id++) {
		struct follower *follower = &device->followers[id];
		struct opinion after = follower->opinion;

		opinion_pass(id, &after, before_ns - 1);
		if (after.is_up != follower->opinion.is_up) {
			wrong_end(follower, after.since_ns);
			follower->opinion = after;
			wrong_begin(device, follower, after.since_ns);
			opinion_changed(tracker, device, id);
		}
		follower->opinion = after;
	}
}

/* After a change of the device itself. */
static void device_look(const struct tracker *tracker, struct tracked *device, int64_t now_ns)
{
	bool is_usable = device->is_up && device->has_carrier &&
			 device->operstate != IF_OPER_DORMANT &&
			 device->operstate != IF_OPER_TESTING;

	if (is_usable == device->is_usable)
		return;
	for (enum observer_id id = first_observer(tracker); id < end_observer(tracker); id++)
		wrong_end(&device->followers[id], now_ns);
	device->is_usable = is_usable;
	device->has_changed = true;
	device->since_ns = now_ns;
	for (enum observer_id id = first_observer(tracker); id < end_observer(tracker); id++)
		wrong_begin(device, &device->followers[id], now_ns);
}

static void opinions_ask(const struct tracker *tracker, struct tracked *device,
			 const struct record *record)
{
	for (enum observer_id id = first_observer(tracker); id < end_observer(tracker); id++) {
		struct follower *follower = &device->followers[id];
		struct opinion after = follower->opinion;
		bool has_changed;

		opinion_message(id, &after, record);
		has_changed = after.is_up != follower->opinion.is_up;
		if (has_changed)
			wrong_end(follower, record->t_ns);
		follower->opinion = after;
		if (!has_changed)
			continue;
		wrong_begin(device, follower, record->t_ns);
		opinion_changed(tracker, device, id);
	}
}

void tracker_record(struct tracker *tracker, const struct record *record)
{
	char identity[IDENTITY_MAX_BYTES];
	struct tracked *device;

	if (!record_is_message(record) || record->flags & IFF_LOOPBACK)
		return;
	record_identity(record, identity);
	device = tracked_at(tracker, identity);
	format_label(record->netns, record->dev, device->label);
	device->has_message = true;
	polls_pass(tracker, device, record->t_ns);
	device->is_up = record->kind == RECORD_NEWLINK && record->flags & IFF_UP;
	device->has_carrier = record->carrier;
	device->operstate = record->operstate;
	device_look(tracker, device, record->t_ns);
	opinions_ask(tracker, device, record);
}

/* IFF_UP changes with a message; carrier and operstate may change long before one. */
void tracker_trace(struct tracker *tracker, const struct machine *m,
		   const struct trace_event *event, const char *netns)
{
	char identity[IDENTITY_MAX_BYTES];
	struct tracked *device;

	if (event->point != TRACE_CARRIER && event->point != TRACE_POLICY &&
	    event->point != TRACE_SET_OPERSTATE)
		return;
	if (event->dev->flags & IFF_LOOPBACK)
		return;
	snprintf(identity, sizeof(identity), "%s/%" PRId32, netns, event->dev->ifindex);
	device = tracked_at(tracker, identity);
	polls_pass(tracker, device, m->now_ns);
	if (event->point == TRACE_CARRIER)
		device->has_carrier = event->a;
	else
		device->operstate = (uint8_t)event->b;
	device_look(tracker, device, m->now_ns);
}

void tracker_end(struct tracker *tracker, int64_t end_ns)
{
	for (size_t i = 0; i < tracker->count; i++) {
		struct tracked *device = &tracker->devices[i];

		polls_pass(tracker, device, end_ns + 1);
		for (enum observer_id id = first_observer(tracker); id < end_observer(tracker);
		     id++)
			wrong_end(&device->followers[id], end_ns);
	}
}

/* Of equally long times, the first device's is kept. */
static void take_longest(int64_t ns, const char *label, int64_t *longest_ns, char *ret_label)
{
	if (ns <= *longest_ns)
		return;
	*longest_ns = ns;
	strcpy(ret_label, label);
}

void tracker_measure(const struct tracker *tracker, const char *device,
		     struct observer_measures *ret_measures)
{
	*ret_measures = (struct observer_measures){ .late_ns = 0 };
	for (size_t i = 0; i < tracker->count; i++) {
		const struct tracked *tracked = &tracker->devices[i];
		const struct follower *follower = &tracked->followers[tracker->only];

		if (!tracked->has_message || (device && strcmp(tracked->label, device) != 0))
			continue;
		take_longest(follower->down_ns, tracked->label, &ret_measures->late_ns,
			     ret_measures->late_dev);
		take_longest(follower->up_ns, tracked->label, &ret_measures->wrong_ns,
			     ret_measures->wrong_dev);
	}
}
