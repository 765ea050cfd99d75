/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the wait for RUNNING depends on a parameter. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/xalloc.h"
#include "sim/compare/summary.h"
#include "sim/playground/page.h"
#include "sim/playground/request.h"
#include "sim/run/clock.h"
#include "sim/sweep/vary.h"

static void measure(const struct scenario *scenario, const struct kernel *kernel,
		    struct measures *ret_measures)
{
	char *printed;
	size_t len;
	FILE *messages = xmemstream(&printed, &len);
	const struct run_options options = {
		.kernel = *kernel, .until_ns = -1, .is_forced = true, .messages = messages
	};
	struct runner *runner = runner_new(scenario, &options);

	clock_run(runner, 0.);
	measures_take(runner, NULL, ret_measures);
	runner_free(runner);
	xclose_memstream(messages);
	free(printed);
}

/* One value on all kernels; nothing if the scenario is wrong with it. */
static bool answer_point(FILE *out, const struct request *request, const char *name,
			 const char *value, bool is_first)
{
	struct param_setting *settings = xcalloc(request->settings_count + 1, sizeof(settings[0]));
	struct diags diags;
	struct scenario *scenario;
	struct measures *measures = xcalloc(request->kernels_count, sizeof(measures[0]));

	if (request->settings_count)
		memcpy(settings, request->settings, request->settings_count * sizeof(settings[0]));
	settings[request->settings_count] = (struct param_setting){ .name = name, .value = value };
	diags_init(&diags, request->source);
	scenario = scenario_parse(request->source, settings, request->settings_count + 1, &diags);
	if (scenario) {
		fprintf(out, "%s{\"value\":", is_first ? "" : ",");
		json_write_string(out, value, strlen(value));
		for (size_t i = 0; i < request->kernels_count; i++)
			measure(scenario, &request->kernels[i], &measures[i]);
		fputs(",\"waits_ns\":[", out);
		for (size_t i = 0; i < request->kernels_count; i++) {
			int64_t wait_ns = measures_wait(&measures[i]);

			fputs(i ? "," : "", out);
			if (wait_ns == WAIT_NONE)
				fputs("null", out);
			else
				fprintf(out, "%" PRId64, wait_ns);
		}
		fputs("],\"messages\":[", out);
		for (size_t i = 0; i < request->kernels_count; i++)
			fprintf(out, "%s%zu", i ? "," : "", measures[i].notifications);
		fputs("]}", out);
	}
	scenario_free(scenario);
	diags_free(&diags);
	free(settings);
	free(measures);
	return scenario;
}

static void answer_points(FILE *out, const struct request *request, const struct vary *vary)
{
	char *value = xmalloc(VARY_VALUE_MAX_BYTES);
	bool is_first = true;

	answer_string(out, "name", vary->name);
	answer_kernels(out, "kernels", request->kernels, request->kernels_count);
	fputs(",\"points\":[", out);
	for (uint64_t i = 0; i < vary->count && i < PAGE_POINTS_MAX; i++) {
		vary_value(vary, i, value);
		is_first &= !answer_point(out, request, vary->name, value, is_first);
	}
	fputc(']', out);
	free(value);
}

const char *page_curve(const char *text, const char *kernels, const char *settings,
		       const char *vary_text)
{
	FILE *out = answer_begin();
	struct request request;
	struct vary vary;
	char *error;
	size_t len;
	FILE *messages = xmemstream(&error, &len);
	bool is_vary = vary_read(vary_text, messages, &vary);

	xclose_memstream(messages);
	if (request_open(text, kernels, settings, &request, out)) {
		if (is_vary)
			answer_points(out, &request, &vary);
		else
			answer_string(out, "error", error);
	}
	request_close(&request);
	if (is_vary)
		vary_free(&vary);
	free(error);
	return answer_end(out);
}
