/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim-capture: lwsim with captures, started by lwsim for `lwsim import` and --against. */
#include "sim/commands/commands.h"
#include "sim/evidence/commands.h"
#include "sim/loader/guard.h"
#include "sim/run/src_loader.h"

int main(int argc, char **argv)
{
	const struct parts parts = {
		.loader = &src_loader,
		.captures = &captures,
		.commands = { [PART_IMPORT] = command_import },
	};

	src_guard_start();
	return commands_main(argc, argv, &parts);
}
