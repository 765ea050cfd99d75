/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counts what scenarios reach of a link_watch.c, by way of gcov's text output. */
#include "sim/loader/coverage.h"

#include <errno.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/path.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

extern char **environ;

/* A line, or one way out of a branch in it. */
struct item {
	uint32_t line;
	uint32_t branch;  /* counts from 1 in its line; 0: the line itself */
	uint64_t count;	  /* until the last scenario */
	size_t scenarios; /* that reach it */
	size_t first;	  /* the first of them */
};

/* One compilation of the file: for each HZ there is one. */
struct compiled {
	char *folder;
	struct item *items; /* in gcov's order, which does not change */
	size_t count, capacity;
};

struct reached {
	char *scenario;
	size_t lines, branches, only; /* only: lines and branches that no other one reaches */
};

static struct coverage {
	char *folder; /* NULL: none is wanted */
	char *shown;
	struct compiled *compiled;
	size_t compiled_count, compiled_capacity;
	struct reached *reached;
	size_t reached_count, reached_capacity;
} coverage;

static bool complain(FILE *messages, const char *path, int error)
{
	wrap_message(messages, "lwsim: error: --coverage %s: %s", path, strerror(error));
	return false;
}

static bool folder_make(const char *path, FILE *messages)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return true;
	return complain(messages, path, errno);
}

bool coverage_begin(const char *folder)
{
	char *data;
	bool is_made;

	if (!folder_make(folder, stderr))
		return false;
	/* the object has an absolute path: a run may be in another folder */
	coverage.folder = real_path(folder);
	if (!coverage.folder)
		return complain(stderr, folder, errno);
	data = xasprintf("%s/data", coverage.folder);
	is_made = folder_make(data, stderr);
	free(data);
	return is_made;
}

const char *coverage_folder(const char *shown, FILE *messages)
{
	struct compiled *compiled;
	char *path, *old;

	if (!coverage.folder)
		return NULL;
	path = xasprintf("%s/data/%zu", coverage.folder, coverage.compiled_count + 1);
	if (!folder_make(path, messages)) {
		free(path);
		return NULL;
	}
	old = xasprintf("%s/link_watch.gcda", path);
	unlink(old); /* of an earlier run; gcc's runtime would add to it */
	free(old);
	coverage.compiled = xgrow(coverage.compiled, coverage.compiled_count,
				  &coverage.compiled_capacity, sizeof(coverage.compiled[0]));
	compiled = &coverage.compiled[coverage.compiled_count++];
	*compiled = (struct compiled){ .folder = xasprintf("%s/", path) };
	free(path);
	if (!coverage.shown)
		coverage.shown = xstrdup(shown);
	return compiled->folder;
}

/* -- gcov --------------------------------------------------------------------------------- */

