/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim run, explain, compare, check, kernels. */
#include "sim/commands/show.h"

enum exit_code command_run(const struct options *options, int argc, char **argv)
{
	struct loaded loaded;
	enum exit_code code;

	(void)argc;
	if (!load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	code = show_run(loaded.scenario, options);
	unload(&loaded);
	return code;
}

/* The same run, told by its decisions. */
enum exit_code command_explain(const struct options *options, int argc, char **argv)
{
	struct options explains = *options;

	explains.format = FORMAT_STORY;
	explains.judges_nothing = true;
	return command_run(&explains, argc, argv);
}

enum exit_code command_compare(const struct options *options, int argc, char **argv)
{
	struct loaded loaded;
	enum exit_code code;

	(void)argc;
	if (!load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	code = show_compare(loaded.scenario, options);
	unload(&loaded);
	return code;
}

enum exit_code command_check(const struct options *options, int argc, char **argv)
{
	enum exit_code code = EXIT_GOOD;
	struct loaded loaded;

	for (int i = 0; i < argc; i++) {
		if (load(argv[i], options, stderr, &loaded))
			unload(&loaded);
		else
			code = EXIT_USAGE;
	}
	return code;
}

static void print_switch(unsigned int which)
{
	const struct kernel_switch_info *info = kernel_switch_info(which);

	printf("\n%s%s\n  %s\n  %s\n  kernels:", info->is_change ? "+" : "", info->name,
	       info->effect, info->commit);
	for (unsigned int row = 0; kernel_version_info(row); row++)
		if (kernel_version_info(row)->switches & KERNEL_SWITCH(which))
			printf(" %s", kernel_version_info(row)->name);
	if (info->release)
		printf("; first release %s\n", info->release);
	else
		puts(" none, never merged; add it by hand: 6.1+NAME");
}

enum exit_code command_kernels(const struct options *options, int argc, char **argv)
{
	(void)options;
	(void)argc;
	(void)argv;
	puts("versions:");
	for (unsigned int row = 0; kernel_version_info(row); row++)
		printf("  %-6s %s\n", kernel_version_info(row)->name,
		       kernel_version_info(row)->package);
	puts("\nswitches, and changes that may be added with '+':");
	for (unsigned int i = 0; kernel_switch_info(i); i++)
		print_switch(i);
	return EXIT_GOOD;
}
