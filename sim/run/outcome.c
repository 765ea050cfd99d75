/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects a run's records and failures. */
#include "sim/run/outcome.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "sim/base/xalloc.h"

void runner_record(struct runner *runner, struct record *record)
{
	record->t_ns = runner->machine->now_ns;
	record->jiffy = runner->machine->since_boot_j;
	/* repeats would fill the trace; the text of a growing scenario may move */
	if (!record->is_again && !(runner->options.is_open && record->kind == RECORD_ACTION))
		record = trace_add(&runner->trace, record);
	if (runner->options.writer)
		runner->options.writer->record(runner->options.writer, record);
}

void runner_report(struct runner *runner, const struct stmt *stmt, enum severity severity,
		   const struct span *span, const char *format, ...)
{
	va_list args;
	char *text;

	runner->judged.failures++;
	if (!runner->options.judges && !runner->options.prints_failures)
		return;
	runner->judged.is_repeated = severity == SEVERITY_FAIL && runner->judged.said == stmt &&
				     runner->judged.said_ns == runner->machine->now_ns;
	if (runner->judged.is_repeated) {
		runner->judged.suppressed++;
		return;
	}
	runner_report_suppressed(runner);
	runner->judged.said = stmt;
	runner->judged.said_ns = runner->machine->now_ns;
	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	span = span ? span : &stmt->span;
	diag_print(runner->options.messages, runner->scenario->source, severity, span, "%s", text);
	if (runner->options.failed)
		runner->options.failed(runner->options.user, severity, span, text);
	free(text);
}

void runner_report_suppressed(struct runner *runner)
{
	if (runner->judged.suppressed)
		diag_print(runner->options.messages, NULL, SEVERITY_NOTE, NULL,
			   "line %" PRIu32 " fails for %u more in the same way",
			   runner->judged.said->line, runner->judged.suppressed);
	runner->judged.suppressed = 0;
}

void runner_stop(struct runner *runner)
{
	runner->is_stopped = true;
	runner->is_over = true;
}

enum exit_code exit_of(enum run_result result)
{
	switch (result) {
	case RUN_GOOD:
		break;
	case RUN_FAILED:
		return EXIT_FAILED;
	case RUN_BROKEN:
		return EXIT_BROKEN;
	case RUN_INTERRUPTED:
		return EXIT_INTERRUPTED;
	}
	return EXIT_GOOD;
}
