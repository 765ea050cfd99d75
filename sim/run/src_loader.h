/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a kernel's own link_watch.c gets into a machine. lwsim itself starts at once and cannot load anything; the
 * program lwsim-src, which it starts for that, has a loader. */
#ifndef LWSIM_SIM_RUN_SRC_LOADER_H
#define LWSIM_SIM_RUN_SRC_LOADER_H

#include <stdio.h>

#include "model/machine.h"

struct src_loader {
	/* Compiles the file of a kernel that has one, unless that was done before; false after saying what is wrong. */
	bool (*prepare)(const struct kernel *kernel, uint32_t hz, FILE *messages);
	/* For machine_config.linkwatch_file: a copy of its own; NULL after saying why not. `scenario` is what is run, for
	 * messages. */
	struct linkwatch_file *(*load)(const struct kernel *kernel, uint32_t hz,
				       const char *scenario, FILE *messages);
	/* To be called in a process that was forked before anything is loaded there: what watches over the code is
	 * not inherited. */
	void (*forked)(void);
	/* Once the machine is no more. */
	void (*unload)(struct linkwatch_file *file); /* unload(NULL) is fine */
};

/* The loader of lwsim-src (loader/load.c). */
extern const struct src_loader src_loader;

#endif
