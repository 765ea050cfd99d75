/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim explore: proves what kernels do on every sequence of a file's statements, or finds the shortest
 * scenario that shows otherwise. */
#include "sim/explore/command_explore.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/numbers.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"
#include "sim/explore/devices.h"
#include "sim/explore/pieces.h"
#include "sim/language/suggest.h"
#include "sim/run/src_about.h"
#include "sim/run/src_kernel.h"

static volatile bool is_interrupted;

static void on_signal(int number)
{
	(void)number;
	is_interrupted = true;
}

/* Aim 1 << index. */
static const char *const aim_words[] = {
	"equal", "lag", "lost", "starve", "rate", "decisions", NULL
};

/*
 * The command line
 */

static bool aims_read(const char *text, unsigned int *ret_aims)
{
	*ret_aims = 0;
	for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		size_t len = strcspn(at, ","), i = 0;
		char *wrong;

		while (aim_words[i] &&
		       (strlen(aim_words[i]) != len || memcmp(aim_words[i], at, len) != 0))
			i++;
		if (!aim_words[i]) {
			wrong = unknown_text("word", at, len, suggest(at, len, aim_words),
					     aim_words, NULL);
			usage_error("--find: %s", wrong);
			free(wrong);
			return false;
		}
		*ret_aims |= 1U << i;
	}
	return true;
}

#define MEMORY_MIB 2048 /* without --memory */
#define NUMBER_MAX 1000000000

static bool bounds_read(const struct options *options, struct bounds *ret_bounds)
{
	uint64_t values[BOUND_COUNT] = { [BOUND_MEMORY] = MEMORY_MIB };
	const char *end;

	for (unsigned int i = 0; i < BOUND_COUNT; i++) {
		const char *text = options->bounds[i];

		if (!text || number_read(text, '\0', NUMBER_MAX, &values[i], &end))
			continue;
		usage_error("--%s %s: expected a number from 1 to %d",
			    option_info(OPTION_DEPTH + i)->name, text, NUMBER_MAX);
		return false;
	}
	*ret_bounds = (struct bounds){
		.actions = values[BOUND_DEPTH],
		.states = values[BOUND_STATES],
		.seconds = (int64_t)values[BOUND_SECONDS],
		.memory_bytes = values[BOUND_MEMORY] << 20,
	};
	return true;
}

static bool moments_read(const char *text, enum moments *ret_moments)
{
	*ret_moments = MOMENTS_EVERY;
	if (!text || strcmp(text, "every") == 0)
		return true;
	*ret_moments = MOMENTS_DUE;
	if (strcmp(text, "due") == 0)
		return true;
	usage_error("--moments %s: expected every or due", text);
	return false;
}

static bool seed_read(const struct options *options, struct exploration *exploration)
{
	const char *end;

	exploration->is_random = options->random;
	if (!options->random ||
	    number_read(options->random, '\0', NUMBER_MAX, &exploration->seed, &end))
		return true;
	usage_error("--random %s: expected a number from 1 to %d", options->random, NUMBER_MAX);
	return false;
}

/* Whether a kernel's link_watch.c is a file's, whose decisions no trace shows. */
static bool has_source(const struct exploration *exploration)
{
	for (unsigned int i = 0; i < exploration->kernels_count; i++)
		if (exploration->kernels[i].source)
			return true;
	return false;
}

/* Whether the options go together. */
static bool is_consistent(const struct exploration *exploration)
{
	const struct options *options = exploration->options;

	if (options->find && exploration->aims & AIM_EQUAL && exploration->kernels_count < 2)
		usage_error("--find equal: expected two kernels, give --kernel twice");
	else if (options->random && options->find && exploration->aims & ~AIMS_OF_RANDOM)
		usage_error("--random finds equal and lost, and looks at properties: no %s",
			    "lag, starve, rate or decisions");
	else if (options->random && (options->graph || options->hashes || options->moments))
		usage_error("--random: not with --graph, --hash or --moments");
	else if (exploration->aims & AIM_DECISIONS && has_source(exploration))
		usage_error("--find decisions: expected kernels that lwsim models, not src:");
	else if (options->graph && exploration->kernels_count > 1)
		usage_error("--graph: expected one kernel");
	else
		return true;
	return false;
}

