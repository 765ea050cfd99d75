/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands: what parsing, help, the manual's synopsis and shells' completion are made of. */
#ifndef LWSIM_SIM_COMMANDS_TABLE_H
#define LWSIM_SIM_COMMANDS_TABLE_H

#include "sim/cli/options.h"

/* What somebody who uses it wants; help lists commands by it. */
enum command_group {
	GROUP_LEARN,
	GROUP_REPRODUCE,
	GROUP_PATCH,
	GROUP_SHELL,
	GROUP_COUNT
};

/* What a command's arguments are, for completion. */
enum argument_kind {
	ARGUMENT_FILE,
	ARGUMENT_COMMAND,
	ARGUMENT_KERNEL, /* or a change */
	ARGUMENT_LESSON,
	ARGUMENT_SHELL,
};

struct command {
	const char *name;
	enum command_group group;
	const char *arguments;
	enum argument_kind kind;
	const char *help;
	command_fn run; /* NULL: in a helper program */
	uint64_t options;
	const struct format *formats; /* values of --format; NULL: none */
	const char *verbose;	      /* what --verbose prints; NULL: general, or no such option */
	const char *output;	      /* what -o writes; NULL: a picture or page, by its ending */
	bool draws;		      /* -o writes a chart, by lwsim-report */
	bool takes_many_kernels;
	int least, most; /* number of arguments; most -1: no limit */
	enum part part;
	bool becomes; /* its program takes this one's place: it handles signals itself */
};

extern const struct command commands[]; /* ends with a NULL name */

/* Prints the likely command; EXIT_USAGE. */
enum exit_code unknown_command(const char *name);

/* NULL: none of that name. */
const struct command *command_find(const char *name);

#endif
