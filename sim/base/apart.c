/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs one piece of work in a separate process: one worker with one piece. */
#include "sim/base/apart.h"

#include "sim/base/workers.h"

static void start(void *data)
{
	const struct apart *apart = data;

	if (apart->start)
		apart->start();
}

static enum exit_code piece(void *data, uint64_t at, FILE *out, FILE *messages)
{
	const struct apart *apart = data;

	(void)at;
	(void)messages; /* stderr is read too */
	apart->run(apart->data, out);
	return EXIT_GOOD;
}

static bool take(void *data, uint64_t at, const char *text, size_t len)
{
	const struct apart *apart = data;

	(void)at;
	apart->take(apart->data, text, len);
	return true;
}

enum exit_code apart_run(const struct apart *apart, FILE *messages)
{
	struct apart copy = *apart;
	const struct work work = {
		.pieces = 1,
		.processes = 1,
		.start = start,
		.piece = piece,
		.take = take,
		.data = &copy,
		.messages = messages,
	};
	enum exit_code code = workers_run(&work);

	if (code == EXIT_INTERRUPTED)
		fputs("lwsim: interrupted\n", messages);
	return code;
}
