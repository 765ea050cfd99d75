/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the scenarios that a path on the command line names. */
#ifndef LWSIM_SIM_CLI_SCENARIO_FILES_H
#define LWSIM_SIM_CLI_SCENARIO_FILES_H

#include <stdbool.h>

struct walk {
	/* Called for each scenario; false: stop. */
	bool (*scenario)(const char *path, void *data);
	/* Called for each folder or file below the path that cannot be read; error is an errno. */
	void (*unreadable)(const char *path, int error, void *data);
	void *data;
};

/*
 * For a folder: each NAME.lw below it, sorted by name, except bad-*.lw, which test the parser's
 * errors. Any other path, "-" included, is a single scenario. False if a callback stopped the walk.
 */
bool walk_scenarios(char *path, const struct walk *walk);

#endif
