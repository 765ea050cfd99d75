/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds the scenarios that a path on the command line names. Does not use glibc's fts(3), which
 * crashes without memory.
 */
#include "sim/cli/scenario_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sim/base/xalloc.h"

/* A folder above the one being read, to detect links that lead back to it. */
struct folder {
	const struct folder *parent;
	dev_t device;
	ino_t inode;
};

struct names {
	char **names;
	size_t count, capacity;
};

static bool walk_folder(const char *path, const struct folder *folder, const struct walk *walk);

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Whether a file found in a folder is a scenario to use, by its name. */
static bool is_wanted(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && strcmp(name + len - 3, ".lw") == 0 && strncmp(name, "bad-", 4) != 0;
}

/* A FIFO or a device, say: reading it might never end. */
static bool is_special(const struct stat *status)
{
	return !S_ISREG(status->st_mode) && !S_ISDIR(status->st_mode);
}

static bool is_within(const struct folder *folder, const struct stat *status)
{
	for (; folder; folder = folder->parent)
		if (folder->device == status->st_dev && folder->inode == status->st_ino)
			return true;
	return false;
}

static void names_free(struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->names[i]);
	free(names->names);
}

/* The names in the folder, sorted. Returns 0 or an errno. */
static int names_read(struct names *names, const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int error;

	if (!dir && errno == ENOMEM)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	if (!dir)
		return errno;
	while ((errno = 0, entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		names->names = xgrow(names->names, names->count, &names->capacity,
				     sizeof(names->names[0]));
		names->names[names->count++] = xstrdup(entry->d_name);
	}
	error = errno;
	closedir(dir);
	if (names->count)
		qsort(names->names, names->count, sizeof(names->names[0]), by_name);
	return error;
}

static bool walk_entry(const char *path, const char *name, const struct folder *parent,
		       const struct walk *walk)
{
	struct folder folder = { .parent = parent };
	struct stat status;
	bool exists = stat(path, &status) == 0;

	if (exists && S_ISDIR(status.st_mode) && !is_within(parent, &status)) {
		folder.device = status.st_dev;
		folder.inode = status.st_ino;
		return walk_folder(path, &folder, walk);
	}
	if (!is_wanted(name) || (exists && is_special(&status)))
		return true;
	return walk->scenario(path, walk->data);
}

/* folder: the one at path. */
static bool walk_folder(const char *path, const struct folder *folder, const struct walk *walk)
{
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	struct names names = { .names = NULL };
	int error = names_read(&names, path);
	bool goes_on = true;

	for (size_t i = 0; i < names.count && goes_on; i++) {
		char *entry = xasprintf("%s%s%s", path, slash, names.names[i]);

		goes_on = walk_entry(entry, names.names[i], folder, walk);
		free(entry);
	}
	names_free(&names);
	if (error && !folder->parent) /* given by the user: as for an unreadable file */
		return walk->scenario(path, walk->data);
	if (error)
		walk->unreadable(path, error, walk->data);
	return goes_on;
}

bool walk_scenarios(char *path, const struct walk *walk)
{
	struct folder folder = { .parent = NULL };
	struct stat status;

	if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
		if (*path)
			return walk->scenario(path, walk->data);
		walk->unreadable(path, ENOENT, walk->data);
		return true;
	}
	folder.device = status.st_dev;
	folder.inode = status.st_ino;
	return walk_folder(path, &folder, walk);
}
