/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim lesson N --try: the reader edits a copy of the lesson, which is run and judged. */
#include "sim/commands/lesson_try.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "sim/base/safe_text.h"
#include "sim/base/whole_file.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_load.h"
#include "sim/compare/diff.h"
#include "sim/observers/rules.h"
#include "sim/run/clock.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_kernel.h"

struct attempt {
	const struct lesson *lesson;
	const struct scenario *scenario; /* the lesson's own */
	const struct options *options;
	const char *path;   /* of the copy */
	const char *editor; /* a shell's command; NULL: the reader edits elsewhere */
	unsigned int columns;
};

static const char *editor_command(void)
{
	static const char *const names[] = { "VISUAL", "EDITOR" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *command = getenv(names[i]);

		if (command && *command)
			return command;
	}
	return NULL;
}

/* Reads a line of standard input. False at its end, or if the line begins with q. */
static bool read_enter(void)
{
	int first = getchar(), next = first;

	while (next != '\n' && next != EOF)
		next = getchar();
	return next == '\n' && first != 'q';
}

/* An edited copy is the reader's: it is never overwritten. */
static bool make_copy(const struct attempt *attempt)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	int error;

	lesson_write_copy(out, attempt->lesson);
	xclose_memstream(out);
	error = whole_file_create(attempt->path, text, len);
	free(text);
	if (error == EEXIST) {
		printf("Your %s is still here; delete it to start again.\n", attempt->path);
		return true;
	}
	if (error)
		usage_error("cannot write %s: %s", attempt->path, strerror(error));
	else
		printf("%s in this folder is your copy; make its `expect` lines hold.\n",
		       attempt->path);
	return !error;
}

/*
 * The editor is a command of the shell, as for git: "vim -n" is one. If Ctrl-C ends it, lwsim is
 * interrupted, too.
 */
static enum exit_code run_editor(const struct attempt *attempt)
{
	char *command = xasprintf("%s %s", attempt->editor, attempt->path);
	int status;

	fflush(stdout);
	status = system(command);
	free(command);
	if (status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return EXIT_GOOD;
	if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) {
		fprintf(stderr, "lwsim: interrupted in the editor, so %s is not run\n",
			attempt->path);
		return EXIT_INTERRUPTED;
	}
	if (status >= 0 && WIFEXITED(status))
		usage_error("the editor `%s` failed with status %d, so %s is not run",
			    attempt->editor, WEXITSTATUS(status), attempt->path);
	else
		usage_error("the editor `%s` was killed or cannot be started, so %s is not run",
			    attempt->editor, attempt->path);
	return EXIT_USAGE;
}

/* Wraps each line, except the excerpts of a file, which begin with a space. */
static void print_wrapped(const char *text, unsigned int columns)
{
	while (*text) {
		struct wrap wrap = { .out = stdout, .columns = columns };
		size_t len = strcspn(text, "\n");

		if (*text == ' ') {
			text_print(stdout, text, len);
			putchar('\n');
		} else {
			wrap_words(&wrap, text, len);
			wrap_end(&wrap);
		}
		text += len + (text[len] == '\n');
	}
}

static void print_changes(const struct attempt *attempt, const struct trace *before,
			  const struct trace *after)
{
	struct diff diff;
	char *text;
	size_t len;
	FILE *out;

	diff_make(before, after, &diff);
	if (!diff.count) {
		puts("\nNothing changed: userspace sees what it saw in the lesson.");
		diff_free(&diff);
		return;
	}
	puts("\nWhat changed:\n");
	out = xmemstream(&text, &len);
	diff_write(out, &diff);
	xclose_memstream(out);
	print_wrapped(text, attempt->columns);
	free(text);
	diff_free(&diff);
}

