/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Watches a run: for each message, since when linkwatch has had it to send, and why it waited. */
#ifndef LWSIM_SIM_EVIDENCE_WATCH_H
#define LWSIM_SIM_EVIDENCE_WATCH_H

#include "sim/base/name_index.h"
#include "sim/story/story.h"

/* A sentence of the story; the text is owned. */
struct watch_sentence {
	struct story_sentence sentence;
	char *text;
};

#define WATCH_NONE SIZE_MAX

/* A message of the run. */
struct watch_message {
	size_t record; /* its index in the run's trace */
	bool by_linkwatch;
	int64_t late_ns;	    /* from the first event that it answers; 0: at once */
	uint32_t line;		    /* of that event */
	unsigned int losses, gains; /* of carrier since the device's previous message */
	size_t from, to;	    /* sentences from the event up to the message */
};

struct watch_device;

struct watch {
	struct writer writer; /* for the run; does not free the watch */
	struct watch_message *messages;
	size_t count, capacity;
	struct watch_sentence *sentences;
	size_t sentences_count, sentences_capacity;

	/* private */
	struct writer *story;
	struct story_listener listener;
	struct watch_device *devices;
	size_t devices_count, devices_capacity;
	struct name_index by_label;
	size_t records;
};

void watch_start(struct watch *watch);
void watch_free(struct watch *watch);

/*
 * The sentences that say why a message of this device waited: its event, what linkwatch's work waits
 * for, being put back. Returns how many, at most `most`; ret_at: their indexes.
 */
size_t watch_reasons(const struct watch *watch, const struct watch_message *message,
		     const char *label, size_t *ret_at, size_t most);

#endif
