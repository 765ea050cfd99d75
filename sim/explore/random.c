/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Random sequences, for spaces that do not close; what is found is shortened. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wall_clock.h"
#include "sim/base/xalloc.h"
#include "sim/explore/exploration.h"
#include "sim/explore/property.h"
#include "sim/explore/watch.h"

/* Without --states or --seconds: steps in all. Without --depth: statements of a sequence. */
#define STEPS_MAX 1000000
#define SEQUENCE_MAX 50

enum sight {
	SIGHT_NOTHING,
	SIGHT_BROKEN,	  /* a machine cannot be trusted */
	SIGHT_DIFFERENCE, /* the kernels tell something else */
	SIGHT_STUCK,	  /* an event stays pending */
	SIGHT_BELIEF,	  /* userspace is wrong, and nothing is to come */
	SIGHT_PROPERTY,	  /* the n-th */
};

struct seen {
	enum sight sight;
	unsigned int n;
};

#define NOT_SINCE UINT64_MAX

struct walker {
	struct exploration *exploration;
	struct world world;
	uint64_t random, steps, sequences;
	uint64_t now_j;
	/* of each `leads to`: since when it waits for its second condition */
	uint64_t since_j[PROPERTIES_MAX];
	struct way way; /* so far, each pass no longer than to what is due */
};

