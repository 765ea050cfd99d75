/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What of a kernel with a link_watch.c from a file is compiled. */
#include "sim/run/src_about.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"
#include "sim/run/src_loader.h"

/* As many differing functions have a line of their own. */
#define DIFFERENCES_MAX 5

bool src_about_is_known(const struct src_about *about)
{
	for (size_t i = 0; i < about->differences_count; i++)
		if (!about->differences[i].change)
			return false;
	return true;
}

void src_rest_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES])
{
	struct kernel rest = *kernel;

	*ret_name = '\0';
	rest.source = NULL;
	if (kernel->source)
		kernel_name(&rest, ret_name);
}

static char *difference_text(const struct src_about *about, const struct src_difference *difference)
{
	char *what = difference->function
			     ? xasprintf("%s() (%s)", difference->function, difference->path)
			     : xstrdup(difference->path);
	char *text = difference->change
			     ? xasprintf("%s differs; %s stands for it", what, about->rest)
			     : xasprintf("%s differs and was not run", what);

	free(what);
	return text;
}

static void take(void (*line)(void *data, const char *text), void *data, char *text)
{
	line(data, text);
	free(text);
}

void src_about_lines(const struct src_about *about, void (*line)(void *data, const char *text),
		     void *data)
{
	size_t count = about->differences_count;

	if (count > DIFFERENCES_MAX + 1)
		count = DIFFERENCES_MAX;
	for (size_t i = 0; i < count; i++)
		take(line, data, difference_text(about, &about->differences[i]));
	if (count < about->differences_count)
		take(line, data,
		     xasprintf("%zu more functions differ and were not run",
			       about->differences_count - count));
	take(line, data, xasprintf("compiled: %s", about->compiled));
	if (about->patch)
		take(line, data, xasprintf("patched with: %s", about->patch));
	take(line, data, xasprintf("everything else: %s", about->rest));
	if (about->not_compared)
		take(line, data,
		     xasprintf("not compared with %s: %s", about->rest, about->not_compared));
}

struct output {
	FILE *out;
	const char *prefix;
};

static void write_line(void *data, const char *text)
{
	const struct output *output = data;

	text_line(output->out, "%s%s", output->prefix, text);
}

static bool is_in(const struct kernel *kernels, size_t count, const struct kernel *kernel)
{
	for (size_t i = 0; i < count; i++)
		if (kernel_equal(&kernels[i], kernel))
			return true;
	return false;
}

void src_about_write(FILE *out, const char *prefix, const struct src_loader *loader,
		     const struct kernel *kernels, size_t count)
{
	struct output output = { .out = out, .prefix = prefix };

	for (size_t i = 0; i < count; i++) {
		const struct src_about *about =
			kernels[i].source && loader ? loader->about(&kernels[i]) : NULL;

		if (about && !is_in(kernels, i, &kernels[i]))
			src_about_lines(about, write_line, &output);
	}
}
