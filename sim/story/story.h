/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The story of a run: what happened and why, in sentences; and what userspace believes meanwhile. */
#ifndef LWSIM_SIM_STORY_STORY_H
#define LWSIM_SIM_STORY_STORY_H

#include "sim/language/fold.h"
#include "sim/run/writer.h"

enum story_kind {
	STORY_ACTION,	/* a statement began */
	STORY_ANSWER,	/* of a command */
	STORY_ERROR,	/* of a command */
	STORY_DECISION, /* of the kernel, none of the next ones */
	STORY_EVENT,	/* a device has an event that is not urgent */
	STORY_URGENT_EVENT,
	STORY_WAIT,	  /* linkwatch puts its work off */
	STORY_RUN,	  /* linkwatch runs in full */
	STORY_URGENT_RUN, /* or for what is urgent only */
	STORY_TOLD,	  /* a message */
	STORY_BELIEF,	  /* userspace is wrong about a device from now on */
};

struct story_sentence {
	int64_t t_ns;
	enum story_kind kind;
	const char *text;
	const char *function; /* of the kernel, a literal; NULL: it is of none */
	uint32_t line;	      /* of the scenario: what caused it; 0: nothing in it */
	bool is_derived;      /* from what can be seen of a kernel's own file */
	bool has_devices;     /* it is about one, or about several of which all is true */
	struct fold devices;
};

/* Whoever wants to hear a story. */
struct story_listener {
	/* valid during the call, but for the function */
	void (*said)(struct story_listener *listener, const struct story_sentence *sentence);
	void (*free)(struct story_listener *listener); /* goes with the writer; NULL: it stays */
};

/* Listens to a run; device NULL: tells of all. What is said of an instant comes when it is over. */
struct writer *story_new(struct story_listener *listener, const char *device);
/* Whether there was a message of that device. */
bool story_has_device(struct writer *story, const char *device);

/* Whether a sentence, which may be of d{0..249}, is of this device. */
bool story_is_about(const struct story_sentence *sentence, const char *label);
/* "text (function, line 5)"; the caller frees. */
char *story_sentence_string(const struct story_sentence *sentence);
/* A story as lines, at most so many columns wide if columns is not 0; out is the caller's until
 * writer->free(). */
struct writer *story_writer_new(FILE *out, const char *device, unsigned int columns);
/* What stands over them: title, kernel, what the kernel's changes are. */
void story_write_head(FILE *out, const struct run_info *info);

#endif
