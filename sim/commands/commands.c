/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of commands, and which program runs which. */
#include "sim/commands/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/exit.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/program.h"
#include "sim/commands/formats.h"
#include "sim/language/src_name.h"
#include "sim/observers/observers.h"

#define LOADER_PROGRAM "lwsim-src"

static const struct command {
	const char *name;
	const char *arguments;
	const char *help;
	command_fn run; /* NULL: in a helper program */
	unsigned int options;
	const struct format *formats; /* values of --format; NULL: none */
	bool takes_many_kernels;
	int least, most; /* number of arguments; most -1: no limit */
	enum part part;
} commands[] = {
	{
		.name = "run",
		.arguments = "FILE",
		.help = "replay a scenario on one kernel and show its timeline",
		.run = command_run,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_PACE) | TAKES(OPTION_FORMAT) |
			   TAKES(OPTION_WIDE) | TAKES(OPTION_COLOR) | TAKES(OPTION_AS),
		.formats = run_formats,
		.least = 1,
		.most = 1,
	},
	{
		.name = "explain",
		.arguments = "FILE",
		.help = "say in sentences what happens in a run, and why",
		.run = command_explain,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_DEVICE) | TAKES(OPTION_WIDE) |
			   TAKES(OPTION_COLOR),
		.least = 1,
		.most = 1,
	},
	{
		.name = "compare",
		.arguments = "FILE",
		.help = "show several kernels side by side, and how long each makes you wait",
		.run = command_compare,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_WIDE) | TAKES(OPTION_COLOR),
		.takes_many_kernels = true,
		.least = 1,
		.most = 1,
	},
	{
		.name = "report",
		.arguments = "FILE",
		.help = "draw what happens, and why, as HTML, SVG, PNG or PDF; of the kernels of the file's compare line",
		.part = PART_REPORT,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_OUTPUT),
		.takes_many_kernels = true,
		.least = 1,
		.most = 1,
	},
	{
		.name = "diff",
		.arguments = "PATH...",
		.help = "say what differs between two kernels: what moved, appeared, vanished",
		.run = command_diff,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_FORMAT) | TAKES(OPTION_ALL),
		.formats = diff_formats,
		.takes_many_kernels = true,
		.least = 1,
		.most = -1,
	},
	{
		.name = "test",
		.arguments = "PATH...",
		.help = "judge expectations and snapshots, on each kernel of a file's header",
		.run = command_test,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_FORMAT) |
			   TAKES(OPTION_COLOR) | TAKES(OPTION_UPDATE),
		.formats = test_formats,
		.takes_many_kernels = true,
		.least = 1,
		.most = -1,
	},
	{
		.name = "sweep",
		.arguments = "FILE",
		.help = "run all combinations of parameters' values on several kernels; a row of figures for each",
		.run = command_sweep,
		.options = TAKES(OPTION_VARY) | TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_DEVICE) | TAKES(OPTION_FORMAT) |
			   TAKES(OPTION_JOBS) | TAKES(OPTION_SHARD) | TAKES(OPTION_MERGE) |
			   TAKES(OPTION_OUTPUT),
		.formats = sweep_formats,
		.takes_many_kernels = true,
		.least = 1,
		.most = -1,
	},
	{
		.name = "states",
		.arguments = "[FILE]",
		.help = "draw the operstates, and a scenario's way through them, for Graphviz's dot",
		.run = command_states,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
			   TAKES(OPTION_DEVICE),
		.least = 0,
		.most = 1,
	},
	{
		.name = "repl",
		.arguments = "",
		.help = "type statements, see what follows",
		.part = PART_REPL,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_SET),
		.least = 0,
		.most = 0,
	},
	{
		.name = "play",
		.arguments = "FILE",
		.help = "watch a scenario in the terminal: go, pause, step forward and back",
		.part = PART_PLAY,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) |
			   TAKES(OPTION_UNTIL) | TAKES(OPTION_PACE) | TAKES(OPTION_PAUSED),
		.least = 1,
		.most = 1,
	},
	{
		.name = "check",
		.arguments = "FILE...",
		.help = "say what is wrong with files, run nothing",
		.run = command_check,
		.options = TAKES(OPTION_SET),
		.least = 1,
		.most = -1,
	},
	{
		.name = "lesson",
		.arguments = "[N]",
		.help = "list the lessons, or show one: text, picture, a question to try",
		.run = command_lesson,
		.options = TAKES(OPTION_KERNEL) | TAKES(OPTION_TRY) | TAKES(OPTION_WHY) |
			   TAKES(OPTION_ANSWER),
		.least = 0,
		.most = 1,
	},
	{
		.name = "kernels",
		.arguments = "[K]",
		.help = "list the versions and changes; or say what holds on K, and where it comes from",
		.run = command_kernels,
		.least = 0,
		.most = 1,
	},
};

