/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints what shells complete, and the manual's synopsis, from the table of commands. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "model/kernel.h"
#include "sim/commands/commands.h"
#include "sim/commands/completion.h"
#include "sim/commands/help.h"
#include "sim/commands/vim_syntax.h"

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

static void write_changes(FILE *out)
{
	const char *between = "";

	for (unsigned int i = 0; kernel_switch_info(i); i++) {
		if (!kernel_switch_info(i)->is_change)
			continue;
		fprintf(out, "%s%s", between, kernel_switch_info(i)->name);
		between = " ";
	}
}

static void write_formats(FILE *out, const struct format *formats)
{
	for (const struct format *at = formats; at && at->name; at++)
		fprintf(out, "%s%s", at == formats ? "" : " ", at->name);
}

/* The words that an option's argument may be; not for kernels, which have a function. */
static void write_values(FILE *out, const struct command *command, enum option_id id)
{
	if (id == OPTION_FORMAT)
		write_formats(out, command->formats);
	else if (id == OPTION_AS)
		write_formats(out, command_options(command).observers);
	for (unsigned int i = 0; id == OPTION_COLOR && color_words[i]; i++)
		fprintf(out, "%s%s", i ? " " : "", color_words[i]);
}

static bool has_values(enum option_id id)
{
	return id == OPTION_FORMAT || id == OPTION_AS || id == OPTION_COLOR;
}

/* The words that the command's arguments may be; nothing for files and kernels. */
static void write_arguments(FILE *out, const struct command *all, const struct command *command)
{
	if (command->kind == ARGUMENT_COMMAND)
		for (const struct command *at = all; at->name; at++)
			fprintf(out, "%s%s", at == all ? "" : " ", at->name);
	else if (command->kind == ARGUMENT_LESSON)
		for (size_t i = 1, count = lessons_count(); i <= count; i++)
			fprintf(out, "%s%zu", i > 1 ? " " : "", i);
	else if (command->kind == ARGUMENT_SHELL)
		fputs("bash zsh vim", out);
}

static void write_bash_option(FILE *out, const struct command *command, enum option_id id)
{
	(void)command;
	fprintf(out, " --%s", option_info(id)->name);
}

static void write_bash_values(FILE *out, const struct command *command, enum option_id id)
{
	if (!has_values(id) && id != OPTION_KERNEL)
		return;
	fprintf(out, "\t%s\\ --%s", command->name, option_info(id)->name);
	if (option_letter(id))
		fprintf(out, "|%s\\ -%c", command->name, option_letter(id));
	if (id == OPTION_KERNEL) {
		fputs(") _lwsim_kernels ;;\n", out);
		return;
	}
	fputs(") words='", out);
	write_values(out, command, id);
	fputs("' ;;\n", out);
}

/* A function that sets words: the versions, or behind a '+' the changes that are not there yet. */
static void write_bash_kernels(FILE *out)
{
	fputs("_lwsim_kernels()\n{\n"
	      "\tlocal change before=${current%+*}+\n\n"
	      "\twords='",
	      out);
	write_versions(out);
	fputs("'\n\t[[ $current == *+* ]] || return\n"
	      "\twords=\n"
	      "\tfor change in ",
	      out);
	write_changes(out);
	fputs("; do\n"
	      "\t\t[[ $before == *+$change+* ]] || words+=\" $before$change\"\n"
	      "\tdone\n}\n",
	      out);
}

static void write_bash_arguments(FILE *out, const struct command *all)
{
	fputs("\telif [[ ! $words ]]; then\n\t\tcase $command in\n", out);
	for (const struct command *at = all; at->name; at++) {
		if (at->kind == ARGUMENT_FILE)
			continue;
		fprintf(out, "\t\t%s) ", at->name);
		if (at->kind == ARGUMENT_KERNEL) {
			fputs("_lwsim_kernels; [[ $current == *+* ]] || words+=' ", out);
			write_changes(out);
		} else {
			fputs("words='", out);
			write_arguments(out, all, at);
		}
		fputs("' ;;\n", out);
	}
	fputs("\t\tesac\n", out);
}

static void write_bash(FILE *out, const struct command *all)
{
	fputs("# Completion of lwsim for bash.\n", out);
	write_bash_kernels(out);
	fputs("_lwsim()\n{\n"
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
	fputs("\t\tesac\n", out);
	write_bash_arguments(out, all);
	fputs("\tfi\n"
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
			fputs(id == OPTION_OUTPUT || id == OPTION_AGAINST ? ":_files" : ":", out);
			fputs(id == OPTION_KERNEL ? "_lwsim_kernels" : "", out);
			fputs(has_values(id) ? "(" : "", out);
			write_values(out, command, id);
			fputs(has_values(id) ? ")" : "", out);
		}
		fputc('\'', out);
	}
}

/* Of `lwsim kernels`, changes alone, too. */
static void write_zsh_kernels(FILE *out)
{
	fputs("_lwsim_kernels()\n{\n\tlocal -a versions changes\n\n\tversions=(", out);
	write_versions(out);
	fputs(")\n\tchanges=(", out);
	write_changes(out);
	fputs(")\n\tif compset -P '*+'; then\n\t\tcompadd -a changes\n\t\treturn\n\tfi\n"
	      "\tcompadd -a versions\n"
	      "\t[[ ${@[-1]} != changes ]] || compadd -a changes\n}\n",
	      out);
}

static void write_zsh_arguments(FILE *out, const struct command *all, const struct command *command)
{
	if (!*command->arguments)
		return;
	if (command->kind == ARGUMENT_FILE) {
		fputs(" \\\n\t\t\t'*:file:_files'", out);
		return;
	}
	fputs(" \\\n\t\t\t'1:argument:", out);
	if (command->kind == ARGUMENT_KERNEL) {
		fputs("_lwsim_kernels changes'", out);
		return;
	}
	fputc('(', out);
	write_arguments(out, all, command);
	fputs(")'", out);
}

static void write_zsh(FILE *out, const struct command *all)
{
	fputs("#compdef lwsim\n# Completion of lwsim for zsh.\n", out);
	write_zsh_kernels(out);
	fputs("_lwsim()\n{\n\tlocal -a commands\n\n"
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
		write_zsh_arguments(out, all, at);
		fputs("\n\t\t;;\n", out);
	}
	fputs("\tesac\n}\n"
	      /* loaded by compinit as a function's body, or sourced */
	      "if [[ ${funcstack[1]} == _lwsim ]]; then _lwsim \"$@\"; else compdef _lwsim lwsim; fi\n",
	      out);
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
	else if (strcmp(shell, "vim") == 0)
		vim_syntax_write(out);
	else if (strcmp(shell, "mdoc") == 0) /* the manual's synopsis */
		write_mdoc(out, all);
	else
		return false;
	return true;
}
