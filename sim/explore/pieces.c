/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes searches side by side. */
#include "sim/explore/pieces.h"

#include <string.h>

#include "sim/base/workers.h"
#include "sim/explore/decide.h"

static bool has_pair(const struct exploration *exploration)
{
	return exploration->aims & AIM_EQUAL && exploration->kernels_count == 2;
}

/* Whether the whole graph of each kernel is looked at. */
static bool has_graph(const struct exploration *exploration)
{
	return exploration->aims & AIMS_OF_ONE || exploration->scenario->explore.properties;
}

/* Two kernels come first, then each of them. */
static uint64_t pieces_count(const struct exploration *exploration)
{
	bool has_ones = has_graph(exploration) || exploration->aims & AIM_DECISIONS;

	return has_pair(exploration) + (has_ones ? exploration->kernels_count : 0);
}

static bool explore(struct exploration *exploration, uint64_t at)
{
	bool is_pair = has_pair(exploration) && at == 0;
	const struct kernel *kernels =
		&exploration->kernels[is_pair ? 0 : at - has_pair(exploration)];

	if (exploration->is_random)
		return explore_random(exploration, kernels, is_pair ? 2 : 1);
	if (is_pair)
		return explore_pair(exploration);
	if (exploration->aims & AIM_DECISIONS && !explore_decisions(exploration, kernels))
		return false;
	return !has_graph(exploration) || explore_one(exploration, kernels);
}

static void piece_start(void *data)
{
	const struct exploration *exploration = data;

	if (exploration->options->loader)
		exploration->options->loader->forked();
}

/* A verdict follows the piece's text. */
static enum exit_code piece(void *data, uint64_t at, FILE *out, FILE *messages)
{
	struct exploration *exploration = data;
	struct show *show = &exploration->show;

	show->out = out;
	exploration->messages = messages;
	if (!explore(exploration, at))
		return EXIT_USAGE;
	fwrite(&show->verdict, sizeof(show->verdict), 1, out);
	if (at + exploration->jobs >= pieces_count(exploration)) /* this process has no other */
		processors_give(exploration->processors, 1);
	return EXIT_GOOD;
}

static bool take(void *data, uint64_t at, const char *text, size_t len)
{
	struct exploration *exploration = data;
	struct show *show = &exploration->show;
	unsigned int verdict;

	(void)at;
	len -= sizeof(verdict);
	memcpy(&verdict, text + len, sizeof(verdict));
	show->verdict |= verdict;
	tally_erase(exploration->tally);
	fwrite(text, 1, len, show->out);
	fflush(show->out);
	return true;
}

static enum exit_code explore_all(struct exploration *exploration, void (*on_interrupt)(int number))
{
	const struct work work = {
		.pieces = pieces_count(exploration),
		.processes = exploration->jobs,
		.start = piece_start,
		.piece = piece,
		.take = take,
		.interrupt = on_interrupt,
		.data = exploration,
	};

	if (work.pieces > 1 && work.processes > 1)
		return workers_run(&work);
	for (uint64_t at = 0; at < work.pieces; at++)
		if (!explore(exploration, at))
			return EXIT_USAGE;
	return EXIT_GOOD;
}

enum exit_code pieces_run(struct exploration *exploration, void (*on_interrupt)(int number))
{
	uint64_t pieces = pieces_count(exploration);
	unsigned int taken = exploration->jobs < pieces ? exploration->jobs : (unsigned int)pieces;
	enum exit_code code;

	exploration->processors = processors_new(exploration->jobs - (taken ? taken : 1));
	code = explore_all(exploration, on_interrupt);
	processors_free(exploration->processors);
	return code;
}
