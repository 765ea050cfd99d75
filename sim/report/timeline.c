/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects what a picture shows of a run, from the run's callbacks. */
#include "sim/report/timeline.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* End of a stretch that is still open. */
#define OPEN_NS INT64_MAX

/* From now on, nothing holds. */
static void stretches_stop(struct stretches *stretches, int64_t now_ns)
{
	struct stretch *last;

	if (!stretches->count)
		return;
	last = &stretches->items[stretches->count - 1];
	if (last->to_ns <= now_ns)
		return;
	last->to_ns = now_ns;
	if (last->from_ns == now_ns) /* it had no duration */
		stretches->count--;
}

/* From now on, the value holds. */
static void stretches_set(struct stretches *stretches, int64_t now_ns, uint64_t value)
{
	struct stretch *last;

	if (stretches->count) {
		last = &stretches->items[stretches->count - 1];
		if (last->to_ns == OPEN_NS && last->value == value)
			return;
		stretches_stop(stretches, now_ns);
	}
	if (stretches->count) { /* changed back within the instant */
		last = &stretches->items[stretches->count - 1];
		if (last->to_ns == now_ns && last->value == value) {
			last->to_ns = OPEN_NS;
			return;
		}
	}
	stretches->items = xgrow(stretches->items, stretches->count, &stretches->capacity,
				 sizeof(stretches->items[0]));
	stretches->items[stretches->count++] = (struct stretch){ now_ns, OPEN_NS, value, false };
}

/* Closes open stretches at the run's end, including those begun by the last statement. */
static void stretches_end(struct stretches *stretches, int64_t end_ns)
{
	struct stretch *last;

	if (!stretches->count)
		return;
	last = &stretches->items[stretches->count - 1];
	last->lasts = last->to_ns == OPEN_NS;
	if (last->to_ns > end_ns)
		last->to_ns = end_ns;
}

static struct timeline *timeline_of(struct writer *writer)
{
	return container_of(writer, struct timeline, writer);
}

static void device_stop(struct timeline *timeline, struct timeline_device *device)
{
	device->is_gone = true;
	for (unsigned int i = 0; i < BAND_COUNT; i++)
		stretches_stop(&device->bands[i], timeline->now_ns);
	stretches_stop(&device->lies, timeline->now_ns);
	stretches_stop(&device->lates, timeline->now_ns);
}

/* The device with this label; a new device with an old name continues it. */
static size_t find_device(struct timeline *timeline, const char *label)
{
	size_t *place = name_index_at(&timeline->by_label, label);
	struct timeline_device *device;

	if (*place != SIZE_MAX)
		return *place;
	*place = timeline->devices_count;
	timeline->devices = xgrow(timeline->devices, timeline->devices_count,
				  &timeline->devices_capacity, sizeof(timeline->devices[0]));
	device = &timeline->devices[timeline->devices_count];
	memset(device, 0, sizeof(*device));
	strcpy(device->label, label);
	device->flip_ns = -1;
	return timeline->devices_count++;
}

/* The device in a machine's slot; after a rename it is another device. */
static struct timeline_device *device_at(struct timeline *timeline, const struct machine *m,
					 const struct net_device *dev, const char *netns)
{
	size_t place = (size_t)(dev - m->devices);
	char label[LABEL_MAX_BYTES];
	size_t *known;

	if (!timeline->by_place) {
		timeline->by_place_count = m->max_devices;
		timeline->by_place =
			xcalloc(timeline->by_place_count, sizeof(timeline->by_place[0]));
	}
	format_label(netns, dev->name, label);
	known = &timeline->by_place[place];
	if (*known && strcmp(timeline->devices[*known - 1].label, label) != 0)
		device_stop(timeline, &timeline->devices[*known - 1]);
	if (!*known || strcmp(timeline->devices[*known - 1].label, label) != 0)
		*known = find_device(timeline, label) + 1;
	timeline->devices[*known - 1].is_gone = false;
	return &timeline->devices[*known - 1];
}

