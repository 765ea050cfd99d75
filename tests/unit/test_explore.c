/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The search through all states: what it counts does not depend on the order, on names, on processes, or on which of
 * the ways to a state was taken. */
#include "explore_fixture.h"

#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

static uint32_t count_states(const char *text, const char *kernels, enum moments moments,
			     enum hearing hearing, bool has_symmetry, bool is_depth_first)
{
	const struct visitor visitor = { 0 };
	struct exploring exploring;
	uint32_t states;

	start(&exploring, text, kernels, moments, hearing, has_symmetry);
	exploring.search.visitor = &visitor;
	exploring.search.is_depth_first = is_depth_first;
	assert_int_equal(search_run(&exploring.search), SEARCH_CLOSED);
	states = search_states(&exploring.search);
	stop(&exploring);
	return states;
}

/* A form that leaves out what matters counts less, and by the order in which states are found. */
static void states__are_the_same_breadth_first_and_depth_first(void **state)
{
	static const struct {
		const char *text;
		enum moments moments;
	} cases[] = {
		{ TWO("250"), MOMENTS_DUE }, { TWO("1000"), MOMENTS_DUE }, { VETH, MOMENTS_DUE },
		{ VLAN, MOMENTS_DUE },	     { BRIDGE, MOMENTS_DUE },	   { BOND, MOMENTS_DUE },
		{ ONE, MOMENTS_EVERY },	     { VETH, MOMENTS_EVERY },	   { EXACT, MOMENTS_DUE },
		{ EXACT, MOMENTS_EVERY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int has_symmetry = 0; has_symmetry <= 1; has_symmetry++)
			assert_int_equal(count_states(cases[i].text, "6.1", cases[i].moments,
						      HEARING_ALL, has_symmetry, false),
					 count_states(cases[i].text, "6.1", cases[i].moments,
						      HEARING_ALL, has_symmetry, true));
}

/* Collects each state's form, but for link_watch_event.stays. */
static void collect(void *user, const struct search *search, uint32_t state, const void *noted)
{
	const struct side *side = &search_world(search, MOVE_NONE, 0)->sides[0];
	unsigned char form[2 * CANONICAL_DEVICE_MAX + 64];
	size_t bytes = canonical_machine_bytes(side->m);
	uint32_t places[8];
	bool is_new;

	(void)state;
	(void)noted;
	canonical_machine(side->m, side->period_j, form, bytes);
	canonical_places(side->m, places);
	for (uint32_t i = 1; i < search->world->devices; i++) {
		struct net_device *dev = &side->m->devices[i];
		bool stays = dev->link_watch_event.stays;

		dev->link_watch_event.stays = false;
		bytes += canonical_device(dev, places[i], form + bytes);
		dev->link_watch_event.stays = stays;
	}
	records_add(user, RECORD_NONE, form, bytes, &is_new);
}

/* With exact timers Spin has counted the same, without the model's shortcut over the list of events: see
 * tests/bench/spin/run. */
static void states__are_as_many_as_counted_elsewhere(void **state)
{
	struct records records;
	const struct visitor visitor = { .visiting = collect, .user = &records };
	struct exploring exploring;

	(void)state;
	records_init(&records, 0);
	start(&exploring, "timers exact\n" TWO("250"), "6.1", MOMENTS_DUE, HEARING_NOTHING, false);
	exploring.search.visitor = &visitor;
	assert_int_equal(search_run(&exploring.search), SEARCH_CLOSED);
	assert_int_equal(records.count, 1273);
	stop(&exploring);
	records_free(&records);
}

static void states__do_not_depend_on_names(void **state)
{
	static const char renamed[] =
		"hz 250\n1 ip link add zz type dummy\nip link add a type dummy\n"
		"5 explore {\nip link set zz up|down\n"
		"ip link set a carrier on|off\nip link set a up|down\n"
		"ip link set zz carrier on|off\n}\n";

	(void)state;
	assert_int_equal(
		count_states(TWO("250"), "6.1", MOMENTS_DUE, HEARING_NOTHING, false, false),
		count_states(renamed, "6.1", MOMENTS_DUE, HEARING_NOTHING, false, false));
}

/* Devices that can be exchanged: about half the states. */
static void symmetry__halves_two_devices(void **state)
{
	uint32_t all, half;

	(void)state;
	all = count_states(TWO("250"), "6.1", MOMENTS_DUE, HEARING_NOTHING, false, false);
	half = count_states(TWO("250"), "6.1", MOMENTS_DUE, HEARING_NOTHING, true, false);
	assert_true(2 * half >= all && 2 * half < all + all / 10);
}

/* The ways that led to a state, as copies of the world: all must go on the same. */
#define COPIES_MAX 3000

struct copies {
	struct copied {
		uint32_t state;
		unsigned char *copy;
	} items[COPIES_MAX];
	size_t count;
	uint32_t rng;
};

static void take_copy(void *user, const struct search *search, uint32_t from, uint16_t move,
		      uint32_t jiffies, const void *noted, uint32_t to)
{
	struct copies *copies = user;

	(void)from;
	(void)noted;
	copies->rng = copies->rng * 1664525 + 1013904223;
	if (copies->count == COPIES_MAX || copies->rng >> 26)
		return;
	copies->items[copies->count].copy = malloc(world_save_bytes(search->world));
	world_save(search_world(search, move, jiffies), copies->items[copies->count].copy);
	copies->items[copies->count++].state = to;
}

static uint64_t tale_hash(const struct world *world)
{
	uint64_t hash = world->sides[0].tale.count;

	for (size_t i = 0; i < world->sides[0].tale.count; i++) {
		const struct told *told = &world->sides[0].tale.told[i];

		hash = hash * 31 + told->dev;
		hash = hash * 31 + told->flags;
		hash = hash * 31 + told->operstate;
		hash = hash * 31 + told->change;
	}
	return hash;
}

#define STEPS 40

/* The same random steps from a copy; what they tell. */
static void walk(struct world *world, const unsigned char *copy, uint32_t rng,
		 uint64_t ret_hashes[STEPS])
{
	world_restore(world, copy);
	for (int i = 0; i < STEPS; i++) {
		rng = rng * 1664525 + 1013904223;
		if (rng >> 30 == 0)
			world_act(world, &world->actions[(rng >> 8) % world->actions_count]);
		else
			world_pass(world, 1);
		ret_hashes[i] = tale_hash(world);
	}
}

static void two_copies_of_a_state__go_on_the_same(void **state)
{
	static const char *const texts[] = { TWO("100"), VETH, VLAN,
					     BRIDGE,	 BOND, "timers exact\n" TWO("100") };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct copies copies = { .rng = 1 };
		const struct visitor visitor = { .arrived = take_copy, .user = &copies };
		struct exploring exploring;
		unsigned int pairs = 0;

		start(&exploring, texts[i], "6.1", MOMENTS_EVERY, HEARING_ALL, false);
		exploring.search.visitor = &visitor;
		exploring.search.bounds.states = 20000;
		search_run(&exploring.search);
		for (size_t a = 0; a < copies.count; a++)
			for (size_t b = 0; b < a; b++) {
				uint64_t of_a[STEPS], of_b[STEPS];

				if (copies.items[a].state != copies.items[b].state || pairs > 500)
					continue;
				pairs++;
				walk(&exploring.world, copies.items[a].copy, pairs, of_a);
				walk(&exploring.world, copies.items[b].copy, pairs, of_b);
				assert_memory_equal(of_a, of_b, sizeof(of_a));
			}
		assert_true(pairs > 10);
		for (size_t a = 0; a < copies.count; a++)
			free(copies.items[a].copy);
		stop(&exploring);
	}
}

