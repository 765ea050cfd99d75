/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim explain, compare and diff with --against: a capture beside runs. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/compare.h"
#include "sim/evidence/against.h"
#include "sim/evidence/commands.h"
#include "sim/evidence/findings.h"
#include "sim/run/src_about.h"

/* A scenario's runs, and the capture. */
struct session {
	const struct options *options;
	struct loaded loaded;
	struct evidence evidence;
	const struct kernel *kernels;
	size_t count;
	struct compared_run *runs; /* with room for the capture's column */
	int64_t until_ns;
};

static void session_end(struct session *session)
{
	if (session->runs)
		runs_free(session->runs, session->count);
	free(session->runs);
	evidence_free(&session->evidence);
	loaded_free(&session->loaded);
}

/* Reads both files. Not EXIT_GOOD: after printing why; nothing is left to free. */
static enum exit_code session_begin(struct session *session, const struct options *options,
				    const char *path)
{
	memset(session, 0, sizeof(*session));
	session->options = options;
	if (strcmp(path, "-") == 0 && strcmp(options->against, "-") == 0)
		return usage_error("standard input cannot be both the scenario and the capture");
	if (!evidence_read(options->against, &session->evidence, stderr)) {
		evidence_free(&session->evidence);
		return EXIT_USAGE;
	}
	if (!session->evidence.trace.count) {
		evidence_free(&session->evidence);
		return usage_error("%s: it has only answers to dumps, no notification",
				   options->against);
	}
	if (!scenario_load(path, options, stderr, &session->loaded)) {
		evidence_free(&session->evidence);
		return EXIT_USAGE;
	}
	if (!until_ns(options, session->loaded.scenario, &session->until_ns)) {
		session_end(session);
		return EXIT_USAGE;
	}
	return EXIT_GOOD;
}

static enum exit_code session_run(struct session *session, const struct kernel *kernels,
				  size_t count, struct writer *const *writers)
{
	session->kernels = kernels;
	session->count = count;
	session->runs = xcalloc(count + 1, sizeof(session->runs[0]));
	return runs_make(session->loaded.scenario, session->options->loader, kernels, count,
			 session->until_ns, writers, session->runs);
}

static bool session_place(const struct session *session, size_t run, struct beside *ret_beside)
{
	return against_place(session->options, &session->evidence, session->runs[run].trace,
			     session->loaded.scenario->hz, ret_beside);
}

static enum exit_code exit_of_untestable(enum exit_code code)
{
	return code == EXIT_UNTESTABLE ? EXIT_USAGE : code; /* only `test` uses this code */
}

static enum exit_code explain_session(struct session *session, const struct findings_style *style,
				      FILE *out)
{
	const struct options *options = session->options;
	struct watch watch;
	struct writer *writer = &watch.writer;
	struct beside beside;
	enum exit_code code;

	watch_start(&watch);
	code = session_run(session, run_kernel(options, session->loaded.scenario), 1, &writer);
	if (code == EXIT_GOOD && !session_place(session, 0, &beside)) {
		code = EXIT_USAGE;
	} else if (code == EXIT_GOOD) {
		src_about_write(out, "", options->loader, session->kernels, 1);
		code = findings_write(out, session->loaded.scenario, &session->runs[0], &watch,
				      &beside, style)
			       ? EXIT_FAILED
			       : EXIT_GOOD;
		beside_free(&beside);
	}
	watch_free(&watch);
	return code;
}

static enum exit_code explain_styled(const struct options *options, const char *path,
				     const struct findings_style *style, FILE *out)
{
	struct session session;
	enum exit_code code = session_begin(&session, options, path);

	if (code != EXIT_GOOD)
		return code;
	code = explain_session(&session, style, out);
	session_end(&session);
	return exit_of_untestable(code);
}

static enum exit_code explain_against(const struct options *options, int argc, char **argv)
{
	const struct findings_style style = {
		.columns = options->is_wide ? 0 : wrap_terminal_columns(),
		.device = options->device,
		.is_colored = options->is_colored,
	};

	(void)argc;
	return explain_styled(options, argv[0], &style, stdout);
}

