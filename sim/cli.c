/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command line: commands and options, from one table each. */
#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"
#include "src_name.h"
#include "xalloc.h"

#define LWSIM_VERSION "0.1"
#define LOADER_PROGRAM "lwsim-src"

enum option_id {
	OPTION_KERNEL,
	OPTION_FORCE,
	OPTION_SET,
	OPTION_UNTIL,
	OPTION_PACE,
	OPTION_PAUSED,
	OPTION_FORMAT,
	OPTION_AS,
	OPTION_DEVICE,
	OPTION_OUTPUT,
	OPTION_UPDATE,
	OPTION_ALL,
	OPTION_ANSWER,
	OPTION_VARY,
	OPTION_SHARD,
	OPTION_MERGE,
	OPTION_JOBS,
	OPTION_HELP,
	OPTION_COUNT
};

static const struct option_info {
	const char *name;
	const char *argument; /* NULL: takes none */
	const char *help;
} options_info[OPTION_COUNT] = {
	[OPTION_KERNEL] = { "kernel", "K",
			    "VERSION[+CHANGE...], see `lwsim kernels`; or src:PATH, a kernel tree or a link_watch.c" },
	[OPTION_FORCE] = { "force", NULL, "go on after a command that failed" },
	[OPTION_SET] = { "set", "P=V", "give the file's param P the value V" },
	[OPTION_DEVICE] = { "device", "D", "tell of this device alone: DEV, or NETNS/DEV" },
	[OPTION_OUTPUT] = { "output", "FILE",
			    "also -o FILE; what its name ends in says what it is to be: .html, .svg, .png or .pdf" },
	[OPTION_UNTIL] = { "until", "T", "end at T (4s, 400ms, 62j)" },
	[OPTION_PACE] = { "pace", "X", "play X virtual seconds a second" },
	[OPTION_PAUSED] = { "paused", NULL,
			    "begin with a pause, so that nothing happens before a key is pressed" },
	[OPTION_FORMAT] = { "format", "F", NULL },
	[OPTION_AS] = { "as", "WHO",
			"networkd: what systemd-networkd logs (it opens by `setlink`); dhcp: when a client sends" },
	[OPTION_UPDATE] = { "update", NULL, "write the snapshots anew" },
	[OPTION_ALL] = { "all", NULL,
			 "the project's: scenarios/ here if it is there, else those installed" },
	[OPTION_ANSWER] = { "answer", NULL, "answer the question, too" },
	[OPTION_VARY] = { "vary", "P=V",
			  "give the file's param P each value: FROM..TO/STEP or VALUE,VALUE..." },
	[OPTION_SHARD] = { "shard", "I/N", "do part I of N, for --merge" },
	[OPTION_MERGE] = { "merge", NULL, "join the parts that --shard has made" },
	[OPTION_JOBS] = { "jobs", "N", "use N processes; as many as there are CPUs. Short: -j N" },
	[OPTION_HELP] = { "help", NULL, "say this" },
};

/* Short forms; 0: none. */
static const char option_letters[OPTION_COUNT] = {
	[OPTION_OUTPUT] = 'o',
	[OPTION_JOBS] = 'j',
	[OPTION_HELP] = 'h',
};

#define TAKES(option) (1U << (option))

static const char *const format_names[FORMAT_COUNT] = {
	[FORMAT_TEXT] = "text",	  [FORMAT_JSONL] = "jsonl",	  [FORMAT_TAP] = "tap",
	[FORMAT_JUNIT] = "junit", [FORMAT_MARKDOWN] = "markdown", [FORMAT_LANES] = "lanes",
	[FORMAT_CSV] = "csv",
};

#define WRITES(format) (1U << (format))

