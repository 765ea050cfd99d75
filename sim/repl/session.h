/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario that grows by a statement at a time. Each time all of it is run again, which is the same each time, and
 * what is new is shown. */
#ifndef LWSIM_SIM_REPL_SESSION_H
#define LWSIM_SIM_REPL_SESSION_H

#include "sim/cli/command.h"

struct session {
	const struct options *options;
	char *text;   /* what was typed and is right */
	size_t *ends; /* in it, of each statement */
	size_t count, capacity;
	size_t records; /* of the trace, that have been shown */
	char *messages; /* of failed commands and expectations, that have been shown */
	int64_t now_ns;
	enum exit_code code; /* the worst so far */
};

void session_init(struct session *session, const struct options *options);
void session_free(struct session *session);

/* A statement, a header's line or a time, of one line or of a whole block. What is wrong is said, and is as if it had
 * not been typed. */
void session_take(struct session *session, const char *lines);
/* Takes the last one back. */
void session_undo(struct session *session);
/* Tells what the last one has done, and why. */
void session_why(struct session *session);
/* Lists the devices as they are now. */
void session_state(struct session *session);
/* Something was typed that is none of all that. */
__attribute__((format(printf, 2, 3))) void session_refuse(struct session *session,
							  const char *format, ...);

#endif