static enum exit_code explain_to(const struct options *options, const char *path, FILE *out)
{
	const struct findings_style style = { .columns = WRAP_COLUMNS };

	return explain_styled(options, path, &style, out);
}

static void write_beside(struct session *session, const struct beside *beside)
{
	const struct compare_style style = {
		.columns = session->options->is_wide ? 0 : wrap_table_columns(),
		.is_colored = session->options->is_colored,
	};
	struct compared_run *column = &session->runs[session->count];
	struct trace trace;

	beside_column(beside, &trace);
	column->label = session->options->against;
	column->trace = &trace;
	column->end_ns = beside->to_ns - beside->tolerance_ns;
	src_about_write(stdout, "", session->options->loader, session->kernels, session->count);
	compare_write(stdout, session->loaded.scenario, session->runs, session->count + 1, &style);
	fputc('\n', stdout);
	against_write_terms(stdout, beside, style.columns);
	trace_free(&trace);
}

/* The capture is placed beside the first kernel's run. */
static enum exit_code compare_against(const struct options *options, int argc, char **argv)
{
	struct session session;
	const struct kernel *kernels;
	struct beside beside;
	enum exit_code code = session_begin(&session, options, argv[0]);
	size_t count;

	(void)argc;
	if (code != EXIT_GOOD)
		return code;
	count = runs_kernels(session.loaded.scenario, options, &kernels);
	code = session_run(&session, kernels, count, NULL);
	if (code == EXIT_GOOD && !session_place(&session, 0, &beside)) {
		code = EXIT_USAGE;
	} else if (code == EXIT_GOOD) {
		write_beside(&session, &beside);
		beside_free(&beside);
	}
	session_end(&session);
	return exit_of_untestable(code);
}

static enum exit_code write_diff(const struct session *session, const struct beside *beside)
{
	char kernel[KERNEL_NAME_MAX_BYTES], *rest;
	size_t len, same = 0;
	FILE *out = xmemstream(&rest, &len);
	bool is_something = against_write_rest(out, beside, 80);

	xclose_memstream(out);
	for (size_t i = 0; i < beside->captured.count; i++)
		same += beside_is_same(beside, i);
	kernel_name(&session->kernels[0], kernel);
	text_line(stdout, "%s%s -> %s%s (lwsim " LWSIM_VERSION ", HZ=%" PRIu32 ")",
		  color_code(session->options->is_colored, COLOR_BOLD), kernel,
		  session->options->against, color_code(session->options->is_colored, COLOR_OFF),
		  session->loaded.scenario->hz);
	printf("%s: %zu of the capture's %zu notifications are as in the run\n",
	       is_something ? "differs" : "no difference", same, beside->evidence->trace.count);
	fputs(rest, stdout);
	fputc('\n', stdout);
	against_write_terms(stdout, beside, 80);
	free(rest);
	return is_something ? EXIT_FAILED : EXIT_GOOD;
}

static enum exit_code diff_against(const struct options *options, int argc, char **argv)
{
	struct session session;
	struct beside beside;
	enum exit_code code;

	if (argc != 1 || options->takes_all)
		return usage_error("`lwsim diff --against` takes one scenario");
	if (options->kernels_count > 1)
		return usage_error("`lwsim diff --against` takes one --kernel: the capture is the "
				   "other side");
	if (options->format->id != 0)
		return usage_error("`lwsim diff --against` prints text only");
	code = session_begin(&session, options, argv[0]);
	if (code != EXIT_GOOD)
		return code;
	code = session_run(&session, run_kernel(options, session.loaded.scenario), 1, NULL);
	if (code == EXIT_GOOD && !session_place(&session, 0, &beside)) {
		code = EXIT_USAGE;
	} else if (code == EXIT_GOOD) {
		code = write_diff(&session, &beside);
		beside_free(&beside);
	}
	session_end(&session);
	return exit_of_untestable(code);
}

const struct captures captures = {
	.explain = explain_against,
	.explain_to = explain_to,
	.compare = compare_against,
	.diff = diff_against,
};
