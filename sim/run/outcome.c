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
	if (!record->is_again) /* keeps repeats from filling the trace */
		record = trace_add(&runner->trace, record);
	if (runner->options.writer)
		runner->options.writer->record(runner->options.writer, record);
}

void runner_report(struct runner *runner, const struct stmt *stmt, enum severity severity,
		   const struct span *span, const char *format, ...)
{
	va_list args;
	char *text;

	runner->failures++;
	if (!runner->options.judges && !runner->options.tells_failures)
		return;
	runner->is_repeated = severity == SEVERITY_FAIL && runner->said == stmt &&
			      runner->said_ns == runner->machine->now_ns;
	if (runner->is_repeated) {
		runner->unsaid++;
		return;
	}
	runner_report_unsaid(runner);
	runner->said = stmt;
	runner->said_ns = runner->machine->now_ns;
	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	diag_print(runner->options.messages, runner->scenario->source, severity,
		   span ? span : &stmt->span, "%s", text);
	free(text);
}

void runner_report_unsaid(struct runner *runner)
{
	if (runner->unsaid)
		diag_print(runner->options.messages, NULL, SEVERITY_NOTE, NULL,
			   "line %" PRIu32 " fails for %u more in the same way", runner->said->line,
			   runner->unsaid);
	runner->unsaid = 0;
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
