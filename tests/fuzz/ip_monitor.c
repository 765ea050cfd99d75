/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of `ip monitor`: errors must point into it, and a short one must become a scenario that
 * parses.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sim/base/xalloc.h"
#include "sim/evidence/import.h"
#include "sim/wire/ip_monitor.h"

#define MESSAGES_MAX 12 /* that are imported */
#define WORK_MAX 20000

static void import_all(const struct evidence *evidence)
{
	const struct import_options options = { .kernel = kernel_default(),
						.hz = 250,
						.work_max = WORK_MAX };
	struct scenario *scenario;
	struct source *source;
	struct import import;
	struct diags diags;
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	import_make(evidence, &options, &import);
	import_write(&import, out);
	xclose_memstream(out);
	import_free(&import);
	source = source_from_text("import", text, len);
	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	if (!scenario)
		abort();
	scenario_free(scenario);
	diags_free(&diags);
	source_free(source);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source *source = source_from_text("fuzz", (const char *)data, size);
	struct capture capture = { .count = 0 };
	struct evidence evidence;
	struct diags diags;
	bool is_good;

	diags_init(&diags, source);
	is_good = ip_monitor_read(source, &capture, &diags);
	for (size_t i = 0; i < diags.count; i++)
		if (diags.items[i].has_span &&
		    (diags.items[i].span.off > source->len ||
		     diags.items[i].span.len > source->len - diags.items[i].span.off))
			abort();
	evidence_make("fuzz", &capture, &evidence);
	if (is_good && evidence.trace.count && evidence.trace.count <= MESSAGES_MAX)
		import_all(&evidence);
	evidence_free(&evidence);
	diags_free(&diags);
	source_free(source);
	return 0;
}