static bool is_now(const struct timeline_device *device, enum band band)
{
	const struct stretches *stretches = &device->bands[band];

	return stretches->count && stretches->items[stretches->count - 1].to_ns == OPEN_NS &&
	       stretches->items[stretches->count - 1].value;
}

static void stretches_set_if(struct stretches *stretches, int64_t now_ns, bool condition)
{
	if (condition)
		stretches_set(stretches, now_ns, 1);
	else
		stretches_stop(stretches, now_ns);
}

/* Starts or ends a lie if the device and its last message now disagree or agree. */
static void look_at_lie(const struct timeline *timeline, struct timeline_device *device)
{
	const struct record *seen =
		device->count ? &device->messages[device->count - 1].record : NULL;
	bool sees_running = seen && seen->flags & IFF_RUNNING;
	bool is_running = is_now(device, BAND_ADMIN) && is_now(device, BAND_CARRIER);
	/* DORMANT and TESTING have carrier without RUNNING */
	bool may_lack_it =
		seen && (seen->operstate == IF_OPER_DORMANT || seen->operstate == IF_OPER_TESTING);

	device->has_run |= sees_running;
	stretches_set_if(&device->lies, timeline->now_ns, sees_running && !is_running);
	stretches_set_if(&device->lates, timeline->now_ns,
			 device->has_run && !sees_running && is_running && !may_lack_it);
}

/* Records a carrier change that is reverted at once: it has no duration, and would be invisible. */
static void look_at_flip(const struct timeline *timeline, struct timeline_device *device)
{
	struct stretches *blips = &device->blips;
	bool is_known = blips->count && blips->items[blips->count - 1].from_ns == timeline->now_ns;

	if (device->flip_ns == timeline->now_ns && !is_known) {
		blips->items = xgrow(blips->items, blips->count, &blips->capacity,
				     sizeof(blips->items[0]));
		blips->items[blips->count++] =
			(struct stretch){ timeline->now_ns, timeline->now_ns, 0, false };
	}
	device->flip_ns = timeline->now_ns;
}

static void timeline_trace(struct writer *writer, const struct machine *m,
			   const struct trace_event *event, const char *netns)
{
	struct timeline *timeline = timeline_of(writer);
	struct timeline_device *device;
	bool is_policy = event->point == TRACE_POLICY || event->point == TRACE_SET_OPERSTATE;

	timeline->story->trace(timeline->story, m, event, netns);
	timeline->m = m;
	timeline->now_ns = m->now_ns;
	if (event->dev && event->dev->reg_state == NETREG_REGISTERED) {
		device = device_at(timeline, m, event->dev, netns);
		stretches_set(&device->bands[BAND_ADMIN], timeline->now_ns,
			      (event->dev->flags & IFF_UP) != 0);
		stretches_set(&device->bands[BAND_CARRIER], timeline->now_ns,
			      netif_carrier_ok(event->dev));
		stretches_set(&device->bands[BAND_OPERSTATE], timeline->now_ns,
			      is_policy ? event->b : event->dev->operstate);
		look_at_lie(timeline, device);
		if (event->point == TRACE_CARRIER)
			look_at_flip(timeline, device);
	}
	if (event->point == TRACE_RUN) {
		timeline->run_ns = timeline->now_ns;
		timeline->run_line = event->cause;
	}
	if (event->point == TRACE_RUN && event->a) {
		uint64_t ahead_j = jiffies_sub(&m->clock, event->b, m->jiffies);

		stretches_stop(&timeline->duties[DUTY_WINDOW], timeline->now_ns);
		stretches_set(&timeline->duties[DUTY_WINDOW], timeline->now_ns,
			      ++timeline->windows);
		/* its end is known in advance, unless another run comes first */
		stretches_stop(&timeline->duties[DUTY_WINDOW],
			       jiffies_start_ns(&m->clock, m->since_boot_j + ahead_j));
	}
}

