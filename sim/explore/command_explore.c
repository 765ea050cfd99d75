/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim explore: proves what kernels do on every sequence of a file's statements, or finds the shortest
 * scenario that shows otherwise. */
#include "sim/explore/command_explore.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"
#include "sim/explore/devices.h"
#include "sim/explore/equal.h"
#include "sim/explore/graph.h"
#include "sim/explore/show.h"
#include "sim/language/format.h"
#include "sim/run/src_about.h"
#include "sim/run/src_kernel.h"

static volatile bool is_interrupted;

static void on_signal(int number)
{
	(void)number;
	is_interrupted = true;
}

/* What is looked for. */
enum aim {
	AIM_EQUAL = 1U << 0,
	AIM_LAG = 1U << 1,
	AIM_LOST = 1U << 2,
};

static const struct aim_word {
	const char *word;
	enum aim aim;
} aim_words[] = {
	{ "equal", AIM_EQUAL },
	{ "lag", AIM_LAG },
	{ "lost", AIM_LOST },
};

struct exploration {
	const struct options *options;
	const struct scenario *scenario;
	struct kernel kernels[SIDES_MAX];
	unsigned int kernels_count;
	unsigned int aims; /* enum aim */
	struct bounds bounds;
	struct show show;
	enum src_extent extent; /* how far results on the kernels hold */
	bool is_open;		/* a bound ended a search */
	bool is_broken;		/* a machine cannot be trusted, or a scenario does not replay */
	bool is_found;
};

/* Sums up how a search has ended, for the exit code. */
static void end_note(struct exploration *exploration, enum search_end end)
{
	exploration->is_open |= end != SEARCH_CLOSED && end != SEARCH_STOPPED;
	exploration->is_broken |= end == SEARCH_BROKEN;
}

/*
 * equal
 */

static const char *const difference_words[DIFFERENCE_KINDS] = {
	"earlier", "later", "more", "fewer", "other",
};

static const char *const difference_texts[DIFFERENCE_KINDS] = {
	"the same messages, earlier",
	"the same messages, later",
	"more messages",
	"fewer messages",
	"as many messages, with another content or order",
};

static void show_difference(struct exploration *exploration, const struct search *search,
			    enum difference_kind kind, const struct difference *difference)
{
	char second[KERNEL_NAME_MAX_BYTES], file[64], *title;
	struct way way;

	kernel_name(&exploration->kernels[1], second);
	way_to(&way, search, difference->from);
	way_add(&way, difference->move, difference->jiffies);
	title = xasprintf("%s: %s", second, difference_texts[kind]);
	snprintf(file, sizeof(file), "equal-%s", difference_words[kind]);
	fprintf(exploration->show.out, "%s, %" PRIu32 " statement%s:\n\n", title,
		difference->actions, difference->actions == 1 ? "" : "s");
	show_way(&exploration->show, search, &way, difference->settled_j, file, title);
	free(title);
}

/* A search for differences. */
struct pair {
	struct world world;
	struct search search;
	struct equal equal;
	struct visitor visitor;
	enum search_end end;
};

/* Explores both kernels side by side. NULL: a set-up failed. */
static struct pair *pair_search(struct exploration *exploration, enum moments moments, bool goes_on,
				unsigned int wanted)
{
	struct pair *pair = xcalloc(1, sizeof(*pair));

	if (!world_init(&pair->world, exploration->scenario, exploration->kernels, 2,
			exploration->options->loader, stderr)) {
		world_free(&pair->world);
		free(pair);
		return NULL;
	}
	pair->world.hearing = goes_on ? HEARING_ALL : HEARING_NOTHING;
	equal_init(&pair->equal, goes_on, wanted);
	pair->visitor = equal_visitor;
	pair->visitor.user = &pair->equal;
	search_init(&pair->search, &pair->world, moments, true);
	pair->search.visitor = &pair->visitor;
	pair->search.bounds = exploration->bounds;
	pair->search.interrupted = &is_interrupted;
	pair->end = search_run(&pair->search);
	return pair;
}

static void pair_free(struct pair *pair)
{
	if (!pair)
		return;
	search_free(&pair->search);
	equal_free(&pair->equal);
	world_free(&pair->world);
	free(pair);
}

