/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim-play: lwsim with ncurses for `lwsim play`, and with a loader for link_watch.c files. */
#include "sim/commands/commands.h"
#include "sim/loader/guard.h"
#include "sim/play/play.h"
#include "sim/run/src_loader.h"

int main(int argc, char **argv)
{
	const struct parts parts = {
		.loader = &src_loader,
		.commands = { [PART_PLAY] = command_play },
	};

	src_guard_start();
	return commands_main(argc, argv, &parts);
}