#define COMMANDS_COUNT (sizeof(commands) / sizeof(commands[0]))

#define HELP_COLUMN 20 /* of what a command does */

/* Prints text from that column on, which is also where the next lines begin. */
static void print_filled(FILE *out, unsigned int column, const char *text)
{
	struct wrap wrap = {
		.out = out,
		.columns = WRAP_COLUMNS,
		.indent = column,
		.column = column,
	};

	wrap_text(&wrap, text);
	wrap_end(&wrap);
}

static void print_help(FILE *out)
{
	fputs("usage: lwsim COMMAND [OPTION...] [FILE...]\n\n"
	      "Shows when and why Linux tells programs that a link is up: simulates its\n"
	      "link-state machine (linkwatch, RFC 2863 operstates) on a virtual clock.\n"
	      "`lwsim lesson 1` begins at the beginning.\n\n",
	      out);
	for (size_t i = 0; i < COMMANDS_COUNT; i++) {
		fprintf(out, "  %-8s %-8s ", commands[i].name, commands[i].arguments);
		print_filled(out, HELP_COLUMN, commands[i].help);
	}
	fputs("\nFILE may be - for standard input. `lwsim COMMAND --help` lists the options.\n"
	      "Exit: 0 good; 1 an expectation, a snapshot or a command failed, or, with diff,\n"
	      "something differs; 2 usage, a wrong file or output that cannot be written; 3 an\n"
	      "invariant of the model broke, or a link_watch.c that is not its own went wrong;\n"
	      "125, with test, such a file does not compile; 130 interrupted.\n",
	      out);
}

static struct option_set options_of(const struct command *command)
{
	return (struct option_set){
		.command = command->name,
		.options = command->options,
		.formats = command->formats,
		.observers = observers,
	};
}

static void print_command_help(const struct command *command, FILE *out)
{
	const struct option_set set = options_of(command);

	fprintf(out, "usage: lwsim %s [OPTION...]%s%s\n\n", command->name,
		*command->arguments ? " " : "", command->arguments);
	print_filled(out, 0, command->help);
	fputc('\n', out);
	options_describe(&set, out);
}

static enum exit_code run_with_options(const struct command *command, struct options *options,
				       const struct parts *parts, int argc, char **argv,
				       bool *ret_wants_drawing)
{
	const struct option_set set = options_of(command);
	enum options_result result = options_read(&set, argc, argv, options);

	if (result == OPTIONS_HELP) {
		print_command_help(command, stdout);
		return EXIT_GOOD;
	}
	if (result == OPTIONS_WRONG_SRC && command->run == command_test)
		return EXIT_UNTESTABLE; /* for example a commit without the file */
	if (result != OPTIONS_GOOD)
		return EXIT_USAGE;
	argc -= optind;
	argv += optind;
	if (options->takes_all && argc)
		return usage_error("--all takes the place of %s", command->arguments);
	if ((argc < command->least && !options->takes_all) ||
	    (command->most >= 0 && argc > command->most))
		return usage_error("usage: lwsim %s [OPTION...]%s%s", command->name,
				   *command->arguments ? " " : "", command->arguments);
	if (options->kernels_count > 1 && !command->takes_many_kernels)
		return usage_error("`lwsim %s` takes one --kernel", command->name);
	if (options->updates && (options->kernels_count || options->settings_count))
		return usage_error(
			"--update writes what the file itself gives: no --kernel, no --set");
	if (options->observer && options->format != command->formats)
		return usage_error("--as and --format exclude each other");
	if (options->is_wide && (options->observer || options->format != command->formats))
		return usage_error("--wide is for --format text");
	*ret_wants_drawing = options->output && !parts->drawing;
	if (*ret_wants_drawing)
		return EXIT_GOOD;
	return (command->part ? parts->commands[command->part] : command->run)(options, argc, argv);
}

