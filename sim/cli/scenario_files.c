/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds the scenarios that a path on the command line names. */
#include "sim/cli/scenario_files.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_wanted(const FTSENT *entry)
{
	size_t len = entry->fts_namelen;

	if (entry->fts_level == 0)
		return true;
	if (entry->fts_info == FTS_DEFAULT) /* a FIFO, say: reading it might never end */
		return false;
	return len > 3 && strcmp(entry->fts_name + len - 3, ".lw") == 0 &&
	       strncmp(entry->fts_name, "bad-", 4) != 0;
}

static bool is_unreadable(const FTSENT *entry)
{
	return entry->fts_level > 0 && (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR);
}

bool walk_scenarios(char *path, const struct walk *walk)
{
	char *paths[] = { path, NULL };
	FTS *fts;
	FTSENT *entry;
	bool goes_on = true;

	if (strcmp(path, "-") == 0)
		return walk->scenario(path, walk->data);
	fts = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
	if (!fts) { /* no memory, or an empty path */
		walk->unreadable(path, errno, walk->data);
		return true;
	}
	while (goes_on && (entry = fts_read(fts)))
		if (is_unreadable(entry))
			walk->unreadable(entry->fts_path, entry->fts_errno, walk->data);
		else if (entry->fts_info != FTS_D && entry->fts_info != FTS_DP && is_wanted(entry))
			goes_on = walk->scenario(entry->fts_path, walk->data);
	fts_close(fts);
	return goes_on;
}