static void print_verdict(const struct attempt *attempt, bool is_answered, const char *failures)
{
	if (!is_answered) {
		puts("\nNot yet:\n");
		print_wrapped(failures, attempt->columns);
		return;
	}
	puts("\nYes, that is it.\n");
	lesson_print(stdout, attempt->lesson, LESSON_ANSWER, attempt->columns);
}

/* messages: prints failed commands and expectations; NULL: the run is not judged. */
static enum exit_code run(const struct scenario *scenario, const struct options *options,
			  FILE *messages, struct runner **ret_runner)
{
	const struct run_options run = {
		.kernel = scenario->kernel,
		.until_ns = -1,
		.is_forced = true,
		.judges = messages != NULL,
		.observers = &observer_calls,
		.messages = messages ? messages : stderr,
		.loader = options->loader,
	};
	enum exit_code code = kernel_prepare_to_show(options->loader, &run.kernel, scenario);

	if (code != EXIT_GOOD)
		return code;
	*ret_runner = runner_new(scenario, &run);
	if (!*ret_runner)
		return EXIT_USAGE;
	clock_run(*ret_runner, 0.);
	return exit_of(runner_result(*ret_runner));
}

static enum exit_code judge(const struct attempt *attempt, const struct scenario *edited)
{
	struct runner *before = NULL, *after = NULL;
	enum exit_code code = run(attempt->scenario, attempt->options, NULL, &before);
	char *failures;
	size_t len;
	FILE *messages = xmemstream(&failures, &len);

	if (code <= EXIT_FAILED)
		code = run(edited, attempt->options, messages, &after);
	xclose_memstream(messages);
	if (code <= EXIT_FAILED) {
		print_changes(attempt, runner_trace(before), runner_trace(after));
		print_verdict(attempt, code == EXIT_GOOD, failures);
	} else {
		fputs(failures, stderr);
	}
	free(failures);
	runner_free(before);
	runner_free(after);
	return code;
}

static enum exit_code judge_copy(const struct attempt *attempt)
{
	enum exit_code code = EXIT_USAGE;
	struct loaded loaded;

	fflush(stdout); /* before any error */
	if (!scenario_load(attempt->path, attempt->options, stderr, &loaded))
		return EXIT_USAGE;
	if (lesson_has_goals(attempt->lesson, loaded.source, stderr))
		code = judge(attempt, loaded.scenario);
	loaded_free(&loaded);
	return code;
}

/* Prints what Enter does, and waits for it. */
static bool wait_for_enter(const char *prompt)
{
	puts(prompt);
	fflush(stdout);
	return read_enter();
}

static enum exit_code attempt_all(const struct attempt *attempt)
{
	const char *again = attempt->editor ? "\nEnter edits it again, q quits."
					    : "\nEdit it again, then press Enter; q quits.";
	bool is_last =
		!attempt->editor && !wait_for_enter("Edit it, save it, then press Enter here.");
	enum exit_code code;

	do {
		code = attempt->editor ? run_editor(attempt) : EXIT_GOOD;
		if (code != EXIT_GOOD)
			return code;
		code = judge_copy(attempt);
		/* answered; broken or interrupted; or another program starts over */
		if (code == EXIT_GOOD || code > EXIT_USAGE || *attempt->options->wants_loader)
			return code;
	} while (!is_last && wait_for_enter(again));
	return code;
}

enum exit_code lesson_try(const struct lesson *lesson, const struct scenario *scenario,
			  size_t number, const struct options *options)
{
	char *path = xasprintf("lesson-%zu.lw", number);
	unsigned int columns = wrap_terminal_columns();
	const struct attempt attempt = {
		.lesson = lesson,
		.scenario = scenario,
		.options = options,
		.path = path,
		.editor = editor_command(),
		.columns = columns,
	};
	enum exit_code code = EXIT_USAGE;

	lesson_print(stdout, lesson, LESSON_TASK, attempt.columns);
	putchar('\n');
	if (make_copy(&attempt))
		code = attempt_all(&attempt);
	free(path);
	return code;
}
