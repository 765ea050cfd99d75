/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim run and lwsim explain. */
#include "sim/cli/scenario_load.h"
#include "sim/commands/commands.h"
#include "sim/commands/formats.h"
#include "sim/commands/show.h"

static enum exit_code run(const struct options *options, const char *path,
			  const struct format *format)
{
	struct loaded loaded;
	enum exit_code code;

	if (!scenario_load(path, options, stderr, &loaded))
		return EXIT_USAGE;
	code = show_run(loaded.scenario, options, format);
	loaded_free(&loaded);
	return code;
}

enum exit_code command_run(const struct options *options, int argc, char **argv)
{
	(void)argc;
	return run(options, argv[0], options->observer ? options->observer : options->format);
}

/* Runs a scenario like `run`, but prints the decisions. */
enum exit_code command_explain(const struct options *options, int argc, char **argv)
{
	struct options explains = *options;

	if (options->against)
		return options->captures->explain(options, argc, argv);
	explains.judges_nothing = true;
	return run(&explains, argv[0], &story_format);
}
