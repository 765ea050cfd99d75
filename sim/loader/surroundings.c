/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compares a tree's functions with those of the kernels that lwsim was recorded with. */
#include "sim/loader/surroundings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/loader/cache.h"
#include "sim/loader/functions.h"
#include "sim/loader/patch.h"
#include "sim/loader/recorded.h"
#include "sim/loader/text.h"
#include "sim/loader/work_folder.h"

/* Changes of lwsim that correspond to a posted patch of a function outside link_watch.c. */
static const struct stand_in {
	enum kernel_switch change;
	const char *path, *function;
} stand_ins[] = {
	{ KERNEL_SETLINK_EVENT, "net/core/rtnetlink.c", "do_setlink" },
	{ KERNEL_OPEN_SYNCS, "net/core/dev.c", "__dev_open" },
};

/* A comparison in progress. */
struct look {
	const struct src_name *name;
	struct src_about *about;
	size_t capacity;
	char *folder; /* for patch(1); NULL: no patch */
	char *diff;   /* the patch's text */
	size_t series; /* index in recorded_series; RECORDED_SERIES: none was recorded for the base */
};

static const char *change_for(const struct kernel *base, const char *path, const char *function)
{
	for (size_t i = 0; i < sizeof(stand_ins) / sizeof(stand_ins[0]); i++) {
		const struct stand_in *stand_in = &stand_ins[i];

		if (kernel_has(base, stand_in->change) && strcmp(path, stand_in->path) == 0 &&
		    (!function || strcmp(function, stand_in->function) == 0))
			return kernel_switch_info(stand_in->change)->name;
	}
	return NULL;
}

static struct src_difference *add(struct look *look, const char *path, const char *function)
{
	struct src_about *about = look->about;
	struct src_difference *difference;

	about->differences = xgrow(about->differences, about->differences_count, &look->capacity,
				   sizeof(about->differences[0]));
	difference = &about->differences[about->differences_count++];
	*difference = (struct src_difference){ .path = path, .function = function };
	return difference;
}

/* A difference in text that is there. A change may stand for it, but not for what is missing. */
static void add_differing(struct look *look, const char *path, const char *function,
			  bool is_patched)
{
	struct src_difference *difference = add(look, path, function);

	difference->change = change_for(&look->name->base, path, function);
	difference->is_patched = is_patched;
}

static void add_missing(struct look *look, const char *path, const char *function)
{
	add(look, path, function)->is_missing = true;
}

/* The file's text with the patch's part applied; NULL: it does not apply. The caller frees. */
static char *patched(const struct look *look, const char *text, const char *part)
{
	char *said, *result;
	size_t len;
	FILE *words = xmemstream(&said, &len);

	result = patch_apply(text, part, look->folder, words);
	xclose_memstream(words);
	free(said);
	return result;
}

/* Compares the functions from `first` to `end`, all in one file. */
static void look_at_functions(struct look *look, const struct recorded_function *first,
			      const struct recorded_function *end, const char *before,
			      const char *after)
{
	bool is_recorded = look->series < RECORDED_SERIES;

	for (const struct recorded_function *at = first; at < end; at++) {
		uint64_t hash = function_hash(after, at->name);
		bool is_patched = before != after && hash != function_hash(before, at->name);

		if (is_patched || (is_recorded && hash && hash != at->hashes[look->series]))
			add_differing(look, at->path, at->name, is_patched);
		else if (is_recorded && hash != at->hashes[look->series])
			add_missing(look, at->path, at->name);
		else
			look->about->alike += hash != 0;
	}
}

static bool is_expected(const struct look *look, const struct recorded_function *first,
			const struct recorded_function *end)
{
	for (const struct recorded_function *at = first; at < end; at++)
		if (look->series < RECORDED_SERIES && at->hashes[look->series])
			return true;
	return false;
}

static void look_at_file(struct look *look, const struct recorded_function *first,
			 const struct recorded_function *end)
{
	char *path = look->name->tree ? xasprintf("%s/%s", look->name->tree, first->path) : NULL;
	char *text = path ? text_read(path, NULL) : NULL, *after = text;
	char *part = look->diff ? patch_part(look->diff, first->path) : xstrdup("");

	if (*part && text)
		after = patched(look, text, part);
	if (*part && !after) {
		add_differing(look, first->path, NULL, true);
	} else if (text) {
		look_at_functions(look, first, end, text, after);
	} else if (path && is_expected(look, first, end)) {
		add_missing(look, first->path, NULL);
	}
	if (after != text)
		free(after);
	free(text);
	free(part);
	free(path);
}

static void look_at_all(struct look *look)
{
	const struct recorded_function *at = recorded_functions;
	const struct recorded_function *end = at + recorded_functions_count, *next;

	for (; at < end; at = next) {
		next = at + 1;
		while (next < end && strcmp(next->path, at->path) == 0)
			next++;
		look_at_file(look, at, next);
	}
}

/* The folder that patch(1) writes in. */
static bool folder_make(struct look *look, FILE *messages)
{
	char *cache = cache_folder(messages);

	look->folder = cache ? work_folder_make(cache, messages) : NULL;
	free(cache);
	return look->folder;
}

