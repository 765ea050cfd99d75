/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The story of a run: what happened and why, in sentences, and where userspace's view is wrong. */
#ifndef LWSIM_SIM_STORY_STORY_H
#define LWSIM_SIM_STORY_STORY_H

#include "sim/language/fold.h"
#include "sim/run/writer.h"

enum story_kind {
	STORY_ACTION,	/* a statement began */
	STORY_ANSWER,	/* from a command */
	STORY_ERROR,	/* from a command */
	STORY_DECISION, /* by the kernel; none of the following */
	STORY_EVENT,	/* a device has a non-urgent event */
	STORY_URGENT_EVENT,
	STORY_WAIT,	  /* linkwatch delays its work */
	STORY_RUN,	  /* linkwatch processes all events */
	STORY_URGENT_RUN, /* linkwatch processes urgent events only */
	STORY_TOLD,	  /* a message */
	STORY_BELIEF,	  /* userspace is wrong about a device from here on */
};

struct story_sentence {
	int64_t t_ns;
	enum story_kind kind;
	const char *text;
	const char *function; /* in the kernel, a string literal; NULL: none */
	uint32_t line;	      /* the scenario's line that caused it; 0: none */
	uint32_t turn;	      /* an action's, in its innermost repeat, from 1; 0: none */
	bool is_derived;      /* inferred from the behaviour of a kernel's own link_watch.c */
	int running;	      /* of a message: 1 gained RUNNING, -1 lost it; else 0 */
	bool has_devices;     /* it is about one device, or is true of several */
	struct fold devices;
};

/* Gets the sentences of a story. */
struct story_listener {
	/* the sentence is valid during the call; sentence->function stays valid */
	void (*said)(struct story_listener *listener, const struct story_sentence *sentence);
	void (*free)(struct story_listener *listener); /* with writer->free(); NULL: it stays */
};

/*
 * Returns a writer that reports to the listener; device NULL: all devices. The sentences of an
 * instant are delivered when it is over.
 */
struct writer *story_new(struct story_listener *listener, const char *device);
/* Reports what flush() would, and stays as it is. */
void story_look(struct writer *story);
/* Whether there was a message about that device. */
bool story_has_device(struct writer *story, const char *device);

/* Whether a sentence is about this device; a sentence may be about d{0..249}. */
bool story_is_about(const struct story_sentence *sentence, const char *label);
/* "text (function, line 5)"; the caller frees. */
char *story_sentence_string(const struct story_sentence *sentence);
struct story_style {
	unsigned int columns; /* width of the lines; 0: a line for each sentence */
	bool is_colored;
};

/*
 * Writes sentences as lines, at most `columns` wide unless 0. out stays the caller's and must live
 * until free().
 */
struct story_listener *story_printer_new(FILE *out, unsigned int columns);
/* The same for a story. */
struct writer *story_writer_new(FILE *out, const char *device, unsigned int columns);
struct writer *story_writer_new_styled(FILE *out, const char *device,
				       const struct story_style *style);
/* Writes the heading: title, kernel, and the kernel's changes. */
void story_write_head(FILE *out, const struct run_info *info, const struct story_style *style);

#endif
