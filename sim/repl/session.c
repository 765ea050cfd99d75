/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps the statements typed so far, and runs them. */
#include "sim/repl/session.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/scenario_load.h"
#include "sim/formats/text_writer.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_kernel.h"
#include "sim/story/story.h"

/* A writer that skips the records already shown and counts all of them. */
struct rest_writer {
	struct writer writer;
	struct writer *inner; /* NULL: show nothing */
	size_t to_skip, seen;
};

static void rest_record(struct writer *writer, const struct record *record)
{
	struct rest_writer *rest = container_of(writer, struct rest_writer, writer);

	if (record->kind == RECORD_ACTION) /* the user has just typed it */
		return;
	if (rest->seen++ >= rest->to_skip && rest->inner)
		rest->inner->record(rest->inner, record);
}

static void rest_flush(struct writer *writer)
{
	struct rest_writer *rest = container_of(writer, struct rest_writer, writer);

	if (rest->inner)
		rest->inner->flush(rest->inner);
}

void session_init(struct session *session, const struct options *options)
{
	memset(session, 0, sizeof(*session));
	session->options = options;
	session->text = xstrdup("");
	session->messages = xstrdup("");
}

void session_free(struct session *session)
{
	free(session->text);
	free(session->ends);
	free(session->messages);
}

void session_refuse(struct session *session, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	text_line(stderr, "error: %s", text);
	free(text);
	session->code = exit_worse(session->code, EXIT_USAGE);
}

/*
 * NULL after printing errors. Their excerpts show `typed`, which is text without an added ` mark`.
 */
static struct scenario *parse(const struct session *session, const char *text, const char *typed,
			      struct source **ret_source)
{
	struct source *shown = source_from_text("repl", typed, strlen(typed));
	struct scenario *scenario;
	struct diags diags;

	*ret_source = source_from_text("repl", text, strlen(text));
	diags_init(&diags, shown);
	scenario = scenario_parse(*ret_source, session->options->settings,
				  session->options->settings_count, &diags);
	diags_print(&diags, stderr);
	diags_free(&diags);
	source_free(shown);
	if (scenario)
		return scenario;
	source_free(*ret_source);
	return NULL;
}

/*
 * Runs up to the last statement. Failures go to messages, and `look` (may be NULL) gets the machine
 * at the end. Neither EXIT_GOOD nor EXIT_FAILED: it could not run.
 */
static enum exit_code run(const struct session *session, const struct scenario *scenario,
			  struct writer *writer, FILE *messages,
			  void (*look)(const struct runner *runner))
{
	const struct run_options options = {
		.kernel = *run_kernel(session->options, scenario),
		.until_ns = scenario->last_ns,
		.is_forced = true,
		.judges = true,
		.writer = writer,
		.messages = messages,
		.loader = session->options->loader,
	};
	enum exit_code code =
		kernel_prepare_to_show(session->options->loader, &options.kernel, scenario);
	struct runner *runner = code == EXIT_GOOD ? runner_new(scenario, &options) : NULL;

	if (!runner)
		return exit_worse(code, EXIT_USAGE);
	clock_run(runner, 0.);
	if (look)
		look(runner);
	code = exit_of(runner_result(runner));
	runner_free(runner);
	return code;
}

/* The start of the first line in which two texts differ. */
static size_t common_lines(const char *a, const char *b)
{
	size_t start = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '\n')
			start = i + 1;
	return start;
}

/* Runs everything, prints what is new unless is_quiet, and notes how much has been shown. */
static enum exit_code run_and_show(struct session *session, const struct scenario *scenario,
				   bool is_quiet)
{
	const struct run_info info = { .scenario = scenario, .kernel = &scenario->kernel };
	struct rest_writer rest = {
		.writer = { .record = rest_record, .flush = rest_flush },
		.inner = is_quiet ? NULL : text_writer_new(stdout, &info, 0),
		.to_skip = session->records,
	};
	char *said = NULL;
	size_t len;
	FILE *messages = xmemstream(&said, &len);
	enum exit_code code = run(session, scenario, &rest.writer, messages, NULL);

	xclose_memstream(messages);
	fflush(stdout);
	if (!is_quiet)
		fputs(said + common_lines(session->messages, said), stderr);
	free(session->messages);
	session->messages = said;
	rest_flush(&rest.writer);
	if (rest.inner)
		rest.inner->free(rest.inner);
	if (code <= EXIT_FAILED)
		session->records = rest.seen;
	return code;
}

/* Whether the text is only a time, which lets virtual time pass. */
static bool is_time(const char *text)
{
	size_t len = strspn(text, " \t");

	if (text[len] != '+' && (text[len] < '0' || text[len] > '9'))
		return false;
	len += strcspn(text + len, " \t\n#");
	return text[len + strspn(text + len, " \t\n")] == '\0';
}

