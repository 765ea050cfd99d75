/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario that grows one statement at a time. Each time all of it is run again, which is
 * deterministic, and only new output is shown.
 */
#ifndef LWSIM_SIM_REPL_SESSION_H
#define LWSIM_SIM_REPL_SESSION_H

#include "sim/cli/command.h"

struct session {
	const struct options *options;
	char *text;   /* the valid input so far */
	size_t *ends; /* offset in text of each statement's end */
	size_t count, capacity;
	size_t records; /* number of trace records already shown */
	char *messages; /* failed commands and expectations already shown */
	int64_t now_ns;
	enum exit_code code; /* the worst so far */
};

void session_init(struct session *session, const struct options *options);
void session_free(struct session *session);

/*
 * Takes a statement, a header line or a time: a single line or a whole block. Wrong input is
 * reported and discarded.
 */
void session_take(struct session *session, const char *lines);
/* Removes the last statement. */
void session_undo(struct session *session);
/* Prints what the last statement did, and why. */
void session_why(struct session *session);
/* Prints the devices' current state. */
void session_state(struct session *session);
/* Reports input that is none of the above. */
__attribute__((format(printf, 2, 3))) void session_refuse(struct session *session,
							  const char *format, ...);

#endif
