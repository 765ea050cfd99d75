/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a file as a whole or not at all. */
#ifndef LWSIM_SIM_BASE_WHOLE_FILE_H
#define LWSIM_SIM_BASE_WHOLE_FILE_H

#include <stddef.h>

/* What the file must hold before it is replaced. */
struct file_text {
	const char *text;
	size_t len;
};

/* The file holds something else: somebody has edited it meanwhile. */
#define WHOLE_FILE_CHANGED (-1)

/*
 * Replaces the file, or makes it: through a temporary file beside it, which is renamed when it is complete and on disk.
 * Whatever ends this - an error, a signal - leaves the old file or the new one, and nothing beside it. Keeps mode and,
 * where it may, the owner. expected NULL: whatever it holds. Returns 0, an errno, or WHOLE_FILE_CHANGED.
 */
int whole_file_write(const char *path, const char *text, size_t len,
		     const struct file_text *expected);

#endif
