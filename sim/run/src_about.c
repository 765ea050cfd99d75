/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Describes what was compiled for a kernel with a link_watch.c from a file. */
#include "sim/run/src_about.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"
#include "sim/run/src_loader.h"

/* Differing functions that get a line of their own. */
#define DIFFERENCES_MAX 5
/* Names of what is not in the tree, all in one line. */
#define MISSING_MAX 3

enum src_extent src_about_extent(const struct src_about *about)
{
	for (size_t i = 0; i < about->differences_count; i++)
		if (!about->differences[i].change)
			return SRC_NOT_KNOWN;
	return about->not_compared ? SRC_FILE : SRC_TREE;
}

const char *src_extent_text(enum src_extent extent)
{
	switch (extent) {
	case SRC_FILE:
		return "as far as link_watch.c goes: the rest was not compared";
	case SRC_NOT_KNOWN:
		return "not known: what is named above was not run";
	case SRC_TREE:
		break;
	}
	return "";
}

char *src_difference_name(const struct src_difference *difference)
{
	return difference->function ? xasprintf("%s() (%s)", difference->function, difference->path)
				    : xstrdup(difference->path);
}

/* The first that makes results unknown, and how many do; one that differs comes before one that is
 * missing. */
static const struct src_difference *first_unknown(const struct src_about *about, size_t *ret_count)
{
	const struct src_difference *first = NULL;

	*ret_count = 0;
	for (size_t i = 0; i < about->differences_count; i++) {
		const struct src_difference *at = &about->differences[i];

		if (at->change)
			continue;
		if (!(*ret_count)++ || (first->is_missing && !at->is_missing))
			first = at;
	}
	return first;
}

char *src_about_caveat(const struct src_about *about)
{
	enum src_extent extent = src_about_extent(about);
	const struct src_difference *first;
	char *name, *more, *text;
	size_t count;

	if (extent != SRC_NOT_KNOWN)
		return extent == SRC_FILE ? xstrdup(src_extent_text(extent)) : NULL;
	first = first_unknown(about, &count);
	name = src_difference_name(first);
	more = count > 1 ? xasprintf(", nor %s %zu more", count > 2 ? "were" : "was", count - 1)
			 : xstrdup("");
	text = xasprintf("not known: %s %s not run%s", name,
			 first->is_missing ? "is not in the tree and was" : "differs and was",
			 more);
	free(name);
	free(more);
	return text;
}

void src_rest_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES])
{
	struct kernel rest = *kernel;

	*ret_name = '\0';
	rest.source = NULL;
	if (kernel->source)
		kernel_name(&rest, ret_name);
}

struct output {
	FILE *out;
	const char *prefix;
};

__attribute__((format(printf, 2, 3))) static void line(const struct output *output,
						       const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	text_line(output->out, "%s%s", output->prefix, text);
	free(text);
}

static void write_differing(const struct output *output, const struct src_about *about)
{
	size_t count = 0, shown = 0;

	for (size_t i = 0; i < about->differences_count; i++)
		count += !about->differences[i].is_missing;
	for (size_t i = 0; i < about->differences_count; i++) {
		const struct src_difference *at = &about->differences[i];
		char *name;

		if (at->is_missing || (shown >= DIFFERENCES_MAX && count > DIFFERENCES_MAX + 1))
			continue;
		name = src_difference_name(at);
		if (at->change)
			line(output, "%s differs; %s stands for it", name, about->rest);
		else
			line(output, "%s differs and was not run", name);
		shown++;
		free(name);
	}
	if (shown < count)
		line(output, "%zu more functions differ and were not run", count - shown);
}

static void write_missing(const struct output *output, const struct src_about *about)
{
	size_t count = 0, len;
	char *names;
	FILE *out = xmemstream(&names, &len);

	for (size_t i = 0; i < about->differences_count; i++) {
		char *name;

		if (!about->differences[i].is_missing || ++count > MISSING_MAX)
			continue;
		name = src_difference_name(&about->differences[i]);
		fprintf(out, "%s%s", count > 1 ? ", " : "", name);
		free(name);
	}
	if (count > MISSING_MAX)
		fprintf(out, " and %zu more (`lwsim kernels K` names all)", count - MISSING_MAX);
	xclose_memstream(out);
	if (count)
		line(output, "not in the tree, so not compared: %s", names);
	free(names);
}

static void write_one(const struct output *output, const struct src_about *about)
{
	write_differing(output, about);
	write_missing(output, about);
	line(output, "compiled: %s", about->compiled);
	if (about->patch)
		line(output, "patched with: %s", about->patch);
	line(output, "everything else: %s", about->rest);
	if (about->not_compared)
		line(output, "not compared with %s: %s", about->rest, about->not_compared);
}

void src_abouts_add(struct src_abouts *abouts, const struct src_loader *loader,
		    const struct kernel *kernel)
{
	const struct src_about *about = kernel->source && loader ? loader->about(kernel) : NULL;

	for (size_t i = 0; i < abouts->count; i++)
		if (abouts->items[i] == about)
			return;
	if (!about)
		return;
	abouts->items = xreallocarray(abouts->items, abouts->count + 1, sizeof(abouts->items[0]));
	abouts->items[abouts->count++] = about;
}

void src_abouts_free(struct src_abouts *abouts)
{
	free(abouts->items);
}

enum src_extent src_abouts_extent(const struct src_abouts *abouts)
{
	enum src_extent worst = SRC_TREE;

	for (size_t i = 0; i < abouts->count; i++)
		if (src_about_extent(abouts->items[i]) > worst)
			worst = src_about_extent(abouts->items[i]);
	return worst;
}

void src_abouts_write(FILE *out, const char *prefix, const struct src_abouts *abouts)
{
	const struct output output = { .out = out, .prefix = prefix };

	for (size_t i = 0; i < abouts->count; i++)
		write_one(&output, abouts->items[i]);
}

void src_about_write(FILE *out, const char *prefix, const struct src_loader *loader,
		     const struct kernel *kernels, size_t count)
{
	const struct output output = { .out = out, .prefix = prefix };
	struct src_abouts abouts = { .count = 0 };

	for (size_t i = 0; i < count; i++)
		src_abouts_add(&abouts, loader, &kernels[i]);
	src_abouts_write(out, prefix, &abouts);
	if (src_abouts_extent(&abouts) == SRC_NOT_KNOWN)
		line(&output, "%s", src_extent_text(SRC_NOT_KNOWN));
	src_abouts_free(&abouts);
}
