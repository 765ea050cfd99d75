/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Enumerates combinations of values, and runs their scenarios. */
#include "sim/sweep/sweep.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/runs.h"
#include "sim/observers/tracker_writer.h"
#include "sim/run/runner.h"
#include "sim/run/src_about.h"
#include "sim/run/src_kernel.h"
#include "sim/sweep/sweep_device.h"

static bool varies_read(struct sweep *sweep)
{
	const struct options *options = sweep->options;
	bool is_right = true;

	sweep->varies = xcalloc(options->varies_count + 1, sizeof(sweep->varies[0]));
	for (size_t i = 0; i < options->varies_count; i++) {
		if (vary_read(options->varies[i], stderr, &sweep->varies[sweep->varies_count]))
			sweep->varies_count++;
		else
			is_right = false;
	}
	return is_right;
}

static bool complain(const char *what, const char *name, const char *why)
{
	wrap_message(stderr, "lwsim: error: %s %s%s", what, name, why);
	return false;
}

/* Checks that each parameter gets its values from only one option. */
static bool varies_check(const struct sweep *sweep)
{
	const struct options *options = sweep->options;
	bool is_right = true;

	for (size_t i = 0; i < sweep->varies_count; i++) {
		const char *name = sweep->varies[i].name;

		for (size_t j = 0; j < i; j++)
			if (strcmp(name, sweep->varies[j].name) == 0) {
				is_right = complain("--vary", name, " twice, expected it once");
				break;
			}
		for (size_t j = 0; j < options->settings_count; j++)
			if (strcmp(name, options->settings[j].name) == 0) {
				is_right = complain("--vary", name,
						    " and --set of the same, expected one of them");
				break;
			}
	}
	return is_right;
}

static bool combinations_count(struct sweep *sweep)
{
	sweep->combinations =
		vary_combinations(sweep->varies, sweep->varies_count, SWEEP_COMBINATIONS_MAX);
	if (!sweep->combinations)
		wrap_message(
			stderr,
			"lwsim: error: --vary: too many combinations of values, expected at most "
			"%" PRIu64,
			SWEEP_COMBINATIONS_MAX);
	return sweep->combinations > 0;
}

static void values_at(const struct sweep *sweep, uint64_t combination,
		      char (*ret_values)[VARY_VALUE_MAX_BYTES])
{
	vary_values(sweep->varies, sweep->varies_count, combination, ret_values);
}

/*
 * The options with --set and the combination's values; the caller frees the settings, but not their
 * texts.
 */
static struct options options_with(const struct sweep *sweep, char (*values)[VARY_VALUE_MAX_BYTES])
{
	struct options options = *sweep->options;

	options.settings_count += sweep->varies_count;
	options.settings = xcalloc(options.settings_count + 1, sizeof(options.settings[0]));
	if (sweep->options->settings_count)
		memcpy(options.settings, sweep->options->settings,
		       sweep->options->settings_count * sizeof(options.settings[0]));
	for (size_t i = 0; i < sweep->varies_count; i++)
		options.settings[sweep->options->settings_count + i] = (struct param_setting){
			.name = sweep->varies[i].name,
			.value = values[i],
		};
	return options;
}

void sweep_say_run(const struct sweep *sweep, uint64_t run, FILE *out)
{
	char(*values)[VARY_VALUE_MAX_BYTES] = xcalloc(sweep->varies_count + 1, sizeof(*values));
	char name[KERNEL_NAME_MAX_BYTES];

	values_at(sweep, (run - 1) / sweep->kernels_count, values);
	kernel_name(&sweep->kernels[(run - 1) % sweep->kernels_count], name);
	for (size_t i = 0; i < sweep->varies_count; i++)
		fprintf(out, "%s=%s ", sweep->varies[i].name, values[i]);
	fprintf(out, "on %s", name);
	free(values);
}

static void say_values(const struct sweep *sweep, const char *path,
		       char (*values)[VARY_VALUE_MAX_BYTES], FILE *messages)
{
	if (!sweep->varies_count)
		return;
	text_print(messages, path, strlen(path));
	fputs(": note: with", messages);
	for (size_t i = 0; i < sweep->varies_count; i++) {
		fputs(" --vary ", messages);
		text_print(messages, sweep->varies[i].name, strlen(sweep->varies[i].name));
		fputc('=', messages);
		text_print(messages, values[i], strlen(values[i]));
	}
	fputc('\n', messages);
}

