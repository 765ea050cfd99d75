/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim-src: lwsim with a loader for link_watch.c files, started by lwsim if a kernel names one. */
#include <signal.h>
#include <sys/prctl.h>

#include "sim/commands/commands.h"
#include "sim/loader/guard.h"
#include "sim/run/src_loader.h"

int main(int argc, char **argv)
{
	const struct parts parts = { .loader = &src_loader };

	/* ends when lwsim ends, for whatever reason */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	src_guard_start();
	return commands_main(argc, argv, &parts);
}
