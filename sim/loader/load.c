/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Loads a compiled link_watch.c: each machine gets a copy with its own static variables. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/xalloc.h"
#include "sim/language/diag.h"
#include "sim/loader/build.h"
#include "sim/loader/file.h"
#include "sim/loader/guard.h"
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

/* Copies the object to a unique name: the loader treats equal names as the same object. */
static void *open_copy(const char *path)
{
	int from = open(path, O_RDONLY | O_CLOEXEC),
	    to = memfd_create("link_watch.so", MFD_CLOEXEC);
	struct stat st;
	void *handle = NULL;
	char name[64];

	if (from >= 0 && to >= 0 && fstat(from, &st) == 0 &&
	    sendfile(to, from, NULL, (size_t)st.st_size) == st.st_size) {
		snprintf(name, sizeof(name), "/proc/self/fd/%d", to);
		handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	}
	if (from >= 0)
		close(from);
	if (to >= 0)
		close(to);
	return handle;
}

/* Opens the first copy under the object's own name, so that debuggers find it. */
static void *open_object(const char *path)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NOLOAD);

	if (!handle)
		return dlopen(path, RTLD_NOW | RTLD_LOCAL);
	dlclose(handle);
	return open_copy(path);
}

static struct src_file *object_load(const char *path, FILE *messages)
{
	void *handle = open_object(path);
	const struct lw_file *entry = handle ? dlsym(handle, LW_FILE_SYMBOL) : NULL;
	struct segment segment = { .inside = entry };
	struct src_file *file;

	if (!entry || !dl_iterate_phdr(find_segment, &segment)) {
		const char *words = dlerror();

		src_words_print(words ? words : "it could not be loaded", messages);
		fputc('\n', messages);
		if (handle)
			dlclose(handle);
		return NULL;
	}
	file = xcalloc(1, sizeof(*file));
	file->entry = entry;
	file->handle = handle;
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
	};
	return file;
}

static void unload(struct linkwatch_file *base)
{
	struct src_file *file;

	if (!base)
		return;
	file = container_of(base, struct src_file, base);
	dlclose(file->handle);
	free(file->operstates);
	free(file->kernel);
	free(file->scenario);
	free(file);
}

/*
 * Loads it once, to note which functions it does not define: that is no error, and no scenario
 * would show it.
 */
static bool object_check(const char *path, FILE *messages)
{
	struct src_file *file = object_load(path, messages);
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
	unload(&file->base);
	return true;
}

static char *build(const struct kernel *kernel, uint32_t hz, FILE *messages)
{
	struct src_name_error error;
	struct src_name name;
	char *path;

	if (src_name_parse(kernel->source, &name, &error) < 0) {
		diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: %s", kernel->source,
			   error.text);
		free(error.text);
		return NULL;
	}
	path = src_build(&name, hz, messages);
	src_name_free(&name);
	return path;
}

/*
 * A kernel's compiled file; path NULL if it does not compile. Each kernel is compiled once per
 * process.
 */
struct built {
	struct built *next;
	char *source, *path;
	uint32_t hz;
};

static struct built *all_built;

/*
 * The path of the compiled file, valid as long as the process. NULL after printing the errors, the
 * first time only.
 */
static const char *object_of(const struct kernel *kernel, uint32_t hz, FILE *messages)
{
	struct built *built = all_built;

	while (built && (built->hz != hz || strcmp(built->source, kernel->source) != 0))
		built = built->next;
	if (built)
		return built->path;
	built = xcalloc(1, sizeof(*built));
	built->next = all_built;
	built->source = xstrdup(kernel->source);
	built->hz = hz;
	built->path = build(kernel, hz, messages);
	if (built->path && !object_check(built->path, messages)) {
		unlink(built->path); /* for example truncated; it will be compiled again */
		free(built->path);
		built->path = NULL;
	}
	all_built = built;
	return built->path;
}

static bool prepare(const struct kernel *kernel, uint32_t hz, FILE *messages)
{
	return object_of(kernel, hz, messages) != NULL;
}

static struct linkwatch_file *load(const struct kernel *kernel, uint32_t hz, const char *scenario,
				   FILE *messages)
{
	const char *path = object_of(kernel, hz, messages);
	struct src_file *file = path ? object_load(path, messages) : NULL;

	if (!file)
		return NULL;
	file->kernel = xstrdup(kernel->source);
	file->scenario = xstrdup(scenario);
	return &file->base;
}

const struct src_loader src_loader = {
	.prepare = prepare,
	.load = load,
	.forked = src_guard_start,
	.unload = unload,
};
