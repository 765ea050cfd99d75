/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of commands. */
#include "sim/commands/table.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/commands/commands.h"
#include "sim/commands/completion.h"
#include "sim/commands/formats.h"
#include "sim/commands/help.h"
#include "sim/language/suggest.h"

#define COMMANDS_MAX 31 /* more than there are */
#define CAPTURE_OPTIONS (TAKES(OPTION_AGAINST) | TAKES(OPTION_OFFSET) | TAKES(OPTION_TOLERANCE))

static enum exit_code run_completion(const struct options *options, int argc, char **argv)
{
	(void)options;
	(void)argc;
	if (completion_write(stdout, commands, argv[0]))
		return EXIT_GOOD;
	return usage_error("completion %s: expected bash, zsh or vim", argv[0]);
}

enum exit_code unknown_command(const char *name)
{
	static const char *const options[] = { "--help", "--version", NULL };
	const char *names[COMMANDS_MAX + 1] = { NULL };
	size_t count = 0, len = strlen(name);
	char *text;

	for (const struct command *at = commands; at->name; at++)
		names[count++] = at->name;
	text = unknown_text("command", name, len,
			    suggest(name, len, *name == '-' ? options : names), names, NULL);
	usage_error("%s", text);
	free(text);
	return EXIT_USAGE;
}

static enum exit_code run_help(const struct options *options, int argc, char **argv)
{
	const struct command *command = argc ? command_find(argv[0]) : NULL;

	(void)options;
	if (argc && !command)
		return unknown_command(argv[0]);
	if (command)
		help_of(command, stdout);
	else
		help_all(stdout, commands);
	return EXIT_GOOD;
}

