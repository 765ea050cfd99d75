/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim-explore: lwsim with the search through all states, and a loader for link_watch.c files. */
#include "sim/commands/commands.h"
#include "sim/explore/command_explore.h"
#include "sim/loader/guard.h"
#include "sim/run/src_loader.h"

int main(int argc, char **argv)
{
	const struct parts parts = {
		.loader = &src_loader,
		.commands = { [PART_EXPLORE] = command_explore },
	};

	src_guard_start();
	return commands_main(argc, argv, &parts);
}
