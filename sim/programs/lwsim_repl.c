/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lwsim-repl: lwsim with a line editor for `lwsim repl`, and with a loader for link_watch.c files.
 */
#include "sim/commands/commands.h"
#include "sim/loader/guard.h"
#include "sim/repl/repl.h"
#include "sim/run/src_loader.h"

int main(int argc, char **argv)
{
	const struct parts parts = {
		.loader = &src_loader,
		.commands = { [PART_REPL] = command_repl },
	};

	src_guard_start();
	return commands_main(argc, argv, &parts);
}
