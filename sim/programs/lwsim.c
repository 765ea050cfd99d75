/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim: replays Linux's link-state machine on a virtual clock. */
#include "sim/cli/cli.h"

int main(int argc, char **argv)
{
	const struct parts parts = { .loader = NULL };

	return cli_main(argc, argv, &parts);
}
