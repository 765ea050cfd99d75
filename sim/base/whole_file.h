/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a file completely or not at all. */
#ifndef LWSIM_SIM_BASE_WHOLE_FILE_H
#define LWSIM_SIM_BASE_WHOLE_FILE_H

#include <stddef.h>

/* The content that the file must have to be replaced. */
struct file_text {
	const char *text;
	size_t len;
};

/* The file has other content: it was edited meanwhile. */
#define WHOLE_FILE_CHANGED (-1)

/*
 * Replaces or creates the file through a temporary file beside it, which is renamed when it is
 * complete and on disk. Whatever interrupts this - an error, a signal - leaves the old file or
 * the new one, and no temporary file. Keeps the mode and, where allowed, the owner. expected
 * NULL: any content. Returns 0, an errno, or WHOLE_FILE_CHANGED.
 */
int whole_file_write(const char *path, const char *text, size_t len,
		     const struct file_text *expected);

/* Creates the file, or returns an errno and leaves none; EEXIST: it is there, and is not touched. */
int whole_file_create(const char *path, const char *text, size_t len);

#endif
