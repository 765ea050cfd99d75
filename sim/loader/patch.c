/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Extracts the part of a diff that changes link_watch.c, and runs patch(1) on it. */
#include "sim/loader/patch.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/safe_text.h"
#include "sim/base/xalloc.h"
#include "sim/loader/text.h"

#define LINK_WATCH "link_watch.c"

extern char **environ;

/* The path after "+++ ", without the diff's additions. */
static char *path_of(const char *line)
{
	return xstrndup(line + 4, strcspn(line + 4, "\t\r\n"));
}

bool patch_is_path_of(const char *path, const char *file)
{
	size_t len = strlen(path), tail = strlen(file);

	return len >= tail && strcmp(path + len - tail, file) == 0 &&
	       (len == tail || path[len - tail - 1] == '/');
}

/* Whether a file's section starts here: "--- " followed by a line with "+++ ". */
static bool begins_file(const char *line)
{
	const char *next = strchr(line, '\n');

	return strncmp(line, "--- ", 4) == 0 && next && strncmp(next + 1, "+++ ", 4) == 0;
}

char *patch_part(const char *diff, const char *file)
{
	bool is_wanted = false;
	char *part;
	size_t len, part_len;
	FILE *out = xmemstream(&part, &part_len);

	for (const char *line = diff; *line; line += len) {
		len = strcspn(line, "\n");
		len += line[len] == '\n';
		if (begins_file(line)) {
			char *path = path_of(line + len);

			is_wanted = patch_is_path_of(path, file);
			free(path);
		} else if (strncmp(line, "diff ", 5) == 0 || strncmp(line, "-- \n", 4) == 0) {
			is_wanted = false;
		}
		if (is_wanted)
			fwrite(line, 1, len, out);
	}
	xclose_memstream(out);
	return part;
}

void patch_others(const char *diff, void (*other)(void *data, const char *path), void *data)
{
	size_t len;

	for (const char *line = diff; *line; line += len) {
		len = strcspn(line, "\n");
		len += line[len] == '\n';
		if (begins_file(line)) {
			char *path = path_of(line + len);

			if (!patch_is_path_of(path, LINK_WATCH))
				other(data, path);
			free(path);
		}
	}
}

/* Runs patch(1) on `file`; its output goes to the file `words`. */
static int run_patch(char *file, char *diff, const char *words)
{
	char patch[] = "patch", batch[] = "--batch", forward[] = "--forward", input[] = "-i";
	char no_rejects[] = "-r-";
	char *argv[] = { patch, batch, forward, no_rejects, input, diff, file, NULL };
	posix_spawn_file_actions_t actions;
	int status, err;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, words,
					 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
	err = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (err)
		return err;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static bool file_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");

	return file && (fputs(text, file), fclose(file) == 0);
}

/* Removes the files that patch(1) may leave. */
static void clean_up(const char *file, const char *diff, const char *words)
{
	static const char *const suffixes[] = { "", ".orig", ".rej" };

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		char *path = xasprintf("%s%s", file, suffixes[i]);

		unlink(path);
		free(path);
	}
	unlink(diff);
	unlink(words);
}

char *patch_apply(const char *text, const char *part, const char *folder, FILE *messages)
{
	char *file = xasprintf("%s/patched.c", folder), *diff = xasprintf("%s/diff", folder);
	char *words = xasprintf("%s/words", folder), *said, *patched = NULL;
	int err = file_write(file, text) && file_write(diff, part) ? run_patch(file, diff, words)
								   : errno;

	if (err > 0) {
		text_line(messages, "lwsim: error: patch: %s", strerror(err));
	} else if (err) {
		said = text_read(words, NULL);
		fputs(said ? said : "", messages);
		free(said);
	} else {
		patched = text_read(file, NULL);
	}
	clean_up(file, diff, words);
	free(file);
	free(diff);
	free(words);
	return patched;
}

char *src_patched_text(const struct src_name *name, const char *folder, FILE *messages)
{
	char *text = text_read(name->file, NULL), *diff = text_read(name->patch, NULL);
	char *part = NULL, *patched = NULL;

	if (!text || !diff) {
		text_line(messages, "lwsim: error: %s: %s", text ? name->patch : name->file,
			  strerror(errno));
	} else {
		part = patch_part(diff, LINK_WATCH);
		if (*part) {
			char *said;
			size_t len;
			FILE *words = xmemstream(&said, &len);

			patched = patch_apply(text, part, folder, words);
			xclose_memstream(words);
			if (!patched)
				text_line(messages,
					  "lwsim: error: %s does not apply to %s:", name->patch,
					  name->file);
			fputs(said, messages);
			free(said);
		} else {
			text_line(messages, "lwsim: error: %s changes no link_watch.c",
				  name->patch);
		}
	}
	free(text);
	free(diff);
	free(part);
	return patched;
}