static unsigned int kinds_found(const struct equal *equal)
{
	unsigned int kinds = 0;

	for (unsigned int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (equal->found[kind].is_found)
			kinds |= 1U << kind;
	return kinds;
}

static void show_differences(struct exploration *exploration, const struct pair *pair)
{
	exploration->is_found = true;
	fputc('\n', exploration->show.out);
	for (unsigned int kind = 0; kind < DIFFERENCE_KINDS; kind++)
		if (pair->equal.found[kind].is_found)
			show_difference(exploration, &pair->search, kind, &pair->equal.found[kind]);
}

/* Whether they are equal. */
static bool prove_equal(struct exploration *exploration, const char *first, const char *second)
{
	struct pair *pair = pair_search(exploration, MOMENTS_EVERY, false, DIFFERENCE_ALL);

	if (!pair)
		return false;
	end_note(exploration, pair->end);
	if (kinds_found(&pair->equal))
		show_line(&exploration->show, "%s and %s differ", first, second);
	else if (pair->end == SEARCH_CLOSED)
		show_line(&exploration->show,
			  "%s and %s are equal: no sequence of these statements, however long, "
			  "makes one tell userspace what the other does not",
			  first, second);
	else
		show_line(&exploration->show, "%s and %s: no difference so far", first, second);
	show_end(&exploration->show, &pair->search, pair->end, "side by side, in each jiffy");
	if (kinds_found(&pair->equal))
		show_differences(exploration, pair);
	pair_free(pair);
	return true;
}

/*
 * First only the moments when something is due: they are few, and show what differs. If nothing does,
 * the proof needs each jiffy.
 */
static bool find_equal(struct exploration *exploration)
{
	char first[KERNEL_NAME_MAX_BYTES], second[KERNEL_NAME_MAX_BYTES];
	struct pair *pair = pair_search(exploration, MOMENTS_DUE, true, DIFFERENCE_ALL);

	if (!pair)
		return false;
	kernel_name(&exploration->kernels[0], first);
	kernel_name(&exploration->kernels[1], second);
	if (!kinds_found(&pair->equal) && pair->end != SEARCH_BROKEN) {
		pair_free(pair);
		return prove_equal(exploration, first, second);
	}
	end_note(exploration, pair->end);
	show_line(&exploration->show,
		  kinds_found(&pair->equal) ? "%s and %s differ"
					    : "%s and %s: no difference so far",
		  first, second);
	show_end(&exploration->show, &pair->search, pair->end,
		 "side by side, when something is due");
	if (kinds_found(&pair->equal))
		show_differences(exploration, pair);
	pair_free(pair);
	return true;
}

/*
 * lag, lost
 */

static const char *const belief_texts[BELIEFS] = {
	"RUNNING is late",
	"the loss of RUNNING is late",
};

static void show_lag(struct exploration *exploration, const struct search *search,
		     const struct graph *graph, enum belief belief, const char *kernel)
{
	static const char *const files[BELIEFS] = { "lag-running", "lag-not-running" };
	uint32_t hz = exploration->scenario->hz;
	char lasts[FORMAT_MAX_BYTES], *title;
	struct lag lag;
	struct way way;

	graph_lag(graph, search, belief, &lag);
	if (!lag.jiffies) {
		show_line(&exploration->show, "%s: %s: never", kernel, belief_texts[belief]);
		return;
	}
	format_duration((int64_t)lag.jiffies * NSEC_PER_SEC / hz, lasts);
	title = lag.is_for_ever ? xasprintf("%s: %s: for ever", kernel, belief_texts[belief])
				: xasprintf("%s: %s: by at most %s (%" PRIu32 " jiffies)", kernel,
					    belief_texts[belief], lasts, lag.jiffies);
	show_line(&exploration->show, "%s", title);
	exploration->is_found |= lag.is_for_ever;
	if (lag.is_for_ever || exploration->options->is_verbose) {
		way_to(&way, search, lag.state);
		show_way(&exploration->show, search, &way, lag.is_for_ever ? 3 * hz : lag.jiffies,
			 files[belief], title);
	}
	free(title);
}

static void show_stuck(struct exploration *exploration, const struct search *search,
		       const struct graph *graph, const char *kernel)
{
	struct way way;
	uint32_t state;

	if (!graph_stuck(graph, search, &state)) {
		show_line(&exploration->show, "%s: a pending event without a run to come: never",
			  kernel);
		return;
	}
	exploration->is_found = true;
	show_line(&exploration->show, "%s: an event stays pending, and no run is to come", kernel);
	way_to(&way, search, state);
	show_way(&exploration->show, search, &way, 3 * exploration->scenario->hz, "lost",
		 "an event stays pending, and no run is to come");
}

static void show_graph(struct exploration *exploration, const struct search *search,
		       const struct graph *graph, const char *kernel)
{
	if (graph->is_too_large) {
		show_line(&exploration->show, "%s: too many devices or states to follow beliefs",
			  kernel);
		exploration->is_open = true;
		return;
	}
	if (exploration->aims & (AIM_LAG | AIM_LOST)) {
		show_lag(exploration, search, graph, BELIEF_NOT_RUNNING, kernel);
		show_lag(exploration, search, graph, BELIEF_RUNNING, kernel);
	}
	if (exploration->aims & AIM_LOST)
		show_stuck(exploration, search, graph, kernel);
}

static bool explore_one(struct exploration *exploration, const struct kernel *kernel)
{
	char name[KERNEL_NAME_MAX_BYTES];
	struct visitor visitor = graph_visitor;
	struct world world;
	struct search search;
	struct graph graph;
	enum search_end end;

	if (!world_init(&world, exploration->scenario, kernel, 1, exploration->options->loader,
			stderr)) {
		world_free(&world);
		return false;
	}
	world.hearing = HEARING_RUNNING;
	graph_init(&graph, &world);
	visitor.user = &graph;
	search_init(&search, &world, MOMENTS_EVERY, false);
	search.visitor = &visitor;
	search.bounds = exploration->bounds;
	search.interrupted = &is_interrupted;
	end = search_run(&search);
	end_note(exploration, end);
	kernel_name(kernel, name);
	if (end == SEARCH_CLOSED)
		show_graph(exploration, &search, &graph, name);
	show_end(&exploration->show, &search, end, name);
	search_free(&search);
	graph_free(&graph);
	world_free(&world);
	return true;
}

static bool explore(struct exploration *exploration)
{
	if (exploration->aims & AIM_EQUAL && exploration->kernels_count == 2 &&
	    !find_equal(exploration))
		return false;
	for (unsigned int i = 0; i < exploration->kernels_count; i++)
		if (exploration->aims & (AIM_LAG | AIM_LOST) &&
		    !explore_one(exploration, &exploration->kernels[i]))
			return false;
	return true;
}

/*
 * The command line
 */

static bool aims_read(const char *text, unsigned int *ret_aims)
{
	*ret_aims = 0;
	for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		size_t len = strcspn(at, ","), i;

		for (i = 0; i < sizeof(aim_words) / sizeof(aim_words[0]); i++)
			if (strlen(aim_words[i].word) == len &&
			    memcmp(aim_words[i].word, at, len) == 0)
				break;
		if (i == sizeof(aim_words) / sizeof(aim_words[0])) {
			usage_error("--find: unknown word '%.*s', expected equal, lag or lost",
				    (int)len, at);
			return false;
		}
		*ret_aims |= aim_words[i].aim;
	}
	return true;
}

