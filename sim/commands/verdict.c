/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints verdicts as text, TAP and JUnit XML. */
#include "sim/commands/verdict.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/color.h"
#include "sim/base/exit.h"
#include "sim/base/safe_text.h"
#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"

void verdicts_add(struct verdicts *verdicts, const char *path, const struct kernel *kernel,
		  enum exit_code code, char *messages)
{
	struct verdict *verdict;

	verdicts->items =
		xreallocarray(verdicts->items, verdicts->count + 1, sizeof(verdicts->items[0]));
	verdict = &verdicts->items[verdicts->count++];
	verdict->path = xstrdup(path);
	verdict->kernel[0] = '\0';
	if (kernel)
		kernel_name(kernel, verdict->kernel);
	verdict->code = code;
	verdict->messages = messages;
}

/*
 * A tree whose functions were not run fails once, beside its runs: they passed or failed on another
 * kernel than the tree's. EXIT_UNTESTABLE, as `git bisect` must not blame the commit.
 */
void verdicts_add_kernel(struct verdicts *verdicts, const struct src_loader *loader,
			 const struct kernel *kernel)
{
	size_t count = verdicts->abouts.count;
	const struct src_about *about;
	char *caveat, *messages;

	src_abouts_add(&verdicts->abouts, loader, kernel);
	if (verdicts->abouts.count == count)
		return;
	about = verdicts->abouts.items[count];
	if (src_about_extent(about) != SRC_NOT_KNOWN)
		return;
	caveat = src_about_caveat(about);
	messages = xasprintf("%s\n", caveat);
	free(caveat);
	verdicts_add(verdicts, "the tree outside link_watch.c", kernel, EXIT_UNTESTABLE, messages);
}

void verdicts_free(struct verdicts *verdicts)
{
	for (size_t i = 0; i < verdicts->count; i++) {
		free(verdicts->items[i].path);
		free(verdicts->items[i].messages);
	}
	src_abouts_free(&verdicts->abouts);
	free(verdicts->items);
}

enum exit_code verdicts_code(const struct verdicts *verdicts)
{
	enum exit_code code = EXIT_GOOD;

	for (size_t i = 0; i < verdicts->count; i++)
		code = exit_worse(code, verdicts->items[i].code);
	return code;
}

static size_t count_failed(const struct verdicts *verdicts)
{
	size_t failed = 0;

	for (size_t i = 0; i < verdicts->count; i++)
		failed += verdicts->items[i].code != EXIT_GOOD;
	return failed;
}

static void write_name(FILE *out, const struct verdict *verdict)
{
	text_print(out, verdict->path, strlen(verdict->path));
	fprintf(out, "%s%s%s", *verdict->kernel ? " [" : "", verdict->kernel,
		*verdict->kernel ? "]" : "");
}

static void write_colored(FILE *out, bool is_colored, bool is_good, const char *text)
{
	const char *code = color_code(is_colored, is_good ? COLOR_GREEN : COLOR_RED);

	fprintf(out, "%s%s%s", code, text, *code ? COLOR_OFF : "");
}

static void write_text(FILE *out, const struct verdicts *verdicts, bool is_colored)
{
	bool is_partial = src_abouts_extent(&verdicts->abouts) == SRC_FILE;
	size_t failed = count_failed(verdicts);
	char sum[160]; /* not allocated: --update has written its files */

	src_abouts_write(out, "", &verdicts->abouts);
	for (size_t i = 0; i < verdicts->count; i++) {
		const struct verdict *verdict = &verdicts->items[i];
		bool is_good = verdict->code == EXIT_GOOD;

		write_colored(out, is_colored, is_good, is_good ? "ok" : "FAILED");
		fputs(is_good ? "      " : "  ", out);
		write_name(out, verdict);
		fprintf(out, "\n%s", verdict->messages);
	}
	snprintf(sum, sizeof(sum), "%zu passed, %zu failed%s%s", verdicts->count - failed, failed,
		 is_partial ? "; " : "", is_partial ? src_extent_text(SRC_FILE) : "");
	write_colored(out, is_colored, !failed, sum);
	fputc('\n', out);
}

