/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim repl: type a statement, see what follows. What was typed is a scenario that grows; each time all of it is run
 * again, which is the same each time, and what is new is shown. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "format.h"
#include "show.h"
#include "story.h"
#include "xalloc.h"

struct repl {
	const struct options *options;
	char *text;	/* what was typed and is right */
	char *pending;	/* lines of a block that is not closed yet; NULL: none */
	size_t records; /* of the trace, that have been shown */
	int64_t now_ns;
	char *before;	/* as text, without the last statement; NULL: there is none */
	char *messages; /* of failed commands and expectations, that have been shown */
	bool is_interactive;
	enum exit_code code;
};

/* A writer that passes on what has not been shown. */
struct rest_writer {
	struct writer writer;
	struct writer *inner;
	size_t to_skip, seen;
};

static void rest_record(struct writer *writer, const struct record *record)
{
	struct rest_writer *rest = container_of(writer, struct rest_writer, writer);

	if (record->kind == RECORD_ACTION) /* who has typed it has seen it */
		return;
	if (rest->seen++ >= rest->to_skip)
		rest->inner->record(rest->inner, record);
}

static void rest_flush(struct writer *writer)
{
	struct rest_writer *rest = container_of(writer, struct rest_writer, writer);

	rest->inner->flush(rest->inner);
}

static struct scenario *parse(const struct repl *repl, const char *text, struct source **ret_source)
{
	struct scenario *scenario;
	struct diags diags;

	*ret_source = source_from_text("repl", text, strlen(text));
	diags_init(&diags, *ret_source);
	scenario = scenario_parse(*ret_source, repl->options->settings,
				  repl->options->settings_count, &diags);
	diags_print(&diags, stderr);
	diags_free(&diags);
	if (scenario)
		return scenario;
	source_free(*ret_source);
	return NULL;
}

/* Runs up to the last statement; what has failed is said to messages. Not EXIT_GOOD or EXIT_FAILED: it could not be
 * run. */
static enum exit_code run(struct repl *repl, const struct scenario *scenario, struct writer *writer,
			  FILE *messages)
{
	const struct run_options options = {
		.kernel = *show_kernel(repl->options, scenario),
		.until_ns = scenario->last_ns,
		.is_forced = true,
		.judges = true,
		.writer = writer,
		.messages = messages,
		.loader = repl->options->loader,
	};
	enum exit_code code = kernel_prepare(repl->options, &options.kernel, scenario, stderr);
	struct runner *runner = code == EXIT_GOOD ? runner_new(scenario, &options) : NULL;

	if (!runner)
		return EXIT_USAGE;
	clock_run(runner, 0.);
	code = exit_of(runner_result(runner));
	runner_free(runner);
	return code;
}

/* Where two texts part, at the beginning of a line. */
static size_t common_lines(const char *a, const char *b)
{
	size_t start = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '\n')
			start = i + 1;
	return start;
}

static bool show(struct repl *repl, const struct scenario *scenario)
{
	const struct run_info info = { .scenario = scenario, .kernel = &scenario->kernel };
	struct rest_writer rest = {
		.writer = { .record = rest_record, .flush = rest_flush },
		.inner = text_writer_new(stdout, &info, 0),
		.to_skip = repl->records,
	};
	char *said = NULL;
	size_t len;
	FILE *messages = xmemstream(&said, &len);
	enum exit_code code = run(repl, scenario, &rest.writer, messages);

	fclose(messages);
	fflush(stdout);
	fputs(said + common_lines(repl->messages, said), stderr);
	free(repl->messages);
	repl->messages = said;
	repl->code = exit_worse(repl->code, code);
	rest.inner->flush(rest.inner);
	rest.inner->free(rest.inner);
	if (code <= EXIT_FAILED)
		repl->records = rest.seen;
	return code <= EXIT_FAILED;
}

/* The story of what was typed (the caller frees); NULL: there is none. */
static char *story_of(struct repl *repl, const char *typed)
{
	struct source *source;
	struct scenario *scenario = parse(repl, typed, &source);
	struct writer *writer;
	char *text = NULL, *unsaid = NULL;
	size_t len, unsaid_len;
	FILE *out, *messages;

	if (!scenario)
		return NULL;
	out = xmemstream(&text, &len);
	messages = xmemstream(&unsaid, &unsaid_len);
	writer = story_writer_new(out, NULL, 0);
	run(repl, scenario, writer, messages);
	writer->free(writer);
	fclose(messages);
	fclose(out);
	free(unsaid);
	scenario_free(scenario);
	source_free(source);
	return text;
}

