/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim kernels: lists the kernels, or says what holds on one and where it comes from. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/commands/commands.h"
#include "sim/language/src_name.h"
#include "sim/language/suggest.h"
#include "sim/run/src_about.h"

#define NAME_COLUMNS 18 /* of the longest change */
#define EFFECTS_MAX 3	/* switches that the short description has with their effects ... */
#define MANY 6		/* ... or one, if there are more than these */

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
	puts("`lwsim kernels K` describes a version or a change.");
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

/* Names all differences of one kind. */
static void print_differences(const struct src_about *about, bool is_missing, const char *one,
			      const char *many)
{
	size_t count = 0, len;
	char *names, *text;
	FILE *out = xmemstream(&names, &len);

	for (size_t i = 0; i < about->differences_count; i++) {
		const struct src_difference *at = &about->differences[i];
		char *name;

		if (at->is_missing != is_missing)
			continue;
		name = src_difference_name(at);
		fprintf(out, "%s%s", count++ ? ", " : "", name);
		if (at->change)
			fprintf(out, " (+%s stands for it)", at->change);
		free(name);
	}
	xclose_memstream(out);
	text = xasprintf("%zu %s: %s", count, count == 1 ? one : many, names);
	if (count)
		print_filled(4, text);
	free(text);
	free(names);
}

/* What a run compiles, and how the rest of the tree compares with what runs in its place. */
static void print_about(const struct src_about *about)
{
	text_line(stdout, "    compiled: %s", about->compiled);
	if (about->patch)
		text_line(stdout, "    patched with: %s", about->patch);
	text_line(stdout, "    everything else: %s", about->rest);
	if (about->not_compared)
		text_line(stdout, "    not compared with %s: %s", about->rest, about->not_compared);
	if (about->recorded)
		printf("\ncompared with %s, the functions that decide link state:\n    %zu alike\n",
		       about->recorded, about->alike);
	print_differences(about, false, "differs, and is not run", "differ, and are not run");
	print_differences(about, true, "is not in the tree", "are not in the tree");
}

/* What it does, where it comes from, and which versions have it or may have it. */
static void describe_switch(unsigned int which)
{
	const struct kernel_switch_info *info = kernel_switch_info(which);
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fprintf(out, "%s", info->is_change ? "a change of any version: 6.1+" : "on");
	if (info->is_change)
		fputs(info->name, out);
	for (unsigned int row = 0; !info->is_change && kernel_version_info(row); row++)
		if (kernel_version_info(row)->switches & KERNEL_SWITCH(which))
			fprintf(out, " %s", kernel_version_info(row)->name);
	xclose_memstream(out);
	printf("%s%s (%s)\n", info->is_change ? "+" : "", info->name,
	       info->is_change ? "proposed, never merged" : info->release);
	print_filled(4, info->effect);
	print_filled(4, info->commit);
	print_filled(4, text);
	free(text);
}

/* The effect's first part: what was before it is behind a ';'. */
static void print_effect(const struct kernel_switch_info *info)
{
	char *text = xasprintf("%s%s: %.*s", info->is_change ? "+" : "", info->name,
			       (int)strcspn(info->effect, ";"), info->effect);

	print_filled(2, text);
	free(text);
}

/* Prints the switches of a set, the newest first; of most only their names. */
static void print_set(uint64_t set, unsigned int effects)
{
	unsigned int count = 0;
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	while (kernel_switch_info(count))
		count++;
	while (count-- > 0) {
		if (!(set & KERNEL_SWITCH(count)))
			continue;
		if (effects > 0) {
			effects--;
			print_effect(kernel_switch_info(count));
		} else {
			fprintf(out, ", %s", kernel_switch_info(count)->name);
		}
	}
	xclose_memstream(out);
	if (len)
		print_filled(2, text + 2);
	free(text);
}

static uint64_t changes_of(const struct kernel *kernel)
{
	uint64_t set = 0;

	for (unsigned int i = 0; kernel_switch_info(i); i++)
		if (kernel_switch_info(i)->is_change && kernel_has(kernel, i))
			set |= KERNEL_SWITCH(i);
	return set;
}

static unsigned int switches_count(uint64_t set)
{
	unsigned int count = 0;

	for (; set; set &= set - 1)
		count++;
	return count;
}