/* Writes each line of the messages as a comment. '#' in a path would start a directive. */
static void write_tap(FILE *out, const struct verdicts *verdicts)
{
	fprintf(out, "TAP version 13\n1..%zu\n", verdicts->count);
	src_abouts_write(out, "# ", &verdicts->abouts);
	for (size_t i = 0; i < verdicts->count; i++) {
		const struct verdict *verdict = &verdicts->items[i];
		const char *line = verdict->messages, *shown;
		size_t shown_len;

		fprintf(out, "%sok %zu - ", verdict->code == EXIT_GOOD ? "" : "not ", i + 1);
		for (const char *at = verdict->path, *end = at + strlen(at); at < end;) {
			fputs(*at == '#' || *at == '\\' ? "\\" : "", out);
			at += text_step(at, (size_t)(end - at), &shown, &shown_len);
			fwrite(shown, 1, shown_len, out);
		}
		if (*verdict->kernel)
			fprintf(out, " [%s]", verdict->kernel);
		fputc('\n', out);
		while (*line) {
			size_t len = strcspn(line, "\n");

			fprintf(out, "# %.*s\n", (int)len, line);
			line += len + (line[len] == '\n');
		}
	}
}

/* Characters that XML does not allow become '?'. */
static void write_xml(FILE *out, const char *text)
{
	size_t len = strlen(text);
	uint32_t character;

	for (size_t used = 0; used < len;) {
		size_t bytes = utf8_decode(text + used, len - used, &character);

		if (!bytes || (character < 0x20 && character != '\n' && character != '\t') ||
		    character == 0xfffe || character == 0xffff) {
			fputc('?', out);
			bytes = bytes ? bytes : 1;
		} else if (strchr("<>&\"'", text[used])) {
			fprintf(out, "&#%d;", text[used]);
		} else {
			fwrite(text + used, 1, bytes, out);
		}
		used += bytes;
	}
}

static void write_junit_case(FILE *out, const struct verdict *verdict)
{
	fputs("    <testcase classname=\"", out);
	write_xml(out, verdict->path);
	fputs("\" name=\"", out);
	write_xml(out, *verdict->kernel ? verdict->kernel : "parse");
	if (verdict->code == EXIT_GOOD) {
		fputs("\" time=\"0\"/>\n", out);
		return;
	}
	fprintf(out, "\" time=\"0\">\n      <%s message=\"",
		verdict->code == EXIT_FAILED ? "failure" : "error");
	write_xml(out, verdict->code == EXIT_FAILED ? "not as expected" : "could not be judged");
	fputs("\">", out);
	write_xml(out, verdict->messages);
	fprintf(out, "</%s>\n    </testcase>\n",
		verdict->code == EXIT_FAILED ? "failure" : "error");
}

static void write_junit(FILE *out, const struct verdicts *verdicts)
{
	char *about;
	size_t len;
	FILE *lines = xmemstream(&about, &len);
	size_t failed = 0, errors = 0;

	for (size_t i = 0; i < verdicts->count; i++) {
		failed += verdicts->items[i].code == EXIT_FAILED;
		errors += verdicts->items[i].code > EXIT_FAILED;
	}
	fprintf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<testsuites name=\"lwsim\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" time=\"0\">\n"
		"  <testsuite name=\"lwsim\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
		"skipped=\"0\" time=\"0\">\n",
		verdicts->count, failed, errors, verdicts->count, failed, errors);
	for (size_t i = 0; i < verdicts->count; i++)
		write_junit_case(out, &verdicts->items[i]);
	src_abouts_write(lines, "", &verdicts->abouts);
	xclose_memstream(lines);
	if (*about) {
		fputs("    <system-out>", out);
		write_xml(out, about);
		fputs("</system-out>\n", out);
	}
	free(about);
	fputs("  </testsuite>\n</testsuites>\n", out);
}

void verdicts_write(FILE *out, const struct verdicts *verdicts, enum verdict_format format,
		    bool is_colored)
{
	if (format == VERDICT_TAP)
		write_tap(out, verdicts);
	else if (format == VERDICT_JUNIT)
		write_junit(out, verdicts);
	else
		write_text(out, verdicts, is_colored);
}
