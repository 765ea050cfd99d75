/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a file as a whole or not at all. */
#include "sim/base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/xalloc.h"

/* 0 or an errno. */
static int write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t written = write(fd, text, len);

		if (written < 0 && errno != EINTR)
			return errno;
		if (written > 0) {
			text += written;
			len -= (size_t)written;
		}
	}
	return fsync(fd) == 0 ? 0 : errno;
}

/* A new file gets permissions by the umask; an existing one keeps its mode, and its owner where
 * allowed. */
static int take_attributes(int fd, const char *path)
{
	struct stat status;
	mode_t mask;

	if (stat(path, &status) == 0) {
		/* before fchmod(), because it clears set-user-ID; EPERM: only root may give files away */
		if (fchown(fd, status.st_uid, status.st_gid) != 0 && errno != EPERM)
			return errno;
		return fchmod(fd, status.st_mode & 07777) == 0 ? 0 : errno;
	}
	mask = umask(0);
	umask(mask);
	return fchmod(fd, 0666 & ~mask) == 0 ? 0 : errno;
}

static bool holds(const char *path, const struct file_text *expected)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char buffer[65536];
	size_t used = 0;
	ssize_t len = -1;

	while (fd >= 0 && (len = read(fd, buffer, sizeof(buffer))) > 0) {
		if ((size_t)len > expected->len - used ||
		    memcmp(buffer, expected->text + used, (size_t)len) != 0)
			break;
		used += (size_t)len;
	}
	if (fd >= 0)
		close(fd);
	return len == 0 && used == expected->len;
}

static int write_beside(const char *path, const char *new_path, int fd, const char *text,
			size_t len, const struct file_text *expected)
{
	int error = write_all(fd, text, len);

	if (!error)
		error = take_attributes(fd, path);
	if (close(fd) != 0 && !error)
		error = errno;
	if (!error && expected && !holds(path, expected))
		error = WHOLE_FILE_CHANGED;
	if (!error && rename(new_path, path) != 0)
		error = errno;
	if (error)
		unlink(new_path);
	return error;
}

/* Held back until no half-written file is left; SIGXFSZ becomes an error, EFBIG. */
struct signals {
	sigset_t before;
	struct sigaction size_before;
};

static void signals_hold(struct signals *signals)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t all;

	sigfillset(&all);
	sigdelset(&all, SIGXFSZ); /* blocked, it would wait until it is no longer ignored */
	sigprocmask(SIG_BLOCK, &all, &signals->before);
	sigaction(SIGXFSZ, &ignore, &signals->size_before);
}

static void signals_release(const struct signals *signals)
{
	sigaction(SIGXFSZ, &signals->size_before, NULL);
	sigprocmask(SIG_SETMASK, &signals->before, NULL);
}

int whole_file_write(const char *path, const char *text, size_t len,
		     const struct file_text *expected)
{
	struct signals signals;
	char *new_path = xasprintf("%s.XXXXXX", path);
	int error, fd;

	signals_hold(&signals);
	fd = mkostemp(new_path, O_CLOEXEC);
	error = fd < 0 ? errno : write_beside(path, new_path, fd, text, len, expected);
	signals_release(&signals);
	free(new_path);
	return error;
}

int whole_file_create(const char *path, const char *text, size_t len)
{
	struct signals signals;
	int error, fd;

	signals_hold(&signals);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	error = fd < 0 ? errno : write_all(fd, text, len);
	if (fd >= 0 && close(fd) != 0 && !error)
		error = errno;
	if (fd >= 0 && error)
		unlink(path);
	signals_release(&signals);
	return error;
}
