/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which decisions linkwatch can take, and how. */
#include "sim/explore/decide.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"

/* The cheapest step that takes a decision. */
struct taken {
	bool is_found;
	uint32_t from;
	uint16_t move;
	uint32_t jiffies;
	uint32_t actions, time_j;
};

struct decide {
	struct exploration *exploration;
	struct world world;
	struct search search;
	struct taken taken[DECISION_COUNT];
};

static bool is_cheaper(const struct taken *a, const struct taken *b)
{
	if (!b->is_found)
		return true;
	return a->actions != b->actions ? a->actions < b->actions : a->time_j < b->time_j;
}

/* Decisions are marked in the world until they are noted. */
static void forget(const void *user, const struct world *world, void *ret_noted)
{
	(void)user;
	(void)ret_noted;
	memset(world->decided, 0, DECISION_COUNT * sizeof(bool));
}

static void note_decided(const void *user, const struct world *world, void *ret_noted)
{
	memcpy(ret_noted, world->decided, DECISION_COUNT * sizeof(bool));
	forget(user, world, NULL);
}

static bool decide_step(void *user, const struct search *search, uint32_t from, uint16_t move,
			uint32_t jiffies, const void *noted)
{
	struct decide *decide = user;
	const struct node *node = &search->nodes[from];
	const struct taken taken = {
		.is_found = true,
		.from = from,
		.move = move,
		.jiffies = jiffies,
		.actions = node->actions + (move != MOVE_PASS ? 1U : 0U),
		.time_j = node->time_j + jiffies,
	};
	const bool *decided = noted;

	for (size_t id = 0; id < DECISION_COUNT; id++)
		if (decided[id] && is_cheaper(&taken, &decide->taken[id]))
			decide->taken[id] = taken;
	return true;
}

/* Nothing shorter can come. */
static bool decide_is_enough(void *user, uint32_t actions)
{
	const struct decide *decide = user;
	const struct kernel *kernel = &decide->world.sides[0].m->kernel;

	for (size_t id = 0; id < DECISION_COUNT; id++)
		if (decision_is_possible(kernel, id) &&
		    (!decide->taken[id].is_found || decide->taken[id].actions >= actions))
			return false;
	return true;
}

/*
 * What was found
 */

/* "ip link set d0 up; 1.2s later carrier_off d0"; the caller frees. */
static char *way_text(const struct decide *decide, const struct way *way)
{
	uint32_t waited_j = 0;
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	const char *between = "";

	for (size_t i = 0; i < way->count; i++) {
		const struct way_step *step = &way->steps[i];
		char waited[FORMAT_MAX_BYTES];

		waited_j += step->jiffies;
		if (step->move == MOVE_PASS)
			continue;
		fputs(between, out);
		between = "; ";
		format_duration((int64_t)waited_j * NSEC_PER_SEC /
					decide->exploration->scenario->hz,
				waited);
		if (waited_j && i)
			fprintf(out, "%s later ", waited);
		fputs(decide->world.actions[step->move].words, out);
		waited_j = 0;
	}
	xclose_memstream(out);
	return text;
}

/* "policy: UP -> DOWN" as a file's name: "policy-up-down". The caller frees. */
static char *file_name(const char *text)
{
	char *name = xstrdup(text), *to = name;

	for (const char *at = text; *at; at++) {
		if (isalnum((unsigned char)*at))
			*to++ = (char)tolower((unsigned char)*at);
		else if (to > name && to[-1] != '-')
			*to++ = '-';
	}
	*to = '\0';
	return name;
}

static void show_taken(struct decide *decide, const char *kernel, const char *text,
		       const struct taken *taken)
{
	struct show *show = &decide->exploration->show;
	char *name = file_name(text), *sequence;
	struct way way;

	way_to(&way, &decide->search, taken->from);
	way_add(&way, taken->move, taken->jiffies);
	sequence = way_text(decide, &way);
	show_line(show, "%s: %s: %s", kernel, text, *sequence ? sequence : "as time passes");
	show_way(show, &decide->world, &way, 0, name, text);
	free(sequence);
	free(name);
}

static void show_all(struct decide *decide, enum search_end end)
{
	struct exploration *exploration = decide->exploration;
	const struct kernel *kernel = &decide->world.sides[0].m->kernel;
	bool is_proved = end == SEARCH_CLOSED && decide->search.moments == MOMENTS_EVERY &&
			 !exploration->options->hashes;
	char name[KERNEL_NAME_MAX_BYTES], text[DECISION_TEXT_BYTES];

	kernel_name(kernel, name);
	exploration->show.is_brief = !exploration->options->is_verbose;
	for (size_t id = 0; id < DECISION_COUNT; id++) {
		if (!decision_is_possible(kernel, id))
			continue;
		decision_text(id, text);
		if (decide->taken[id].is_found)
			show_taken(decide, name, text, &decide->taken[id]);
		else
			show_line(&exploration->show, "%s: %s: %s", name, text,
				  is_proved ? "never, on any sequence" : "not so far");
	}
	exploration->show.is_brief = false;
	show_end(&exploration->show, &decide->search, end, name);
}

static void explore(struct decide *decide, const struct visitor *visitor)
{
	struct exploration *exploration = decide->exploration;
	enum search_end end;

	decide->world.hearing = HEARING_NOTHING;
	world_watch_decisions(&decide->world);
	search_init(&decide->search, &decide->world, exploration->moments, false,
		    exploration->options->hashes);
	decide->search.visitor = visitor;
	search_tell(&decide->search, exploration);
	end = search_run(&decide->search);
	tally_erase(exploration->tally);
	end_note(exploration, &decide->search, end);
	show_all(decide, end);
	search_free(&decide->search);
}

bool explore_decisions(struct exploration *exploration, const struct kernel *kernel)
{
	struct decide *decide = xcalloc(1, sizeof(*decide));
	const struct visitor visitor = {
		.watcher = {
			.step_bytes = sizeof(bool[DECISION_COUNT]),
			.state = forget,
			.step = note_decided,
		},
		.step = decide_step,
		.is_enough = decide_is_enough,
		.user = decide,
	};
	bool is_good;

	decide->exploration = exploration;
	is_good = world_init(&decide->world, exploration->scenario, kernel, 1,
			     exploration->options->loader, exploration->messages);
	if (is_good)
		explore(decide, &visitor);
	world_free(&decide->world);
	free(decide);
	return is_good;
}
