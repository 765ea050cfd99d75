/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim compare: runs a scenario on several kernels, side by side. */
#include "sim/cli/scenario_load.h"
#include "sim/commands/commands.h"
#include "sim/commands/show.h"

enum exit_code command_compare(const struct options *options, int argc, char **argv)
{
	struct loaded loaded;
	enum exit_code code;

	if (options->against)
		return options->captures->compare(options, argc, argv);
	if (!scenario_load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	code = show_compare(loaded.scenario, options);
	loaded_free(&loaded);
	return code;
}