static void append(struct session *session, char *text)
{
	free(session->text);
	session->text = text;
	session->ends =
		xgrow(session->ends, session->count, &session->capacity, sizeof(session->ends[0]));
	session->ends[session->count++] = strlen(text);
}

/*
 * Names a part of a scenario that only files may have: statements typed after it would not run, or
 * not be parsed.
 */
static const char *what_only_files_have(const struct scenario *scenario)
{
	if (scenario->has_end)
		return "`end` ends a file; here a time alone, as `+1s`, lets time pass, and `quit` ends";
	if (scenario->snapshots_count)
		return "a snapshot belongs into a file";
	return NULL;
}

static bool is_good(struct session *session, const struct scenario *scenario)
{
	const char *refused = what_only_files_have(scenario);
	enum exit_code code;

	if (refused) {
		session_refuse(session, "%s", refused);
		return false;
	}
	code = run_and_show(session, scenario, false);
	session->code = exit_worse(session->code, code);
	return code <= EXIT_FAILED;
}

void session_take(struct session *session, const char *lines)
{
	char *typed = xasprintf("%s%s\n", session->text, lines);
	char *text = xasprintf("%s%s%s\n", session->text, lines, is_time(lines) ? " mark" : "");
	struct source *source;
	struct scenario *scenario = parse(session, text, typed, &source);

	free(typed);
	if (scenario && is_good(session, scenario)) {
		append(session, text);
		session->now_ns = scenario->last_ns;
	} else {
		session->code = exit_worse(session->code, EXIT_USAGE);
		free(text);
	}
	if (!scenario)
		return;
	scenario_free(scenario);
	source_free(source);
}

/* Offset of the last statement. */
static size_t last_start(const struct session *session)
{
	return session->count > 1 ? session->ends[session->count - 2] : 0;
}

void session_undo(struct session *session)
{
	struct source *source;
	struct scenario *scenario;

	if (!session->count) {
		session_refuse(session, "there is nothing to undo");
		return;
	}
	printf("undone: %s", session->text + last_start(session));
	session->text[last_start(session)] = '\0';
	session->count--;
	scenario = parse(session, session->text, session->text, &source);
	if (!scenario) /* --set names a param that was removed */
		return;
	run_and_show(session, scenario, true);
	session->now_ns = scenario->last_ns;
	scenario_free(scenario);
	source_free(source);
}

/* The story of the statement just typed; the caller frees. */
static char *story_of(const struct session *session, const char *typed)
{
	struct source *source;
	struct scenario *scenario = parse(session, typed, typed, &source);
	struct writer *writer;
	char *text = NULL, *unsaid = NULL;
	size_t len, unsaid_len;
	FILE *out = xmemstream(&text, &len), *messages = xmemstream(&unsaid, &unsaid_len);

	if (scenario) {
		writer = story_writer_new(out, NULL, wrap_terminal_columns());
		run(session, scenario, writer, messages, NULL);
		writer->free(writer);
		scenario_free(scenario);
		source_free(source);
	}
	xclose_memstream(messages);
	xclose_memstream(out);
	free(unsaid);
	return text;
}

void session_why(struct session *session)
{
	char *typed = xstrndup(session->text, last_start(session));
	char *before = story_of(session, typed), *now = story_of(session, session->text);

	fputs(now + common_lines(before, now), stdout);
	free(typed);
	free(before);
	free(now);
}

static void list_devices(const struct runner *runner)
{
	const struct machine *m = runner_machine(runner);

	for (const struct net *net = net_next(m, NULL); net; net = net_next(m, net))
		for (const struct list_head *at = net->dev_base_head.next;
		     at != &net->dev_base_head; at = at->next) {
			const struct net_device *dev =
				container_of(at, struct net_device, dev_list);
			char label[LABEL_MAX_BYTES], flags[FORMAT_MAX_BYTES];
			struct link_message message;

			rtnl_fill_ifinfo(dev, &message);
			format_label(runner_netns(runner, dev), dev->name, label);
			format_link_flags(message.ifi_flags, flags);
			printf("%" PRId32 ": %s: <%s> state %s, stored %s\n", dev->ifindex, label,
			       flags, operstate_name(message.operstate),
			       operstate_name(dev->operstate));
		}
}

void session_state(struct session *session)
{
	struct source *source;
	struct scenario *scenario = parse(session, session->text, session->text, &source);
	char *unsaid = NULL;
	size_t len;
	FILE *messages;

	if (!scenario) { /* --set names a param that is not there yet */
		session->code = exit_worse(session->code, EXIT_USAGE);
		return;
	}
	messages = xmemstream(&unsaid, &len);
	run(session, scenario, NULL, messages, list_devices);
	xclose_memstream(messages);
	free(unsaid);
	scenario_free(scenario);
	source_free(source);
}