static enum exit_code unknown_command(const char *name)
{
	char *known = xstrdup(commands[0].name);
	enum exit_code code;

	for (size_t i = 1; i < COMMANDS_COUNT; i++) {
		const char *between = i + 1 < COMMANDS_COUNT ? ", " : " or ";
		char *longer = xasprintf("%s%s%s", known, between, commands[i].name);

		free(known);
		known = longer;
	}
	code = usage_error("unknown command '%s', expected %s", name, known);
	free(known);
	return code;
}

static enum exit_code dispatch(int argc, char **argv, const struct parts *parts,
			       bool *ret_wants_loader, bool *ret_wants_drawing)
{
	struct options options = { .loader = parts->loader,
				   .drawing = parts->drawing,
				   .wants_loader = ret_wants_loader };
	enum exit_code code;

	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return EXIT_GOOD;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("lwsim " LWSIM_VERSION);
		return EXIT_GOOD;
	}
	for (size_t i = 0; i < COMMANDS_COUNT; i++) {
		if (strcmp(argv[1], commands[i].name) != 0)
			continue;
		code = run_with_options(&commands[i], &options, parts, argc - 1, argv + 1,
					ret_wants_drawing);
		free(options.kernels);
		free(options.settings);
		free(options.varies);
		return code;
	}
	return unknown_command(argv[1]);
}

/*
 * Opens closed standard descriptors, which the next file would otherwise get. Each is opened in the
 * opposite direction, so that using it fails as it would have.
 */
static void fill_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

static char **argv_copy(int argc, char **argv)
{
	char **copy = xcalloc((size_t)argc + 1, sizeof(*copy));

	for (int i = 0; i < argc; i++)
		copy[i] = xstrdup(argv[i]);
	return copy;
}

static void argv_free(char **copy)
{
	for (char **at = copy; *at; at++)
		free(*at);
	free(copy);
}

/* Whether an option names a kernel from a file: lwsim-src then parses all options again. */
static bool names_src(int argc, char **argv)
{
	static const char *const option = "--kernel=";

	for (int i = 1; i < argc; i++) {
		const char *text = argv[i];

		if (strncmp(text, option, strlen(option)) == 0)
			text += strlen(option);
		if (kernel_is_src(text, strlen(text)))
			return true;
	}
	return false;
}

static const char *const programs[PART_COUNT] = {
	[PART_NONE] = NULL,
	[PART_PLAY] = "lwsim-play",
	[PART_REPL] = "lwsim-repl",
	[PART_REPORT] = "lwsim-report",
};

/* The program that has the missing part; NULL: this program has everything. */
static const char *program_for(int argc, char **argv, const struct parts *parts)
{
	for (size_t i = 0; i < COMMANDS_COUNT && argc > 1; i++)
		if (strcmp(argv[1], commands[i].name) == 0 && commands[i].part &&
		    !parts->commands[commands[i].part])
			return programs[commands[i].part];
	return !parts->loader && names_src(argc, argv) ? LOADER_PROGRAM : NULL;
}

/* A failure to write the output outweighs other failures: nobody has seen the result. */
int commands_main(int argc, char **argv, const struct parts *parts)
{
	char **copy = argv_copy(argc, argv); /* parsing modifies the options in place */
	const char *program = program_for(argc, argv, parts);
	bool wants_loader = false, wants_drawing = false;
	enum exit_code code = EXIT_GOOD;

	fill_standard_descriptors();
	program_begin();
	if (!program)
		code = dispatch(argc, argv, parts, &wants_loader, &wants_drawing);
	if (wants_loader)
		program = LOADER_PROGRAM;
	if (wants_drawing)
		program = programs[PART_REPORT];
	if (program && program == programs[PART_REPL])
		code = (enum exit_code)program_become(program, copy);
	else if (program)
		code = (enum exit_code)program_run(program, copy);
	argv_free(copy);
	if (fflush(stdout) != 0 || ferror(stdout))
		code = exit_worse(code,
				  usage_error("cannot write the output: %s", strerror(errno)));
	program_report((int)code);
	return (int)code;
}
