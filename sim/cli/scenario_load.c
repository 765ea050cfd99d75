/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a command's scenario and applies its options. */
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* Whether a kernel in the header has a link_watch.c from a file. */
static bool scenario_names_src(const struct scenario *scenario)
{
	bool does = scenario->kernel.source;

	for (size_t i = 0; i < scenario->compare_count; i++)
		does |= scenario->compare[i].source != NULL;
	return does;
}

/* The errors quote the file, in which the option's values do not stand. */
static void print_settings(const struct options *options, const struct source *source,
			   FILE *messages)
{
	for (size_t i = 0; i < options->settings_count; i++)
		diag_print(messages, source, SEVERITY_NOTE, NULL, "with --set %s=%s",
			   options->settings[i].name, options->settings[i].value);
}

bool scenario_load(const char *path, const struct options *options, FILE *messages,
		   struct loaded *ret_loaded)
{
	struct diags diags;

	ret_loaded->scenario = NULL;
	ret_loaded->source = source_read(path, messages);
	ret_loaded->is_read = ret_loaded->source != NULL;
	if (!ret_loaded->source)
		return false;
	diags_init(&diags, ret_loaded->source);
	ret_loaded->scenario = scenario_parse(ret_loaded->source, options->settings,
					      options->settings_count, &diags);
	diags_print(&diags, messages);
	if (diags.errors)
		print_settings(options, ret_loaded->source, messages);
	diags_free(&diags);
	if (ret_loaded->scenario && !options->loader && scenario_names_src(ret_loaded->scenario)) {
		/* lwsim-src would read the file again, and standard input can be read only once */
		if (strcmp(path, "-") == 0)
			diag_print(messages, ret_loaded->source, SEVERITY_ERROR, NULL,
				   "src: in a header on standard input, expected it in --kernel");
		else
			*options->wants_loader = true;
		loaded_free(ret_loaded);
	}
	if (!ret_loaded->scenario)
		loaded_free(ret_loaded);
	return ret_loaded->scenario != NULL;
}

void loaded_free(struct loaded *loaded)
{
	scenario_free(loaded->scenario);
	source_free(loaded->source);
	loaded->scenario = NULL;
	loaded->source = NULL;
}

/* Parsed like the time of an `end` statement, as a source of its own. */
bool until_ns(const struct options *options, const struct scenario *scenario, int64_t *ret_ns)
{
	struct scenario *parsed;
	struct source *source;
	struct diags diags;
	char *text;

	*ret_ns = -1;
	if (!options->until)
		return true;
	if (!*options->until || strpbrk(options->until, " \t\r\n#")) {
		fputs("lwsim: error: --until: expected a time such as 4s, 400ms or 62j\n", stderr);
		return false;
	}
	text = xasprintf("hz %" PRIu32 "\n%s end\n", scenario->hz, options->until);
	source = source_from_text("--until", text, strlen(text));
	diags_init(&diags, source);
	parsed = scenario_parse(source, NULL, 0, &diags);
	if (diags.count)
		usage_error("--until %s: %s", options->until, diags.items[0].text);
	if (parsed)
		*ret_ns = parsed->end_ns;
	diags_free(&diags);
	scenario_free(parsed);
	source_free(source);
	free(text);
	return *ret_ns >= 0;
}

const struct kernel *run_kernel(const struct options *options, const struct scenario *scenario)
{
	return options->kernels_count ? &options->kernels[0] : &scenario->kernel;
}

size_t runs_kernels(const struct scenario *scenario, const struct options *options,
		    const struct kernel **ret_kernels)
{
	if (options->kernels_count) {
		*ret_kernels = options->kernels;
		return options->kernels_count;
	}
	if (scenario->compare_count) {
		*ret_kernels = scenario->compare;
		return scenario->compare_count;
	}
	*ret_kernels = &scenario->kernel;
	return 1;
}