static void take_action(struct timeline *timeline, const struct record *record)
{
	struct timeline_action *action;
	size_t len;
	FILE *out;

	timeline->line_ns[record->line] = record->t_ns;
	timeline->actions = xgrow(timeline->actions, timeline->actions_count,
				  &timeline->actions_capacity, sizeof(timeline->actions[0]));
	action = &timeline->actions[timeline->actions_count++];
	*action = (struct timeline_action){ record->t_ns, record->line, NULL, NO_SENTENCE };
	if (record->is_again)
		return;
	out = xmemstream(&action->text, &len);
	record_write_action(out, record);
	xclose_memstream(out);
}

/* After a rename or move, ends the old device and takes over its stored operstate. */
static void take_identity(struct timeline *timeline, struct timeline_device *device,
			  const struct record *record)
{
	struct stretches *operstate = &device->bands[BAND_OPERSTATE];
	const struct stretches *before;
	char identity[IDENTITY_MAX_BYTES];
	struct timeline_device *other;
	size_t *place;

	if (!device->is_gone && device->ifindex == record->ifindex)
		return; /* it already has this identity */
	device->is_gone = false;
	device->ifindex = record->ifindex;
	device->netns = record->netns;
	record_identity(record, identity);
	place = name_index_at(&timeline->by_identity, identity);
	other = *place == SIZE_MAX ? NULL : &timeline->devices[*place];
	*place = (size_t)(device - timeline->devices);
	if (!other || other == device || other->is_gone || other->ifindex != device->ifindex ||
	    strcmp(other->netns, device->netns) != 0)
		return;
	before = &other->bands[BAND_OPERSTATE];
	if (before->count)
		stretches_set(operstate, record->t_ns, before->items[before->count - 1].value);
	device_stop(timeline, other);
}

static void take_message(struct timeline *timeline, const struct record *record)
{
	struct timeline_message *message;
	struct timeline_device *device;
	char label[LABEL_MAX_BYTES];

	format_label(record->netns, record->dev, label);
	device = &timeline->devices[find_device(timeline, label)];
	device->messages = xgrow(device->messages, device->count, &device->capacity,
				 sizeof(device->messages[0]));
	message = &device->messages[device->count++];
	*message = (struct timeline_message){ *record, -1, 0, NO_SENTENCE };
	if (record->line)
		message->cause_ns = timeline->line_ns[record->line];
	if (timeline->run_ns == record->t_ns && message->cause_ns < record->t_ns &&
	    timeline->line_ns[timeline->run_line] == record->t_ns)
		message->run_line = timeline->run_line;
	if (record->kind == RECORD_DELLINK) {
		device_stop(timeline, device);
		return;
	}
	take_identity(timeline, device, record);
	stretches_set(&device->bands[BAND_ADMIN], record->t_ns, (record->flags & IFF_UP) != 0);
	stretches_set(&device->bands[BAND_CARRIER], record->t_ns, record->carrier);
	look_at_lie(timeline, device);
}

static void timeline_record(struct writer *writer, const struct record *record)
{
	struct timeline *timeline = timeline_of(writer);

	timeline->now_ns = record->t_ns;
	if (record->kind == RECORD_ACTION)
		take_action(timeline, record);
	else if (record_is_message(record))
		take_message(timeline, record);
	timeline->story->record(timeline->story, record);
}

/* Records what is waiting when time passes. */
static void look_at_linkwatch(struct timeline *timeline)
{
	const struct machine *m = timeline->m;
	struct linkwatch_view view;
	uint64_t queued = linkwatch_count(m);
	int64_t fires_ns = 0;

	linkwatch_look(m, &view);
	if (queued)
		stretches_set(&timeline->duties[DUTY_QUEUE], timeline->now_ns, queued);
	else
		stretches_stop(&timeline->duties[DUTY_QUEUE], timeline->now_ns);
	if (view.work && timer_pending(&view.work->timer))
		fires_ns = jiffies_start_ns(
			&m->clock,
			m->since_boot_j +
				jiffies_sub(&m->clock, view.work->timer.bucket_expiry, m->jiffies));
	if (fires_ns || (view.work && (view.work->work.is_pending || view.work->work.is_running)))
		stretches_set(&timeline->duties[DUTY_WORK], timeline->now_ns, (uint64_t)fires_ns);
	else
		stretches_stop(&timeline->duties[DUTY_WORK], timeline->now_ns);
}

