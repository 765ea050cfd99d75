/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Compiles a link_watch.c to a shared object. The text is wrapped between two headers, so that
 * nothing else of the kernel tree is included; the preprocessed result is the key that finds
 * earlier objects in the cache.
 */
#include "sim/loader/build.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xxhash.h>

#include "sim/base/data_dir.h"
#include "sim/base/path.h"
#include "sim/base/whole_file.h"
#include "sim/base/xalloc.h"
#include "sim/language/diag.h"
#include "sim/loader/cache.h"
#include "sim/loader/coverage.h"
#include "sim/loader/patch.h"
#include "sim/loader/text.h"
#include "sim/loader/words.h"
#include "sim/loader/work_folder.h"

extern char **environ;

/* A compilation; its folder is removed at the end. */
struct build {
	const struct src_name *name;
	uint32_t hz;
	FILE *messages;
	char *folder; /* inside the cache, so that the result can be renamed to its place */
	char *data;   /* the folder that holds model/ */
	char *cc;     /* the compiler */
	char *text;   /* the file's text */
	bool has_own_flags;
	const char *coverage; /* a folder for counters; NULL: none are wanted */
	char **args;	      /* of the compiler, for all its runs */
	size_t args_count, args_capacity;
};

#define error(build, ...) diag_print((build)->messages, NULL, SEVERITY_ERROR, NULL, __VA_ARGS__)

static char *path_in(const struct build *build, const char *name)
{
	return xasprintf("%s/%s", build->folder, name);
}

static void arg_add(struct build *build, char *arg)
{
	build->args = xgrow(build->args, build->args_count, &build->args_capacity, sizeof(char *));
	build->args[build->args_count++] = arg;
}

