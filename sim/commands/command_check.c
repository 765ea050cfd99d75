/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim check: reads scenarios and prints their errors. */
#include "sim/cli/scenario_load.h"
#include "sim/commands/commands.h"

enum exit_code command_check(const struct options *options, int argc, char **argv)
{
	enum exit_code code = EXIT_GOOD;
	struct loaded loaded;

	for (int i = 0; i < argc; i++) {
		if (scenario_load(argv[i], options, stderr, &loaded))
			loaded_free(&loaded);
		else
			code = EXIT_USAGE;
	}
	return code;
}
