/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints help from the table of commands. */
#include "sim/commands/help.h"

#include <stdio.h>

#include "sim/observers/observers.h"

static const char *const group_names[GROUP_COUNT] = {
	[GROUP_LEARN] = "Learn",
	[GROUP_REPRODUCE] = "Reproduce",
	[GROUP_PATCH] = "Try a patch",
	[GROUP_SHELL] = "Shell",
};

struct option_set command_options(const struct command *command)
{
	return (struct option_set){
		.command = command->name,
		.options = command->options,
		.formats = command->formats,
		.observers = observers,
		.verbose = command->verbose,
		.output = command->output,
	};
}

void help_all(FILE *out, const struct command *all)
{
	fputs("usage: lwsim COMMAND [OPTION...] [FILE...]\n\n"
	      "Shows when and why Linux reports that a link is up: runs its link-state\n"
	      "machine (linkwatch, RFC 2863 operstates) on a virtual clock.\n"
	      "Start with `lwsim lesson 1`.\n",
	      out);
	for (unsigned int group = 0; group < GROUP_COUNT; group++) {
		fprintf(out, "\n%s\n", group_names[group]);
		for (const struct command *at = all; at->name; at++)
			if (at->group == group)
				fprintf(out, "  %-10s %-9s %s\n", at->name, at->arguments,
					at->help);
	}
	fputs("\nFILE may be - for standard input. `lwsim help COMMAND` lists its options.\n"
	      "Exit status: 0 success; 1 an expectation, a snapshot or a command failed, or\n"
	      "diff found a difference; 2 wrong usage, a wrong file, or output that cannot be\n"
	      "written; 3 your link_watch.c crashed or looped, or an invariant of the model\n"
	      "broke; 125 your link_watch.c does not compile (test only); 130 interrupted.\n",
	      out);
}

void help_of(const struct command *command, FILE *out)
{
	const struct option_set set = command_options(command);

	fprintf(out, "usage: lwsim %s [OPTION...]%s%s\n\n%s\n\n", command->name,
		*command->arguments ? " " : "", command->arguments, command->help);
	options_describe(&set, out);
}
