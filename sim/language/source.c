/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario file's text, and positions in it. */
#include "sim/language/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/diag.h"

static void line_offsets_fill(struct source *source)
{
	const char *text = source->text, *end = text + source->len, *newline;
	uint32_t lines = 1;

	for (newline = text; (newline = memchr(newline, '\n', (size_t)(end - newline)));)
		if (++newline < end)
			lines++;
	source->line_off = xmalloc(lines * sizeof(*source->line_off));
	source->lines_room = lines;
	source->line_off[0] = 0;
	source->lines = 1;
	for (newline = text; (newline = memchr(newline, '\n', (size_t)(end - newline)));)
		if (++newline < end)
			source->line_off[source->lines++] = (uint32_t)(newline - text);
}

/* Takes ownership of text, which must have room for a NUL after its len bytes. */
static struct source *source_new(const char *path, char *text, uint32_t len)
{
	struct source *source = xmalloc(sizeof(*source));
	size_t path_size;

	if (strcmp(path, "-") == 0)
		path = "<stdin>";
	path_size = strlen(path) + 1;
	source->path = memcpy(xmalloc(path_size), path, path_size);
	source->text = text;
	source->len = len;
	source->text_room = (size_t)len + 1;
	text[len] = '\0';
	line_offsets_fill(source);
	return source;
}

/* Returns 0 or an errno; in both cases the caller frees *ret_text. */
static int fd_read(int fd, char **ret_text, size_t *ret_len)
{
	size_t len = 0, capacity = 0;
	char *text = NULL;
	struct stat status;
	ssize_t got;

	*ret_text = NULL;
	if (fstat(fd, &status) < 0)
		return errno; /* GCOVR_EXCL_LINE: an open file has a status */
	if (S_ISDIR(status.st_mode))
		return EISDIR;
	if (status.st_size > (off_t)SOURCE_MAX_BYTES)
		return EFBIG;
	capacity = status.st_size > 0 ? (size_t)status.st_size + 2 : 4096;
	for (text = xmalloc(capacity);; len += (size_t)got) {
		if (capacity - len < 2) {
			capacity *= 2;
			text = xreallocarray(text, capacity, 1);
		}
		*ret_text = text;
		got = read(fd, text + len, capacity - len - 1);
		if (got < 0 && errno == EINTR)
			got = 0; /* GCOVR_EXCL_LINE: interrupted between two reads */
		else if (got < 0)
			return errno;
		else if (got == 0)
			break;
		if (len + (size_t)got > SOURCE_MAX_BYTES)
			return EFBIG;
	}
	*ret_len = len;
	return 0;
}

struct source *source_read(const char *path, FILE *messages)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	char *text = NULL;
	size_t len = 0;
	int error = fd < 0 ? errno : fd_read(fd, &text, &len);

	if (!is_stdin && fd >= 0)
		close(fd);
	if (!error)
		return source_new(path, text, (uint32_t)len);
	free(text);
	path = is_stdin ? "<stdin>" : path;
	if (error == EFBIG)
		wrap_message(messages, "lwsim: %s: error: larger than %u MiB", path,
			     SOURCE_MAX_BYTES >> 20);
	else
		wrap_message(messages, "lwsim: %s: error: %s", path, strerror(error));
	return NULL;
}

struct source *source_from_text(const char *path, const char *text, size_t len)
{
	char *copy = xmalloc(len + 1);

	if (len)
		memcpy(copy, text, len);
	return source_new(path, copy, (uint32_t)len);
}

static void line_add(struct source *source, uint32_t off)
{
	source->line_off = xgrow(source->line_off, source->lines, &source->lines_room,
				 sizeof(*source->line_off));
	source->line_off[source->lines++] = off;
}

void source_append(struct source *source, const char *text)
{
	size_t added = strlen(text), need = source->len + added + 1;
	const char *start = text;

	if (source->text_room < need) {
		source->text_room = 2 * need;
		source->text = xreallocarray(source->text, source->text_room, 1);
	}
	memcpy(source->text + source->len, text, added + 1);
	if (!source->len)
		source->lines = 0; /* an empty text has one line */
	for (; *start; start = strchr(start, '\n') + 1)
		line_add(source, source->len + (uint32_t)(start - text));
	source->len += (uint32_t)added;
}

void source_cut(struct source *source, uint32_t len)
{
	source->len = len;
	source->text[len] = '\0';
	while (source->lines > 1 && source->line_off[source->lines - 1] >= len)
		source->lines--;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	free(source->path);
	free(source->text);
	free(source->line_off);
	free(source);
}

void source_position(const struct source *source, uint32_t off, uint32_t *ret_line,
		     uint32_t *ret_col)
{
	uint32_t low = 0, high = source->lines; /* line_off[low] <= off < line_off[high] */

	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (source->line_off[middle] <= off)
			low = middle;
		else
			high = middle;
	}
	*ret_line = low + 1;
	*ret_col = off - source->line_off[low] + 1;
}

const char *source_line(const struct source *source, uint32_t line, uint32_t *ret_len)
{
	uint32_t start = source->line_off[line - 1];
	uint32_t end = line < source->lines ? source->line_off[line] : source->len;

	if (end > start && source->text[end - 1] == '\n')
		end--;
	if (end > start && source->text[end - 1] == '\r')
		end--;
	*ret_len = end - start;
	return source->text + start;
}
