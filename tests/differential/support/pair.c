/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Both machines are created once: each sequence starts from a copy of their state at boot. */
#include "pair.h"

#include <stdlib.h>
#include <string.h>

#include "agree.h"
#include "sim/language/src_name.h"
#include "sim/run/src_loader.h"

static bool kernel_take(const char *name, struct kernel *ret_kernel)
{
	struct src_name_error error;

	if (kernel_read(name, strlen(name), ret_kernel, &error) == 0)
		return true;
	fprintf(stderr, "error: '%s' is no kernel: %s\n", name, error.text);
	free(error.text);
	return false;
}

static bool load_for(const struct pair *pair, const struct kernel *kernel, const char *name,
		     struct side *ret_side)
{
	struct linkwatch_file *file = NULL;

	if (kernel->source) {
		file = src_loader.load(kernel, pair->config.hz, "a random sequence", stderr);
		if (!file)
			return false;
	}
	if (side_init(ret_side, name, kernel, pair->config.hz, pair->config.slots, file))
		return true;
	fprintf(stderr, "error: no machine with %d devices and %u Hz can be had\n",
		pair->config.slots, pair->config.hz);
	src_loader.unload(file);
	return false;
}

bool pair_load(const struct pair *pair, struct side *ret_side)
{
	return load_for(pair, &pair->file_kernel, pair->config.file, ret_side);
}

void pair_unload(struct side *side)
{
	struct linkwatch_file *file = side->file;

	side_free(side);
	src_loader.unload(file);
}

bool pair_init(struct pair *pair, const struct pair_config *config)
{
	memset(pair, 0, sizeof(*pair));
	pair->config = *config;
	if (!kernel_take(config->port, &pair->port_kernel) ||
	    !kernel_take(config->file, &pair->file_kernel) ||
	    !load_for(pair, &pair->port_kernel, config->port, &pair->port))
		return false;
	if (!pair_load(pair, &pair->file)) {
		pair_unload(&pair->port);
		return false;
	}
	pair->port_boot = side_save(&pair->port);
	pair->file_boot = side_save(&pair->file);
	return true;
}

void pair_free(struct pair *pair)
{
	free(pair->port_boot);
	free(pair->file_boot);
	pair_unload(&pair->port);
	pair_unload(&pair->file);
}

void pair_boot(struct pair *pair, const struct steps *steps)
{
	side_restore(&pair->port, pair->port_boot);
	side_restore(&pair->file, pair->file_boot);
	pair->port.steps = steps;
	pair->file.steps = steps;
}

bool pair_step(struct pair *pair, int at)
{
	bool has_end = side_step(&pair->port, at);

	return side_step(&pair->file, at) && has_end && sides_agree(&pair->port, &pair->file);
}

int pair_run(struct pair *pair, const struct steps *steps)
{
	pair_boot(pair, steps);
	for (int at = 0; at < steps->count; at++)
		if (!pair_step(pair, at))
			return at;
	return -1;
}