static void timeline_flush(struct writer *writer)
{
	struct timeline *timeline = timeline_of(writer);

	timeline->story->flush(timeline->story);
	timeline_story_link(timeline);
	if (timeline->m)
		look_at_linkwatch(timeline);
}

void timeline_end(struct timeline *timeline, const struct trace *trace, int64_t end_ns)
{
	timeline->trace = trace;
	timeline->end_ns = end_ns;
	for (size_t i = 0; i < timeline->devices_count; i++) {
		for (unsigned int band = 0; band < BAND_COUNT; band++)
			stretches_end(&timeline->devices[i].bands[band], end_ns);
		stretches_end(&timeline->devices[i].lies, end_ns);
		stretches_end(&timeline->devices[i].lates, end_ns);
	}
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++)
		stretches_end(&timeline->duties[duty], end_ns);
}

const struct timeline_device *timeline_device(const struct timeline *timeline, const char *label)
{
	const size_t *place = name_index_find(&timeline->by_label, label);

	return place ? &timeline->devices[*place] : NULL;
}

static int64_t longest(const struct stretches *stretches)
{
	int64_t longest_ns = 0;

	for (size_t i = 0; i < stretches->count; i++) {
		const struct stretch *at = &stretches->items[i];

		if (at->to_ns - at->from_ns > longest_ns)
			longest_ns = at->to_ns - at->from_ns;
	}
	return longest_ns;
}

int64_t timeline_longest_lie(const struct timeline *timeline, const char *label)
{
	const struct timeline_device *device = timeline_device(timeline, label);

	return device ? longest(&device->lies) : 0;
}

int64_t timeline_longest_late(const struct timeline *timeline, const char *label)
{
	const struct timeline_device *device = timeline_device(timeline, label);

	return device ? longest(&device->lates) : 0;
}

struct timeline *timeline_new(const struct run_info *info)
{
	struct timeline *timeline = xcalloc(1, sizeof(*timeline));

	timeline->writer.record = timeline_record;
	timeline->writer.trace = timeline_trace;
	timeline->writer.flush = timeline_flush;
	timeline->kernel = *info->kernel;
	timeline->run_ns = -1;
	timeline->lines = info->scenario->source->lines + 1;
	timeline->line_ns = xcalloc(timeline->lines, sizeof(timeline->line_ns[0]));
	for (uint32_t i = 0; i < timeline->lines; i++)
		timeline->line_ns[i] = -1;
	timeline_story_start(timeline);
	return timeline;
}

void timeline_free(struct timeline *timeline)
{
	if (!timeline)
		return;
	timeline_story_free(timeline);
	for (size_t i = 0; i < timeline->devices_count; i++) {
		for (unsigned int band = 0; band < BAND_COUNT; band++)
			free(timeline->devices[i].bands[band].items);
		free(timeline->devices[i].lies.items);
		free(timeline->devices[i].lates.items);
		free(timeline->devices[i].blips.items);
		free(timeline->devices[i].messages);
	}
	free(timeline->about);
	free(timeline->caveat);
	for (size_t i = 0; i < timeline->actions_count; i++)
		free(timeline->actions[i].text);
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++)
		free(timeline->duties[duty].items);
	name_index_free(&timeline->by_label);
	name_index_free(&timeline->by_identity);
	free(timeline->devices);
	free(timeline->actions);
	free(timeline->runs.items);
	free(timeline->events.items);
	free(timeline->errors.items);
	free(timeline->by_place);
	free(timeline->line_ns);
	free(timeline);
}
