/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has a kernel's own link_watch.c compiled before a run. */
#ifndef LWSIM_SIM_RUN_SRC_KERNEL_H
#define LWSIM_SIM_RUN_SRC_KERNEL_H

#include "sim/base/exit.h"
#include "sim/language/scenario.h"
#include "sim/run/src_loader.h"

/* If the kernel has its link_watch.c from a file: compiles it, before anything of the run is shown. EXIT_USAGE:
 * the scenario cannot run on it; EXIT_UNTESTABLE: it does not compile; both after saying so to messages. */
enum exit_code kernel_prepare(const struct src_loader *loader, const struct kernel *kernel,
			      const struct scenario *scenario, FILE *messages);

#endif
