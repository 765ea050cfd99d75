/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The command-line options: names, help, and parsing. */
#ifndef LWSIM_SIM_CLI_OPTIONS_H
#define LWSIM_SIM_CLI_OPTIONS_H

#include "sim/cli/command.h"

enum option_id {
	OPTION_KERNEL,
	OPTION_FORCE,
	OPTION_SET,
	OPTION_UNTIL,
	OPTION_PACE,
	OPTION_PAUSED,
	OPTION_FORMAT,
	OPTION_WIDE,
	OPTION_COLOR,
	OPTION_AS,
	OPTION_DEVICE,
	OPTION_OUTPUT,
	OPTION_UPDATE,
	OPTION_COVERAGE,
	OPTION_ALL,
	OPTION_TRY,
	OPTION_WHY,
	OPTION_ANSWER,
	OPTION_VERBOSE,
	OPTION_VARY,
	OPTION_SHARD,
	OPTION_MERGE,
	OPTION_JOBS,
	OPTION_DEVICES,
	OPTION_FIND,
	OPTION_REACH,
	OPTION_FOLDER,
	OPTION_MOMENTS,
	OPTION_HASH,
	OPTION_GRAPH,
	OPTION_RANDOM,
	OPTION_DEPTH,
	OPTION_STATES,
	OPTION_SECONDS,
	OPTION_MEMORY,
	OPTION_HELP,
	OPTION_COUNT
};

#define TAKES(option) (UINT64_C(1) << (option))

/* The options that a command accepts. */
struct option_set {
	const char *command;		/* for messages */
	uint64_t options;		/* TAKES() of each */
	const struct format *formats;	/* values of --format, the default first; NULL: none */
	const struct format *observers; /* values of --as */
	const char *verbose;		/* help for --verbose; NULL: general */
	const char *output;		/* help for --output; NULL: general */
	/* "report, sweep": the commands that take an option; the caller frees. NULL: not known */
	char *(*takers)(enum option_id id);
};

struct option_info {
	const char *name;
	const char *argument; /* NULL: none */
	const char *help;     /* NULL: the values of the command's table */
};
const struct option_info *option_info(enum option_id id);
/* The short form; 0: none. */
char option_letter(enum option_id id);
bool option_is_taken(const struct option_set *set, unsigned int id);

/* The values of --color, by enum color_choice; the last is NULL. */
extern const char *const color_words[];

/* Prints the options of a set, one per line. */
void options_describe(const struct option_set *set, FILE *out);

enum options_result {
	OPTIONS_GOOD, /* optind is the first argument after the options */
	OPTIONS_HELP, /* --help was given */
	OPTIONS_WRONG,
	OPTIONS_WRONG_SRC, /* a kernel from a file with a wrong name or a missing file */
};

/* Parses argv into *options, whose strings point into argv; prints an error for a wrong option. */
enum options_result options_read(const struct option_set *set, int argc, char **argv,
				 struct options *options);

/* Prints "lwsim: error: ..." to standard error; returns EXIT_USAGE. */
__attribute__((format(printf, 1, 2))) enum exit_code usage_error(const char *format, ...);

#endif