static bool patch_read(struct look *look, FILE *messages)
{
	if (!look->name->patch)
		return true;
	look->diff = text_read(look->name->patch, NULL);
	if (!look->diff)
		text_line(messages, "lwsim: error: %s: %s", look->name->patch, strerror(errno));
	return look->diff && folder_make(look, messages);
}

/* The patch's path, the hash that `xxhsum -H3` prints, and the subject line of git format-patch. */
static char *patch_name(const char *path, const char *diff)
{
	const char *line = strncmp(diff, "Subject: ", 9) == 0 ? diff : strstr(diff, "\nSubject: ");
	unsigned long long hash = XXH3_64bits(diff, strlen(diff));

	if (!line)
		return xasprintf("%s (XXH3 %016llx)", path, hash);
	line += strlen("Subject: ") + (*line == '\n');
	return xasprintf("%s (XXH3 %016llx): %.*s", path, hash, (int)strcspn(line, "\r\n"), line);
}

static size_t series_of(const char *base)
{
	size_t len = strcspn(base, "+"), i = 0;

	while (i < RECORDED_SERIES && (strlen(recorded_series[i][0]) != len ||
				       memcmp(recorded_series[i][0], base, len) != 0))
		i++;
	return i;
}

static char *why_not_compared(const struct look *look, const char *base)
{
	if (!look->name->tree)
		return xstrdup("the file is in no kernel tree");
	if (look->series == RECORDED_SERIES)
		return xasprintf("no sources of %.*s were recorded", (int)strcspn(base, "+"), base);
	return NULL;
}

/* What a patch changes, apart from link_watch.c and the functions that are compared. */
struct others {
	const struct src_about *about;
	FILE *messages;
};

static void note_other(void *data, const char *path)
{
	const struct others *others = data;
	const struct src_about *about = others->about;

	for (size_t i = 0; i < about->differences_count; i++)
		if (about->differences[i].is_patched &&
		    patch_is_path_of(path, about->differences[i].path))
			return;
	wrap_message(others->messages,
		     "lwsim: note: the patch changes %s too, which is not compiled", path);
}

static bool look_around(struct look *look, FILE *messages)
{
	struct src_about *about = look->about;
	const struct src_name *name = look->name;
	char base[KERNEL_NAME_MAX_BYTES];

	kernel_name(&name->base, base);
	look->series = series_of(base);
	if (!patch_read(look, messages))
		return false;
	look_at_all(look);
	if (look->diff)
		patch_others(look->diff, note_other,
			     &(struct others){ .about = about, .messages = messages });
	about->compiled = name->tree ? xasprintf("net/core/link_watch.c of %s", name->tree)
				     : xstrdup(name->file);
	about->patch = name->patch ? patch_name(name->patch, look->diff) : NULL;
	about->rest = xasprintf("lwsim's %s", base);
	about->not_compared = why_not_compared(look, base);
	about->recorded = about->not_compared ? NULL : recorded_series[look->series][1];
	return true;
}

static struct src_about *about_new(const struct kernel *kernel, FILE *messages)
{
	struct src_about *about = xcalloc(1, sizeof(*about));
	struct src_name_error error;
	struct src_name name;
	struct look look = { .name = &name, .about = about };
	bool is_good;

	if (src_name_parse(kernel->source, &name, &error) < 0) {
		text_line(messages, "lwsim: error: %s: %s", kernel->source, error.text);
		free(error.text);
		free(about);
		return NULL;
	}
	is_good = look_around(&look, messages);
	work_folder_remove();
	free(look.folder);
	free(look.diff);
	src_name_free(&name);
	if (is_good)
		return about;
	free(about->differences);
	free(about);
	return NULL;
}

/* A kernel that has been compared. */
struct looked {
	struct looked *next;
	char *source;
	struct src_about *about;
};
static struct looked *all_looked;

const struct src_about *src_about(const struct kernel *kernel, FILE *messages)
{
	struct looked *looked = all_looked;

	while (looked && strcmp(looked->source, kernel->source) != 0)
		looked = looked->next;
	if (looked)
		return looked->about;
	looked = xcalloc(1, sizeof(*looked));
	looked->source = xstrdup(kernel->source);
	looked->about = about_new(kernel, messages);
	looked->next = all_looked;
	all_looked = looked;
	return looked->about;
}

bool src_patch_is_whole(const struct src_name *name, const struct src_about *about, FILE *messages)
{
	bool is_whole = true;

	for (size_t i = 0; i < about->differences_count && !name->has_base; i++) {
		const struct src_difference *difference = &about->differences[i];

		if (!difference->is_patched)
			continue;
		is_whole = false;
		wrap_message(messages,
			     "lwsim: error: %s changes %s%s%s%s, which is not compiled: expected "
			     "base=KERNEL, the kernel that stands for it",
			     name->patch, difference->function ? difference->function : "",
			     difference->function ? "() (" : "", difference->path,
			     difference->function ? ")" : "");
	}
	return is_whole;
}
