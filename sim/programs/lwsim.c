/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim: replays Linux's link-state machine on a virtual clock. */
#include "sim/commands/commands.h"

int main(int argc, char **argv)
{
	const struct parts parts = { .loader = NULL };

	return commands_main(argc, argv, &parts);
}
