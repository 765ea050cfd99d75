/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run is as a picture: each device's states over time, its messages, what linkwatch has to do, and the story. */
#ifndef LWSIM_SIM_REPORT_TIMELINE_H
#define LWSIM_SIM_REPORT_TIMELINE_H

#include "sim/base/name_index.h"
#include "sim/story/story.h"

/* Something was so for a while. */
struct stretch {
	int64_t from_ns, to_ns;
	uint64_t value;
	bool lasts; /* it is so at the run's end, and goes on */
};

struct stretches {
	struct stretch *items;
	size_t count, capacity;
};

enum band {
	BAND_ADMIN,	/* IFF_UP */
	BAND_CARRIER,	/* the driver's bit */
	BAND_OPERSTATE, /* as stored: IF_OPER_* */
	BAND_COUNT
};

struct timeline_message {
	struct record record;
	int64_t cause_ns; /* when the line that caused it began; -1: none did */
	uint32_t
		run_line; /* of an earlier cause: what made linkwatch run now; 0: the same, or nothing */
	size_t sentence; /* that tells of it; NO_SENTENCE: none */
};

#define NO_SENTENCE SIZE_MAX

struct timeline_device {
	char label[LABEL_MAX_BYTES];
	struct stretches bands[BAND_COUNT];
	struct stretches blips; /* its carrier was off, or on, and back within the instant */
	int64_t flip_ns;	/* private: when its carrier changed last; -1: it has not */
	struct stretches lies;	/* it is told to be RUNNING, and is not up with a carrier */
	struct timeline_message *messages;
	size_t count, capacity;
	int32_t ifindex;
	const char *netns; /* the runner's */
	bool is_gone;
};

struct timeline_action {
	int64_t t_ns;
	uint32_t line;
	char *text;	 /* NULL: a line's later iteration */
	size_t sentence; /* as above */
};

/* A run of linkwatch, which is urgent if it is not in full; an event for it; a command's error. */
struct timeline_mark {
	int64_t t_ns;
	bool is_urgent;
	size_t sentence;
};

struct timeline_marks {
	struct timeline_mark *items;
	size_t count, capacity;
};

/* What linkwatch has to do; of a kernel from a file only what can be seen of it. */
enum duty {
	DUTY_WINDOW, /* since a full run: what is not urgent waits; value: the run's number, from 1 */
	DUTY_QUEUE, /* value: so many devices are on the list */
	DUTY_WORK,  /* the work waits; value: until when, ns; 0: for its worker or rtnl */
	DUTY_COUNT
};

struct timeline {
	struct writer writer;
	struct kernel kernel;
	const struct trace *trace; /* the runner's */
	int64_t now_ns, end_ns;
	struct timeline_device *devices;
	size_t devices_count, devices_capacity;
	struct timeline_action *actions;
	size_t actions_count, actions_capacity;
	struct timeline_marks runs, events, errors;
	struct story_sentence *sentences; /* their texts are the timeline's */
	size_t sentences_count, sentences_capacity;
	struct stretches duties[DUTY_COUNT];
	size_t told_by; /* of a report's timelines, the first that tells the same: this one, or one before it */

	/* private */
	const struct machine *m; /* NULL: nothing has happened yet */
	size_t *by_place;	 /* of the machine's devices: in devices, plus 1; 0: unknown */
	size_t by_place_count;
	struct name_index by_label;    /* places in devices */
	struct name_index by_identity; /* NETNS/IFINDEX: the place of the device that had it last */
	int64_t *line_ns;	       /* when a line began last; -1: it has not */
	uint32_t lines;
	int64_t run_ns; /* when linkwatch ran last, because of which line */
	uint32_t run_line;
	uint64_t windows;
	struct writer *story;
	struct story_listener listener;
	size_t told_from; /* sentences from here on are of this instant */
};

/* A writer that listens to a run; timeline_end() when it is over, before timeline_free(). The scenario outlives it. */
struct timeline *timeline_new(const struct run_info *info);
void timeline_end(struct timeline *timeline, const struct trace *trace, int64_t end_ns);
void timeline_free(struct timeline *timeline); /* free(NULL) is fine */

/* NULL: there was no message of it, and no decision. */
const struct timeline_device *timeline_device(const struct timeline *timeline, const char *label);
/* The longest time for which the device was told to be RUNNING and was not, ns. */
int64_t timeline_longest_lie(const struct timeline *timeline, const char *label);
/* The index of the first of some timelines that tells the same as the one of that index. */
size_t timeline_told_by(struct timeline *const *timelines, size_t index);

/* From now on it is so. */
void stretches_set(struct stretches *stretches, int64_t now_ns, uint64_t value);
/* From now on it is no more. */
void stretches_stop(struct stretches *stretches, int64_t now_ns);

/* private: the story's part; see timeline_story.c */
void timeline_story_start(struct timeline *timeline);
void timeline_story_link(struct timeline *timeline);
void timeline_story_free(struct timeline *timeline);

#endif
