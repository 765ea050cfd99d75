/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim kernels: lists the kernels and what they change. */
#include "sim/commands/commands.h"

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

static void print_gaps_of(unsigned int row, const char *name, bool of_all)
{
	unsigned int at = 0;
	const struct kernel_gap *gap;

	while ((gap = kernel_next_gap(row, &at)) != NULL)
		if (of_all == !gap->last)
			printf("  %-6s %s\n", name, gap->text);
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
	puts("\nnot modelled:");
	for (unsigned int row = 0; kernel_version_info(row); row++)
		print_gaps_of(row, kernel_version_info(row)->name, false);
	print_gaps_of(0, "all", true);
	puts("\nswitches, and changes that may be added with '+':");
	for (unsigned int i = 0; kernel_switch_info(i); i++)
		print_switch(i);
	return EXIT_GOOD;
}
