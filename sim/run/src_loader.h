/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How a kernel's own link_watch.c gets into a machine. lwsim itself has no loader, so that it
 * starts fast; it runs the program lwsim-src, which has one.
 */
#ifndef LWSIM_SIM_RUN_SRC_LOADER_H
#define LWSIM_SIM_RUN_SRC_LOADER_H

#include <stdio.h>

#include "model/machine.h"
#include "sim/base/exit.h"
#include "sim/run/src_about.h"

struct src_loader {
	/*
	 * Compiles the kernel's file, if it has one and it is not compiled yet. EXIT_UNTESTABLE: it
	 * does not compile; EXIT_BROKEN: loading it crashes or does not end; both after printing
	 * why, the first time.
	 */
	enum exit_code (*prepare)(const struct kernel *kernel, uint32_t hz, FILE *messages);
	/*
	 * Returns a new copy for machine_config.linkwatch_file; NULL on failure, after printing
	 * why. `scenario` names the scenario in messages.
	 */
	struct linkwatch_file *(*load)(const struct kernel *kernel, uint32_t hz,
				       const char *scenario, FILE *messages);
	/*
	 * For a kernel that has a file. Valid as long as the process. NULL after printing why its
	 * files cannot be read; never for a prepared kernel.
	 */
	const struct src_about *(*about)(const struct kernel *kernel);
	/*
	 * To be called in a forked process before it loads anything: the guard around the code is
	 * not inherited.
	 */
	void (*forked)(void);
	/* Only after the machine is freed. */
	void (*unload)(struct linkwatch_file *file); /* unload(NULL) is fine */
	/*
	 * Coverage of a kernel's file. cover(), first of all, has files compiled with it, and its
	 * data put into the folder; false after printing why. cover_scenario(), after a scenario:
	 * what its runs have reached. cover_end() prints what all have reached, and lets gcovr
	 * write pages; EXIT_USAGE after printing why.
	 */
	bool (*cover)(const char *folder);
	void (*cover_scenario)(const char *scenario);
	enum exit_code (*cover_end)(FILE *out);
};

/* The loader of lwsim-src (loader/load.c). */
extern const struct src_loader src_loader;

#endif
