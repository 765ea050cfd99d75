/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that goes on as its scenario grows: of each addition it runs only what is new. */
#ifndef LWSIM_SIM_REPL_LIVE_H
#define LWSIM_SIM_REPL_LIVE_H

#include "sim/cli/command.h"
#include "sim/language/growing.h"
#include "sim/repl/kept.h"
#include "sim/run/runner.h"

struct live {
	const struct options *options;
	const struct growing *growing;
	struct runner *runner; /* NULL: has not begun */
	size_t count;	       /* additions that it has run */
	struct kept kept;      /* of the runner, at additions that are still there */
	/* the failures printed by the last addition; and those that the run's end there would bring */
	char *said, *end;
};

void live_init(struct live *live, const struct options *options, const struct growing *growing);
void live_free(struct live *live);
/* Before the header changes: it has to begin anew. */
void live_drop(struct live *live);
/* Before the last addition is taken back. Before there is another, live_go() to those that are left. */
void live_take_back(struct live *live);
/*
 * False: live_go() has to go back first, as it has run more than the first `count` additions, or
 * they have outgrown its machine.
 */
bool live_goes_on(const struct live *live, size_t count);

/*
 * Runs what is missing of the first `count` additions. Neither EXIT_GOOD nor EXIT_FAILED: it could
 * not, `said` has the reason, and it has to begin anew.
 */
enum exit_code live_go(struct live *live, size_t count, struct writer *writer);

#endif
