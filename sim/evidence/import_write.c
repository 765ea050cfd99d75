/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes an import as a scenario: statements, expectations, and what had to be guessed. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"
#include "sim/evidence/import.h"
#include "sim/language/format.h"

static void write_head(const struct import *import, FILE *out)
{
	const struct evidence *evidence = import->evidence;
	char kernel[KERNEL_NAME_MAX_BYTES], from[EVIDENCE_TIME_MAX_BYTES],
		here[SKETCH_TIME_MAX_BYTES];
	size_t count = evidence->trace.count;

	evidence_time(evidence, 0, from);
	sketch_time(import->at_ns[0], here);
	text_line(out, "# Made by `lwsim import` of %s: %zu message%s, %zu of them explained.",
		  evidence->path, count, count == 1 ? "" : "s", import_seen(import));
	if (!evidence->has_times)
		fputs("# The capture has no times: messages are 2 s apart here.\n", out);
	else if (!import->is_simulated)
		text_line(out, "# The capture's %s is second %s here.", from, here);
	fputs("# A ? marks a guess, which the capture does not say: correct it. Then see what remains:\n"
	      "#   lwsim diff --against CAPTURE FILE\n"
	      "#   lwsim explain --against CAPTURE FILE\n",
	      out);
	kernel_name(&import->options.kernel, kernel);
	fprintf(out, "kernel   %s # ?\nhz       %" PRIu32 " # ?\n", kernel, import->options.hz);
	if (import->sketch.bits != 64)
		fprintf(out, "bits     %" PRIu32 " # ?\n", import->sketch.bits);
	fputc('\n', out);
}

/* Expectations behind all statements of their time, each once. */
static void add_expectations(const struct import *import, struct sketch *sketch)
{
	char *last = xstrdup("");
	int64_t last_ns = -1;

	for (size_t i = 0; i < import->evidence->trace.count; i++) {
		const struct record *record = &import->evidence->trace.records[i];
		char what[DESCRIBE_MAX_BYTES], *text;

		if (import->seen_ns[i] == IMPORT_UNSEEN || record->kind == RECORD_DELLINK)
			continue;
		record_describe_whole(record, what);
		text = xasprintf("expect %s notify %s", record->dev, what);
		if (import->seen_ns[i] != last_ns || strcmp(text, last) != 0)
			sketch_add(sketch, import->seen_ns[i], text, NULL);
		free(last);
		last = text;
		last_ns = import->seen_ns[i];
	}
	free(last);
}

void import_write(const struct import *import, FILE *out)
{
	size_t count = import->evidence->trace.count;
	struct sketch sketch;
	char end[SKETCH_TIME_MAX_BYTES];
	int64_t end_ns = import->at_ns[count - 1] + import->options.tolerance_ns;

	write_head(import, out);
	sketch_copy(&sketch, &import->sketch);
	add_expectations(import, &sketch);
	if (sketch.count && sketch.lines[sketch.count - 1].t_ns > end_ns)
		end_ns = sketch.lines[sketch.count - 1].t_ns;
	sketch_write(&sketch, out);
	sketch_free(&sketch);
	sketch_time(end_ns, end);
	fprintf(out, "%-8s end\n", end);
}
