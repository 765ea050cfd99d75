/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints help from the table of commands. */
#include "sim/commands/help.h"

#include <stdio.h>

#include "sim/commands/commands.h"

void help_all(FILE *out)
{
	fputs("usage: lwsim COMMAND [OPTION...] [FILE...]\n\n"
	      "Shows when and why Linux reports that a link is up: runs its link-state\n"
	      "machine (linkwatch, RFC 2863 operstates) on a virtual clock.\n"
	      "Start with `lwsim lesson 1`.\n",
	      out);
	for (unsigned int group = 0; group < GROUP_COUNT; group++) {
		fprintf(out, "\n%s\n", command_groups[group]);
		for (const struct command *at = commands; at->name; at++)
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

enum exit_code command_help(const struct options *options, int argc, char **argv)
{
	const struct command *command = argc ? command_find(argv[0]) : NULL;

	(void)options;
	if (argc && !command)
		return usage_error("help %s: no such command, see `lwsim help`", argv[0]);
	if (command)
		help_of(command, stdout);
	else
		help_all(stdout);
	return EXIT_GOOD;
}
