/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses src:PATH[,base=KERNEL][,patch=DIFF] to a file and the kernel around it. */
#include "sim/language/src_name.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/base/path.h"
#include "sim/base/xalloc.h"
#include "sim/language/kernel_words.h"

#define PREFIX "src:"
#define FILE_IN_TREE "net/core/link_watch.c"

/* Changes that a link_watch.c itself has or lacks. */
#define IN_THE_FILE                                                                                \
	(KERNEL_SWITCH(KERNEL_URGENT_EVENT) | KERNEL_SWITCH(KERNEL_IFLINK_OP_URGENT) |             \
	 KERNEL_SWITCH(KERNEL_LIMIT_5MS))

bool kernel_is_src(const char *text, size_t len)
{
	return len >= strlen(PREFIX) && memcmp(text, PREFIX, strlen(PREFIX)) == 0;
}

__attribute__((format(printf, 4, 5))) static int wrong(struct src_name_error *error, size_t off,
						       size_t len, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	error->off = off;
	error->len = len;
	error->text = xvasprintf(format, args);
	va_end(args);
	return -1;
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* The folder three levels above a file net/core/link_watch.c, if it has a Makefile; else NULL. */
static char *tree_of(const char *file)
{
	char *real = real_path(file), *makefile;
	size_t len = real ? strlen(real) : 0, tail = strlen("/" FILE_IN_TREE);
	bool has_makefile;

	if (len <= tail || strcmp(real + len - tail, "/" FILE_IN_TREE) != 0) {
		free(real);
		return NULL;
	}
	real[len - tail] = '\0';
	makefile = xasprintf("%s/Makefile", real);
	has_makefile = is_file(makefile);
	free(makefile);
	if (has_makefile)
		return real;
	free(real);
	return NULL;
}

/* Reads VERSION and PATCHLEVEL from a tree's Makefile. */
static bool tree_version(const char *tree, unsigned int *ret_major, unsigned int *ret_minor)
{
	char *path = xasprintf("%s/Makefile", tree), line[256];
	FILE *file = fopen(path, "re");
	bool has_major = false, has_minor = false;

	free(path);
	if (!file)
		return false;
	while (!(has_major && has_minor) && fgets(line, sizeof(line), file)) {
		has_major |= sscanf(line, "VERSION = %u", ret_major) == 1;
		has_minor |= sscanf(line, "PATCHLEVEL = %u", ret_minor) == 1;
	}
	fclose(file);
	return has_major && has_minor;
}

static bool is_not_newer(const char *row, unsigned int major, unsigned int minor)
{
	unsigned int row_major = 0, row_minor = 0;

	sscanf(row, "%u.%u", &row_major, &row_minor);
	return row_major < major || (row_major == major && row_minor <= minor);
}

/* Finds the newest row that is not newer than the tree. */
static bool base_of_tree(const char *tree, struct kernel *ret_base)
{
	const struct kernel_version_info *info;
	unsigned int major, minor;
	const char *found = NULL;
	size_t off, len;

	if (!tree || !tree_version(tree, &major, &minor))
		return false;
	for (unsigned int row = 0; (info = kernel_version_info(row)); row++)
		if (is_not_newer(info->name, major, minor))
			found = info->name;
	return found && kernel_parse(found, strlen(found), ret_base, &off, &len) == 0;
}

static int take_base(const char *value, size_t len, size_t off, struct kernel *ret_base,
		     struct src_name_error *error)
{
	size_t err_off, err_len;
	uint64_t refused;

	if (kernel_parse(value, len, ret_base, &err_off, &err_len) != 0)
		return wrong(
			error, off + err_off, err_len,
			"unknown '%.*s' in base=, expected a kernel or change from `lwsim kernels`",
			(int)err_len, value + err_off);
	refused = ret_base->switches & IN_THE_FILE;
	for (unsigned int i = 0; refused && kernel_switch_info(i); i++)
		if (refused & KERNEL_SWITCH(i))
			return wrong(error, off, len,
				     "%s is decided by link_watch.c, expected a base without it",
				     kernel_switch_info(i)->name);
	return 0;
}

static int take_file(struct src_name *name, const char *path, size_t off,
		     struct src_name_error *error)
{
	if (is_folder(path)) {
		name->tree = xstrdup(path);
		name->file = xasprintf("%s/" FILE_IN_TREE, path);
		if (!is_file(name->file))
			return wrong(error, off, strlen(path), "there is no %s", name->file);
		return 0;
	}
	if (!is_file(path))
		return wrong(error, off, strlen(path), "there is no file or folder '%s'", path);
	name->file = xstrdup(path);
	name->tree = tree_of(path);
	return 0;
}

static bool is_option(const char *at, size_t len, const char *key, size_t *ret_key_len)
{
	*ret_key_len = strlen(key);
	return len > *ret_key_len && memcmp(at, key, *ret_key_len) == 0;
}

static int take_options(struct src_name *name, const char *text, size_t off,
			struct src_name_error *error)
{
	while (text[off] == ',') {
		size_t len = strcspn(text + off + 1, ","), key;
		const char *at = text + off + 1;

		if (is_option(at, len, "base=", &key) && !name->has_base) {
			if (take_base(at + key, len - key, off + 1 + key, &name->base, error) < 0)
				return -1;
			name->has_base = true;
		} else if (is_option(at, len, "patch=", &key) && !name->patch) {
			name->patch = xstrndup(at + key, len - key);
			if (!is_file(name->patch))
				return wrong(error, off + 1 + key, len - key,
					     "there is no file '%s'", name->patch);
		} else {
			return wrong(error, off + 1, len,
				     "found '%.*s', expected base=KERNEL or patch=DIFF, each once",
				     (int)len, at);
		}
		off += 1 + len;
	}
	return 0;
}

static int parse(const char *text, struct src_name *name, struct src_name_error *error)
{
	size_t start = strlen(PREFIX), len = strcspn(text + start, ",");
	char *path;
	int err;

	if (strlen(text) >= KERNEL_NAME_MAX_BYTES)
		return wrong(
			error, 0, strlen(text),
			"kernel name of more than %d bytes, expected a shorter one: a symbolic link to the path",
			KERNEL_NAME_MAX_BYTES - 1);
	if (!len)
		return wrong(error, 0, start,
			     "expected a kernel tree or a link_watch.c after src:");
	path = xstrndup(text + start, len);
	err = take_file(name, path, start, error);
	free(path);
	if (!err)
		err = take_options(name, text, start + len, error);
	if (err || name->has_base)
		return err;
	if (!base_of_tree(name->tree, &name->base))
		return wrong(error, start, len,
			     "%s, expected base=KERNEL after it: the kernel for everything else",
			     name->tree ? "lwsim does not know the version in the tree's Makefile"
					: "the file is in no kernel tree");
	return 0;
}

int src_name_parse(const char *text, struct src_name *ret_name, struct src_name_error *reterr_error)
{
	memset(ret_name, 0, sizeof(*ret_name));
	if (parse(text, ret_name, reterr_error) == 0)
		return 0;
	src_name_free(ret_name);
	return -1;
}

void src_name_free(struct src_name *name)
{
	free(name->tree);
	free(name->file);
	free(name->patch);
	memset(name, 0, sizeof(*name));
}

static int row_read(const char *text, size_t len, struct kernel *ret_kernel,
		    struct src_name_error *error)
{
	int err = kernel_parse(text, len, ret_kernel, &error->off, &error->len);

	if (err)
		error->text = kernel_unknown_text(text + error->off, error->len, err == -EINVAL);
	return err ? -1 : 0;
}

int kernel_read(const char *text, size_t len, struct kernel *ret_kernel,
		struct src_name_error *reterr_error)
{
	struct src_name name;

	reterr_error->text = NULL;
	if (!kernel_is_src(text, len))
		return row_read(text, len, ret_kernel, reterr_error);
	if (src_name_parse(text, &name, reterr_error) < 0)
		return -1;
	*ret_kernel = name.base;
	ret_kernel->source = text;
	src_name_free(&name);
	return 0;
}
