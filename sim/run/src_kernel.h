/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiles a kernel's own link_watch.c before a run. */
#ifndef LWSIM_SIM_RUN_SRC_KERNEL_H
#define LWSIM_SIM_RUN_SRC_KERNEL_H

#include "sim/base/exit.h"
#include "sim/language/scenario.h"
#include "sim/run/src_loader.h"

/*
 * Compiles the kernel's link_watch.c, if it has one from a file, before any output of the run.
 * EXIT_USAGE: the scenario cannot run on it; EXIT_UNTESTABLE: it does not compile; EXIT_BROKEN: it
 * crashes or loops when it is loaded. All print the reason to messages.
 */
enum exit_code kernel_prepare(const struct src_loader *loader, const struct kernel *kernel,
			      const struct scenario *scenario, FILE *messages);

/* The same with stderr, and with EXIT_USAGE for EXIT_UNTESTABLE, which only `test` has. */
enum exit_code kernel_prepare_to_show(const struct src_loader *loader, const struct kernel *kernel,
				      const struct scenario *scenario);

#endif