/* Compares with another version; nothing if there is no difference that way. */
static void print_against(const char *before, unsigned int other, const char *after, uint64_t set)
{
	if (!set)
		return;
	printf("\n%s%s%s:\n", before, kernel_version_info(other)->name, after);
	print_set(set, switches_count(set) > MANY ? 1 : EFFECTS_MAX);
}

/* One screen: how the kernel differs from its neighbours and from the newest. */
static void describe_short(const struct kernel *kernel, const struct src_about *about)
{
	const unsigned int row = kernel->version;
	const uint64_t own = kernel_version_info(row)->switches;
	unsigned int newest = row, gaps = 0, at = 0;
	char name[KERNEL_NAME_MAX_BYTES];
	unsigned int count;
	uint64_t last;

	while (kernel_version_info(newest + 1))
		newest++;
	while (kernel_next_gap(row, &at))
		gaps++;
	kernel_name(kernel, name);
	puts(name);
	if (kernel->source)
		print_filled(4,
			     "The file decides what is in link_watch.c. Everything else is as on:");
	printf("    %s\n", kernel_version_info(row)->package);
	if (about)
		print_about(about);
	print_set(changes_of(kernel), UINT_MAX);
	if (row) {
		last = kernel_version_info(row - 1)->switches;
		print_against("unlike ", row - 1, ", it has", own & ~last);
		print_against("unlike ", row - 1, ", it lacks", last & ~own);
	}
	if (row < newest)
		print_against("", row + 1, " adds", kernel_version_info(row + 1)->switches & ~own);
	count = switches_count(kernel_version_info(newest)->switches & ~own);
	if (row + 1 < newest)
		printf("\n%s, the newest, has %u that it lacks.\n",
		       kernel_version_info(newest)->name, count);
	printf("%sNot modelled: %u point%s. --verbose prints everything, with commits.\n",
	       row + 1 < newest ? "" : "\n", gaps, gaps == 1 ? "" : "s");
}

/* The newest first: they are what a version has that others lack. */
static void describe(const struct kernel *kernel, const struct src_about *about)
{
	char name[KERNEL_NAME_MAX_BYTES];
	unsigned int i = 0;

	kernel_name(kernel, name);
	puts(name);
	if (kernel->source)
		print_filled(4,
			     "The file decides what is in link_watch.c. Everything else is as on:");
	printf("    %s\n", kernel_version_info(kernel->version)->package);
	if (about)
		print_about(about);
	print_gaps(kernel);
	while (kernel_switch_info(i))
		i++;
	while (i-- > 0)
		if (kernel_has(kernel, i))
			print_switch(kernel_switch_info(i));
	print_lacking(kernel);
}

/* "NAME" or "+NAME" of a switch; -1: it is none. */
static int switch_find(const char *text)
{
	const char *name = *text == '+' ? text + 1 : text;

	for (unsigned int i = 0; kernel_switch_info(i); i++)
		if (strcmp(kernel_switch_info(i)->name, name) == 0)
			return (int)i;
	return -1;
}

static const char *change_near(const char *text)
{
	const char *names[KERNEL_SWITCH_COUNT + 1] = { NULL };

	for (unsigned int i = 0; kernel_switch_info(i); i++)
		names[i] = kernel_switch_info(i)->name;
	text += *text == '+';
	return suggest(text, strlen(text), names);
}

static enum exit_code describe_named(const char *text, const struct src_loader *loader,
				     bool is_verbose)
{
	const struct src_about *about = NULL;
	struct src_name_error error;
	struct kernel kernel;
	const char *near;
	int which = switch_find(text);

	if (which >= 0) {
		describe_switch((unsigned int)which);
		return EXIT_GOOD;
	}
	if (kernel_read(text, strlen(text), &kernel, &error) == 0) {
		if (kernel.source)
			about = loader->about(&kernel);
		if (kernel.source && !about)
			return EXIT_USAGE;
		(is_verbose ? describe : describe_short)(&kernel, about);
		return EXIT_GOOD;
	}
	near = change_near(text);
	if (near)
		usage_error("unknown change '%s', did you mean '%s'?", text, near);
	else
		usage_error("%s", error.text);
	free(error.text);
	return EXIT_USAGE;
}

enum exit_code command_kernels(const struct options *options, int argc, char **argv)
{
	if (argc)
		return describe_named(argv[0], options->loader, options->is_verbose);
	list();
	return EXIT_GOOD;
}
