/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run is as a picture: each device's states over time, its messages, what linkwatch has to do, and the story. */
#ifndef LWSIM_SIM_REPORT_TALE_H
#define LWSIM_SIM_REPORT_TALE_H

#include "../writer.h"

/* Something was so for a while. */
struct stretch {
	int64_t from_ns, to_ns;
	uint64_t value;
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

struct tale_message {
	struct record record;
	int64_t cause_ns; /* when the line that caused it began; -1: none did */
	size_t sentence;  /* that tells of it; NO_SENTENCE: none */
};

#define NO_SENTENCE SIZE_MAX

struct tale_device {
	char label[LABEL_MAX_BYTES];
	struct stretches bands[BAND_COUNT];
	struct tale_message *messages;
	size_t count, capacity;
	bool is_gone;
};

struct tale_action {
	int64_t t_ns;
	uint32_t line;
	char *text;	 /* NULL: a line's later iteration */
	size_t sentence; /* as above */
};

/* A run of linkwatch. */
struct tale_run {
	int64_t t_ns;
	bool is_full;
	size_t sentence;
};

struct tale_sentence {
	int64_t t_ns;
	uint32_t line;
	bool is_action;
	char *text; /* without its time */
};

/* What linkwatch has to do; of a kernel from a file only what can be seen of it. */
enum duty {
	DUTY_WINDOW, /* since a full run: what is not urgent waits; value: the run's number, from 1 */
	DUTY_QUEUE, /* value: so many devices are on the list */
	DUTY_WORK,  /* the work waits; value: until when, ns; 0: for its worker or rtnl */
	DUTY_COUNT
};

struct tale {
	struct writer writer;
	struct kernel kernel;
	const struct trace *trace; /* the runner's */
	int64_t now_ns, end_ns;
	struct tale_device *devices;
	size_t devices_count, devices_capacity;
	struct tale_action *actions;
	size_t actions_count, actions_capacity;
	struct tale_run *runs;
	size_t runs_count, runs_capacity;
	struct tale_sentence *sentences;
	size_t sentences_count, sentences_capacity;
	struct stretches duties[DUTY_COUNT];

	/* private */
	const struct machine *m; /* NULL: nothing has happened yet */
	size_t *by_place;	 /* of the machine's devices: in devices, plus 1; 0: unknown */
	size_t by_place_count;
	void *by_label;	  /* a tsearch tree of struct labelled */
	int64_t *line_ns; /* when a line began last; -1: it has not */
	uint32_t lines;
	struct writer *story;
	FILE *story_out;
	char *story_text;
	size_t story_len, story_at;
	size_t told_from; /* sentences from here on are of this instant */
};

/* A writer that listens to a run; tale_end() when it is over, before tale_free(). The scenario outlives it. */
struct tale *tale_new(const struct run_info *info);
void tale_end(struct tale *tale, const struct trace *trace, int64_t end_ns);
void tale_free(struct tale *tale); /* free(NULL) is fine */

/* From now on it is so. */
void stretches_set(struct stretches *stretches, int64_t now_ns, uint64_t value);
/* From now on it is no more. */
void stretches_stop(struct stretches *stretches, int64_t now_ns);

/* private: the story's part; see tale_story.c */
void tale_story_start(struct tale *tale, const struct run_info *info);
void tale_story_read(struct tale *tale);
void tale_story_link(struct tale *tale);
void tale_story_free(struct tale *tale);

#endif
