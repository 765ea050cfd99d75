/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Finds and stores compiled objects. An object is copied to memory before it is checked, and only
 * the copy is loaded: a change of the file in between has no effect.
 */
#include "sim/loader/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "sim/base/path.h"
#include "sim/base/xalloc.h"
#include "sim/language/diag.h"

#define OBJECT_MAX_BYTES (64 << 20)

/* Follows the object's bytes in its file; a loader of ELF objects ignores it. */
struct seal {
	char magic[16];
	XXH128_canonical_t hash; /* of the file's name in the cache, and the bytes before this */
};

static const char seal_magic[16] = "lwsim object 1\n";

static bool make_folders(const char *folder)
{
	char *path = xstrdup(folder);
	bool is_made;

	for (char *at = path + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		mkdir(path, 0700);
		*at = '/';
	}
	is_made = mkdir(path, 0700) == 0 || errno == EEXIST;
	free(path);
	return is_made;
}

static bool is_owner_trusted(const struct stat *st)
{
	return st->st_uid == geteuid() || st->st_uid == 0;
}

static bool is_writable_by_others(const struct stat *st)
{
	return st->st_mode & (S_IWGRP | S_IWOTH);
}

/* Describes what is wrong with a folder on the way to the cache; NULL: nothing. */
static const char *wrong_with(const struct stat *st, const struct stat *inside)
{
	if (!S_ISDIR(st->st_mode))
		return "is not a folder";
	if (!is_owner_trusted(st))
		return "belongs to another user";
	/* with the sticky bit, as in /tmp, only an entry's owner can replace it */
	if (is_writable_by_others(st) &&
	    !(st->st_mode & S_ISVTX && inside && inside->st_uid == geteuid()))
		return "is writable by others";
	return NULL;
}

/*
 * Whether only the user and root can change the folder, and all above it up to /. `folder` has no
 * symbolic links in it.
 */
static bool is_private(const char *folder, FILE *messages)
{
	char *path = xstrdup(folder);
	struct stat st, inside;
	const struct stat *below = NULL;
	const char *wrong = NULL;

	for (;;) {
		char *slash = strrchr(path, '/');

		if (lstat(path, &st) < 0)
			wrong = strerror(errno);
		else
			wrong = wrong_with(&st, below);
		if (wrong || !slash || !path[1])
			break;
		slash[slash == path] = '\0';
		inside = st;
		below = &inside;
	}
	if (wrong)
		diag_print(messages, NULL, SEVERITY_ERROR, NULL,
			   "%s %s, so what is compiled to %s could be replaced; set XDG_CACHE_HOME "
			   "to a folder that only you can write to",
			   path, wrong, folder);
	free(path);
	return !wrong;
}

char *cache_folder(FILE *messages)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	char *path, *real;

	if (cache && *cache == '/') {
		path = xasprintf("%s/lwsim/src", cache);
	} else if (home && *home) {
		path = xasprintf("%s/.cache/lwsim/src", home);
	} else {
		diag_print(
			messages, NULL, SEVERITY_ERROR, NULL,
			"neither XDG_CACHE_HOME nor HOME is set: no place for the compiled file");
		return NULL;
	}
	real = make_folders(path) ? real_path(path) : NULL;
	if (!real)
		diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: %s", path, strerror(errno));
	free(path);
	if (real && is_private(real, messages))
		return real;
	free(real);
	return NULL;
}

/* The hash depends on the path, so that one object does not pass for another. */
static bool seal_make(int object, size_t bytes, const char *path, struct seal *ret_seal)
{
	const char *name = strrchr(path, '/') + 1;
	XXH3_state_t *state;
	void *text = mmap(NULL, bytes, PROT_READ, MAP_SHARED, object, 0);

	if (text == MAP_FAILED)
		return false;
	state = XXH3_createState();
	if (state) {
		XXH3_128bits_reset(state);
		XXH3_128bits_update(state, name, strlen(name));
		XXH3_128bits_update(state, text, bytes);
		memcpy(ret_seal->magic, seal_magic, sizeof(seal_magic));
		XXH128_canonicalFromHash(&ret_seal->hash, XXH3_128bits_digest(state));
	}
	munmap(text, bytes);
	XXH3_freeState(state);
	return state;
}

static size_t bytes_of(int file)
{
	struct stat st;

	return fstat(file, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
}

int object_copy(int object)
{
	size_t bytes = bytes_of(object);
	off_t from = 0;
	int copy = memfd_create("link_watch.so", MFD_CLOEXEC);

	while (copy >= 0 && (size_t)from < bytes) {
		if (sendfile(copy, object, &from, bytes - (size_t)from) > 0)
			continue;
		close(copy);
		return -1;
	}
	return copy;
}

static bool is_sealed(int object, const char *path)
{
	size_t bytes = bytes_of(object);
	struct seal seal, expected;

	if (bytes <= sizeof(seal))
		return false;
	bytes -= sizeof(seal);
	return pread(object, &seal, sizeof(seal), (off_t)bytes) == sizeof(seal) &&
	       seal_make(object, bytes, path, &expected) &&
	       memcmp(&seal, &expected, sizeof(seal)) == 0;
}

int cache_find(const char *path)
{
	int file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), copy = -1;
	struct stat st;

	if (file < 0)
		return -1;
	if (fstat(file, &st) == 0 && S_ISREG(st.st_mode) && is_owner_trusted(&st) &&
	    !is_writable_by_others(&st) && st.st_size <= OBJECT_MAX_BYTES)
		copy = object_copy(file);
	close(file);
	if (copy >= 0 && !is_sealed(copy, path)) {
		close(copy);
		copy = -1;
	}
	return copy;
}

int cache_store(const char *object, const char *path)
{
	int file = open(object, O_RDWR | O_APPEND | O_CLOEXEC), copy = -1;
	size_t bytes = file < 0 ? 0 : bytes_of(file);
	struct seal seal;

	/* whatever the umask: cache_find() requires it */
	if (bytes && seal_make(file, bytes, path, &seal) && fchmod(file, 0600) == 0 &&
	    write(file, &seal, sizeof(seal)) == sizeof(seal) && rename(object, path) == 0)
		copy = object_copy(file);
	if (file >= 0)
		close(file);
	return copy;
}
