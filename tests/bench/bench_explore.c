/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Transitions a second and bytes a state of `lwsim explore`'s search, on one core. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static void measure(const struct explored *explored)
{
	const struct visitor visitor = { 0 };
	struct source *source = source_from_text("bench", explored->text, strlen(explored->text));
	const struct kernel kernel = kernel_default();
	struct scenario *scenario;
	struct world world;
	struct search search;
	struct diags diags;
	double started;

	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	if (!scenario || !world_init(&world, scenario, &kernel, 1, NULL, stderr))
		exit(1);
	search_init(&search, &world, explored->moments, false, false);
	search.visitor = &visitor;
	started = cpu_s();
	search_run(&search);
	started = cpu_s() - started;
	printf("%-20s %10u %12llu %7.2f %8.2f %8.0f\n", explored->name, search_states(&search),
	       (unsigned long long)search.transitions, started,
	       (double)search.transitions / started / 1e6,
	       (double)(form_memory(&search.form) + search.nodes_capacity * sizeof(struct node) +
			search.saved_capacity * sizeof(search.saved[0])) /
		       search_states(&search));
	search_free(&search);
	world_free(&world);
	scenario_free(scenario);
	diags_free(&diags);
	source_free(source);
}

int main(void)
{
	printf("%-20s %10s %12s %7s %8s %8s\n", "explored", "states", "transitions", "CPU s", "M/s",
	       "B/state");
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		measure(&all[i]);
	return 0;
}
