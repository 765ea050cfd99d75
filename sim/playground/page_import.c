/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario of a pasted `ip monitor`. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/evidence/import.h"
#include "sim/playground/page.h"
#include "sim/playground/request.h"
#include "sim/wire/ip_monitor.h"

static void answer_import(FILE *out, const struct evidence *evidence, const struct kernel *kernel)
{
	const struct import_options how = { .kernel = *kernel };
	char *passed = capture_passed_text(&evidence->capture);
	struct import import;
	char *text;
	size_t len;
	FILE *lines = xmemstream(&text, &len);

	import_make(evidence, &how, &import);
	import_write(&import, lines);
	xclose_memstream(lines);
	answer_string(out, "scenario", text);
	fprintf(out, ",\"messages\":%zu,\"explained\":%zu", evidence->trace.count,
		import_seen(&import));
	answer_string(out, "passed", passed);
	import_free(&import);
	free(passed);
	free(text);
}

const char *page_import(const char *text, const char *kernel)
{
	FILE *out = answer_begin();
	struct source *source = source_from_text("pasted text", text, strlen(text));
	struct capture capture = { .count = 0 };
	struct kernel wanted = kernel_default();
	struct evidence evidence;
	struct diags diags;
	size_t off, len;

	diags_init(&diags, source);
	if (*kernel && kernel_parse(kernel, strlen(kernel), &wanted, &off, &len) < 0)
		diag_add(&diags, SEVERITY_ERROR, SPAN_NONE,
			 "unknown kernel '%s', expected a version such as 6.1", kernel);
	if (ip_monitor_read(source, &capture, &diags) && !capture.count)
		diag_add(
			&diags, SEVERITY_ERROR, SPAN_NONE,
			"no link message in this text, expected what `ip -ts monitor link` prints");
	answer_diagnostics(out, &diags);
	evidence_make("pasted text", &capture, &evidence);
	if (!diags.errors && evidence.trace.count)
		answer_import(out, &evidence, &wanted);
	evidence_free(&evidence);
	diags_free(&diags);
	source_free(source);
	return answer_end(out);
}
