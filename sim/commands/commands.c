/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds a command, and the program that runs it. */
#include "sim/commands/commands.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/exit.h"
#include "sim/base/standard_output.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/program.h"
#include "sim/commands/help.h"
#include "sim/commands/table.h"
#include "sim/language/src_name.h"

#define LOADER_PROGRAM "lwsim-src"

/* "usage: lwsim run [OPTION...] FILE", or the argument that is too many. */
static enum exit_code wrong_count(const struct command *command, int argc, char **argv)
{
	const char *between = *command->arguments ? " " : "";

	if (argc && argc > command->most && command->most >= 0)
		return usage_error(
			"`lwsim %s` takes %s%s, '%s' is too many; usage: lwsim %s [OPTION...]%s%s",
			command->name, command->most ? "one " : "no argument",
			command->most ? command->arguments : "", argv[command->most], command->name,
			between, command->arguments);
	return usage_error("usage: lwsim %s [OPTION...]%s%s", command->name, between,
			   command->arguments);
}

/* "report, sweep"; the caller frees. */
static char *takers_text(enum option_id id)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	const char *between = "";

	for (const struct command *at = commands; at->name; at++) {
		const struct option_set set = command_options(at);

		if (!option_is_taken(&set, id))
			continue;
		fprintf(out, "%s%s", between, at->name);
		between = ", ";
	}
	xclose_memstream(out);
	return text;
}

/* The helper programs that turn out to be needed while options are read. */
struct wanted {
	bool loader, drawing, wire;
};

/*
 * Replaces a format of bytes by the row that writes it; false: another program has that, which
 * *ret_wants_wire says, or after an error.
 */
static bool take_wire_format(struct options *options, const struct parts *parts,
			     bool *ret_wants_wire)
{
	const struct format *row = parts->wire_formats;

	if (!options->output && isatty(STDOUT_FILENO)) {
		usage_error("--format %s writes bytes, which are not for a terminal; expected -o "
			    "FILE, or a file or a pipe as standard output",
			    options->format->name);
		return false;
	}
	*ret_wants_wire = !row;
	while (row && strcmp(row->name, options->format->name) != 0)
		row++;
	options->format = row;
	return row;
}

static enum exit_code run_with_options(const struct command *command, struct options *options,
				       const struct parts *parts, int argc, char **argv,
				       struct wanted *ret_wanted)
{
	struct option_set set = command_options(command);
	enum options_result result;

	set.takers = takers_text;
	result = options_read(&set, argc, argv, options);
	if (result == OPTIONS_HELP) {
		help_of(command, stdout);
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
		return wrong_count(command, argc, argv);
	if (options->kernels_count > 1 && !command->takes_many_kernels)
		return usage_error("`lwsim %s` takes one --kernel", command->name);
	if (options->updates && (options->kernels_count || options->settings_count))
		return usage_error(
			"--update writes what the file itself gives: no --kernel, no --set");
	if (options->observer && options->format != command->formats && options->format->writer_new)
		return usage_error("--as and --format exclude each other");
	if (options->is_wide && (options->observer || options->format != command->formats))
		return usage_error("--wide is for --format text");
	ret_wanted->drawing = command->draws && options->output && !parts->drawing;
	if (ret_wanted->drawing)
		return EXIT_GOOD;
	if (options->format && options->format->is_binary && !command->part &&
	    !take_wire_format(options, parts, &ret_wanted->wire))
		return ret_wanted->wire ? EXIT_GOOD : EXIT_USAGE;
	return (command->part ? parts->commands[command->part] : command->run)(options, argc, argv);
}

static enum exit_code dispatch(int argc, char **argv, const struct parts *parts,
			       struct wanted *ret_wanted)
{
	struct options options = { .loader = parts->loader,
				   .drawing = parts->drawing,
				   .wants_loader = &ret_wanted->loader };
	enum exit_code code;

	const struct command *command;

	if (argc < 2) {
		help_all(stderr, commands);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help_all(stdout, commands);
		return EXIT_GOOD;
	}
	if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
		puts("lwsim " LWSIM_VERSION);
		return EXIT_GOOD;
	}
	command = command_find(argv[1]);
	if (!command)
		return unknown_command(argv[1]);
	code = run_with_options(command, &options, parts, argc - 1, argv + 1, ret_wanted);
	free(options.kernels);
	free(options.settings);
	free(options.varies);
	return code;
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
	[PART_EXPLORE] = "lwsim-explore",
	[PART_WIRE] = "lwsim-wire",
};

/* The program that has the missing part; NULL: this program has everything. */
static const char *program_for(int argc, char **argv, const struct parts *parts)
{
	const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;

	if (command && command->part && !parts->commands[command->part])
		return programs[command->part];
	return !parts->loader && names_src(argc, argv) ? LOADER_PROGRAM : NULL;
}

/* A failure to write the output outweighs other failures: nobody has seen the result. */
int commands_main(int argc, char **argv, const struct parts *parts)
{
	char **copy = argv_copy(argc, argv); /* parsing modifies the options in place */
	const char *program = program_for(argc, argv, parts);
	struct wanted wanted = { .loader = false };
	const struct command *command = argc > 1 ? command_find(argv[1]) : NULL;
	enum exit_code code = EXIT_GOOD;
	int error;

	fill_standard_descriptors();
	/* a link_watch.c that crashes must not lose what was printed before */
	standard_output_begin(parts->loader != NULL);
	program_begin();
	if (!program)
		code = dispatch(argc, argv, parts, &wanted);
	if (wanted.loader)
		program = LOADER_PROGRAM;
	if (wanted.drawing)
		program = programs[PART_REPORT];
	if (wanted.wire)
		program = programs[PART_WIRE];
	if (program && command && command->becomes)
		code = (enum exit_code)program_become(program, copy);
	else if (program)
		code = (enum exit_code)program_run(program, copy);
	argv_free(copy);
	error = standard_output_end();
	if (error)
		code = exit_worse(code,
				  usage_error("cannot write the output: %s", strerror(error)));
	program_report((int)code);
	return (int)code;
}