static void why(struct repl *repl)
{
	char *before = repl->before ? story_of(repl, repl->before) : NULL;
	char *now = story_of(repl, repl->text);

	if (now)
		fputs(now + common_lines(before ? before : "", now), stdout);
	free(before);
	free(now);
}

/* Whether text is nothing but a time, so that it is time that passes. */
static bool is_time(const char *text)
{
	size_t len = strspn(text, " \t");

	if (text[len] != '+' && (text[len] < '0' || text[len] > '9'))
		return false;
	len += strcspn(text + len, " \t\n#");
	return text[len + strspn(text + len, " \t\n")] == '\0';
}

/* How many blocks are open at its end. */
static int depth_of(const char *text)
{
	int depth = 0;

	for (; *text; text++)
		depth += (*text == '{' && (text[1] == '\n' || text[1] == ' ' || !text[1])) -
			 (*text == '}' && (text[1] == '\n' || !text[1]));
	return depth;
}

static void take_statement(struct repl *repl, const char *line)
{
	char *text = xasprintf("%s%s%s", repl->text, line, is_time(line) ? " mark\n" : "\n");
	struct source *source;
	struct scenario *scenario = parse(repl, text, &source);

	if (!scenario || !show(repl, scenario)) {
		repl->code = exit_worse(repl->code, EXIT_USAGE);
		free(text);
	} else {
		free(repl->before);
		repl->before = repl->text;
		repl->text = text;
		repl->now_ns = scenario->last_ns;
	}
	if (!scenario)
		return;
	scenario_free(scenario);
	source_free(source);
}

static void take_lines(struct repl *repl, const char *line)
{
	char *lines = repl->pending ? xasprintf("%s\n%s", repl->pending, line) : xstrdup(line);

	free(repl->pending);
	repl->pending = NULL;
	if (depth_of(lines) > 0) {
		repl->pending = lines;
		return;
	}
	take_statement(repl, lines);
	free(lines);
}

static void say_help(void)
{
	puts("a statement      as in a scenario: ip link add d0 type dummy\n"
	     "+1s              time passes\n"
	     "+1s STATEMENT    time passes, then that\n"
	     "kernel K, hz N   before the first statement\n"
	     "why              what the last statement has done, and why\n"
	     "text             all that was typed, a scenario\n"
	     "quit             or the end of the input");
}

/* False: it is over. */
static bool take_line(struct repl *repl, const char *line)
{
	if (strcmp(line, "quit") == 0 || strcmp(line, "exit") == 0)
		return false;
	if (strcmp(line, "help") == 0)
		say_help();
	else if (strcmp(line, "why") == 0)
		why(repl);
	else if (strcmp(line, "text") == 0)
		fputs(repl->text, stdout);
	else if (line[strspn(line, " \t")])
		take_lines(repl, line);
	return true;
}

static void prompt(const struct repl *repl)
{
	char now[FORMAT_MAX_BYTES];

	fflush(stdout);
	if (!repl->is_interactive)
		return;
	format_seconds(repl->now_ns, now);
	fprintf(stderr, "%s%s ", now, repl->pending ? " }" : ">");
}

enum exit_code command_repl(const struct options *options, int argc, char **argv)
{
	struct repl repl = {
		.options = options,
		.text = xstrdup(""),
		.messages = xstrdup(""),
		.is_interactive = isatty(STDIN_FILENO),
	};
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	(void)argc;
	(void)argv;
	if (repl.is_interactive)
		fputs("lwsim: `help` says what can be typed\n", stderr);
	for (prompt(&repl); (len = getline(&line, &room, stdin)) >= 0; prompt(&repl)) {
		while (len > 0 && strchr("\r\n", line[len - 1]))
			line[--len] = '\0';
		if (!take_line(&repl, line))
			break;
	}
	if (repl.is_interactive)
		fputc('\n', stderr);
	free(line);
	free(repl.text);
	free(repl.pending);
	free(repl.before);
	free(repl.messages);
	return repl.is_interactive ? EXIT_GOOD : repl.code;
}
