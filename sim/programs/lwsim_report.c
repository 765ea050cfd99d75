/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim-report: lwsim with cairo, started by lwsim for `lwsim report` and for charts. */
#include "sim/commands/commands.h"
#include "sim/evidence/commands.h"
#include "sim/loader/guard.h"
#include "sim/report/chart.h"
#include "sim/report/command_report.h"

int main(int argc, char **argv)
{
	const struct parts parts = { .loader = &src_loader,
				     .drawing = &drawing,
				     .captures = &captures,
				     .commands = { [PART_REPORT] = command_report } };

	src_guard_start();
	return commands_main(argc, argv, &parts);
}