/* splitmix64 */
static uint64_t random_next(struct walker *walker)
{
	uint64_t x = walker->random += UINT64_C(0x9e3779b97f4a7c15);

	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static uint64_t random_below(struct walker *walker, uint64_t n)
{
	return random_next(walker) % n;
}

/*
 * What there is to see
 */

static bool is_late(struct walker *walker, const struct property *property, unsigned int n,
		    uint32_t bits)
{
	const struct jiffies_clock *clock = &walker->world.sides[0].m->clock;

	if (bits & PROPERTY_SECOND(n))
		walker->since_j[n] = NOT_SINCE;
	else if (bits & PROPERTY_FIRST(n) && walker->since_j[n] == NOT_SINCE)
		walker->since_j[n] = walker->now_j;
	return walker->since_j[n] != NOT_SINCE &&
	       walker->now_j - walker->since_j[n] > jiffies_of_ns(clock, property->within_ns);
}

static struct seen look_at_properties(struct walker *walker)
{
	uint32_t bits = property_bits(&walker->world);
	unsigned int n = 0;

	for (const struct property *at = walker->world.scenario->explore.properties; at;
	     at = at->next, n++) {
		bool is_seen = at->kind == PROPERTY_LEADS ? is_late(walker, at, n, bits)
							  : !!(bits & PROPERTY_FIRST(n)) !=
								    (at->kind == PROPERTY_ALWAYS);

		if (is_seen)
			return (struct seen){ SIGHT_PROPERTY, n };
	}
	return (struct seen){ SIGHT_NOTHING, 0 };
}

static bool has_wrong_belief(const struct world *world)
{
	for (uint32_t dev = 0; dev < world->devices; dev++)
		if (wrong_belief(world, dev) != BELIEFS)
			return true;
	return false;
}

static struct seen look(struct walker *walker)
{
	const struct world *world = &walker->world;
	const char *why;

	if (world_is_broken(world, &why))
		return (struct seen){ SIGHT_BROKEN, 0 };
	if (world->sides_count == 2)
		return (struct seen){ is_same_tale(world) ? SIGHT_NOTHING : SIGHT_DIFFERENCE, 0 };
	if (walker->exploration->aims & AIM_LOST && is_stuck(world->sides[0].m))
		return (struct seen){ SIGHT_STUCK, 0 };
	if (walker->exploration->aims & AIM_LOST && !world_due_j(world) && has_wrong_belief(world))
		return (struct seen){ SIGHT_BELIEF, 0 };
	return look_at_properties(walker);
}

static void walk_begin(struct walker *walker)
{
	world_restore(&walker->world, walker->world.first);
	walker->now_j = 0;
	walker->way.count = 0;
	memset(walker->since_j, 0xff, sizeof(walker->since_j));
}

static struct seen walk_act(struct walker *walker, uint16_t move)
{
	world_act(&walker->world, &walker->world.actions[move]);
	way_add(&walker->way, move, 0);
	walker->steps++;
	return look(walker);
}

static struct seen walk_pass(struct walker *walker, uint64_t jiffies)
{
	struct seen seen = { SIGHT_NOTHING, 0 };

	while (jiffies && seen.sight == SIGHT_NOTHING) {
		uint64_t due_j = world_due_j(&walker->world);
		uint64_t step_j = due_j && due_j < jiffies ? due_j : jiffies;

		world_pass(&walker->world, step_j);
		way_add(&walker->way, MOVE_PASS, (uint32_t)step_j);
		walker->now_j += step_j;
		walker->steps++;
		jiffies -= step_j;
		seen = look(walker);
	}
	return seen;
}

static uint64_t random_pass_j(struct walker *walker)
{
	uint64_t due_j = world_due_j(&walker->world), free_j = world_free_j(&walker->world);

	switch (random_below(walker, 5)) {
	case 0:
		return due_j ? due_j : 1;
	case 1:
		return due_j > 1 ? due_j - 1 : 1;
	case 2:
		return free_j ? free_j : 1;
	case 3:
		return 1 + random_below(walker, 2 * walker->world.sides[0].m->clock.hz);
	default:
		return 1;
	}
}

static struct seen walk(struct walker *walker, uint64_t statements)
{
	struct seen seen = { SIGHT_NOTHING, 0 };

	walk_begin(walker);
	walker->sequences++;
	while (statements && seen.sight == SIGHT_NOTHING) {
		if (random_below(walker, 3) == 0) {
			seen = walk_pass(walker, random_pass_j(walker));
			continue;
		}
		seen = walk_act(walker,
				(uint16_t)random_below(walker, walker->world.actions_count));
		statements--;
	}
	/* what was begun comes to its end */
	if (seen.sight == SIGHT_NOTHING)
		seen = walk_pass(walker, 2 * walker->world.sides[0].m->clock.hz);
	return seen;
}

/*
 * Shortening
 */

/* Whether these steps, all but [from, to), still show it. Then they are the walker's way. */
static bool shows_without(struct walker *walker, const struct way *way, size_t from, size_t to,
			  struct seen wanted)
{
	struct seen seen = { SIGHT_NOTHING, 0 };

	walk_begin(walker);
	for (size_t i = 0; i < way->count && seen.sight == SIGHT_NOTHING; i++) {
		if (i >= from && i < to)
			continue;
		seen = way->steps[i].move == MOVE_PASS ? walk_pass(walker, way->steps[i].jiffies)
						       : walk_act(walker, way->steps[i].move);
	}
	return seen.sight == wanted.sight && seen.n == wanted.n;
}

/* Copies the walker's way, with passes that follow each other as one. */
static void way_take(const struct walker *walker, struct way *way)
{
	way->count = 0;
	for (size_t i = 0; i < walker->way.count; i++) {
		const struct way_step *step = &walker->way.steps[i];

		if (way->count && step->move == MOVE_PASS &&
		    way->steps[way->count - 1].move == MOVE_PASS)
			way->steps[way->count - 1].jiffies += step->jiffies;
		else
			way_add(way, step->move, step->jiffies);
	}
}

/* Leaves out as many steps in a row as it can, then fewer. True: some could go. */
static bool steps_remove(struct walker *walker, struct way *way, struct seen wanted)
{
	bool is_news = false;

	for (size_t size = way->count; size; size /= 2)
		for (size_t at = 0; at + size <= way->count;) {
			if (shows_without(walker, way, at, at + size, wanted)) {
				way_take(walker, way);
				is_news = true;
			} else {
				at++;
			}
		}
	return is_news;
}

static void passes_shorten(struct walker *walker, struct way *way, struct seen wanted)
{
	for (size_t i = 0; i < way->count; i++)
		for (uint32_t less = way->steps[i].jiffies / 2; less; less /= 2) {
			uint32_t before = way->steps[i].jiffies;

			if (way->steps[i].move != MOVE_PASS || before <= less)
				break;
			way->steps[i].jiffies = before - less;
			if (!shows_without(walker, way, 0, 0, wanted))
				way->steps[i].jiffies = before;
		}
}

/* On return the walker's way is the shortened one. */
static void way_shorten(struct walker *walker, struct seen wanted)
{
	struct way way = { 0 };

	way_take(walker, &way);
	while (steps_remove(walker, &way, wanted))
		passes_shorten(walker, &way, wanted);
	shows_without(walker, &way, 0, 0, wanted);
	way_free(&way);
}

/*
 * What is printed
 */

static char *seen_text(const struct walker *walker, struct seen seen)
{
	const struct scenario *scenario = walker->world.scenario;
	const struct property *property = scenario->explore.properties;
	char names[SIDES_MAX][KERNEL_NAME_MAX_BYTES];

	for (unsigned int i = 0; i < walker->world.sides_count; i++)
		kernel_name(&walker->world.sides[i].m->kernel, names[i]);
	switch (seen.sight) {
	case SIGHT_BROKEN:
		return xasprintf("%s: an invariant is broken", names[0]);
	case SIGHT_DIFFERENCE:
		return xasprintf("%s and %s differ", names[0], names[1]);
	case SIGHT_STUCK:
		return xasprintf("%s: an event stays pending, and no run is to come", names[0]);
	case SIGHT_BELIEF:
		return xasprintf("%s: userspace is wrong about RUNNING for ever", names[0]);
	case SIGHT_NOTHING:
		return walker->world.sides_count == 2
			       ? xasprintf("%s and %s: no difference so far", names[0], names[1])
			       : xasprintf("%s: nothing found so far", names[0]);
	case SIGHT_PROPERTY:
		break;
	}
	for (unsigned int n = 0; n < seen.n; n++)
		property = property->next;
	return xasprintf("%s: %.*s: %s", names[0], (int)property->span.len,
			 scenario->source->text + property->span.off,
			 property->kind == PROPERTY_REACH ? "yes" : "does not hold");
}

/* Jiffies until the world rests. */
static uint32_t rest_j(struct world *world)
{
	uint64_t after_j = 0;

	while (world_go_on(world, &after_j))
		;
	return (uint32_t)after_j;
}

static void show_seen(struct walker *walker, struct seen seen)
{
	struct exploration *exploration = walker->exploration;
	struct show *show = &exploration->show;
	char *text = seen_text(walker, seen);

	show_line(show, "%s", text);
	show_line(show, "%" PRIu64 " random sequences, %" PRIu64 " steps, seed %" PRIu64,
		  walker->sequences, walker->steps, exploration->seed);
	if (seen.sight == SIGHT_BROKEN)
		exploration->show.verdict |= VERDICT_BROKEN;
	else if (seen.sight == SIGHT_NOTHING)
		exploration->show.verdict |= VERDICT_OPEN;
	else
		exploration->show.verdict |= VERDICT_FOUND;
	if (seen.sight != SIGHT_NOTHING && seen.sight != SIGHT_BROKEN) {
		fputc('\n', show->out);
		way_shorten(walker, seen);
		show_way(show, &walker->world, &walker->way, rest_j(&walker->world), "random",
			 text);
		walker->way = (struct way){ 0 };
	}
	free(text);
}

static bool is_over(const struct walker *walker, int64_t started_ns)
{
	const struct bounds *bounds = &walker->exploration->bounds;

	if (*walker->exploration->interrupted)
		return true;
	if (bounds->states)
		return walker->steps > bounds->states;
	return bounds->seconds > 0 ? wall_ns() - started_ns > bounds->seconds * NSEC_PER_SEC
				   : walker->steps > STEPS_MAX;
}

bool explore_random(struct exploration *exploration, const struct kernel *kernels,
		    unsigned int count)
{
	struct walker walker = { .exploration = exploration, .random = exploration->seed };
	uint64_t statements =
		exploration->bounds.actions ? exploration->bounds.actions : SEQUENCE_MAX;
	struct seen seen = { SIGHT_NOTHING, 0 };
	int64_t started_ns = wall_ns();
	bool is_good = world_init(&walker.world, exploration->scenario, kernels, count,
				  exploration->options->loader, exploration->messages);

	while (is_good && seen.sight == SIGHT_NOTHING && !is_over(&walker, started_ns)) {
		uint64_t before = walker.steps;

		seen = walk(&walker, statements);
		tally_add(exploration->tally, 0, walker.steps - before);
	}
	tally_erase(exploration->tally);
	if (is_good)
		show_seen(&walker, seen);
	way_free(&walker.way);
	world_free(&walker.world);
	return is_good;
}
