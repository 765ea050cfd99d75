/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects the story of a run, and what each message of linkwatch answers. */
#include "sim/evidence/watch.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* What a device's next message will answer. */
struct watch_device {
	bool is_queued, is_handled;
	int64_t since_ns, handled_ns;
	uint32_t line;
	unsigned int losses, gains;
	size_t from; /* the number of sentences when it was queued */
};

static struct watch_device *device_of(struct watch *watch, const char *label)
{
	size_t *place = name_index_at(&watch->by_label, label);

	if (*place == SIZE_MAX) {
		*place = watch->devices_count;
		watch->devices = xgrow(watch->devices, watch->devices_count,
				       &watch->devices_capacity, sizeof(watch->devices[0]));
		memset(&watch->devices[watch->devices_count++], 0, sizeof(watch->devices[0]));
	}
	return &watch->devices[*place];
}

static struct watch *watch_of(struct writer *writer)
{
	return container_of(writer, struct watch, writer);
}

static void take_trace(struct writer *writer, const struct machine *m,
		       const struct trace_event *event, const char *netns)
{
	struct watch *watch = watch_of(writer);
	struct watch_device *device;
	char label[LABEL_MAX_BYTES];

	watch->story->trace(watch->story, m, event, netns);
	if (!event->dev)
		return;
	format_label(netns, event->dev->name, label);
	device = device_of(watch, label);
	if (event->point == TRACE_CARRIER) {
		device->gains += event->a != 0;
		device->losses += event->a == 0;
	} else if (event->point == TRACE_FIRE && !device->is_queued) {
		device->is_queued = true;
		device->since_ns = m->now_ns;
		device->line = event->cause;
		device->from = watch->sentences_count;
	} else if (event->point == TRACE_POLICY && device->is_queued) {
		device->is_queued = false;
		device->is_handled = true;
		device->handled_ns = m->now_ns;
	}
}

static void take_record(struct writer *writer, const struct record *record)
{
	struct watch *watch = watch_of(writer);
	struct watch_device *device;
	struct watch_message message = { .record = watch->records++ };
	char label[LABEL_MAX_BYTES];

	watch->story->record(watch->story, record);
	if (!record_is_message(record))
		return;
	format_label(record->netns, record->dev, label);
	device = device_of(watch, label);
	message.by_linkwatch = device->is_handled && device->handled_ns == record->t_ns;
	if (message.by_linkwatch) {
		message.late_ns = record->t_ns - device->since_ns;
		message.line = device->line;
	}
	message.losses = device->losses;
	message.gains = device->gains;
	message.from = device->from;
	message.to = watch->sentences_count;
	device->losses = device->gains = 0;
	device->is_handled = false;
	watch->messages =
		xgrow(watch->messages, watch->count, &watch->capacity, sizeof(watch->messages[0]));
	watch->messages[watch->count++] = message;
}

static void take_flush(struct writer *writer)
{
	struct watch *watch = watch_of(writer);

	watch->story->flush(watch->story);
}

static void take_sentence(struct story_listener *listener, const struct story_sentence *sentence)
{
	struct watch *watch = container_of(listener, struct watch, listener);
	struct watch_sentence *taken;

	watch->sentences = xgrow(watch->sentences, watch->sentences_count,
				 &watch->sentences_capacity, sizeof(watch->sentences[0]));
	taken = &watch->sentences[watch->sentences_count++];
	taken->sentence = *sentence;
	taken->text = xstrdup(sentence->text);
	taken->sentence.text = taken->text;
}

void watch_start(struct watch *watch)
{
	memset(watch, 0, sizeof(*watch));
	watch->listener.said = take_sentence;
	watch->story = story_new(&watch->listener, NULL);
	watch->writer =
		(struct writer){ .record = take_record, .trace = take_trace, .flush = take_flush };
}

void watch_free(struct watch *watch)
{
	watch->story->free(watch->story);
	for (size_t i = 0; i < watch->sentences_count; i++)
		free(watch->sentences[i].text);
	free(watch->sentences);
	free(watch->messages);
	free(watch->devices);
	name_index_free(&watch->by_label);
}

static bool is_function(const struct story_sentence *sentence, const char *function)
{
	return sentence->function && strcmp(sentence->function, function) == 0;
}

/* Whether a sentence says something of the wait, if it follows one about the device. */
static bool is_of_work(const struct story_sentence *sentence)
{
	return is_function(sentence, "linkwatch_schedule_work()");
}

static bool is_of_event(const struct story_sentence *sentence, const char *label)
{
	return (is_function(sentence, "linkwatch_fire_event()") ||
		is_function(sentence, "__linkwatch_run_queue()")) &&
	       story_is_about(sentence, label);
}

size_t watch_reasons(const struct watch *watch, const struct watch_message *message,
		     const char *label, size_t *ret_at, size_t most)
{
	bool is_followed = false;
	size_t count = 0;

	for (size_t i = message->from; i < watch->sentences_count && count < most; i++) {
		const struct story_sentence *sentence = &watch->sentences[i].sentence;

		if (sentence->kind == STORY_MESSAGE && i >= message->to &&
		    story_is_about(sentence, label))
			break;
		if (is_of_event(sentence, label)) {
			ret_at[count++] = i;
			is_followed = true;
		} else if (is_followed && is_of_work(sentence)) {
			ret_at[count++] = i;
			is_followed = false;
		} else if (strncmp(sentence->text, "one run handles at most", 23) == 0) {
			ret_at[count++] = i;
			is_followed = true;
		}
	}
	return count;
}
