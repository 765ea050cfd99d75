/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run that continues as its scenario grows: only new additions are run. */
#ifndef LWSIM_SIM_REPL_LIVE_H
#define LWSIM_SIM_REPL_LIVE_H

#include "sim/cli/command.h"
#include "sim/language/growing.h"
#include "sim/repl/kept.h"
#include "sim/run/runner.h"

struct live {
	const struct options *options;
	const struct growing *growing;
	struct runner *runner; /* NULL: not started */
	size_t count;	       /* number of additions run so far */
	struct kept kept;      /* saved states, after additions that still exist */
	/* said: failures printed by the last addition; end: failures if the run ended now */
	char *said, *end;
};

void live_init(struct live *live, const struct options *options, const struct growing *growing);
void live_free(struct live *live);
/* To be called before the header changes: the run has to start again. */
void live_drop(struct live *live);
/* To be called before the last addition is removed; then call live_go() for the rest before
 * adding another. */
void live_take_back(struct live *live);
/*
 * False: live_go() has to go back first, because the run is past the first `count` additions, or
 * they have outgrown its machine.
 */
bool live_goes_on(const struct live *live, size_t count);

/*
 * Runs the first `count` additions as far as they have not run yet. If the result is neither
 * EXIT_GOOD nor EXIT_FAILED, they could not be run: `said` has the reason, and the run has to
 * start again.
 */
enum exit_code live_go(struct live *live, size_t count, struct writer *writer);

#endif
