/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run prepared for drawing: states over time by device, messages, linkwatch's activity, and the
 * story.
 */
#ifndef LWSIM_SIM_REPORT_TIMELINE_H
#define LWSIM_SIM_REPORT_TIMELINE_H

#include "sim/base/name_index.h"
#include "sim/story/story.h"

/* A time in which something held. */
struct stretch {
	int64_t from_ns, to_ns;
	uint64_t value;
	bool lasts; /* still holds at the run's end */
};

struct stretches {
	struct stretch *items;
	size_t count, capacity;
};

enum band {
	BAND_ADMIN,	/* IFF_UP */
	BAND_CARRIER,	/* the driver's carrier bit */
	BAND_OPERSTATE, /* dev->operstate: IF_OPER_* */
	BAND_COUNT
};

struct timeline_message {
	struct record record;
	int64_t cause_ns;  /* when the line that caused it began; -1: no line */
	uint32_t run_line; /* what made linkwatch run now, if another line; else 0 */
	size_t sentence;   /* that describes it; NO_SENTENCE: none */
};

#define NO_SENTENCE SIZE_MAX

struct timeline_device {
	char label[LABEL_MAX_BYTES];
	struct stretches bands[BAND_COUNT];
	struct stretches blips; /* carrier changes that were reverted within an instant */
	int64_t flip_ns;	/* private: last carrier change; -1: none */
	struct stretches lies;	/* userspace sees RUNNING, but the device is not up with carrier */
	struct stretches lates; /* the reverse, after it has seen RUNNING once */
	bool has_run;		/* private: it has */
	struct timeline_message *messages;
	size_t count, capacity;
	size_t linked; /* private: messages before this one are linked to their sentences */
	int32_t ifindex;
	const char *netns; /* owned by the runner */
	bool is_gone;
};

struct timeline_action {
	int64_t t_ns;
	uint32_t line;
	char *text;	 /* NULL: a later iteration of a repeat */
	size_t sentence; /* as above */
};

/* A run of linkwatch (urgent: only urgent events), an event for it, or a command's error. */
struct timeline_mark {
	int64_t t_ns;
	bool is_urgent;
	size_t sentence;
};

struct timeline_marks {
	struct timeline_mark *items;
	size_t count, capacity;
};

/* linkwatch's activities; for a kernel from a file, only those that can be observed. */
enum duty {
	DUTY_WINDOW, /* one second after a full run; value: number of the run, from 1 */
	DUTY_QUEUE,  /* value: number of queued devices */
	DUTY_WORK,   /* the work waits; value: until when, ns; 0: for its worker or rtnl */
	DUTY_COUNT
};

struct timeline {
	struct writer writer;
	struct kernel kernel;
	const struct trace *trace; /* owned by the runner */
	int64_t now_ns, end_ns;
	struct timeline_device *devices;
	size_t devices_count, devices_capacity;
	struct timeline_action *actions;
	size_t actions_count, actions_capacity;
	struct timeline_marks runs, events, errors;
	struct story_sentence *sentences; /* their texts are owned by the timeline */
	size_t sentences_count, sentences_capacity;
	struct stretches duties[DUTY_COUNT];
	char *about; /* lines on what was compiled (src_about_write()); NULL: none. The timeline frees it. */
	char *caveat;	   /* src_about_caveat(), likewise */
	size_t same_story; /* first timeline of the report with the same story */

	/* private */
	const struct machine *m; /* NULL: nothing has happened yet */
	size_t *by_place;	 /* by slot of the machine: index into devices + 1; 0: unknown */
	size_t by_place_count;
	struct name_index by_label;    /* indexes into devices */
	struct name_index by_identity; /* NETNS/IFINDEX: the index of its last device */
	int64_t *line_ns;	       /* by line: when it last began; -1: never */
	uint32_t lines;
	int64_t run_ns; /* linkwatch's last run: its time, and the line that caused it */
	uint32_t run_line;
	uint64_t windows;
	struct writer *story;
	struct story_listener listener;
	size_t instant_from; /* sentences from this index on belong to the current instant */
};

/*
 * Returns a writer that collects a run. Call timeline_end() when the run is over, before
 * timeline_free(). The scenario must outlive it.
 */
struct timeline *timeline_new(const struct run_info *info);
void timeline_end(struct timeline *timeline, const struct trace *trace, int64_t end_ns);
void timeline_free(struct timeline *timeline); /* free(NULL) is fine */

/* NULL: the device had no message and no decision. */
const struct timeline_device *timeline_device(const struct timeline *timeline, const char *label);
/* The longest time, in ns, in which userspace wrongly saw RUNNING for the device. */
int64_t timeline_longest_lie(const struct timeline *timeline, const char *label);
/* The longest time in which it had carrier again and userspace saw no RUNNING. */
int64_t timeline_longest_late(const struct timeline *timeline, const char *label);
/* Index of the first timeline with the same story as timelines[index]. */
size_t timeline_same_story(struct timeline *const *timelines, size_t index);

/* private: the story's part; see timeline_story.c */
void timeline_story_start(struct timeline *timeline);
void timeline_story_link(struct timeline *timeline);
void timeline_story_free(struct timeline *timeline);

#endif
