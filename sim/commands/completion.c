/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints what shells complete, and the manual's synopsis, from the table of commands. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/kernel.h"
#include "sim/commands/completion.h"
#include "sim/commands/help.h"

/* Calls for each option that the command takes. */
static void each_option(const struct command *command, FILE *out,
			void (*write)(FILE *out, const struct command *command, enum option_id id))
{
	const struct option_set set = command_options(command);

	for (unsigned int id = 0; id < OPTION_COUNT; id++)
		if (option_is_taken(&set, id))
			write(out, command, (enum option_id)id);
}

static void write_versions(FILE *out)
{
	for (unsigned int i = 0; kernel_version_info(i); i++)
		fprintf(out, "%s%s", i ? " " : "", kernel_version_info(i)->name);
}

static void write_formats(FILE *out, const struct format *formats)
{
	for (const struct format *at = formats; at && at->name; at++)
		fprintf(out, "%s%s", at == formats ? "" : " ", at->name);
}

/* The words that an option's argument may be; nothing if it may be anything. */
static void write_values(FILE *out, const struct command *command, enum option_id id)
{
	if (id == OPTION_KERNEL)
		write_versions(out);
	else if (id == OPTION_FORMAT)
		write_formats(out, command->formats);
	else if (id == OPTION_AS)
		write_formats(out, command_options(command).observers);
}

static bool has_values(enum option_id id)
{
	return id == OPTION_KERNEL || id == OPTION_FORMAT || id == OPTION_AS;
}

static void write_bash_option(FILE *out, const struct command *command, enum option_id id)
{
	(void)command;
	fprintf(out, " --%s", option_info(id)->name);
}

static void write_bash_values(FILE *out, const struct command *command, enum option_id id)
{
	if (!has_values(id))
		return;
	fprintf(out, "\t%s\\ --%s", command->name, option_info(id)->name);
	if (option_letter(id))
		fprintf(out, "|%s\\ -%c", command->name, option_letter(id));
	fputs(") words='", out);
	write_values(out, command, id);
	fputs("' ;;\n", out);
}

static void write_bash(FILE *out, const struct command *all)
{
	fputs("# Completion of lwsim for bash.\n"
	      "_lwsim()\n{\n"
	      "\tlocal current=${COMP_WORDS[COMP_CWORD]} words= command=${COMP_WORDS[1]}\n\n"
	      "\tcase \"$command ${COMP_WORDS[COMP_CWORD - 1]}\" in\n",
	      out);
	for (const struct command *at = all; at->name; at++)
		each_option(at, out, write_bash_values);
	fputs("\tesac\n\tif ((COMP_CWORD == 1)); then\n\t\twords='", out);
	for (const struct command *at = all; at->name; at++)
		fprintf(out, "%s%s", at == all ? "" : " ", at->name);
	fputs("'\n\telif [[ $current == -* ]]; then\n\t\tcase $command in\n", out);
	for (const struct command *at = all; at->name; at++) {
		fprintf(out, "\t\t%s) words='", at->name);
		each_option(at, out, write_bash_option);
		fputs("' ;;\n", out);
	}
	fputs("\t\tesac\n\tfi\n"
	      "\tif [[ $words ]]; then\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
	      "\telse\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
	      "\tfi\n}\n"
	      "complete -o filenames -F _lwsim lwsim\n",
	      out);
}

/* Text between quotes, in a description where ':' and brackets mean something. */
static void write_zsh_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\'", out);
		else if (strchr(":[]\\", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
}

static void write_zsh_option(FILE *out, const struct command *command, enum option_id id)
{
	const struct option_info *info = option_info(id);

	for (unsigned int i = 0; i < (option_letter(id) ? 2U : 1U); i++) {
		fputs(" \\\n\t\t\t'*", out);
		if (i)
			fprintf(out, "-%c[", option_letter(id));
		else
			fprintf(out, "--%s[", info->name);
		write_zsh_text(out, info->help ? info->help : info->name);
		fputc(']', out);
		if (info->argument) {
			fputc(':', out);
			write_zsh_text(out, info->argument);
			fputs(id == OPTION_OUTPUT ? ":_files" : ":", out);
			fputs(has_values(id) ? "(" : "", out);
			write_values(out, command, id);
			fputs(has_values(id) ? ")" : "", out);
		}
		fputc('\'', out);
	}
}

static void write_zsh(FILE *out, const struct command *all)
{
	fputs("#compdef lwsim\n# Completion of lwsim for zsh.\n_lwsim()\n{\n\tlocal -a commands\n\n"
	      "\tcommands=(\n",
	      out);
	for (const struct command *at = all; at->name; at++) {
		fprintf(out, "\t\t'%s:", at->name);
		write_zsh_text(out, at->help);
		fputs("'\n", out);
	}
	fputs("\t)\n\tif ((CURRENT == 2)); then\n\t\t_describe command commands\n\t\treturn\n\tfi\n"
	      "\tlocal command=$words[2]\n\tshift words\n\t((CURRENT--))\n\tcase $command in\n",
	      out);
	for (const struct command *at = all; at->name; at++) {
		fprintf(out, "\t%s)\n\t\t_arguments", at->name);
		each_option(at, out, write_zsh_option);
		fputs(" \\\n\t\t\t'*:file:_files'\n\t\t;;\n", out);
	}
	fputs("\tesac\n}\ncompdef _lwsim lwsim\n", out);
}

/* "P=V" as mdoc has it: two arguments and what is between them. */
static void write_mdoc_argument(FILE *out, const char *argument)
{
	size_t len = strcspn(argument, "=/");

	fprintf(out, " Ar %.*s", (int)len, argument);
	if (argument[len])
		fprintf(out, " Ns %c Ns Ar %s", argument[len], argument + len + 1);
}

static void write_mdoc_option(FILE *out, const struct command *command, enum option_id id)
{
	const struct option_info *info = option_info(id);

	if (id == OPTION_HELP)
		return;
	fprintf(out, ".Op Fl \\-%s", info->name);
	if (info->argument)
		write_mdoc_argument(out, info->argument);
	if (id == OPTION_VARY || (id == OPTION_KERNEL && command->takes_many_kernels))
		fputs(" ...", out);
	fputc('\n', out);
}

/* "[FILE]", "PATH...", "SHELL". */
static void write_mdoc_arguments(FILE *out, const char *arguments)
{
	if (!*arguments)
		return;
	fputs(*arguments == '[' ? ".Op Ar " : ".Ar ", out);
	for (; *arguments; arguments++)
		if (isupper((unsigned char)*arguments))
			fputc(tolower((unsigned char)*arguments), out);
		else if (*arguments == '.')
			break;
	fputs(*arguments == '.' ? " ...\n" : "\n", out);
}

static void write_mdoc(FILE *out, const struct command *all)
{
	for (const struct command *at = all; at->name; at++) {
		fprintf(out, ".Nm\n.Cm %s\n", at->name);
		each_option(at, out, write_mdoc_option);
		write_mdoc_arguments(out, at->arguments);
	}
	fputs(".Nm\n.Fl \\-version\n", out);
}

bool completion_write(FILE *out, const struct command *all, const char *shell)
{
	if (strcmp(shell, "bash") == 0)
		write_bash(out, all);
	else if (strcmp(shell, "zsh") == 0)
		write_zsh(out, all);
	else if (strcmp(shell, "mdoc") == 0) /* the manual's synopsis */
		write_mdoc(out, all);
	else
		return false;
	return true;
}
