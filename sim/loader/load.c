/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads a compiled link_watch.c: each machine gets a copy with its own static variables. */
#include <dlfcn.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/apart.h"
#include "sim/base/xalloc.h"
#include "sim/language/diag.h"
#include "sim/loader/build.h"
#include "sim/loader/cache.h"
#include "sim/loader/coverage.h"
#include "sim/loader/file.h"
#include "sim/loader/guard.h"
#include "sim/loader/surroundings.h"
#include "sim/loader/words.h"
#include "sim/run/src_loader.h"

/* The writable segment of an object. */
struct segment {
	const void *inside; /* any address in the object */
	char *start;
	size_t bytes;
};

static int find_segment(struct dl_phdr_info *info, size_t size, void *data)
{
	struct segment *segment = data;
	bool is_it = false;

	(void)size;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];
		ElfW(Addr) at = (ElfW(Addr))segment->inside - info->dlpi_addr;

		is_it |= part->p_type == PT_LOAD && at >= part->p_vaddr &&
			 at < part->p_vaddr + part->p_memsz;
	}
	for (int i = 0; is_it && i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *part = &info->dlpi_phdr[i];

		if (part->p_type != PT_LOAD || !(part->p_flags & PF_W))
			continue;
		segment->start = (char *)(info->dlpi_addr + part->p_vaddr);
		segment->bytes = part->p_memsz;
	}
	return is_it;
}

/*
 * Copies byte by byte; volatile keeps the compiler from using memcpy(), which AddressSanitizer
 * checks: it has put poisoned memory between the object's variables.
 */
__attribute__((no_sanitize("address"))) static void
state_copy(volatile char *to, const volatile char *from, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		to[i] = from[i];
}

static void file_save(const struct linkwatch_file *base, void *ret_state)
{
	const struct src_file *file = container_of(base, struct src_file, base);

	state_copy(ret_state, file->state, base->state_bytes);
}

static void file_restore(struct linkwatch_file *base, const void *state)
{
	struct src_file *file = container_of(base, struct src_file, base);

	state_copy(file->state, state, base->state_bytes);
}

/* Clears what lies in the object at `at`, if it does. */
static void clear(const struct src_file *file, const void *at, size_t bytes, char *ret_state)
{
	const char *first = at;

	if (first >= file->state && first + bytes <= file->state + file->base.state_bytes)
		memset(ret_state + (first - file->state), 0, bytes);
}

/* What lwsim keeps before the delayed work of a file: the item, its function, a waiter. */
#define BEFORE_DELAYED_BYTES                                                                       \
	(sizeof(struct work_struct) + sizeof(void *) + sizeof(struct rtnl_waiter))

/*
 * The work and the time of the next run are in canonical_machine(). Pointers into the machine are as
 * good as numbers, as it does not move. A time under another name makes each moment a state of its
 * own: then nothing closes, but nothing is lost.
 */
static void file_canonical(const struct linkwatch_file *base, void *ret_state)
{
	const struct src_file *file = container_of(base, struct src_file, base);
	struct linkwatch_view view;

	file_save(base, ret_state);
	file->entry->look(&view);
	if (view.work)
		clear(file, (const char *)view.work - BEFORE_DELAYED_BYTES,
		      BEFORE_DELAYED_BYTES + sizeof(struct delayed_work), ret_state);
	if (file->entry->nextevent)
		clear(file, file->entry->nextevent, sizeof(unsigned long), ret_state);
}

static void file_bind(struct linkwatch_file *base, struct machine *m)
{
	struct src_file *file = container_of(base, struct src_file, base);

	file->m = m;
	file->entry->bind(&src_host, m);
}

static void file_look(const struct linkwatch_file *base, struct linkwatch_view *ret_view)
{
	const struct src_file *file = container_of(base, struct src_file, base);

	file->entry->look(ret_view);
}

/*
 * Loads a file in memory. Its name is good for debuggers too, and unique while the process lives:
 * the loader treats equal names, and equal files, as the same object.
 */
static void *open_memory(int object, int more_flags)
{
	char name[64];

	snprintf(name, sizeof(name), "/proc/%d/fd/%d", (int)getpid(), object);
	return dlopen(name, RTLD_NOW | RTLD_LOCAL | more_flags);
}

/*
 * Loads the object, or if it is loaded already a copy of it: *ret_copy is then the descriptor, else
 * -1. It stays open as long as the copy is loaded, or the next one would get its name.
 */
static void *open_object(int object, int *ret_copy)
{
	void *handle = open_memory(object, RTLD_NOLOAD);

	*ret_copy = -1;
	if (!handle)
		return open_memory(object, 0);
	dlclose(handle);
	*ret_copy = object_copy(object);
	return *ret_copy < 0 ? NULL : open_memory(*ret_copy, 0);
}

/* Frees a file, loaded or not; its destructors run. */
static void file_free(struct src_file *file)
{
	if (!file)
		return;
	file->m = NULL;
	if (file->entry)
		file->entry->bind(NULL, NULL);
	src_guard_watch(file);
	if (file->handle)
		dlclose(file->handle);
	src_guard_watch(NULL);
	if (file->copy >= 0)
		close(file->copy);
	free(file->operstates);
	free(file->kernel);
	free(file->scenario);
	free(file);
}

static struct src_file *object_load(int object, const char *kernel, FILE *messages)
{
	struct src_file *file = xcalloc(1, sizeof(*file));
	struct segment segment;