/* Defines for end.h which variables the text has. */
static void args_of_text(struct build *build)
{
	static const char *const names[][2] = {
		{ "lweventlist", "-DLW_HAS_LIST" },
		{ "linkwatch_work", "-DLW_HAS_WORK" },
		{ "linkwatch_nextevent", "-DLW_HAS_NEXTEVENT" },
		{ "linkwatch_flags", "-DLW_HAS_FLAGS" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_has_static(build->text, names[i][0]))
			arg_add(build, xstrdup(names[i][1]));
}

/* Adds the words of a text, separated by blanks. */
static size_t args_of_words(struct build *build, const char *words)
{
	size_t len, count = 0;

	for (; words && *(words += strspn(words, " ")); words += len, count++) {
		len = strcspn(words, " ");
		arg_add(build, xstrndup(words, len));
	}
	return count;
}

static void args_make(struct build *build)
{
	static const char *const fixed[] = {
		"-std=gnu11",
		"-O2",
		"-g",
		"-fPIC",
		"-fvisibility=hidden",
		"-fno-strict-aliasing",
		"-fwrapv",
		"-Wall",
		"-Wno-unused-function",
		"-Wno-unused-variable",
		/* the kernel's own flags; the -Werror ones mostly prevent a crash later */
		"-fno-delete-null-pointer-checks",
		"-Werror=implicit-function-declaration",
		"-Werror=implicit-int",
		"-Werror=return-type",
		"-Werror=incompatible-pointer-types",
		"-Werror=int-conversion",
		"-D__KERNEL__",
		"-D_GNU_SOURCE",
		"-DLW_FILE_NAME=\"link_watch.c\"",
	};

	args_of_words(build, build->cc); /* `ccache gcc` is two words */
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		arg_add(build, xstrdup(fixed[i]));
	build->has_own_flags = args_of_words(build, getenv("LWSIM_SRC_CFLAGS")) > 0;
	if (build->coverage) {
		/* counters that no optimisation has merged; gcc puts both files into the folder */
		args_of_words(build,
			      "--coverage -O0 -dumpbase link_watch.c -dumpbase-ext .c -dumpdir");
		arg_add(build, xstrdup(build->coverage));
		build->has_own_flags = true; /* functions of gcc's runtime */
	}
	arg_add(build, xasprintf("-DCONFIG_HZ=%uUL", build->hz));
	arg_add(build, xasprintf("-isystem%s/model/kernel-include", build->data));
	arg_add(build, xasprintf("-iquote%s/model/kernel-include", build->data));
	args_of_text(build);
	arg_add(build, xasprintf("-xc"));
	arg_add(build, path_in(build, "file.c"));
}

/*
 * A path as the compiler writes it between quotes. A line break is refused before: in a message it
 * would look like another message. The caller frees.
 */
static char *quoted(const char *path)
{
	char *text = xmalloc(2 * strlen(path) + 1), *at = text;

	for (; *path; path++) {
		if (strchr("\"\\", *path))
			*at++ = '\\';
		*at++ = *path;
	}
	*at = '\0';
	return text;
}

/*
 * Writes the two headers with the text in between; messages and debuggers refer to the original
 * file.
 */
static bool wrapper_write(const struct build *build, const char *shown)
{
	char *path = path_in(build, "file.c"), *name;
	FILE *file = fopen(path, "we");
	bool is_written;

	free(path);
	if (!file)
		return false;
	name = quoted(shown);
	fprintf(file, "#include \"lwsim/begin.h\"\n#line 1 \"%s\"\n%s\n", name, build->text);
	free(name);
	fputs("#line 1 \"lwsim\"\n#include \"lwsim/end.h\"\n", file);
	is_written = !ferror(file);
	return fclose(file) == 0 && is_written;
}

/*
 * Runs the compiler with additional arguments. *ret_words is its output (the caller frees). -1 if
 * it could not be started or failed.
 */
static int compile(struct build *build, const char *const *more, char **ret_words)
{
	char *words_path = path_in(build, "words");
	char **argv;
	size_t count = build->args_count, more_count = 0;
	posix_spawn_file_actions_t actions;
	int status, err;
	pid_t pid;

	while (more[more_count])
		more_count++;
	argv = xcalloc(count + more_count + 1, sizeof(argv[0]));
	memcpy(argv, build->args, count * sizeof(argv[0]));
	for (size_t i = 0; i < more_count; i++)
		argv[count + i] = (char *)(uintptr_t)more[i];
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, words_path,
					 O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
	err = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	*ret_words = NULL;
	if (!err) {
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
		*ret_words = text_read(words_path, NULL);
	}
	free(words_path);
	free(argv);
	if (err) {
		error(build, "%s: %s; a C compiler is needed for src:", build->args[0],
		      strerror(err));
		return -1;
	}
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static bool compile_or_say(struct build *build, const char *const *more)
{
	char *words;
	int err = compile(build, more, &words);

	if (err && words && !*words)
		error(build, "%s failed without a message", build->cc);
	else if (err && words)
		src_words_print(words, build->messages);
	else if (words && *words)
		fputs(words, build->messages);
	free(words);
	return !err;
}

/* NULL: no such file. */
static char *file_id(const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return NULL;
	return xasprintf("%s %lld %lld", path, (long long)st.st_size, (long long)st.st_mtime);
}

/*
 * Identifies the program of a command's first word; its name alone would not reveal that it was
 * replaced.
 */
static char *compiler_id(const char *cc)
{
	const char *dirs = getenv("PATH");
	char *name = xstrndup(cc, strcspn(cc, " ")), *copy, *dir, *rest, *id = NULL;

	if (strchr(name, '/'))
		id = file_id(name);
	copy = xstrdup(dirs && !id ? dirs : "");
	for (dir = strtok_r(copy, ":", &rest); dir && !id; dir = strtok_r(NULL, ":", &rest)) {
		char *path = xasprintf("%s/%s", dir, name);

		id = file_id(path);
		free(path);
	}
	free(copy);
	free(name);
	return id ? id : xstrdup(cc);
}

/* The object's name: a hash of everything the compiler sees, and of the compiler. */
static char *key_make(const struct build *build)
{
	char *path = path_in(build, "file.i"), *id = compiler_id(build->cc), *key = NULL;
	XXH3_state_t *state = XXH3_createState();
	size_t len;
	char *text = text_read(path, &len), *folder = quoted(build->folder);

	if (state && text) {
		XXH128_hash_t hash;
		size_t folder_len = strlen(folder);

		XXH3_128bits_reset(state);
		XXH3_128bits_update(state, id, strlen(id));
		for (size_t i = 0; i + 1 < build->args_count; i++) /* without the file's name */
			XXH3_128bits_update(state, build->args[i], strlen(build->args[i]) + 1);
		/* skip the folder in line markers: it differs each time */
		for (const char *at = text; at < text + len;) {
			const char *mark = strstr(at, folder);
			size_t part = mark ? (size_t)(mark - at) : (size_t)(text + len - at);

			XXH3_128bits_update(state, at, part);
			at += part + (mark ? folder_len : 0);
		}
		hash = XXH3_128bits_digest(state);
		key = xasprintf("%016llx%016llx", (unsigned long long)hash.high64,
				(unsigned long long)hash.low64);
	}
	XXH3_freeState(state);
	free(folder);
	free(text);
	free(id);
	free(path);
	return key;
}

/* Compiles the object to its path in the cache. -1 after printing why. */
static int object_compile(struct build *build, const char *path)
{
	char *object = path_in(build, "file.so");
	/* functions of a sanitizer are in the program that loads the object */
	const char *const link[] = {
		"-shared", build->has_own_flags ? "-Wl,-z,norelro" : "-Wl,-z,norelro,-z,defs",
		/* lwsim/end.h has the replacements */
		"-Wl,--wrap=exit,--wrap=_exit,--wrap=_Exit,--wrap=quick_exit", "-o", object, NULL
	};
	int copy = -1;

	if (compile_or_say(build, link)) {
		copy = cache_store(object, path);
		if (copy < 0)
			error(build, "%s: %s", path, strerror(errno));
	}
	free(object);
	return copy;
}

/* The cached object, compiled if it is not there yet or cannot be trusted. */
static int object_make(struct build *build, const char *cache)
{
	char *preprocessed = path_in(build, "file.i"), *key = NULL, *path;
	const char *const preprocess[] = { "-E", "-o", preprocessed, NULL };
	int object = -1;

	if (compile_or_say(build, preprocess))
		key = key_make(build);
	if (key) {
		path = xasprintf("%s/%s.so", cache, key);
		/* compiling it makes the notes that belong to its counters, too */
		object = build->coverage ? -1 : cache_find(path);
		if (object < 0)
			object = object_compile(build, path);
		free(path);
	}
	free(key);
	free(preprocessed);
	return object;
}

/* Stores a patched text under a name of its own, for messages and debuggers; the caller frees. */
static char *patched_file(const struct build *build, const char *cache)
{
	size_t len = strlen(build->text);
	XXH128_hash_t hash = XXH3_128bits(build->text, len);
	char *path = xasprintf("%s/patched-%016llx%016llx.c", cache,
			       (unsigned long long)hash.high64, (unsigned long long)hash.low64);

	whole_file_write(path, build->text, len,
			 NULL); /* without it, only debuggers miss something */
	return path;
}

static int build_in(struct build *build, const char *cache)
{
	char *shown;
	int object = -1;

	if (build->name->patch)
		build->text = src_patched_text(build->name, build->folder, build->messages);
	else if (!(build->text = text_read(build->name->file, NULL)))
		error(build, "%s: %s", build->name->file, strerror(errno));
	if (!build->text)
		return -1;
	if (!text_has_word(build->text, "linkwatch_fire_event")) {
		error(build,
		      "%s has no function linkwatch_fire_event(), so it is not a link_watch.c",
		      build->name->file);
		return -1;
	}
	shown = build->name->patch ? patched_file(build, cache) : real_path(build->name->file);
	build->coverage = coverage_folder(shown ? shown : build->name->file, build->messages);
	args_make(build);
	if (shown && strchr(shown, '\n'))
		error(build, "the path of %s has a line break", build->name->file);
	else if (wrapper_write(build, shown ? shown : build->name->file))
		object = object_make(build, cache);
	else
		error(build, "%s: %s", build->folder, strerror(errno));
	free(shown);
	return object;
}

int src_build(const struct src_name *name, uint32_t hz, FILE *messages)
{
	const char *cc = getenv("CC");
	struct build build = { .name = name, .hz = hz, .messages = messages };
	char *cache = cache_folder(messages), *model = data_path("model");
	int object = -1;

	build.data = xasprintf("%s/..", model);
	build.cc = xstrdup(cc && *cc ? cc : "cc");
	setenv("LC_ALL", "C", 1); /* the messages are parsed */
	build.folder = cache ? work_folder_make(cache, messages) : NULL;
	if (build.folder)
		object = build_in(&build, cache);
	work_folder_remove();
	free(build.folder);
	for (size_t i = 0; i < build.args_count; i++)
		free(build.args[i]);
	free(build.args);
	free(build.text);
	free(build.data);
	free(build.cc);
	free(model);
	free(cache);
	return object;
}
