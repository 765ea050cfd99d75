/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An open run of a sketch's beginning, and its saved state. */
#include "sim/evidence/sketch_base.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/growing.h"
#include "sim/run/saved_run.h"

struct sketch_base {
	struct growing *growing;
	struct runner *runner;
	struct saved_run *saved; /* NULL: the base is not good */
	unsigned int place;
	size_t count;
	struct sketch_run run; /* its full runs; its writer */
};

struct sketch_base *sketch_base_new(unsigned int place)
{
	struct sketch_base *base = xcalloc(1, sizeof(*base));

	base->place = place;
	return base;
}

unsigned int sketch_base_place(const struct sketch_base *base)
{
	return base->place;
}

static void clear(struct sketch_base *base)
{
	unsigned int place = base->place;

	runner_free(base->runner);
	if (base->growing)
		growing_free(base->growing);
	saved_run_free(base->saved);
	free(base->run.full_ns);
	memset(base, 0, sizeof(*base));
	base->place = place;
}

void sketch_base_free(struct sketch_base *base)
{
	if (!base)
		return;
	clear(base);
	free(base);
}

bool sketch_base_is_good(const struct sketch_base *base, const struct sketch *sketch)
{
	return base->saved && sketch->settled[base->place] == base->count &&
	       !sketch->intruders[base->place];
}

size_t sketch_base_lines(const struct sketch_base *base)
{
	return base->count;
}

const struct trace *sketch_base_trace(const struct sketch_base *base)
{
	return runner_trace(base->runner);
}

/* The lines from..to; without any, false. */
static bool add_lines(struct sketch_base *base, const struct sketch *sketch, size_t from, size_t to)
{
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	bool is_good;

	sketch_write_lines(sketch, from, to, out);
	xclose_memstream(out);
	if (len) /* growing_add() ends the line */
		text[len - 1] = '\0';
	is_good = growing_add(base->growing, text, "", sketch->messages);
	free(text);
	return is_good;
}

static void go_on(struct sketch_base *base, const struct sketch *sketch, const struct stmt *stmts,
		  int64_t until_ns, struct sketch_run *run)
{
	runner_go_on(base->runner, stmts, until_ns, &run->writer, sketch->messages);
	while (runner_next_ns(base->runner) != INT64_MAX)
		runner_step(base->runner);
}

/* Begins with the header alone, and room for all lines so far. */
static bool begin(struct sketch_base *base, const struct sketch *sketch, size_t count)
{
	const struct run_options options = {
		.kernel = sketch->kernel,
		.is_open = true,
		.is_forced = true,
		.messages = sketch->messages,
	};
	char *header = sketch_header(sketch);
	bool is_good;

	base->growing = growing_new("import", NULL, 0);
	is_good = growing_add(base->growing, header, "", sketch->messages);
	free(header);
	if (!is_good || !add_lines(base, sketch, 0, count))
		return false;
	base->runner = runner_new(growing_scenario(base->growing), &options);
	sketch_run_start(&base->run);
	return base->runner != NULL;
}

bool sketch_base_advance(struct sketch_base *base, struct sketch *sketch, size_t count)
{
	bool goes_on = sketch_base_is_good(base, sketch);
	struct saved_run *saved;

	if (goes_on) {
		saved_run_restore(base->saved, base->runner);
		goes_on = add_lines(base, sketch, base->count, count) &&
			  runner_has_room(base->runner);
	}
	if (!goes_on) {
		clear(base);
		sketch_settle(sketch, base->place, 0);
		if (!begin(base, sketch, count)) {
			clear(base);
			return false;
		}
	}
	go_on(base, sketch, growing_at(base->growing, growing_count(base->growing) - 1).stmts,
	      sketch->lines[count - 1].t_ns, &base->run);
	saved = saved_run_new(base->runner);
	if (!saved) {
		clear(base);
		sketch_settle(sketch, base->place, 0);
		return false;
	}
	saved_run_free(base->saved);
	base->saved = saved;
	base->count = count;
	sketch_settle(sketch, base->place, count);
	return true;
}

static void release(struct sketch_run *run)
{
	growing_undo(run->base->growing);
}

bool sketch_base_run(struct sketch_base *base, const struct sketch *sketch, int64_t until_ns,
		     struct sketch_run *ret_run)
{
	bool has_lines = sketch->count > base->count;

	sketch_run_start(ret_run);
	if (has_lines && !add_lines(base, sketch, base->count, sketch->count)) {
		ret_run->is_refused = true;
		return true;
	}
	if (!runner_has_room(base->runner) || until_ns < sketch->lines[base->count - 1].t_ns) {
		if (has_lines)
			growing_undo(base->growing);
		return false;
	}
	saved_run_restore(base->saved, base->runner);
	ret_run->base = base;
	ret_run->release = has_lines ? release : NULL;
	ret_run->before = &base->run;
	if (has_lines)
		go_on(base, sketch,
		      growing_at(base->growing, growing_count(base->growing) - 1).stmts, until_ns,
		      ret_run);
	else
		go_on(base, sketch, NULL, until_ns, ret_run);
	ret_run->runner = base->runner;
	ret_run->trace = runner_trace(base->runner);
	return true;
}
