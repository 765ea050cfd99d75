/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A scenario that grows one statement at a time, and its run, which continues with each
 * statement. The output is the same as that of one run of all statements.
 */
#ifndef LWSIM_SIM_REPL_SESSION_H
#define LWSIM_SIM_REPL_SESSION_H

#include "sim/repl/answer.h"
#include "sim/repl/typed.h"
#include "sim/run/src_about.h"

struct session {
	const struct options *options;
	struct answer answer;  /* where it prints */
	struct writer *writer; /* of records as JSON lines; NULL: not begun, or text */
	struct typed typed;
	/* failures printed since the additions before; NULL: live.end */
	char *shown;
	int64_t now_ns;
	enum exit_code code;	  /* the worst so far */
	struct src_abouts abouts; /* of kernels with a file, printed already */
};

void session_init(struct session *session, const struct options *options);
void session_free(struct session *session);
/* Compiles the command line's kernel, if it has a file, and prints what was compiled. */
enum exit_code session_begin(struct session *session);

/*
 * Takes a statement, a header line or a time: a single line or a whole block. Wrong input is
 * reported and discarded.
 */
void session_take(struct session *session, const char *lines);
/* Removes the last statement. */
void session_undo(struct session *session);
/* Prints what the last statement did, and why. */
void session_why(struct session *session);
/* The text typed so far, a scenario. */
const char *session_text(const struct session *session);
/* Prints the devices' current state. */
void session_state(struct session *session);
/* Ends what a line of input is answered with. */
void session_answered(struct session *session);
/* Reports input that is none of the above. */
__attribute__((format(printf, 2, 3))) void session_refuse(struct session *session,
							  const char *format, ...);

#endif