static const struct command {
	const char *name;
	const char *arguments;
	const char *help;
	command_fn run; /* NULL: a part's */
	unsigned int options;
	unsigned int formats;
	bool takes_many_kernels;
	int least, most; /* arguments; most -1: any number */
	enum part part;
} commands[] = {
	{ "run", "FILE", "replay a scenario on one kernel and show its timeline", command_run,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
		  TAKES(OPTION_PACE) | TAKES(OPTION_FORMAT) | TAKES(OPTION_AS),
	  WRITES(FORMAT_TEXT) | WRITES(FORMAT_JSONL) | WRITES(FORMAT_LANES), false, 1, 1,
	  PART_NONE },
	{ "explain", "FILE", "say in sentences what happens in a run, and why", command_explain,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
		  TAKES(OPTION_DEVICE),
	  0, false, 1, 1, PART_NONE },
	{ "compare", "FILE",
	  "show several kernels side by side, and how long each lets one wait; judge nothing",
	  command_compare, TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL), 0, true,
	  1, 1, PART_NONE },
	{ "report", "FILE", "draw what happens, and why, on one kernel or several", NULL,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) | TAKES(OPTION_OUTPUT), 0,
	  true, 1, 1, PART_REPORT },
	{ "diff", "PATH...", "say what differs between two kernels: what moved, appeared, vanished",
	  command_diff,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) | TAKES(OPTION_FORMAT) |
		  TAKES(OPTION_ALL),
	  WRITES(FORMAT_TEXT) | WRITES(FORMAT_MARKDOWN), true, 1, -1, PART_NONE },
	{ "test", "PATH...", "judge expectations and snapshots, on each kernel of a file's header",
	  command_test,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_FORMAT) | TAKES(OPTION_UPDATE),
	  WRITES(FORMAT_TEXT) | WRITES(FORMAT_TAP) | WRITES(FORMAT_JUNIT), true, 1, -1, PART_NONE },
	{ "sweep", "FILE",
	  "run all combinations of parameters' values on several kernels; a row of figures a run",
	  command_sweep,
	  TAKES(OPTION_VARY) | TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
		  TAKES(OPTION_FORMAT) | TAKES(OPTION_JOBS) | TAKES(OPTION_SHARD) |
		  TAKES(OPTION_MERGE),
	  WRITES(FORMAT_CSV) | WRITES(FORMAT_JSONL), true, 1, -1, PART_NONE },
	{ "states", "[FILE]",
	  "draw the operstates, and a scenario's way through them, for Graphviz's dot",
	  command_states,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) | TAKES(OPTION_DEVICE), 0,
	  false, 0, 1, PART_NONE },
	{ "repl", "", "type statements, see what follows", command_repl,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_SET), 0, false, 0, 0, PART_NONE },
	{ "play", "FILE", "watch a scenario in the terminal: go, pause, step forward and back",
	  NULL,
	  TAKES(OPTION_KERNEL) | TAKES(OPTION_FORCE) | TAKES(OPTION_SET) | TAKES(OPTION_UNTIL) |
		  TAKES(OPTION_PACE) | TAKES(OPTION_PAUSED),
	  0, false, 1, 1, PART_PLAY },
	{ "check", "FILE...", "say what is wrong with files, run nothing", command_check,
	  TAKES(OPTION_SET), 0, false, 1, -1, PART_NONE },
	{ "lesson", "[N]", "list the lessons, or play one: text, timeline, explanation, a question",
	  command_lesson, TAKES(OPTION_KERNEL) | TAKES(OPTION_ANSWER), 0, false, 0, 1, PART_NONE },
	{ "kernels", "", "list the versions and changes, and what each switch does",
	  command_kernels, 0, 0, false, 0, 0, PART_NONE },
};

#define COMMANDS_COUNT (sizeof(commands) / sizeof(commands[0]))

