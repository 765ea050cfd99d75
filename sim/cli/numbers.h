/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers of the command line. */
#ifndef LWSIM_SIM_CLI_NUMBERS_H
#define LWSIM_SIM_CLI_NUMBERS_H

#include "sim/cli/command.h"

/* Parses a decimal number in [1, max] that ends at the character `end`. *ret_end: where it ends. */
bool number_read(const char *text, char end, uint64_t max, uint64_t *ret_number,
		 const char **ret_end);

/* --jobs; one for each CPU if it is not given. False after printing what is wrong. */
bool jobs_read(const struct options *options, unsigned int *ret_jobs);

#endif
