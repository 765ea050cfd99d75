/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints what exploring has found. */
#include "sim/explore/show.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/whole_file.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

static const char *end_text(enum search_end end)
{
	switch (end) {
	case SEARCH_CLOSED:
		return "closed: every state was visited";
	case SEARCH_STOPPED:
		return "ended once all was found";
	case SEARCH_ACTIONS:
		return "not closed: --depth ended it";
	case SEARCH_STATES:
		return "not closed: --states ended it";
	case SEARCH_MEMORY:
		return "not closed: --memory ended it";
	case SEARCH_SECONDS:
		return "not closed: --seconds ended it";
	case SEARCH_INTERRUPTED:
		return "not closed: interrupted";
	case SEARCH_BROKEN:
		return "not closed: an invariant is broken";
	case SEARCH_TOO_LARGE:
		return "not closed: a device with too many devices above or below";
	}
	return ""; /* GCOVR_EXCL_LINE: no end */
}

void show_line(const struct show *show, const char *format, ...)
{
	struct wrap wrap = { .out = show->out, .columns = WRAP_COLUMNS, .indent = 4 };
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	wrap_words(&wrap, text, strlen(text));
	wrap_end(&wrap);
	free(text);
}

/* That two of so many states have the same 64 bits: at most the number of pairs / 2^64. */
static double hidden_probability(double states)
{
	return states * states / 2 / 18446744073709551616.0;
}

void show_end(const struct show *show, const struct search *search, enum search_end end,
	      const char *kernels)
{
	show_line(show,
		  "%s: %s%s%s (%" PRIu32 " states, %" PRIu64 " steps, at most %" PRIu32
		  " statements)",
		  kernels, end_text(end), search->broken_text ? ": " : "",
		  search->broken_text ? search->broken_text : "", search_states(search),
		  search->transitions, search->depth);
	if (search->form.is_hashed)
		show_line(show,
			  "of each state 8 bytes were kept: with a probability of less than %.1g, "
			  "some state was taken for another, and missed",
			  hidden_probability(search_states(search)));
}

/* Runs the scenario and prints the runs side by side. */
static void show_lanes(struct show *show, const struct world *world,
		       const struct scenario *scenario)
{
	struct compared_run runs[SIDES_MAX] = { 0 };
	struct kernel kernels[SIDES_MAX];
	unsigned int count = world->sides_count;

	for (unsigned int i = 0; i < count; i++)
		kernels[i] = world->sides[i].m->kernel;
	if (runs_make(scenario, show->loader, kernels, count, -1, NULL, runs) == EXIT_GOOD)
		compare_write(show->out, scenario, runs, count, &show->style);
	else
		show->verdict |= VERDICT_BROKEN;
	runs_free(runs, count);
}

static void write_file(struct show *show, const char *name, const char *text)
{
	char *path;
	int error;

	if (!show->folder)
		return;
	path = xasprintf("%s/%s.lw", show->folder, name);
	error = whole_file_write(path, text, strlen(text), NULL);
	if (error) {
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(error));
		show->verdict |= VERDICT_UNWRITTEN;
	}
	free(path);
}

void show_way(struct show *show, struct world *world, struct way *way, uint32_t rest_j,
	      const char *name, const char *title)
{
	char *text = finding_scenario(world, way, rest_j, title, "Found by lwsim explore.");
	struct source *source = source_from_text(name, text, strlen(text));
	struct scenario *scenario;
	struct diags diags;

	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	if (!scenario || !finding_check(world, way, scenario, show->loader, stderr))
		show->verdict |= VERDICT_BROKEN;
	if (scenario && !show->is_brief)
		show_lanes(show, world, scenario);
	diags_print(&diags, stderr);
	if (!show->is_brief)
		fputc('\n', show->out);
	write_file(show, name, text);
	scenario_free(scenario);
	diags_free(&diags);
	source_free(source);
	way_free(way);
	free(text);
}