static void print_help(FILE *out)
{
	fputs("usage: lwsim COMMAND [OPTION...] [FILE...]\n\n"
	      "Replays Linux's link-state machine (linkwatch, RFC 2863 operstates) on a virtual "
	      "clock.\n\n",
	      out);
	for (size_t i = 0; i < COMMANDS_COUNT; i++)
		fprintf(out, "  %-8s %-8s %s\n", commands[i].name, commands[i].arguments,
			commands[i].help);
	fputs("\nFILE may be - for standard input. `lwsim COMMAND --help` lists a command's options.\n"
	      "Exit: 0 good; 1 an expectation, a snapshot or a command failed, or, with diff,\n"
	      "something differs; 2 usage, a wrong file or output that cannot be written; 3 an\n"
	      "invariant of the model broke, or a link_watch.c that is not its own went wrong;\n"
	      "125, with test, such a file does not compile; 130 interrupted.\n",
	      out);
}

#define FORMATS_MAX_BYTES 80

/* "text, tap or junit". */
static void formats_of(const struct command *command, char ret_text[FORMATS_MAX_BYTES])
{
	unsigned int left = command->formats;
	char *end = ret_text;

	*end = '\0';
	for (unsigned int format = 0; format < FORMAT_COUNT; format++) {
		if (!(command->formats & WRITES(format)))
			continue;
		left &= ~WRITES(format);
		end = stpcpy(end, end == ret_text ? "" : left ? ", " : " or ");
		end = stpcpy(end, format_names[format]);
	}
}

static void print_command_help(const struct command *command, FILE *out)
{
	char formats[FORMATS_MAX_BYTES];

	formats_of(command, formats);
	fprintf(out, "usage: lwsim %s [OPTION...]%s%s\n\n%s\n\n", command->name,
		*command->arguments ? " " : "", command->arguments, command->help);
	for (unsigned int id = 0; id < OPTION_COUNT; id++) {
		const struct option_info *info = &options_info[id];
		char name[32];

		if (id != OPTION_HELP && !(command->options & TAKES(id)))
			continue;
		snprintf(name, sizeof(name), "--%s %s", info->name,
			 info->argument ? info->argument : "");
		fprintf(out, "  %-14s %s\n", name, info->help ? info->help : formats);
	}
}

__attribute__((format(printf, 1, 2))) static enum exit_code usage_error(const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	fputs("lwsim: error: ", stderr);
	text_print(stderr, text, strlen(text));
	fputc('\n', stderr);
	free(text);
	return EXIT_USAGE;
}

static bool take_kernel(struct options *options, const char *text)
{
	struct src_name_error error;
	struct kernel kernel;
	int err = kernel_read(text, strlen(text), &kernel, &error);
	const char *what = err == -ENOENT ? "no version" : "no change, or one that it has already:";

	if (err && error.text)
		usage_error("--kernel %s: %s", text, error.text);
	else if (err)
		usage_error("--kernel %s: %s '%.*s'; `lwsim kernels` lists what there is", text,
			    what, (int)error.len, text + error.off);
	free(error.text);
	if (err)
		return false;
	options->kernels = xreallocarray(options->kernels, options->kernels_count + 1,
					 sizeof(options->kernels[0]));
	options->kernels[options->kernels_count++] = kernel;
	return true;
}

static bool take_setting(struct options *options, char *text)
{
	char *equals = strchr(text, '=');
	struct param_setting *setting;

	if (!equals || equals == text) {
		usage_error("--set %s: expected NAME=VALUE", text);
		return false;
	}
	*equals = '\0';
	options->settings = xreallocarray(options->settings, options->settings_count + 1,
					  sizeof(options->settings[0]));
	setting = &options->settings[options->settings_count++];
	setting->name = text;
	setting->value = equals + 1;
	return true;
}

static bool take_pace(struct options *options, const char *text)
{
	char *end;

	options->pace = strtod(text, &end);
	if (end != text && !*end && options->pace > 0. && options->pace <= 1e9)
		return true;
	usage_error("--pace %s: expected virtual seconds a second, more than 0", text);
	return false;
}