const struct command commands[] = {
	{
		.name = "lesson",
		.group = GROUP_LEARN,
		.arguments = "[N]",
		.kind = ARGUMENT_LESSON,
		.help = "list the lessons, or show one: a picture and a question",
		.run = command_lesson,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_TRY) | TAKES(OPTION_WHY) |
			   TAKES(OPTION_ANSWER),
		.least = 0,
		.most = 1,
	},
	{
		.name = "repl",
		.group = GROUP_LEARN,
		.arguments = "",
		.help = "type statements, see their effects",
		.part = PART_REPL,
		.becomes = true,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_FORMAT),
		.formats = repl_formats,
		.least = 0,
		.most = 0,
	},
	{
		.name = "play",
		.group = GROUP_LEARN,
		.arguments = "FILE",
		.help = "watch a scenario in the terminal: pause, step, go back",
		.part = PART_PLAY,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_PACE) | TAKES(OPTION_PAUSED),
		.least = 1,
		.most = 1,
	},
	{
		.name = "states",
		.group = GROUP_LEARN,
		.arguments = "[FILE]",
		.help = "draw the operstates, and a scenario's path through them",
		.run = command_states,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_DEVICE),
		.least = 0,
		.most = 1,
	},
	{
		.name = "run",
		.group = GROUP_REPRODUCE,
		.arguments = "FILE",
		.help = "replay a scenario on one kernel and print its timeline",
		.run = command_run,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_PACE) | TAKES(OPTION_FORMAT) |
			   TAKES(OPTION_WIDE) | TAKES(OPTION_COLOR) | TAKES(OPTION_AS) |
			   TAKES(OPTION_OUTPUT),
		.formats = run_formats,
		.output = "write to this file, not to standard output",
		.least = 1,
		.most = 1,
	},
	{
		.name = "record",
		.group = GROUP_REPRODUCE,
		.arguments = "[CMD...]",
		.help = "record the link messages of this machine's kernel",
		.part = PART_WIRE,
		.becomes = true,
		.options = TAKES(OPTION_OUTPUT) | TAKES(OPTION_FORMAT),
		.formats = record_formats,
		.output = "write to this file, not to standard output",
		.least = 0,
		.most = -1,
	},
	{
		.name = "explain",
		.group = GROUP_REPRODUCE,
		.arguments = "FILE",
		.help = "print what happens in a run, and why, in sentences",
		.run = command_explain,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_DEVICE) | TAKES(OPTION_WIDE) |
			   TAKES(OPTION_COLOR) | CAPTURE_OPTIONS,
		.least = 1,
		.most = 1,
	},
	{
		.name = "compare",
		.group = GROUP_REPRODUCE,
		.arguments = "FILE",
		.help = "print several kernels side by side, with their waits",
		.run = command_compare,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_WIDE) | TAKES(OPTION_COLOR) | TAKES(OPTION_AS) |
			   CAPTURE_OPTIONS,
		.takes_many_kernels = true,
		.least = 1,
		.most = 1,
	},
	{
		.name = "report",
		.group = GROUP_REPRODUCE,
		.arguments = "FILE",
		.help = "draw what happens, and why: HTML, SVG, PNG or PDF",
		.part = PART_REPORT,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_OUTPUT) | TAKES(OPTION_AS) | CAPTURE_OPTIONS,
		.takes_many_kernels = true,
		.least = 1,
		.most = 1,
	},
	{
		.name = "import",
		.group = GROUP_REPRODUCE,
		.arguments = "CAPTURE",
		.help = "make a scenario of a pcap, rtmon file or ip monitor log",
		.part = PART_IMPORT,
		.options = TAKES(OPTION_SCENARIO) | TAKES(OPTION_OUTPUT) | TAKES(OPTION_KERNEL) |
			   TAKES(OPTION_HZ) | TAKES(OPTION_TOLERANCE),
		.least = 1,
		.most = 1,
	},
	{
		.name = "test",
		.group = GROUP_REPRODUCE,
		.arguments = "PATH...",
		.help = "check expectations and snapshots on the header's kernels",
		.run = command_test,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_FORMAT) |
			   TAKES(OPTION_COLOR) | TAKES(OPTION_UPDATE) | TAKES(OPTION_COVERAGE),
		.formats = test_formats,
		.takes_many_kernels = true,
		.least = 1,
		.most = -1,
	},
	{
		.name = "check",
		.group = GROUP_REPRODUCE,
		.arguments = "FILE...",
		.help = "print the errors in files, without running them",
		.run = command_check,
		.options = TAKES(OPTION_SET),
		.least = 1,
		.most = -1,
	},
	{
		.name = "diff",
		.group = GROUP_PATCH,
		.arguments = "PATH...",
		.help = "print what changes between two kernels, verdict first",
		.run = command_diff,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_FORMAT) | TAKES(OPTION_ALL) | TAKES(OPTION_VERBOSE) |
			   TAKES(OPTION_COLOR) | CAPTURE_OPTIONS,
		.formats = diff_formats,
		.verbose = "also print what differs in each scenario",
		.takes_many_kernels = true,
		.least = 1,
		.most = -1,
	},
	{
		.name = "sweep",
		.group = GROUP_PATCH,
		.arguments = "FILE",
		.help = "run all combinations of parameter values, a row for each",
		.run = command_sweep,
		.options = TAKES(OPTION_VARY) | TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_DEVICE) | TAKES(OPTION_FORMAT) |
			   TAKES(OPTION_JOBS) | TAKES(OPTION_SHARD) | TAKES(OPTION_MERGE) |
			   TAKES(OPTION_OUTPUT) | TAKES(OPTION_AS),
		.formats = sweep_formats,
		.draws = true,
		.takes_many_kernels = true,
		.least = 1,
		.most = -1,
	},
	{
		.name = "explore",
		.group = GROUP_PATCH,
		.arguments = "[FILE]",
		.help = "prove what holds for every sequence of statements",
		.part = PART_EXPLORE,
		.options = TAKES(OPTION_DEVICES) | TAKES(OPTION_KERNEL) | TAKES(OPTION_FIND) |
			   TAKES(OPTION_REACH) | TAKES(OPTION_FOLDER) | TAKES(OPTION_MOMENTS) |
			   TAKES(OPTION_HASH) | TAKES(OPTION_GRAPH) | TAKES(OPTION_RANDOM) |
			   TAKES(OPTION_JOBS) | TAKES(OPTION_DEPTH) | TAKES(OPTION_STATES) |
			   TAKES(OPTION_SECONDS) | TAKES(OPTION_MEMORY) | TAKES(OPTION_VERBOSE) |
			   TAKES(OPTION_COLOR),
		.verbose = "also print a scenario for each longest lag",
		.takes_many_kernels = true,
		.least = 0,
		.most = 1,
	},
	{
		.name = "kernels",
		.group = GROUP_PATCH,
		.arguments = "[K]",
		.kind = ARGUMENT_KERNEL,
		.help = "list the versions and changes, or describe one",
		.run = command_kernels,
		.options = TAKES(OPTION_VERBOSE),
		.verbose = "print all that holds there, commits, and what is not modelled",
		.least = 0,
		.most = 1,
	},
	{
		.name = "completion",
		.group = GROUP_SHELL,
		.arguments = "SHELL",
		.kind = ARGUMENT_SHELL,
		.help = "print completion for bash or zsh, or vim's syntax file",
		.run = run_completion,
		.least = 1,
		.most = 1,
	},
	{
		.name = "help",
		.group = GROUP_SHELL,
		.arguments = "[COMMAND]",
		.kind = ARGUMENT_COMMAND,
		.help = "print this, or a command's options",
		.run = run_help,
		.least = 0,
		.most = 1,
	},
	{ .name = NULL },
};

const struct command *command_find(const char *name)
{
	for (const struct command *command = commands; command->name; command++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}
