/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options of the command line: their names, what they say of themselves, what they set. */
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

#define TAKES(option) (1U << (option))

/* What a command takes. */
struct option_set {
	const char *command;  /* its name, for messages */
	unsigned int options; /* TAKES() of each */
	const struct format
		*formats; /* what --format takes, the default first; NULL: there is none */
	const struct format *observers; /* what --as takes */
};

/* The options of a set, a line each. */
void options_describe(const struct option_set *set, FILE *out);

enum options_result {
	OPTIONS_GOOD, /* optind is the first argument that is none */
	OPTIONS_HELP, /* --help is among them */
	OPTIONS_WRONG,
	OPTIONS_WRONG_SRC, /* a kernel from a file, of which the name is wrong or the file not there */
};

/* Takes those of the set from argv into *options, whose strings stay argv's; says what is wrong. */
enum options_result options_read(const struct option_set *set, int argc, char **argv,
				 struct options *options);

/* "lwsim: error: ..." on standard error; returns EXIT_USAGE. */
__attribute__((format(printf, 1, 2))) enum exit_code usage_error(const char *format, ...);

#endif
