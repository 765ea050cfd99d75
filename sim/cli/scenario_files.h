/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The scenarios that a path of the command line stands for. */
#ifndef LWSIM_SIM_CLI_SCENARIO_FILES_H
#define LWSIM_SIM_CLI_SCENARIO_FILES_H

#include <stdbool.h>

struct walk {
	/* Takes a scenario; false: the user wants no more. */
	bool (*scenario)(const char *path, void *data);
	/* A folder or file below the path that cannot be read, and why (errno): it is not passed over. */
	void (*unreadable)(const char *path, int error, void *data);
	void *data;
};

/* A folder: each NAME.lw below it, by name, but for bad-*.lw, which are there to be refused. All
 * else, "-" too, is a scenario's own path. False if the user wants no more. */
bool walk_scenarios(char *path, const struct walk *walk);

bool is_folder(const char *path);

#endif
