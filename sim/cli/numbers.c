/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads numbers of the command line. */
#include "sim/cli/numbers.h"

#include "sim/base/workers.h"
#include "sim/cli/options.h"

#define PROCESSES_MAX 1000

bool number_read(const char *text, char end, uint64_t max, uint64_t *ret_number,
		 const char **ret_end)
{
	uint64_t number = 0;

	*ret_end = text;
	while (**ret_end >= '0' && **ret_end <= '9' && number <= max)
		number = number * 10 + (uint64_t)(*(*ret_end)++ - '0');
	*ret_number = number;
	return **ret_end == end && number > 0 && number <= max;
}

bool jobs_read(const struct options *options, unsigned int *ret_jobs)
{
	uint64_t jobs;
	const char *end;

	*ret_jobs = workers_cpus();
	if (!options->jobs)
		return true;
	if (!number_read(options->jobs, '\0', PROCESSES_MAX, &jobs, &end)) {
		usage_error("--jobs %s: expected a number of processes from 1 to 1000",
			    options->jobs);
		return false;
	}
	*ret_jobs = (unsigned int)jobs;
	return true;
}