static enum exit_code code_of(const struct exploration *exploration)
{
	if (exploration->show.verdict & VERDICT_BROKEN)
		return EXIT_BROKEN;
	if (is_interrupted)
		return EXIT_INTERRUPTED;
	if (exploration->show.verdict & VERDICT_UNWRITTEN)
		return EXIT_USAGE;
	if (exploration->show.verdict & VERDICT_FOUND)
		return EXIT_FAILED;
	return exploration->show.verdict & VERDICT_OPEN || exploration->extent == SRC_NOT_KNOWN
		       ? EXIT_OPEN
		       : EXIT_GOOD;
}

/* Says what was compiled of kernels from a file; returns how far results hold. */
static enum src_extent say_about(const struct src_loader *loader, const struct kernel *kernels,
				 size_t count)
{
	struct src_abouts abouts = { .count = 0 };
	enum src_extent extent;

	for (size_t i = 0; i < count; i++)
		src_abouts_add(&abouts, loader, &kernels[i]);
	extent = src_abouts_extent(&abouts);
	src_abouts_free(&abouts);
	src_about_write(stdout, "", loader, kernels, count);
	if (extent == SRC_FILE)
		puts(src_extent_text(extent));
	return extent;
}

static enum exit_code explore_scenario(const struct options *options,
				       const struct scenario *scenario)
{
	struct exploration exploration = {
		.options = options,
		.scenario = scenario,
		.interrupted = &is_interrupted,
		.messages = stderr,
		.aims = scenario->explore.properties ? 0 : AIMS_DEFAULT, /* a file's properties are its aim */
		.show = {
			.out = stdout,
			.loader = options->loader,
			.style = { .columns = wrap_table_columns(), .is_colored = options->is_colored },
			.folder = options->folder,
		},
	};
	const struct kernel *kernels;
	size_t count = runs_kernels(scenario, options, &kernels);
	enum exit_code code;

	if (!scenario->explore.stmt)
		return usage_error("%s: no `explore { ... }` in this file", scenario->source->path);
	if (count > SIDES_MAX)
		return usage_error("explore takes at most two kernels");
	if (!bounds_read(options, &exploration.bounds) ||
	    !moments_read(options->moments, &exploration.moments) ||
	    !seed_read(options, &exploration) || !jobs_read(options, &exploration.jobs) ||
	    (options->find && !aims_read(options->find, &exploration.aims)))
		return EXIT_USAGE;
	for (size_t i = 0; i < count; i++) {
		code = kernel_prepare_to_show(options->loader, &kernels[i], scenario);
		if (code != EXIT_GOOD)
			return code;
		exploration.kernels[exploration.kernels_count++] = kernels[i];
	}
	if (!is_consistent(&exploration))
		return EXIT_USAGE;
	exploration.extent = say_about(options->loader, kernels, count);
	exploration.tally = tally_new();
	signal(SIGINT, on_signal);
	code = pieces_run(&exploration, on_signal);
	tally_free(exploration.tally);
	return code == EXIT_GOOD ? code_of(&exploration) : code;
}

/* Parses a text, with --reach as its last line. */
static enum exit_code explore_text(const struct options *options, const char *path,
				   const char *before)
{
	char *text = options->reach ? xasprintf("%s\nreach %s\n", before, options->reach)
				    : xstrdup(before);
	enum exit_code code = EXIT_USAGE;
	struct source *source;
	struct scenario *scenario;
	struct diags diags;

	source = source_from_text(path, text, strlen(text));
	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	if (scenario)
		code = explore_scenario(options, scenario);
	else
		diags_print(&diags, stderr);
	scenario_free(scenario);
	diags_free(&diags);
	source_free(source);
	free(text);
	return code;
}

static enum exit_code explore_devices(const struct options *options)
{
	char *text = devices_scenario(options->devices, stderr);
	enum exit_code code = text ? explore_text(options, "--devices", text) : EXIT_USAGE;

	free(text);
	return code;
}

/* With --reach: a property more than the file has. */
static enum exit_code explore_more(const struct options *options, const struct scenario *scenario)
{
	char *text = xstrndup(scenario->source->text, scenario->text_end);
	enum exit_code code = explore_text(options, scenario->source->path, text);

	free(text);
	return code;
}

enum exit_code command_explore(const struct options *options, int argc, char **argv)
{
	struct loaded loaded;
	enum exit_code code;

	if (!argc == !options->devices)
		return usage_error("explore: expected FILE, or --devices KIND,KIND...");
	if (options->devices)
		return explore_devices(options);
	if (!scenario_load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	code = options->reach && loaded.scenario->explore.stmt
		       ? explore_more(options, loaded.scenario)
		       : explore_scenario(options, loaded.scenario);
	loaded_free(&loaded);
	return code;
}
