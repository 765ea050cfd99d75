/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim import: what is in a capture, or a scenario of it. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/path.h"
#include "sim/base/safe_text.h"
#include "sim/base/whole_file.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/evidence/against.h"
#include "sim/evidence/commands.h"
#include "sim/evidence/import.h"

/* The devices, a line each, and what was passed over. */
static void list_capture(const struct evidence *evidence)
{
	char *passed = capture_passed_text(&evidence->capture);
	char first[EVIDENCE_TIME_MAX_BYTES], last[EVIDENCE_TIME_MAX_BYTES];
	struct whos whos;

	evidence_time(evidence, 0, first);
	evidence_time(evidence, evidence->trace.count - 1, last);
	text_line(stdout, "%s: %zu notification%s, %s to %s", evidence->path, evidence->trace.count,
		  evidence->trace.count == 1 ? "" : "s", first, last);
	if (evidence->dumped)
		printf("%zu answers to dumps\n", evidence->dumped);
	if (*passed)
		printf("passed over: %s\n", passed);
	whos_make(evidence, &whos);
	for (size_t i = 0; i < whos.count; i++) {
		char *guess, *text;
		size_t messages = 0;

		if (whos.items[i].first == WHO_NONE)
			continue;
		for (size_t j = 0; j < evidence->trace.count; j++)
			messages += whos.of_record[j] == i;
		text = who_creation(&whos, &whos.items[i], &guess);
		text_line(stdout, "  %-15s %5zu  %s", whos.items[i].name, messages, text);
		free(text);
		free(guess);
	}
	whos_free(&whos);
	free(passed);
}

static bool read_hz(const struct options *options, uint32_t *ret_hz)
{
	static const uint32_t known[] = { 100, 250, 300, 1000 };
	char *end = NULL;
	unsigned long hz;

	*ret_hz = 0;
	if (!options->hz)
		return true;
	hz = strtoul(options->hz, &end, 10);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && !*end; i++)
		if (hz == known[i]) {
			*ret_hz = known[i];
			return true;
		}
	usage_error("--hz %s: expected 100, 250, 300 or 1000", options->hz);
	return false;
}

/* Writes the scenario to -o, or to standard output. */
static enum exit_code write_scenario(const struct options *options, const struct import *import)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	int error = 0;

	import_write(import, out);
	xclose_memstream(out);
	if (options->output)
		error = whole_file_write(options->output, text, len, NULL);
	else
		fwrite(text, 1, len, stdout);
	free(text);
	if (error)
		return usage_error("-o %s: %s", options->output, strerror(error));
	if (options->output)
		text_line(stdout, "%s: %zu of %zu messages explained", options->output,
			  import_seen(import), import->evidence->trace.count);
	return EXIT_GOOD;
}

static enum exit_code import_evidence(const struct options *options,
				      const struct evidence *evidence)
{
	struct import_options how = {
		.kernel = options->kernels_count ? options->kernels[0] : kernel_default(),
	};
	struct import import;
	enum exit_code code;

	if (how.kernel.source)
		return usage_error("`lwsim import` takes a version, not a link_watch.c");
	if (!read_hz(options, &how.hz))
		return EXIT_USAGE;
	if (options->tolerance && !against_tolerance(options, how.hz, &how.tolerance_ns))
		return EXIT_USAGE;
	import_make(evidence, &how, &import);
	code = write_scenario(options, &import);
	import_free(&import);
	return code;
}

enum exit_code command_import(const struct options *options, int argc, char **argv)
{
	enum exit_code code = EXIT_GOOD;
	struct evidence evidence;

	(void)argc;
	if (options->output && !options->makes_scenario)
		return usage_error("-o is for --scenario");
	if (options->output && is_same_file(argv[0], options->output))
		return usage_error("-o %s: that is the capture, expected another file",
				   options->output);
	if (!evidence_read(argv[0], &evidence, stderr))
		return EXIT_USAGE;
	if (!evidence.trace.count)
		code = usage_error("%s: it has only answers to dumps, no notification", argv[0]);
	else if (options->makes_scenario)
		code = import_evidence(options, &evidence);
	else
		list_capture(&evidence);
	evidence_free(&evidence);
	return code;
}
