/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The folder in which the compiler and patch(1) work. */
#include "sim/loader/work_folder.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/xalloc.h"
#include "sim/language/diag.h"

/* The one that is in use; empty: none. */
static char unfinished[PATH_MAX];

/* exit() calls this when there is no memory, so it must need none. */
void work_folder_remove(void)
{
	static const char *const files[] = {
		"file.c", "file.i",    "file.so",	 "words",
		"diff",	  "patched.c", "patched.c.orig", "patched.c.rej",
	};
	char path[PATH_MAX + 32];

	if (!*unfinished)
		return;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", unfinished, files[i]);
		unlink(path);
	}
	rmdir(unfinished);
	*unfinished = '\0';
}

char *work_folder_make(const char *cache, FILE *messages)
{
	static bool is_registered;
	char *folder = xasprintf("%s/build-XXXXXX", cache);

	if (!is_registered)
		is_registered = atexit(work_folder_remove) == 0;
	if (strlen(folder) < sizeof(unfinished) && mkdtemp(folder)) {
		strcpy(unfinished, folder);
		return folder;
	}
	diag_print(messages, NULL, SEVERITY_ERROR, NULL, "%s: %s", cache, strerror(errno));
	free(folder);
	return NULL;
}