/* Runs a program to its end. Its exit code; -1: it cannot be started. out: its standard output. */
static int program_run(const char *const *argv, FILE *out)
{
	posix_spawn_file_actions_t actions;
	int pipes[2], status, err;
	char buffer[4096];
	ssize_t len;
	pid_t pid;

	if (pipe(pipes) < 0)
		return -1;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, pipes[1], STDOUT_FILENO);
	posix_spawn_file_actions_addclose(&actions, pipes[0]);
	posix_spawn_file_actions_addclose(&actions, pipes[1]);
	err = posix_spawnp(&pid, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(pipes[1]);
	while (!err &&
	       ((len = read(pipes[0], buffer, sizeof(buffer))) > 0 || (len < 0 && errno == EINTR)))
		if (len > 0)
			fwrite(buffer, 1, (size_t)len, out);
	close(pipes[0]);
	if (err)
		return -1;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static const char *gcov_name(void)
{
	const char *name = getenv("GCOV");

	return name && *name ? name : "gcov";
}

/* The next item of the compilation, with its count now. */
static void item_take(struct compiled *compiled, size_t number, uint32_t line, uint32_t branch,
		      uint64_t count)
{
	struct reached *reached = &coverage.reached[coverage.reached_count - 1];
	struct item *item;

	if (number == compiled->count) {
		compiled->items = xgrow(compiled->items, compiled->count, &compiled->capacity,
					sizeof(compiled->items[0]));
		compiled->items[compiled->count++] =
			(struct item){ .line = line, .branch = branch };
	}
	item = &compiled->items[number];
	if (count > item->count) {
		*(branch ? &reached->branches : &reached->lines) += 1;
		if (!item->scenarios++)
			item->first = coverage.reached_count - 1;
	}
	item->count = count;
}

/*
 * Lines of gcov: "    15*:   38:text" or "    #####:   39:text", after each the ways out of its
 * branches: "branch  1 taken 7 (fallthrough)", "branch  2 never executed".
 */
static void text_take(struct compiled *compiled, char *text)
{
	uint32_t line = 0, branch = 0;
	bool is_file = false;
	size_t number = 0;
	char *rest = NULL;

	for (char *at = strtok_r(text, "\n", &rest); at; at = strtok_r(NULL, "\n", &rest)) {
		char *colon = strchr(at, ':');
		unsigned int way;
		uint64_t count;

		if (sscanf(at, "branch %u taken %" SCNu64, &way, &count) == 2 ||
		    (count = 0, sscanf(at, "branch %u never", &way) == 1)) {
			if (is_file)
				item_take(compiled, number++, line, ++branch, count);
			continue;
		}
		if (!colon || strncmp(at, "function ", 9) == 0 || strncmp(at, "call ", 5) == 0)
			continue;
		line = (uint32_t)strtoul(colon + 1, &colon, 10);
		if (line == 0 && strncmp(colon, ":Source:", 8) == 0)
			is_file = strcmp(colon + 8, coverage.shown) == 0;
		branch = 0;
		at += strspn(at, " ");
		if (is_file && line && *at != '-')
			item_take(compiled, number++, line, 0, strtoull(at, NULL, 10));
	}
}

void coverage_take(const char *scenario)
{
	coverage.reached = xgrow(coverage.reached, coverage.reached_count,
				 &coverage.reached_capacity, sizeof(coverage.reached[0]));
	coverage.reached[coverage.reached_count++] =
		(struct reached){ .scenario = xstrdup(scenario) };
	for (size_t i = 0; i < coverage.compiled_count; i++) {
		struct compiled *compiled = &coverage.compiled[i];
		char *data = xasprintf("%slink_watch.gcda", compiled->folder), *text;
		const char *const argv[] = { gcov_name(), "-t", "-b", "-c", data, NULL };
		size_t len;
		FILE *out = xmemstream(&text, &len);

		program_run(argv, out); /* without output nothing is covered, which shows */
		xclose_memstream(out);
		text_take(compiled, text);
		free(text);
		free(data);
	}
}

/* -- the end ------------------------------------------------------------------------------ */

static int item_compare(const void *a, const void *b)
{
	const struct item *left = a, *right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	if (left->branch != right->branch)
		return left->branch < right->branch ? -1 : 1;
	return 0;
}

/* Joins the compilations' items; the caller frees. */
static struct item *items_join(size_t *ret_count)
{
	struct item *items = NULL;
	size_t count = 0, joined = 0;

	for (size_t i = 0; i < coverage.compiled_count; i++) {
		const struct compiled *compiled = &coverage.compiled[i];

		items = xreallocarray(items, count + compiled->count + 1, sizeof(items[0]));
		if (compiled->count)
			memcpy(items + count, compiled->items, compiled->count * sizeof(items[0]));
		count += compiled->count;
	}
	if (count)
		qsort(items, count, sizeof(items[0]), item_compare);
	for (size_t i = 0; i < count; i++) {
		if (!joined || item_compare(&items[joined - 1], &items[i]) != 0) {
			items[joined++] = items[i];
			continue;
		}
		if (items[i].scenarios &&
		    (!items[joined - 1].scenarios || items[i].first < items[joined - 1].first))
			items[joined - 1].first = items[i].first;
		items[joined - 1].scenarios += items[i].scenarios;
	}
	*ret_count = joined;
	return items;
}

/* "39, 46, 62-65": lines with code that no scenario reaches, as one word each. */
static void write_missing(FILE *out, const struct item *items, size_t count)
{
	struct wrap wrap = { .out = out, .columns = WRAP_COLUMNS, .indent = 4 };
	const char *first = "not reached: line";
	uint32_t from = 0, to = 0;

	for (size_t i = 0; i <= count; i++) {
		bool is_line = i < count && !items[i].branch;
		char word[64];

		if (i < count && !is_line)
			continue;
		if (is_line && !items[i].scenarios) {
			from = from ? from : items[i].line;
			to = items[i].line;
			continue;
		}
		if (!from)
			continue;
		if (first)
			wrap_words(&wrap, first, strlen(first));
		first = NULL;
		snprintf(word, sizeof(word), from == to ? "%" PRIu32 : "%" PRIu32 "-%" PRIu32, from,
			 to);
		wrap_words(&wrap, word, strlen(word));
		from = 0;
	}
	wrap_end(&wrap);
}

static void write_table(FILE *out, const struct item *items, size_t count)
{
	size_t lines = 0, lines_reached = 0, ways = 0, ways_reached = 0;

	for (size_t i = 0; i < count; i++) {
		*(items[i].branch ? &ways : &lines) += 1;
		if (items[i].scenarios)
			*(items[i].branch ? &ways_reached : &lines_reached) += 1;
		if (items[i].scenarios == 1)
			coverage.reached[items[i].first].only++;
	}
	fprintf(out, "link_watch.c: %zu of %zu lines, %zu of %zu branches\n", lines_reached, lines,
		ways_reached, ways);
	write_missing(out, items, count);
	fputs("lines  branches  only here  scenario\n", out);
	for (size_t i = 0; i < coverage.reached_count; i++)
		fprintf(out, "%5zu  %8zu  %9zu  %s\n", coverage.reached[i].lines,
			coverage.reached[i].branches, coverage.reached[i].only,
			coverage.reached[i].scenario);
}

/* Writes pages; without gcovr only a note. */
static void write_pages(FILE *out)
{
	char *root =
		xstrndup(coverage.shown, (size_t)(strrchr(coverage.shown, '/') - coverage.shown));
	char *data = xasprintf("%s/data", coverage.folder);
	char *page = xasprintf("%s/index.html", coverage.folder);
	char *json = xasprintf("%s/coverage.json", coverage.folder);
	char *xml = xasprintf("%s/cobertura.xml", coverage.folder);
	const char *const argv[] = {
		"gcovr", "--root", root, "--object-directory", data, data, "--json",
		json,	 "--xml",  xml,	 "--html-details",     page, NULL
	};
	char *said;
	size_t len;
	FILE *ignored = xmemstream(&said, &len);

	if (program_run(argv, ignored) == 0)
		fprintf(out, "pages: %s\n", page);
	else
		wrap_message(stderr, "lwsim: note: no pages in %s: gcovr is missing or has failed",
			     coverage.folder);
	xclose_memstream(ignored);
	free(said);
	free(root);
	free(data);
	free(page);
	free(json);
	free(xml);
}

static void coverage_free(void)
{
	for (size_t i = 0; i < coverage.compiled_count; i++) {
		free(coverage.compiled[i].folder);
		free(coverage.compiled[i].items);
	}
	for (size_t i = 0; i < coverage.reached_count; i++)
		free(coverage.reached[i].scenario);
	free(coverage.compiled);
	free(coverage.reached);
	free(coverage.shown);
	free(coverage.folder);
	coverage = (struct coverage){ .folder = NULL };
}

enum exit_code coverage_end(FILE *out)
{
	size_t count;
	struct item *items = items_join(&count);
	enum exit_code code = EXIT_GOOD;

	if (count) {
		write_table(out, items, count);
		write_pages(out);
	} else {
		wrap_message(stderr,
			     "lwsim: error: --coverage: nothing was counted; it needs gcc as "
			     "$CC, and `%s`",
			     gcov_name());
		code = EXIT_USAGE;
	}
	free(items);
	coverage_free();
	return code;
}
