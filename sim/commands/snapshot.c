/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes and compares snapshots: the `-- trace KERNEL --` sections of a scenario. */
#include "sim/commands/snapshot.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/path.h"
#include "sim/base/safe_text.h"
#include "sim/base/whole_file.h"
#include "sim/base/xalloc.h"
#include "sim/formats/text_writer.h"

char *snapshot_text(const struct scenario *scenario, const struct kernel *kernel,
		    const struct trace *trace)
{
	const struct run_info info = { .scenario = scenario, .kernel = kernel };
	struct writer *writer;
	char *text = NULL;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	writer = text_writer_new(out, &info, TEXT_WIDE);
	for (size_t i = 0; i < trace->count; i++)
		writer->record(writer, &trace->records[i]);
	writer->flush(writer);
	writer->free(writer);
	xclose_memstream(out);
	return text;
}

const struct snapshot *snapshot_find(const struct scenario *scenario, const struct kernel *kernel)
{
	for (size_t i = 0; i < scenario->snapshots_count; i++)
		if (kernel_equal(&scenario->snapshots[i].kernel, kernel))
			return &scenario->snapshots[i];
	return NULL;
}

/* Length of the line at text, without its newline. */
static size_t line_len(const char *text, size_t len)
{
	const char *newline = memchr(text, '\n', len);

	return newline ? (size_t)(newline - text) : len;
}

/* Prints the first difference: a caret at the first differing byte, then both lines in full. */
static void say_difference(const struct scenario *scenario, struct span stored, const char *now,
			   size_t now_len, FILE *messages)
{
	const char *was = scenario->source->text + stored.off;
	int was_len = (int)stored.len;

	while (stored.len && now_len && *now == scenario->source->text[stored.off]) {
		stored.off++;
		stored.len--;
		now++;
		now_len--;
	}
	now -= scenario->source->text + stored.off - was;
	now_len += (size_t)(scenario->source->text + stored.off - was);
	diag_print(messages, scenario->source, SEVERITY_FAIL, &stored,
		   "the snapshot says otherwise%s", was_len ? "" : ": it ends here");
	text_line(messages, "note: snapshot: %.*s", was_len, was); /* quoted: not wrapped */
	text_line(messages, "note: run:      %.*s", (int)now_len, now);
}

bool snapshot_compare(const struct scenario *scenario, const struct kernel *kernel,
		      const char *text, FILE *messages)
{
	const struct snapshot *snapshot = snapshot_find(scenario, kernel);
	size_t now_left = strlen(text);
	struct span stored;

	if (!snapshot && scenario->snapshots_count)
		diag_print(
			messages, NULL, SEVERITY_FAIL, NULL,
			"%s has snapshots, but none of this kernel; `lwsim test --update` adds it",
			scenario->source->path);
	if (!snapshot)
		return !scenario->snapshots_count;
	stored = snapshot->body;
	while (stored.len || now_left) {
		const char *was = scenario->source->text + stored.off;
		size_t was_len = line_len(was, stored.len), now_len = line_len(text, now_left);

		if (was_len != now_len || memcmp(was, text, was_len) != 0) {
			stored.len = (uint32_t)was_len;
			say_difference(scenario, stored, text, now_len, messages);
			return false;
		}
		was_len += was_len < stored.len; /* and the newline */
		now_len += now_len < now_left;
		stored.off += (uint32_t)was_len;
		stored.len -= (uint32_t)was_len;
		text += now_len;
		now_left -= now_len;
	}
	return true;
}

/* Length of the file up to the snapshots, without trailing blank lines. */
static size_t statements_len(const struct scenario *scenario)
{
	size_t len = scenario->text_end;

	while (len > 0 && strchr(" \t\r\n", scenario->source->text[len - 1]))
		len--;
	while (len < scenario->text_end && scenario->source->text[len] != '\n')
		len++; /* keep blanks and CR at the end of the last line */
	return len;
}

static void write_file(FILE *out, const struct scenario *scenario, const struct kernel *kernels,
		       char *const *texts, size_t count)
{
	fwrite(scenario->source->text, 1, statements_len(scenario), out);
	fputs("\n\n", out);
	for (size_t i = 0; i < count; i++) {
		char name[KERNEL_NAME_MAX_BYTES];

		kernel_name(&kernels[i], name);
		fprintf(out, "-- trace %s --\n%s", name, texts[i]);
	}
}

bool snapshots_write(const struct scenario *scenario, const struct kernel *kernels,
		     char *const *texts, size_t count, FILE *messages)
{
	const struct source *source = scenario->source;
	const struct file_text expected = { source->text, source->len };
	/* keep a symbolic link; replace the file it points to */
	char *real = real_path(source->path), *text;
	const char *path = real ? real : source->path;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	int error;

	write_file(out, scenario, kernels, texts, count);
	xclose_memstream(out);
	error = whole_file_write(path, text, len, &expected);
	if (error == WHOLE_FILE_CHANGED)
		diag_print(messages, NULL, SEVERITY_ERROR, NULL,
			   "%s: edited during the run, so not updated; run the command again",
			   path);
	else if (error)
		diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: cannot be written: %s", path,
			   strerror(error));
	free(text);
	free(real);
	return !error;
}