static bool take_format(struct options *options, const struct command *command, const char *text)
{
	char formats[FORMATS_MAX_BYTES];

	for (unsigned int format = 0; format < FORMAT_COUNT; format++)
		if ((command->formats & WRITES(format)) &&
		    strcmp(text, format_names[format]) == 0) {
			options->format = (enum format)format;
			return true;
		}
	formats_of(command, formats);
	usage_error("--format %s: %sexpected %s", text,
		    strcmp(text, "ip") == 0 ? "not there yet in this lwsim, " : "", formats);
	return false;
}

static bool take_observer(struct options *options, const char *text)
{
	if (strcmp(text, "networkd") == 0)
		options->observer = OBSERVER_NETWORKD;
	else if (strcmp(text, "dhcp") == 0)
		options->observer = OBSERVER_DHCP;
	else {
		usage_error("--as %s: expected networkd or dhcp", text);
		return false;
	}
	return true;
}

static bool take_option(struct options *options, const struct command *command, enum option_id id,
			char *argument)
{
	switch (id) {
	case OPTION_KERNEL:
		return take_kernel(options, argument);
	case OPTION_SET:
		return take_setting(options, argument);
	case OPTION_PACE:
		return take_pace(options, argument);
	case OPTION_FORMAT:
		return take_format(options, command, argument);
	case OPTION_AS:
		return take_observer(options, argument);
	case OPTION_DEVICE:
		options->device = argument;
		break;
	case OPTION_OUTPUT:
		options->output = argument;
		break;
	case OPTION_UNTIL:
		options->until = argument;
		break;
	case OPTION_PAUSED:
		options->starts_paused = true;
		break;
	case OPTION_FORCE:
		options->is_forced = true;
		break;
	case OPTION_UPDATE:
		options->updates = true;
		break;
	case OPTION_ALL:
		options->takes_all = true;
		break;
	case OPTION_ANSWER:
		options->answers = true;
		break;
	case OPTION_VARY:
		options->varies = xreallocarray(options->varies, options->varies_count + 1,
						sizeof(options->varies[0]));
		options->varies[options->varies_count++] = argument;
		break;
	case OPTION_SHARD:
		options->shard = argument;
		break;
	case OPTION_MERGE:
		options->merges = true;
		break;
	case OPTION_JOBS:
		options->jobs = argument;
		break;
	case OPTION_HELP:
	case OPTION_COUNT:
		break;
	}
	return true;
}

/* getopt's tables of what the command takes. A short form stands for the long one: the same val. */
static void getopt_tables(const struct command *command, struct option ret_long[OPTION_COUNT + 1],
			  char ret_short[2 * OPTION_COUNT + 2])
{
	*ret_short++ = ':';
	for (unsigned int id = 0; id < OPTION_COUNT; id++) {
		if (id != OPTION_HELP && !(command->options & TAKES(id)))
			continue;
		ret_long->name = options_info[id].name;
		ret_long->has_arg = options_info[id].argument ? required_argument : no_argument;
		ret_long->flag = NULL;
		ret_long->val = (int)id;
		ret_long++;
		if (!option_letters[id])
			continue;
		*ret_short++ = option_letters[id];
		if (options_info[id].argument)
			*ret_short++ = ':';
	}
	memset(ret_long, 0, sizeof(*ret_long));
	*ret_short = '\0';
}

static int option_of_letter(int letter)
{
	for (int id = 0; id < OPTION_COUNT; id++)
		if (option_letters[id] == letter)
			return id;
	return letter;
}

/* getopt_long() would take any beginning of an option for the option. */
static const char *find_unknown(const struct option *table, int argc, char *const *argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		size_t len = strcspn(argv[i], "=");
		const struct option *option = table;

		if (strncmp(argv[i], "--", 2) != 0)
			continue;
		while (option->name && (strlen(option->name) != len - 2 ||
					strncmp(option->name, argv[i] + 2, len - 2) != 0))
			option++;
		if (!option->name)
			return argv[i];
		i += option->has_arg == required_argument && !argv[i][len];
	}
	return NULL;
}