	file->kernel = xstrdup(kernel);
	src_guard_watch(file); /* constructors run */
	file->handle = open_object(object, &file->copy);
	src_guard_watch(NULL);
	file->entry = file->handle ? dlsym(file->handle, LW_FILE_SYMBOL) : NULL;
	segment = (struct segment){ .inside = file->entry };
	if (!file->entry || !dl_iterate_phdr(find_segment, &segment)) {
		const char *words = dlerror();

		src_words_print(words ? words : "it could not be loaded", messages);
		fputc('\n', messages);
		file_free(file);
		return NULL;
	}
	file->state = segment.start;
	file->base = (struct linkwatch_file){
		.bind = file_bind,
		.init_dev = src_init_dev,
		.fire_event = src_fire_event,
		.forget_dev = src_forget_dev,
		.run_queue = src_run_queue,
		.look = file_look,
		.state_bytes = segment.bytes,
		.save = file_save,
		.restore = file_restore,
		.canonical = file_canonical,
	};
	return file;
}

static void unload(struct linkwatch_file *base)
{
	if (base)
		file_free(container_of(base, struct src_file, base));
}

/*
 * Loads it once, to note which functions it does not define: that is no error, and no scenario
 * would show it.
 */
static bool object_check(int object, const char *kernel, FILE *messages)
{
	struct src_file *file = object_load(object, kernel, messages);
	const struct lw_file *entry;

	if (!file)
		return false;
	entry = file->entry;
	if (!entry->fire_event || !entry->init_dev || !entry->run_queue ||
	    (!entry->forget_dev && !entry->sync_dev))
		diag_print(
			messages, NULL, SEVERITY_NOTE, NULL,
			"link_watch.c defines no%s%s%s%s: nothing happens where the kernel calls that",
			entry->fire_event ? "" : " linkwatch_fire_event()",
			entry->init_dev ? "" : " linkwatch_init_dev()",
			entry->run_queue ? "" : " linkwatch_run_queue()",
			entry->forget_dev || entry->sync_dev ? "" : " linkwatch_sync_dev()");
	file_free(file);
	return true;
}

static int build(const struct kernel *kernel, uint32_t hz, FILE *messages)
{
	struct src_name_error error;
	const struct src_about *about;
	struct src_name name;
	int object;

	if (src_name_parse(kernel->source, &name, &error) < 0) {
		diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: %s", kernel->source,
			   error.text);
		free(error.text);
		return -1;
	}
	about = src_about(kernel, messages);
	object = about && src_patch_is_whole(&name, about, messages)
			 ? src_build(&name, hz, messages)
			 : -1;
	src_name_free(&name);
	return object;
}

struct check {
	int object;
	const char *kernel;
	bool is_good;
};

static void check_run(void *data, FILE *out)
{
	const struct check *check = data;

	if (object_check(check->object, check->kernel, stderr))
		fputs("good", out);
}

static void check_take(void *data, const char *text, size_t len)
{
	struct check *check = data;

	(void)text;
	check->is_good = len > 0;
}

/* In a process of its own, which a constructor may crash. */
static enum exit_code object_check_apart(int object, const char *kernel, FILE *messages)
{
	struct check check = { .object = object, .kernel = kernel };
	const struct apart apart = {
		.start = src_guard_start, .run = check_run, .take = check_take, .data = &check
	};
	enum exit_code code = apart_run(&apart, messages);

	return code == EXIT_GOOD && !check.is_good ? EXIT_UNTESTABLE : code;
}

/*
 * A kernel's compiled file; code says why if it cannot be loaded. Each kernel is compiled once per
 * process.
 */
struct built {
	struct built *next;
	char *source;
	uint32_t hz;
	int object; /* src_build()'s */
	enum exit_code code;
};

static struct built *all_built;

/* Valid as long as the process. Errors are printed the first time only. */
static const struct built *built_of(const struct kernel *kernel, uint32_t hz, FILE *messages)
{
	struct built *built = all_built;

	while (built && (built->hz != hz || strcmp(built->source, kernel->source) != 0))
		built = built->next;
	if (built)
		return built;
	built = xcalloc(1, sizeof(*built));
	built->next = all_built;
	built->source = xstrdup(kernel->source);
	built->hz = hz;
	built->object = build(kernel, hz, messages);
	built->code = EXIT_UNTESTABLE;
	if (built->object >= 0)
		built->code = object_check_apart(built->object, kernel->source, messages);
	all_built = built;
	return built;
}

static enum exit_code prepare(const struct kernel *kernel, uint32_t hz, FILE *messages)
{
	return built_of(kernel, hz, messages)->code;
}

static struct linkwatch_file *load(const struct kernel *kernel, uint32_t hz, const char *scenario,
				   FILE *messages)
{
	const struct built *built = built_of(kernel, hz, messages);
	struct src_file *file = NULL;

	if (built->code == EXIT_GOOD)
		file = object_load(built->object, kernel->source, messages);
	if (!file)
		return NULL;
	file->scenario = xstrdup(scenario);
	return &file->base;
}

static const struct src_about *about_of(const struct kernel *kernel)
{
	return src_about(kernel, stderr);
}

const struct src_loader src_loader = {
	.about = about_of,
	.prepare = prepare,
	.load = load,
	.forked = src_guard_start,
	.unload = unload,
	.cover = coverage_begin,
	.cover_scenario = coverage_take,
	.cover_end = coverage_end,
};
