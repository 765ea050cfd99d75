/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Repeats sequences on which port and file agree, with an interruption. */
#include "copies.h"

#include <stdlib.h>
#include <string.h>

#include "agree.h"

static bool steps_agree(struct pair *pair, int first, int last)
{
	for (int at = first; at < last; at++)
		if (!pair_step(pair, at))
			return false;
	return true;
}

const char *check_restore(struct pair *pair, const struct steps *steps)
{
	int half = steps->count / 2;
	const char *wrong = NULL;
	struct seen seen;
	void *port, *file;

	pair_boot(pair, steps);
	steps_agree(pair, 0, half);
	port = side_save(&pair->port);
	file = side_save(&pair->file);
	steps_agree(pair, half, steps->count);
	seen = pair->file.seen;
	side_restore(&pair->port, port);
	side_restore(&pair->file, file);
	if (!sides_agree(&pair->port, &pair->file))
		wrong = "what was saved together and restored together is not the same";
	else if (!steps_agree(pair, half, steps->count))
		wrong = "after they were restored, they differ";
	else if (memcmp(&seen, &pair->file.seen, sizeof(seen)) != 0)
		wrong = "after it was restored, a file does not do the same again";
	free(port);
	free(file);
	return wrong;
}

const char *check_beside(struct pair *pair, struct side *other, const struct steps *steps)
{
	int half = steps->count / 2;
	void *boot = side_save(other);
	const char *wrong = NULL;

	other->steps = steps;
	pair_boot(pair, steps);
	for (int at = 0; at < half; at++)
		side_step(other, at);
	for (int at = 0; at < steps->count; at++) {
		if (!wrong && !pair_step(pair, at))
			wrong = "with another machine on the same object, they differ";
		if (at + half < steps->count)
			side_step(other, at + half);
	}
	if (!wrong && !sides_agree(&pair->port, other))
		wrong = "another machine on the same object does not do the same";
	side_restore(other, boot);
	free(boot);
	return wrong;
}

const char *check_reload(struct pair *pair, const struct steps *steps)
{
	struct pair_config config = pair->config;

	pair_boot(pair, steps);
	steps_agree(pair, 0, steps->count);
	pair_free(pair);
	if (!pair_init(pair, &config))
		abort();
	return pair_run(pair, steps) < 0 ? NULL
					 : "after it was unloaded and loaded again, a file differs";
}
