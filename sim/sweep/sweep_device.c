/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Checks the --device of `lwsim sweep`: a name that no run has would give rows without figures. */
#include "sim/sweep/sweep_device.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/compare/summary.h"
#include "sim/run/runner.h"

/* Devices listed in the error; more are counted. */
#define DEVICES_SAID_MAX 20

struct names {
	char (*texts)[FOLD_NAME_MAX_BYTES];
	size_t count;
};

static void name_add(struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->texts[i], name) == 0)
			return;
	names->texts = xreallocarray(names->texts, names->count + 1, sizeof(names->texts[0]));
	strcpy(names->texts[names->count++], name);
}

/* Adds the devices that had messages to names; true if `device` is one of them. */
static bool look(const struct trace *trace, int64_t end_ns, const char *device, struct names *names)
{
	char name[FOLD_NAME_MAX_BYTES];
	struct summary summary;
	bool is_there = false;

	summary_make(trace, end_ns, &summary);
	for (size_t i = 0; i < summary.count; i++)
		is_there |= strcmp(summary.devices[i].dev, device) == 0;
	for (size_t at = 0; summary_next(&summary, &at, name);)
		name_add(names, name);
	summary_free(&summary);
	return is_there;
}

/* Prints no errors of the run: they are printed with its row. */
static bool run_has(const struct sweep *sweep, const struct scenario *scenario, int64_t until_ns,
		    struct names *names)
{
	struct run_options options = {
		.kernel = sweep->kernels[0],
		.until_ns = until_ns,
		.is_forced = true,
	};
	struct runner *runner;
	char *said = NULL;
	bool is_there = true;
	size_t len;

	options.kernel.source = NULL; /* which devices exist does not depend on the link_watch.c */
	options.messages = xmemstream(&said, &len);
	runner = runner_new(scenario, &options);
	if (runner) {
		while (runner_next_ns(runner) != INT64_MAX)
			runner_step(runner);
		is_there = look(runner_trace(runner), runner_now_ns(runner), sweep->options->device,
				names);
		runner_free(runner);
	}
	xclose_memstream(options.messages);
	free(said);
	return is_there;
}

static void say_missing(const char *device, const struct names *names)
{
	char *text = NULL;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fprintf(out, "--device %s: no such device in the first combination and the last, ", device);
	fputs(names->count ? "expected one of " : "they have none", out);
	for (size_t i = 0; i < names->count && i < DEVICES_SAID_MAX; i++)
		fprintf(out, "%s%s", i ? ", " : "", names->texts[i]);
	if (names->count > DEVICES_SAID_MAX)
		fprintf(out, " and %zu more", names->count - DEVICES_SAID_MAX);
	xclose_memstream(out);
	wrap_message(stderr, "lwsim: error: %s", text);
	free(text);
}

bool sweep_device_check(const struct sweep *sweep, int64_t until_ns)
{
	struct names names = { .count = 0 };
	bool is_there;

	if (!sweep->options->device)
		return true;
	is_there = run_has(sweep, sweep->base.scenario, until_ns, &names) ||
		   run_has(sweep, sweep->last, until_ns, &names);
	if (!is_there)
		say_missing(sweep->options->device, &names);
	free(names.texts);
	return is_there;
}
