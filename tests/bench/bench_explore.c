/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_explore [[--steps] FILE every|due]
 * Transitions a second and bytes a state of `lwsim explore`'s search, in one process, and how many times faster it is
 * with one for each CPU, by the wall clock. With FILE, a scenario: of the search in it, in one process, by its CPU time.
 * --steps prints what that found instead: each step as a state, a move and a state. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/base/wall_clock.h"
#include "sim/base/workers.h"
#include "sim/explore/search.h"

static const struct explored {
	const char *name, *text;
	enum moments moments;
} all[] = {
	{ "2 dummy, each jiffy",
	  "1 ip link add d{0..1} type dummy\n5 explore {\nip link set d{0..1} up|down\n"
	  "ip link set d{0..1} carrier on|off\n}\n",
	  MOMENTS_EVERY },
	{ "3 dummy, when due",
	  "1 ip link add d{0..2} type dummy\n5 explore {\nip link set d{0..2} up|down\n"
	  "ip link set d{0..2} carrier on|off\n}\n",
	  MOMENTS_DUE },
	{ "veth, each jiffy",
	  "1 ip link add v0 type veth peer v1\n5 explore {\nip link set v{0..1} up|down\n}\n",
	  MOMENTS_EVERY },
};

static double cpu_s(void)
{
	return (double)clock() / CLOCKS_PER_SEC;
}

#define STATE_TEXT_MAX 512

/* A state of plain devices with exact timers, as tests/bench/spin/link_watch.pml prints it. */
static void state_text(const struct world *world, char ret_text[STATE_TEXT_MAX])
{
	const struct machine *m = world->sides[0].m;
	const struct timer_list *timer = &m->linkwatch.work.timer;
	uint64_t free_j = world_free_j(world);
	int at = snprintf(ret_text, STATE_TEXT_MAX, "%d %d", (int)free_j,
			  timer_pending(timer) ? (int)(timer->expires - m->jiffies) : 0);

	canonical_places(m, world->places);
	for (uint32_t i = 0; i < world->devices && at < STATE_TEXT_MAX; i++) {
		const struct net_device *dev = &m->devices[i];

		if (dev->netdev_ops == &loopback_netdev_ops)
			continue;
		at += snprintf(ret_text + at, (size_t)(STATE_TEXT_MAX - at),
			       ", %u %d %d%d%d%d %d %d%d%d", world->places[i],
			       world->places[i] && dev->link_watch_event.stays, netif_running(dev),
			       !netif_carrier_ok(dev),
			       (dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING)) != 0,
			       (dev->flags & IFF_UP) != 0, dev->operstate, dev->qdisc,
			       dev->qdisc_sleeping, dev->root_qdisc);
	}
}

static void note_state(void *user, const struct search *search, uint32_t state, const void *noted)
{
	(void)state;
	(void)noted;
	state_text(search_world(search, MOVE_NONE, 0), user);
}

static void print_step(void *user, const struct search *search, uint32_t from, uint16_t move,
		       uint32_t jiffies, const void *noted, uint32_t to)
{
	char text[STATE_TEXT_MAX];

	(void)from;
	(void)noted;
	(void)to;
	state_text(search_world(search, move, jiffies), text);
	if (move == MOVE_PASS)
		printf("%s; %u j; %s\n", (const char *)user, jiffies, text);
	else
		printf("%s; %s; %s\n", (const char *)user, search->world->actions[move].words,
		       text);
}

static double wall_s(void)
{
	return (double)wall_ns() / 1e9;
}

static void print_head(const char *seconds)
{
	printf("%-20s %10s %12s %7s %8s %8s", "explored", "states", "transitions", seconds, "M/s",
	       "B/state");
}

static void print_row(const char *name, const struct search *search, double took_s)
{
	printf("%-20s %10u %12llu %7.2f %8.2f %8.0f", name, search_states(search),
	       (unsigned long long)search->transitions, took_s,
	       (double)search->transitions / took_s / 1e6,
	       (double)(form_memory(&search->form) + search->nodes_capacity * sizeof(struct node) +
			search->saved_capacity * sizeof(search->saved[0])) /
		       search_states(search));
}

static struct scenario *scenario_of(const char *name, struct source *source)
{
	struct scenario *scenario;
	struct diags diags;

	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	if (!scenario || !scenario->explore.stmt) {
		diags_print(&diags, stderr);
		fprintf(stderr, "error: nothing to explore in %s\n", name);
		exit(1);
	}
	diags_free(&diags);
	return scenario;
}

/* A search, and the seconds that it takes by this clock. */
static double run(struct search *search, struct world *world, const struct scenario *scenario,
		  const struct visitor *visitor, enum moments moments, unsigned int processes,
		  double (*now_s)(void))
{
	const struct kernel kernel = scenario->kernel;
	struct processors *processors = processors_new(processes - 1);
	double started;

	if (!world_init(world, scenario, &kernel, 1, NULL, stderr))
		exit(1);
	search_init(search, world, moments, false, false);
	search->visitor = visitor;
	search->processes = processes;
	search->processors = processors;
	started = now_s();
	search_run(search);
	processors_free(processors);
	return now_s() - started;
}

static void end(struct search *search, struct world *world)
{
	search_free(search);
	world_free(world);
}

static int measure_file(const char *path, const char *words, bool prints_steps)
{
	enum moments moments = strcmp(words, "every") == 0 ? MOMENTS_EVERY : MOMENTS_DUE;
	struct source *source = source_read(path, stderr);
	char text[STATE_TEXT_MAX];
	const struct visitor visitor = { .visiting = prints_steps ? note_state : NULL,
					 .arrived = prints_steps ? print_step : NULL,
					 .user = text };
	struct scenario *scenario;
	struct search search;
	struct world world;
	double took_s;

	if (!source)
		return 1;
	scenario = scenario_of(path, source);
	took_s = run(&search, &world, scenario, &visitor, moments, 1, cpu_s);
	if (!prints_steps) {
		print_head("CPU s");
		putchar('\n');
		print_row(path, &search, took_s);
		putchar('\n');
	}
	end(&search, &world);
	scenario_free(scenario);
	source_free(source);
	return 0;
}

/* With one process, and with one for each CPU. */
static void measure_both(const struct explored *explored, unsigned int cpus)
{
	const struct visitor visitor = { 0 };
	struct source *source = source_from_text("bench", explored->text, strlen(explored->text));
	struct scenario *scenario = scenario_of(explored->name, source);
	struct search search;
	struct world world;
	double alone_s, took_s;

	alone_s = run(&search, &world, scenario, &visitor, explored->moments, 1, wall_s);
	print_row(explored->name, &search, alone_s);
	end(&search, &world);
	took_s = run(&search, &world, scenario, &visitor, explored->moments, cpus, wall_s);
	printf(" %7.2f %6.2f\n", took_s, alone_s / took_s);
	end(&search, &world);
	scenario_free(scenario);
	source_free(source);
}

int main(int argc, char **argv)
{
	bool prints_steps = argc == 4 && strcmp(argv[1], "--steps") == 0;
	unsigned int cpus = workers_cpus();

	if (argc == 3 || prints_steps)
		return measure_file(argv[argc - 2], argv[argc - 1], prints_steps);
	if (argc != 1) {
		fprintf(stderr, "usage: bench_explore [[--steps] FILE every|due]\n");
		return 2;
	}
	print_head("s");
	printf("  -j %2u s  ratio\n", cpus);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		measure_both(&all[i], cpus);
	return 0;
}
