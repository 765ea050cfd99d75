/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lwsim-wire: lwsim with libmnl and libpcap, started by lwsim for what reads and writes netlink's
 * bytes.
 */
#include "sim/commands/commands.h"
#include "sim/loader/guard.h"
#include "sim/wire/command_record.h"
#include "sim/wire/wire_formats.h"

int main(int argc, char **argv)
{
	const struct parts parts = { .loader = &src_loader,
				     .wire_formats = wire_formats,
				     .commands = { [PART_WIRE] = command_record } };

	src_guard_start();
	return commands_main(argc, argv, &parts);
}