/* NULL after printing the errors, with the combination's values. */
static struct scenario *parse(const struct sweep *sweep, char (*values)[VARY_VALUE_MAX_BYTES],
			      FILE *messages)
{
	struct options options = options_with(sweep, values);
	struct scenario *scenario;
	struct diags diags;

	diags_init(&diags, sweep->base.source);
	scenario = scenario_parse(sweep->base.source, options.settings, options.settings_count,
				  &diags);
	diags_print(&diags, messages);
	diags_free(&diags);
	free(options.settings);
	if (!scenario)
		say_values(sweep, sweep->base.source->path, values, messages);
	return scenario;
}

static bool base_load(struct sweep *sweep, const char *path)
{
	char(*values)[VARY_VALUE_MAX_BYTES] = xcalloc(sweep->varies_count + 1, sizeof(*values));
	struct options options;
	bool is_loaded;

	values_at(sweep, 0, values);
	options = options_with(sweep, values);
	is_loaded = scenario_load(path, &options, stderr, &sweep->base);
	free(options.settings);
	if (is_loaded) {
		/* values of a range that are wrong usually include one of its ends */
		values_at(sweep, sweep->combinations - 1, values);
		sweep->last = parse(sweep, values, stderr);
	} else if (sweep->base.is_read && !*sweep->options->wants_loader) {
		say_values(sweep, strcmp(path, "-") == 0 ? "<stdin>" : path, values, stderr);
	}
	free(values);
	return sweep->last != NULL;
}

/* A kernel given twice would give the same rows twice. */
static bool kernels_check(const struct sweep *sweep)
{
	char name[KERNEL_NAME_MAX_BYTES];

	for (size_t i = 0; i < sweep->kernels_count; i++)
		for (size_t j = 0; j < i; j++)
			if (kernel_equal(&sweep->kernels[i], &sweep->kernels[j])) {
				kernel_name(&sweep->kernels[i], name);
				return complain("--kernel", name, " twice, expected it once");
			}
	return true;
}

/* Once, before the workers are forked. */
static bool kernels_compile(struct sweep *sweep)
{
	enum exit_code code = EXIT_GOOD;

	for (size_t i = 0; i < sweep->kernels_count && code == EXIT_GOOD; i++)
		code = kernel_prepare_to_show(sweep->options->loader, &sweep->kernels[i],
					      sweep->base.scenario);
	if (code != EXIT_GOOD)
		sweep->code = code;
	else
		src_about_write(stderr, "lwsim: note: ", sweep->options->loader, sweep->kernels,
				sweep->kernels_count);
	return code == EXIT_GOOD;
}

bool sweep_open(struct sweep *sweep, const struct options *options, const char *path)
{
	bool is_right;
	int64_t until;

	*sweep = (struct sweep){ .options = options, .code = EXIT_USAGE };
	is_right = varies_read(sweep);
	is_right &= varies_check(sweep);
	if (is_right && combinations_count(sweep) && base_load(sweep, path)) {
		sweep->kernels_count =
			runs_kernels(sweep->base.scenario, sweep->options, &sweep->kernels);
		if (until_ns(options, sweep->base.scenario, &until) && kernels_check(sweep) &&
		    kernels_compile(sweep) && sweep_device_check(sweep, until))
			return true;
	}
	sweep_close(sweep);
	return false;
}

void sweep_close(struct sweep *sweep)
{
	scenario_free(sweep->last);
	loaded_free(&sweep->base);
	for (size_t i = 0; i < sweep->varies_count; i++)
		vary_free(&sweep->varies[i]);
	free(sweep->varies);
}

/* messages gets only broken invariants; other messages would be repeated thousands of times. */
static enum exit_code run_once(const struct scenario *scenario, const struct run_options *options,
			       const char *device, const struct format *observer,
			       struct sweep_row *row, FILE *messages)
{
	struct run_options quiet = *options;
	char *said = NULL;
	size_t len;
	struct runner *runner;
	enum exit_code code = EXIT_USAGE;

