/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario that grows one statement at a time, and its run, which goes on with each. What is shown
 * is what a run of all statements shows.
 */
#ifndef LWSIM_SIM_REPL_SESSION_H
#define LWSIM_SIM_REPL_SESSION_H

#include "sim/repl/live.h"
#include "sim/repl/told.h"

struct session {
	const struct options *options;
	struct growing *growing; /* the valid input so far */
	struct live live;	 /* its run, which may be behind it */
	struct told told;	 /* the same for `why` */
	/* what was printed of failures since the additions before; NULL: live.end */
	char *shown;
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
/* What was typed, a scenario. */
const char *session_text(const struct session *session);
/* Prints the devices' current state. */
void session_state(struct session *session);
/* Reports input that is none of the above. */
__attribute__((format(printf, 2, 3))) void session_refuse(struct session *session,
							  const char *format, ...);

#endif