static enum exit_code run_with_options(const struct command *command, struct options *options,
				       const struct parts *parts, int argc, char **argv)
{
	struct option table[OPTION_COUNT + 1];
	char letters[2 * OPTION_COUNT + 2];
	const char *unknown;
	int id;

	while (command->formats && !(command->formats & WRITES(options->format)))
		options->format++; /* the first of its own, unless --format says another */
	getopt_tables(command, table, letters);
	unknown = find_unknown(table, argc, argv);
	if (unknown)
		return usage_error("%s: no option, see `lwsim %s --help`", unknown, command->name);
	opterr = 0;
	while ((id = getopt_long(argc, argv, letters, table, NULL)) != -1) {
		if (id == ':')
			return usage_error("%s needs an argument", argv[optind - 1]);
		if (id == '?')
			return usage_error("%s: no option, see `lwsim %s --help`", argv[optind - 1],
					   command->name);
		id = option_of_letter(id);
		if (id == OPTION_HELP) {
			print_command_help(command, stdout);
			return EXIT_GOOD;
		}
		if (!take_option(options, command, (enum option_id)id, optarg))
			return command->run == command_test && id == OPTION_KERNEL &&
					       kernel_is_src(optarg, strlen(optarg))
				       ? EXIT_UNTESTABLE /* a commit without the file, say */
				       : EXIT_USAGE;
	}
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
	if (options->observer != OBSERVER_NONE && options->format != FORMAT_TEXT)
		return usage_error("--as and --format exclude each other");
	return (command->part ? parts->commands[command->part] : command->run)(options, argc, argv);
}

static enum exit_code unknown_command(const char *name)
{
	char *known = xasprintf("%s", commands[0].name);
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
			       bool *ret_wants_loader)
{
	struct options options = { .format = FORMAT_TEXT,
				   .loader = parts->loader,
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
		code = run_with_options(&commands[i], &options, parts, argc - 1, argv + 1);
		free(options.kernels);
		free(options.settings);
		free(options.varies);
		return code;
	}
	return unknown_command(argv[1]);
}

/* A standard descriptor that is closed would be the next file's. One that can only be used the
 * wrong way round stands in, so that its use fails as it would have. */
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
		copy[i] = xasprintf("%s", argv[i]);
	return copy;
}

static void argv_free(char **copy)
{
	for (char **at = copy; *at; at++)
		free(*at);
	free(copy);
}

/* Whether an option asks for a kernel from a file: who can load one reads all the options anew. */
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

/* The program that has what this one has not; NULL: this one has it. */
static const char *program_for(int argc, char **argv, const struct parts *parts)
{
	static const char *const programs[PART_COUNT] = {
		[PART_NONE] = NULL,
		[PART_PLAY] = "lwsim-play",
		[PART_REPORT] = "lwsim-report",
	};

	for (size_t i = 0; i < COMMANDS_COUNT && argc > 1; i++)
		if (strcmp(argv[1], commands[i].name) == 0 && commands[i].part &&
		    !parts->commands[commands[i].part])
			return programs[commands[i].part];
	return !parts->loader && names_src(argc, argv) ? LOADER_PROGRAM : NULL;
}

/* What could not be written is worse than a failure: nobody has seen it. */
int cli_main(int argc, char **argv, const struct parts *parts)
{
	char **copy = argv_copy(argc, argv); /* options are cut up where they stand */
	const char *program = program_for(argc, argv, parts);
	bool wants_loader = false;
	enum exit_code code = EXIT_GOOD;

	fill_standard_descriptors();
	if (!program)
		code = dispatch(argc, argv, parts, &wants_loader);
	if (wants_loader)
		program = LOADER_PROGRAM;
	if (program)
		code = (enum exit_code)program_run(program, copy);
	argv_free(copy);
	if (fflush(stdout) == 0 && !ferror(stdout))
		return (int)code;
	return (int)exit_worse(code, usage_error("cannot write the output: %s", strerror(errno)));
}