	quiet.messages = xmemstream(&said, &len);
	row->observer = observer ? observer->name : NULL;
	if (observer)
		quiet.writer = tracker_writer_new((enum observer_id)observer->id);
	runner = runner_new(scenario, &quiet);
	if (runner) {
		while (runner_next_ns(runner) != INT64_MAX)
			runner_step(runner);
		measures_take(runner, device, &row->measures);
		if (quiet.writer)
			tracker_measure(tracker_writer_end(quiet.writer), device, &row->observed);
		code = runner_result(runner) == RUN_BROKEN ? EXIT_BROKEN : EXIT_GOOD;
		runner_free(runner);
	}
	if (quiet.writer)
		quiet.writer->free(quiet.writer);
	xclose_memstream(quiet.messages);
	if (code != EXIT_GOOD)
		fwrite(said, 1, len, messages);
	free(said);
	return code;
}

static enum exit_code run_on_kernels(const struct sweep *sweep, const struct scenario *scenario,
				     struct sweep_row *row,
				     void (*write_row)(FILE *out, const struct sweep_row *row),
				     FILE *out, FILE *messages)
{
	const char *device = sweep->options->device;
	struct run_options options = {
		.is_forced = true,
		.lie_device = device,
		.loader = sweep->options->loader,
	};
	enum exit_code code = EXIT_GOOD;

	if (!until_ns(sweep->options, scenario, &options.until_ns))
		return EXIT_USAGE; /* GCOVR_EXCL_LINE: read before, with the first one */
	for (size_t i = 0; i < sweep->kernels_count && code == EXIT_GOOD; i++) {
		options.kernel = sweep->kernels[i];
		kernel_name(&options.kernel, row->kernel);
		code = kernel_prepare(sweep->options->loader, &options.kernel, scenario, messages);
		if (code == EXIT_GOOD)
			code = run_once(scenario, &options, device, sweep->options->observer, row,
					messages);
		if (code == EXIT_GOOD)
			write_row(out, row);
		row->run++;
	}
	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code; /* only `test` uses this code */
}

enum exit_code sweep_run(const struct sweep *sweep, uint64_t combination,
			 void (*write_row)(FILE *out, const struct sweep_row *row), FILE *out,
			 FILE *messages)
{
	struct sweep_row row = {
		.run = combination * sweep->kernels_count + 1,
		.varies = sweep->varies,
		.varies_count = sweep->varies_count,
		.values = xcalloc(sweep->varies_count + 1, sizeof(*row.values)),
	};
	enum exit_code code = EXIT_USAGE;
	struct scenario *scenario;

	values_at(sweep, combination, row.values);
	scenario = parse(sweep, row.values, messages);
	if (scenario)
		code = run_on_kernels(sweep, scenario, &row, write_row, out, messages);
	if (scenario && code != EXIT_GOOD)
		say_values(sweep, sweep->base.source->path, row.values, messages);
	scenario_free(scenario);
	free(row.values);
	return code;
}

/* FNV-1a, including the NUL, so that "a", "b" differs from "ab". */
static void number_add(uint64_t *number, const char *text, size_t len)
{
	for (size_t i = 0; i <= len; i++) {
		*number ^= i < len ? (unsigned char)text[i] : 0;
		*number *= UINT64_C(0x100000001b3);
	}
}

uint64_t sweep_number(const struct sweep *sweep)
{
	const struct options *options = sweep->options;
	const struct source *source = sweep->base.source;
	uint64_t number = UINT64_C(0xcbf29ce484222325);
	char name[KERNEL_NAME_MAX_BYTES];

	number_add(&number, LWSIM_VERSION, strlen(LWSIM_VERSION));
	number_add(&number, source->text, source->len);
	for (size_t i = 0; i < options->settings_count; i++) {
		number_add(&number, options->settings[i].name, strlen(options->settings[i].name));
		number_add(&number, options->settings[i].value, strlen(options->settings[i].value));
	}
	number_add(&number, "--vary", strlen("--vary"));
	for (size_t i = 0; i < options->varies_count; i++)
		number_add(&number, options->varies[i], strlen(options->varies[i]));
	number_add(&number, "--kernel", strlen("--kernel"));
	for (size_t i = 0; i < sweep->kernels_count; i++) {
		kernel_name(&sweep->kernels[i], name);
		number_add(&number, name, strlen(name));
	}
	if (options->until)
		number_add(&number, options->until, strlen(options->until));
	if (options->device) {
		number_add(&number, "--device", strlen("--device"));
		number_add(&number, options->device, strlen(options->device));
	}
	if (options->observer) {
		number_add(&number, "--as", strlen("--as"));
		number_add(&number, options->observer->name, strlen(options->observer->name));
	}
	return number;
}