/* Without --memory. */
#define MEMORY_MIB 2048

static bool bounds_read(const struct options *options, struct bounds *ret_bounds)
{
	static const char *const names[BOUND_COUNT] = { "depth", "states", "seconds", "memory" };
	unsigned long long values[BOUND_COUNT] = { [BOUND_MEMORY] = MEMORY_MIB };

	for (unsigned int i = 0; i < BOUND_COUNT; i++) {
		const char *text = options->bounds[i];
		char *end;

		if (!text)
			continue;
		values[i] = strtoull(text, &end, 10);
		if (*text < '1' || *text > '9' || *end || values[i] > 1000000000) {
			usage_error("--%s %s: expected a number from 1 to 1000000000", names[i],
				    text);
			return false;
		}
	}
	*ret_bounds = (struct bounds){
		.actions = values[BOUND_DEPTH],
		.states = values[BOUND_STATES],
		.seconds = (double)values[BOUND_SECONDS],
		.memory_bytes = (uint64_t)values[BOUND_MEMORY] << 20,
	};
	return true;
}

static enum exit_code code_of(const struct exploration *exploration)
{
	if (exploration->is_broken || exploration->show.is_wrong)
		return EXIT_BROKEN;
	if (is_interrupted)
		return EXIT_INTERRUPTED;
	if (exploration->is_found)
		return EXIT_FAILED;
	return exploration->is_open || exploration->extent == SRC_NOT_KNOWN ? EXIT_OPEN : EXIT_GOOD;
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
		.aims = ~0U,
		.show = {
			.out = stdout,
			.loader = options->loader,
			.style = { .columns = wrap_table_columns(), .is_colored = options->is_colored },
			.folder = options->folder,
		},
	};
	const struct kernel *kernels;
	size_t count = runs_kernels(scenario, options, &kernels);

	if (!scenario->explore.stmt)
		return usage_error("%s: no `explore { ... }` in this file", scenario->source->path);
	if (!bounds_read(options, &exploration.bounds))
		return EXIT_USAGE;
	if (options->find && !aims_read(options->find, &exploration.aims))
		return EXIT_USAGE;
	if (options->find && exploration.aims & AIM_EQUAL && count < 2)
		return usage_error("--find equal: expected two kernels, give --kernel twice");
	if (count > SIDES_MAX)
		return usage_error("explore takes at most two kernels");
	for (size_t i = 0; i < count; i++) {
		enum exit_code code =
			kernel_prepare_to_show(options->loader, &kernels[i], scenario);

		if (code != EXIT_GOOD)
			return code;
		exploration.kernels[exploration.kernels_count++] = kernels[i];
	}
	exploration.extent = say_about(options->loader, kernels, count);
	signal(SIGINT, on_signal);
	if (!explore(&exploration))
		return EXIT_USAGE;
	return code_of(&exploration);
}

/* Parses what --devices stands for. */
static enum exit_code explore_devices(const struct options *options)
{
	char *text = devices_scenario(options->devices, stderr);
	enum exit_code code = EXIT_USAGE;
	struct source *source;
	struct scenario *scenario;
	struct diags diags;

	if (!text)
		return EXIT_USAGE;
	source = source_from_text("--devices", text, strlen(text));
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
	code = explore_scenario(options, loaded.scenario);
	loaded_free(&loaded);
	return code;
}