static uint64_t nodes_hash(const struct search *search)
{
	uint64_t hash = search->transitions;

	for (uint32_t i = 0; i < search_states(search); i++) {
		const struct node *node = &search->nodes[i];

		hash = (hash * 31 + node->parent) * 31 + node->time_j;
		hash = (hash * 31 + node->actions) * 31 + node->move;
	}
	return hash;
}

/* All ways that a search of so many processes finds, as a number. */
static uint64_t ways_found(const char *text, enum moments moments, bool has_symmetry,
			   unsigned int processes, void (*forked)(void))
{
	const struct visitor visitor = { 0 };
	struct processors *processors = processors_new(processes - 1);
	struct exploring exploring;
	uint64_t hash;

	start(&exploring, text, "6.1", moments, HEARING_ALL, has_symmetry);
	exploring.search.visitor = &visitor;
	exploring.search.processes = processes;
	exploring.search.processors = processors;
	exploring.search.forked = forked;
	assert_int_equal(search_run(&exploring.search), SEARCH_CLOSED);
	hash = nodes_hash(&exploring.search);
	for (unsigned int i = 1; i < processes; i++)
		assert_true(processors_take(processors)); /* all were given back */
	assert_false(processors_take(processors));
	processors_free(processors);
	stop(&exploring);
	return hash;
}

static void ways__do_not_depend_on_the_processes(void **state)
{
	static const struct {
		const char *text;
		enum moments moments;
	} cases[] = {
		{ TWO("1000"), MOMENTS_DUE },
		{ VLAN, MOMENTS_DUE },
		{ ONE, MOMENTS_EVERY },
		{ VETH, MOMENTS_EVERY },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (int has_symmetry = 0; has_symmetry <= 1; has_symmetry++) {
			uint64_t alone =
				ways_found(cases[i].text, cases[i].moments, has_symmetry, 1, NULL);

			for (unsigned int processes = 2; processes <= 4; processes++)
				assert_int_equal(ways_found(cases[i].text, cases[i].moments,
							    has_symmetry, processes, NULL),
						 alone);
		}
}

static void die(void)
{
	_exit(1);
}

/* In the midst of its work, at a time that is not known. */
static void die_soon(void)
{
	const struct itimerval soon = { .it_value.tv_usec = 20000 };

	signal(SIGALRM, SIG_DFL);
	setitimer(ITIMER_REAL, &soon, NULL);
}

static void ways__do_not_depend_on_processes_that_die(void **state)
{
	uint64_t alone = ways_found(TWO("1000"), MOMENTS_DUE, false, 1, NULL);

	(void)state;
	assert_int_equal(ways_found(TWO("1000"), MOMENTS_DUE, false, 3, die), alone);
	for (int i = 0; i < 3; i++)
		assert_int_equal(ways_found(TWO("1000"), MOMENTS_DUE, false, 3, die_soon), alone);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states__are_the_same_breadth_first_and_depth_first),
		cmocka_unit_test(states__are_as_many_as_counted_elsewhere),
		cmocka_unit_test(states__do_not_depend_on_names),
		cmocka_unit_test(symmetry__halves_two_devices),
		cmocka_unit_test(two_copies_of_a_state__go_on_the_same),
		cmocka_unit_test(ways__do_not_depend_on_the_processes),
		cmocka_unit_test(ways__do_not_depend_on_processes_that_die),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
