/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Listens to a run, and keeps what a picture shows of it. */
#include "sim/report/timeline.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* A stretch that is not over. */
#define OPEN_NS INT64_MAX

struct labelled {
	char label[LABEL_MAX_BYTES];
	size_t at; /* in devices */
};

static int labelled_compare(const void *a, const void *b)
{
	return strcmp(((const struct labelled *)a)->label, ((const struct labelled *)b)->label);
}

void stretches_stop(struct stretches *stretches, int64_t now_ns)
{
	struct stretch *last;

	if (!stretches->count)
		return;
	last = &stretches->items[stretches->count - 1];
	if (last->to_ns <= now_ns)
		return;
	last->to_ns = now_ns;
	if (last->from_ns == now_ns) /* it was for no time at all */
		stretches->count--;
}

void stretches_set(struct stretches *stretches, int64_t now_ns, uint64_t value)
{
	struct stretch *last;

	if (stretches->count) {
		last = &stretches->items[stretches->count - 1];
		if (last->to_ns == OPEN_NS && last->value == value)
			return;
		stretches_stop(stretches, now_ns);
	}
	if (stretches->count) { /* there and back within an instant */
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

/* The run is over, and it is so; what the last statement has made so, too. */
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

static struct tale *tale_of(struct writer *writer)
{
	return container_of(writer, struct tale, writer);
}

static void device_stop(struct tale *tale, struct tale_device *device)
{
	device->is_gone = true;
	for (unsigned int i = 0; i < BAND_COUNT; i++)
		stretches_stop(&device->bands[i], tale->now_ns);
	stretches_stop(&device->lies, tale->now_ns);
}

/* The device that goes by the label; one of a name that was there before is taken for it. */
static size_t find_device(struct tale *tale, const char *label)
{
	struct labelled *wanted = xcalloc(1, sizeof(*wanted)), **found;
	struct tale_device *device;

	strcpy(wanted->label, label);
	wanted->at = tale->devices_count;
	found = tsearch(wanted, &tale->by_label, labelled_compare);
	if (*found != wanted) {
		free(wanted);
		return (*found)->at;
	}
	tale->devices = xgrow(tale->devices, tale->devices_count, &tale->devices_capacity,
			      sizeof(tale->devices[0]));
	device = &tale->devices[tale->devices_count];
	memset(device, 0, sizeof(*device));
	strcpy(device->label, label);
	device->flip_ns = -1;
	return tale->devices_count++;
}

/* The device in its place of the machine; another name makes it another device. */
static struct tale_device *device_at(struct tale *tale, const struct machine *m,
				     const struct net_device *dev, const char *netns)
{
	size_t place = (size_t)(dev - m->devices);
	char label[LABEL_MAX_BYTES];
	size_t *known;

	if (!tale->by_place) {
		tale->by_place_count = m->max_devices;
		tale->by_place = xcalloc(tale->by_place_count, sizeof(tale->by_place[0]));
	}
	format_label(netns, dev->name, label);
	known = &tale->by_place[place];
	if (*known && strcmp(tale->devices[*known - 1].label, label) != 0)
		device_stop(tale, &tale->devices[*known - 1]);
	if (!*known || strcmp(tale->devices[*known - 1].label, label) != 0)
		*known = find_device(tale, label) + 1;
	tale->devices[*known - 1].is_gone = false;
	return &tale->devices[*known - 1];
}

static bool is_now(const struct tale_device *device, enum band band)
{
	const struct stretches *stretches = &device->bands[band];

	return stretches->count && stretches->items[stretches->count - 1].to_ns == OPEN_NS &&
	       stretches->items[stretches->count - 1].value;
}

/* What is so may part from what was told, or come to it. */
static void look_at_lie(const struct tale *tale, struct tale_device *device)
{
	bool is_told =
		device->count && device->messages[device->count - 1].record.flags & IFF_RUNNING;

	if (is_told && !(is_now(device, BAND_ADMIN) && is_now(device, BAND_CARRIER)))
		stretches_set(&device->lies, tale->now_ns, 1);
	else
		stretches_stop(&device->lies, tale->now_ns);
}

/* A change that is taken back at once has no length, and would not be seen. */
static void look_at_flip(const struct tale *tale, struct tale_device *device)
{
	struct stretches *blips = &device->blips;
	bool is_known = blips->count && blips->items[blips->count - 1].from_ns == tale->now_ns;

	if (device->flip_ns == tale->now_ns && !is_known) {
		blips->items = xgrow(blips->items, blips->count, &blips->capacity,
				     sizeof(blips->items[0]));
		blips->items[blips->count++] =
			(struct stretch){ tale->now_ns, tale->now_ns, 0, false };
	}
	device->flip_ns = tale->now_ns;
}

static void tale_trace(struct writer *writer, const struct machine *m,
		       const struct trace_event *event, const char *netns)
{
	struct tale *tale = tale_of(writer);
	struct tale_device *device;
	bool is_policy = event->point == TRACE_POLICY || event->point == TRACE_SET_OPERSTATE;

	tale->story->trace(tale->story, m, event, netns);
	tale->m = m;
	tale->now_ns = m->now_ns;
	if (event->dev && event->dev->reg_state == NETREG_REGISTERED) {
		device = device_at(tale, m, event->dev, netns);
		stretches_set(&device->bands[BAND_ADMIN], tale->now_ns,
			      (event->dev->flags & IFF_UP) != 0);
		stretches_set(&device->bands[BAND_CARRIER], tale->now_ns,
			      netif_carrier_ok(event->dev));
		stretches_set(&device->bands[BAND_OPERSTATE], tale->now_ns,
			      is_policy ? event->b : event->dev->operstate);
		look_at_lie(tale, device);
		if (event->point == TRACE_CARRIER)
			look_at_flip(tale, device);
	}
	if (event->point == TRACE_RUN) {
		tale->run_ns = tale->now_ns;
		tale->run_line = event->cause;
	}
	if (event->point == TRACE_RUN && event->a) {
		uint64_t ahead_j = jiffies_sub(&m->clock, event->b, m->jiffies);

		stretches_stop(&tale->duties[DUTY_WINDOW], tale->now_ns);
		stretches_set(&tale->duties[DUTY_WINDOW], tale->now_ns, ++tale->windows);
		/* known from the beginning, unless another run comes before */
		stretches_stop(&tale->duties[DUTY_WINDOW],
			       jiffies_start_ns(&m->clock, m->since_boot_j + ahead_j));
	}
}

static void take_action(struct tale *tale, const struct record *record)
{
	struct tale_action *action;
	size_t len;
	FILE *out;

	tale->line_ns[record->line] = record->t_ns;
	tale->actions = xgrow(tale->actions, tale->actions_count, &tale->actions_capacity,
			      sizeof(tale->actions[0]));
	action = &tale->actions[tale->actions_count++];
	*action = (struct tale_action){ record->t_ns, record->line, NULL, NO_SENTENCE };
	if (record->is_again)
		return;
	out = xmemstream(&action->text, &len);
	record_write_action(out, record);
	fclose(out);
}

/* The message's device may have had another name: then that one is gone, and what was stored of it is its own. */
static void take_identity(struct tale *tale, struct tale_device *device,
			  const struct record *record)
{
	struct stretches *operstate = &device->bands[BAND_OPERSTATE];

	if (!device->is_gone && device->ifindex == record->ifindex)
		return; /* it has been that one before */
	device->is_gone = false;
	device->ifindex = record->ifindex;
	device->netns = record->netns;
	for (size_t i = 0; i < tale->devices_count; i++) {
		struct tale_device *other = &tale->devices[i];
		const struct stretches *before = &other->bands[BAND_OPERSTATE];

		if (other == device || other->is_gone || other->ifindex != device->ifindex ||
		    !other->netns || strcmp(other->netns, device->netns) != 0)
			continue;
		if (before->count)
			stretches_set(operstate, record->t_ns,
				      before->items[before->count - 1].value);
		device_stop(tale, other);
	}
}

static void take_message(struct tale *tale, const struct record *record)
{
	struct tale_message *message;
	struct tale_device *device;
	char label[LABEL_MAX_BYTES];

	format_label(record->netns, record->dev, label);
	device = &tale->devices[find_device(tale, label)];
	device->messages = xgrow(device->messages, device->count, &device->capacity,
				 sizeof(device->messages[0]));
	message = &device->messages[device->count++];
	*message = (struct tale_message){ *record, -1, 0, NO_SENTENCE };
	if (record->line)
		message->cause_ns = tale->line_ns[record->line];
	if (tale->run_ns == record->t_ns && message->cause_ns < record->t_ns &&
	    tale->line_ns[tale->run_line] == record->t_ns)
		message->run_line = tale->run_line;
	if (record->kind == RECORD_DELLINK) {
		device_stop(tale, device);
		return;
	}
	take_identity(tale, device, record);
	stretches_set(&device->bands[BAND_ADMIN], record->t_ns, (record->flags & IFF_UP) != 0);
	stretches_set(&device->bands[BAND_CARRIER], record->t_ns, record->carrier);
	look_at_lie(tale, device);
}

static void tale_record(struct writer *writer, const struct record *record)
{
	struct tale *tale = tale_of(writer);

	tale->now_ns = record->t_ns;
	if (record->kind == RECORD_ACTION)
		take_action(tale, record);
	else if (record_is_message(record))
		take_message(tale, record);
	tale->story->record(tale->story, record);
}

static size_t list_length(const struct list_head *list)
{
	size_t count = 0;

	for (const struct list_head *at = list->next; at != list; at = at->next)
		count++;
	return count;
}

/* What waits while time passes. */
static void look_at_linkwatch(struct tale *tale)
{
	const struct machine *m = tale->m;
	struct linkwatch_view view;
	size_t queued;
	int64_t fires_ns = 0;

	linkwatch_look(m, &view);
	queued = view.lweventlist ? list_length(view.lweventlist) : 0;
	if (queued)
		stretches_set(&tale->duties[DUTY_QUEUE], tale->now_ns, queued);
	else
		stretches_stop(&tale->duties[DUTY_QUEUE], tale->now_ns);
	if (view.work && timer_pending(&view.work->timer))
		fires_ns = jiffies_start_ns(
			&m->clock,
			m->since_boot_j +
				jiffies_sub(&m->clock, view.work->timer.bucket_expiry, m->jiffies));
	if (fires_ns || (view.work && (view.work->work.is_pending || view.work->work.is_running)))
		stretches_set(&tale->duties[DUTY_WORK], tale->now_ns, (uint64_t)fires_ns);
	else
		stretches_stop(&tale->duties[DUTY_WORK], tale->now_ns);
}

static void tale_flush(struct writer *writer)
{
	struct tale *tale = tale_of(writer);

	tale->story->flush(tale->story);
	tale_story_link(tale);
	if (tale->m)
		look_at_linkwatch(tale);
}

void tale_end(struct tale *tale, const struct trace *trace, int64_t end_ns)
{
	tale->trace = trace;
	tale->end_ns = end_ns;
	for (size_t i = 0; i < tale->devices_count; i++) {
		for (unsigned int band = 0; band < BAND_COUNT; band++)
			stretches_end(&tale->devices[i].bands[band], end_ns);
		stretches_end(&tale->devices[i].lies, end_ns);
	}
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++)
		stretches_end(&tale->duties[duty], end_ns);
}

int64_t tale_longest_lie(const struct tale *tale, const char *label)
{
	int64_t longest_ns = 0;

	for (size_t i = 0; i < tale->devices_count; i++) {
		const struct stretches *lies = &tale->devices[i].lies;

		if (strcmp(tale->devices[i].label, label) != 0)
			continue;
		for (size_t k = 0; k < lies->count; k++)
			if (lies->items[k].to_ns - lies->items[k].from_ns > longest_ns)
				longest_ns = lies->items[k].to_ns - lies->items[k].from_ns;
	}
	return longest_ns;
}

struct tale *tale_new(const struct run_info *info)
{
	struct tale *tale = xcalloc(1, sizeof(*tale));

	tale->writer.record = tale_record;
	tale->writer.trace = tale_trace;
	tale->writer.flush = tale_flush;
	tale->kernel = *info->kernel;
	tale->run_ns = -1;
	tale->lines = info->scenario->source->lines + 1;
	tale->line_ns = xcalloc(tale->lines, sizeof(tale->line_ns[0]));
	for (uint32_t i = 0; i < tale->lines; i++)
		tale->line_ns[i] = -1;
	tale_story_start(tale);
	return tale;
}

void tale_free(struct tale *tale)
{
	if (!tale)
		return;
	tale_story_free(tale);
	for (size_t i = 0; i < tale->devices_count; i++) {
		for (unsigned int band = 0; band < BAND_COUNT; band++)
			free(tale->devices[i].bands[band].items);
		free(tale->devices[i].lies.items);
		free(tale->devices[i].blips.items);
		free(tale->devices[i].messages);
	}
	for (size_t i = 0; i < tale->actions_count; i++)
		free(tale->actions[i].text);
	for (unsigned int duty = 0; duty < DUTY_COUNT; duty++)
		free(tale->duties[duty].items);
	tdestroy(tale->by_label, free);
	free(tale->devices);
	free(tale->actions);
	free(tale->runs.items);
	free(tale->events.items);
	free(tale->errors.items);
	free(tale->by_place);
	free(tale->line_ns);
	free(tale);
}
