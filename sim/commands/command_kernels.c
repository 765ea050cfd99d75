/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim kernels: lists the kernels, or says what holds on one and where it comes from. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/commands/commands.h"
#include "sim/language/src_name.h"

#define NAME_COLUMNS 18 /* of the longest change */

static void print_filled(unsigned int column, const char *text)
{
	struct wrap wrap = {
		.out = stdout,
		.columns = wrap_table_columns(),
		.indent = column + 2,
		.column = column,
	};

	printf("%*s", (int)column, "");
	wrap_text(&wrap, text);
	wrap_end(&wrap);
}

/* One screen. */
static void list(void)
{
	puts("versions, each with the tree whose behaviour it has:");
	for (unsigned int row = 0; kernel_version_info(row); row++)
		printf("  %-6s  %s\n", kernel_version_info(row)->name,
		       kernel_version_info(row)->package);
	puts("\nchanges, proposed and never merged; '+' adds one to a version: 6.1+urgent-event");
	for (unsigned int i = 0; kernel_switch_info(i); i++)
		if (kernel_switch_info(i)->is_change)
			printf("  %-*s%s\n", NAME_COLUMNS, kernel_switch_info(i)->name,
			       kernel_switch_info(i)->commit);
	puts("\n`lwsim kernels K` says what holds on K, and where it comes from.");
}

static void print_switch(const struct kernel_switch_info *info)
{
	printf("\n%s%s (%s)\n", info->is_change ? "+" : "", info->name,
	       info->is_change ? "never merged" : info->release);
	print_filled(4, info->effect);
	print_filled(4, info->commit);
}

/* Names what other versions have: each switch's effect says what was before it. */
static void print_lacking(const struct kernel *kernel)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	const char *between = "";

	for (unsigned int i = 0; kernel_switch_info(i); i++) {
		const struct kernel_switch_info *info = kernel_switch_info(i);

		if (info->is_change || kernel_has(kernel, i))
			continue;
		fprintf(out, "%s%s (%.*s)", between, info->name, (int)strcspn(info->release, ","),
			info->release);
		between = ", ";
	}
	xclose_memstream(out);
	if (len) {
		puts("\nnot there, but in these releases; `lwsim kernels K` of one of them says more:");
		print_filled(4, text);
	}
	free(text);
}

/* What the row has otherwise than the kernel of its time had it. */
static void print_gaps(const struct kernel *kernel)
{
	const struct kernel_gap *gap;
	unsigned int at = 0;

	puts("\nnot modelled:");
	while ((gap = kernel_next_gap(kernel->version, &at)) != NULL)
		print_filled(4, gap->text);
}

/* The newest first: they are what a version has that others lack. */
static void describe(const struct kernel *kernel)
{
	char name[KERNEL_NAME_MAX_BYTES];
	unsigned int i = 0;

	kernel_name(kernel, name);
	puts(name);
	if (kernel->source)
		print_filled(4,
			     "The file decides what is in link_watch.c. Everything else is as on:");
	printf("    %s\n", kernel_version_info(kernel->version)->package);
	print_gaps(kernel);
	while (kernel_switch_info(i))
		i++;
	while (i-- > 0)
		if (kernel_has(kernel, i))
			print_switch(kernel_switch_info(i));
	print_lacking(kernel);
}

static enum exit_code describe_named(const char *text)
{
	struct src_name_error error;
	struct kernel kernel;

	if (kernel_read(text, strlen(text), &kernel, &error) == 0) {
		describe(&kernel);
		return EXIT_GOOD;
	}
	usage_error("%s", error.text);
	free(error.text);
	return EXIT_USAGE;
}

enum exit_code command_kernels(const struct options *options, int argc, char **argv)
{
	(void)options;
	if (argc)
		return describe_named(argv[0]);
	list();
	return EXIT_GOOD;
}
