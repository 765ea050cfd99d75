/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What has happened so far, as screen lines and as counters. */
#ifndef LWSIM_SIM_PLAY_LOG_H
#define LWSIM_SIM_PLAY_LOG_H

#include "sim/language/fold.h"
#include "sim/run/writer.h"

/* Lines that are kept; older ones are dropped. */
#define PLAY_LOG_LINES 256

enum play_log_kind {
	PLAY_LOG_ACTION,
	PLAY_LOG_MESSAGE,
	PLAY_LOG_RUNNING,    /* a message that brings RUNNING */
	PLAY_LOG_NO_RUNNING, /* a message without RUNNING, after one with it */
	PLAY_LOG_ERROR,
	PLAY_LOG_NOTE,
};

struct play_log_line {
	enum play_log_kind kind;
	int64_t t_ns;
	char *text;
};

/* A run's writer (writer.h). */
struct play_log {
	struct writer writer;
	struct play_log_line lines[PLAY_LOG_LINES]; /* line n is in slot n % PLAY_LOG_LINES */
	size_t count;				    /* including dropped ones */
	/* whether the last line may be folded with the same for the next device */
	bool is_open;
	struct fold fold;
	char *tail;
	/* happenings: records and decisions that show; messages, decisions: of these */
	size_t happenings, messages, decisions;
	/* called for each decision, with the machine in its state at that time; may be NULL */
	void (*decided)(void *user, const char *sentence, const char *function, bool is_derived);
	void *user;
	uint64_t fires_j; /* of the timer armed last */
	/* the last statement that began; NULL: none yet */
	const struct stmt *stmt;
	int64_t stmt_ns;
};

void play_log_init(struct play_log *log);
void play_log_free(struct play_log *log);
/* The line `back` lines before the last one; NULL: there is none. */
const struct play_log_line *play_log_line(const struct play_log *log, size_t back);
/* Adds a line of text[0..len) that does not count as a happening. */
void play_log_add(struct play_log *log, enum play_log_kind kind, int64_t t_ns, const char *text,
		  size_t len);

#endif
