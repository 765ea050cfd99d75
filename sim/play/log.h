/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has happened so far, as lines of a screen; and that something has. */
#ifndef LWSIM_SIM_PLAY_LOG_H
#define LWSIM_SIM_PLAY_LOG_H

#include "sim/language/fold.h"
#include "sim/run/writer.h"

/* As many as any screen shows; older ones are forgotten. */
#define PLAY_LOG_LINES 256

enum play_log_kind {
	PLAY_LOG_ACTION,
	PLAY_LOG_MESSAGE,
	PLAY_LOG_RUNNING,    /* a message that brings RUNNING */
	PLAY_LOG_NO_RUNNING, /* one that takes it */
	PLAY_LOG_ERROR,
	PLAY_LOG_NOTE,
};

struct play_log_line {
	enum play_log_kind kind;
	int64_t t_ns;
	char *text;
};

/* A writer for a run (writer.h). */
struct play_log {
	struct writer writer;
	struct play_log_line lines[PLAY_LOG_LINES]; /* number n is in place n % PLAY_LOG_LINES */
	size_t count;				    /* ever */
	/* the last line, while the same may come of the next device */
	bool is_open;
	struct fold fold;
	char *tail;
	/* counters: what was said and decided, and how many messages and decisions that makes */
	uint64_t happenings, messages, decisions;
	/* called at each decision, with the machine as it is then; NULL: nobody asks */
	void (*decided)(void *user, const char *sentence, const char *function, bool is_derived);
	void *user;
	uint64_t fires_j; /* the timer that was armed last */
	/* the statement that began last; NULL: none yet */
	const struct stmt *stmt;
	int64_t stmt_ns;
};

void play_log_init(struct play_log *log);
void play_log_free(struct play_log *log);
/* From the last, 0, backwards; NULL: there are no more. */
const struct play_log_line *play_log_line(const struct play_log *log, size_t back);
/* Adds a line of text[0..len); it is nothing that has happened. */
void play_log_add(struct play_log *log, enum play_log_kind kind, int64_t t_ns, const char *text,
		  size_t len);

#endif
