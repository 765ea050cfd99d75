/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim states: the operstates as a diagram, with the paths of a scenario's devices. */
#include <string.h>

#include "sim/base/exit.h"
#include "sim/cli/command.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"
#include "sim/formats/states.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_about.h"
#include "sim/run/src_kernel.h"

static bool has_path(const struct state_paths *paths)
{
	for (size_t i = 0; i < paths->count; i++)
		if (paths->paths[i]->is_wanted)
			return true;
	return !paths->wanted;
}

static enum exit_code draw(const struct scenario *scenario, const struct run_options *run,
			   const struct state_paths *paths)
{
	if (!has_path(paths))
		return usage_error("--device %s: no device has this name in the run",
				   paths->wanted);
	states_write(stdout, &run->kernel, scenario->title, paths);
	return EXIT_GOOD;
}

/* Evaluates no expectations. A failed command ends the paths, as it ends `run`. */
static enum exit_code run_and_draw(const struct scenario *scenario, struct run_options *run,
				   const char *device)
{
	struct state_paths paths = { .wanted = device };
	struct runner *runner;
	enum exit_code code;

	run->stored_state = state_paths_take;
	run->user = &paths;
	runner = runner_new(scenario, run);
	if (!runner)
		return EXIT_USAGE;
	clock_run(runner, 0.);
	code = exit_of(runner_result(runner));
	if (code <= EXIT_FAILED)
		code = exit_worse(code, draw(scenario, run, &paths));
	runner_free(runner);
	state_paths_free(&paths);
	return code;
}

static enum exit_code draw_diagram(const struct options *options)
{
	struct kernel kernel = options->kernels_count ? options->kernels[0] : kernel_default();

	if (options->device || options->settings_count || options->until)
		return usage_error("--device, --set and --until need a scenario");
	states_write(stdout, &kernel, "", NULL);
	return EXIT_GOOD;
}

enum exit_code command_states(const struct options *options, int argc, char **argv)
{
	struct run_options run = {
		.prints_failures = true,
		.messages = stderr,
		.loader = options->loader,
	};
	struct loaded loaded;
	enum exit_code code = EXIT_USAGE;

	if (!argc)
		return draw_diagram(options);
	if (!scenario_load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	run.kernel = *run_kernel(options, loaded.scenario);
	if (until_ns(options, loaded.scenario, &run.until_ns))
		code = kernel_prepare_to_show(options->loader, &run.kernel, loaded.scenario);
	if (code == EXIT_GOOD) {
		src_about_write(stderr, "lwsim: note: ", options->loader, &run.kernel, 1);
		code = run_and_draw(loaded.scenario, &run, options->device);
	}
	loaded_free(&loaded);
	return code;
}
