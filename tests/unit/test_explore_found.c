/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What explore concludes from all states: differences, the longest lag, the highest rate; and what ends it. */
#include "explore_fixture.h"

#include "sim/explore/equal.h"
#include "sim/explore/graph.h"
#include "sim/explore/rate.h"

static enum search_end compare(const char *text, const char *kernels, enum moments moments,
			       bool goes_on, struct equal *ret_equal)
{
	struct visitor visitor;
	struct exploring exploring;
	enum search_end end;

	start(&exploring, text, kernels, moments, goes_on ? HEARING_ALL : HEARING_NOTHING, true);
	equal_init(ret_equal, goes_on);
	visitor = equal_visitor(ret_equal, &exploring.world);
	exploring.search.visitor = &visitor;
	end = search_run(&exploring.search);
	equal_free(ret_equal);
	stop(&exploring);
	return end;
}

static void equal__holds_for_a_kernel_and_itself(void **state)
{
	struct equal equal;

	(void)state;
	assert_int_equal(compare(ONE, "6.1 6.1", MOMENTS_EVERY, false, &equal), SEARCH_CLOSED);
	assert_int_equal(equal.differing, 0);
	assert_int_equal(compare(TWO("100"), "6.8 6.12", MOMENTS_DUE, false, &equal),
			 SEARCH_CLOSED);
	assert_int_equal(equal.differing, 0);
}

static void equal__finds_the_shortest_of_each_kind(void **state)
{
	struct equal equal;

	(void)state;
	/* the founding case, and the two others known by hand: see scenarios/open_syncs.lw */
	assert_int_equal(compare(TWO("250"), "6.1 6.1+open-syncs", MOMENTS_DUE, true, &equal),
			 SEARCH_CLOSED);
	assert_int_equal(equal.found[DIFFERENCE_FEWER].actions, 3);
	assert_int_equal(equal.found[DIFFERENCE_FEWER].time_j, 0);
	assert_true(equal.found[DIFFERENCE_LATER].is_found);
	assert_int_equal(compare(TWO("250"), "6.1 6.1+setlink-event", MOMENTS_DUE, true, &equal),
			 SEARCH_STOPPED);
	assert_int_equal(equal.found[DIFFERENCE_MORE].actions, 1);
}

static void lag_of(const char *kernel, uint32_t ret_jiffies[BELIEFS])
{
	struct visitor visitor;
	struct exploring exploring;
	struct graph graph;
	struct lag lag;

	start(&exploring, ONE, kernel, MOMENTS_EVERY, HEARING_RUNNING, false);
	graph_init(&graph, &exploring.world, true);
	visitor = graph_visitor(&graph);
	exploring.search.visitor = &visitor;
	assert_int_equal(search_run(&exploring.search), SEARCH_CLOSED);
	for (unsigned int belief = 0; belief < BELIEFS; belief++) {
		graph_lag(&graph, &exploring.search, belief, &lag);
		assert_false(lag.is_for_ever);
		ret_jiffies[belief] = lag.jiffies;
	}
	graph_free(&graph);
	stop(&exploring);
}

/* At HZ 100 a run that has just been misses an event by the second and the wheel: 100 + 8. */
static void lag__is_the_second_and_the_wheel(void **state)
{
	uint32_t jiffies[BELIEFS];

	(void)state;
	lag_of("6.1", jiffies);
	assert_int_equal(jiffies[BELIEF_NOT_RUNNING], 108);
	assert_int_equal(jiffies[BELIEF_RUNNING], 108);
	lag_of("6.1+open-syncs", jiffies);
	assert_int_equal(jiffies[BELIEF_NOT_RUNNING], 0);
	assert_int_equal(jiffies[BELIEF_RUNNING], 108);
}

/*
 * If each action happens once in a jiffy at most: the most messages of linkwatch from each state, by the actions that
 * the jiffy has had. `later`: the most of what follows, by state; NULL: nothing follows.
 */
static void jiffy_once(const struct graph *graph, uint32_t states, const uint16_t *later,
		       uint16_t *most)
{
	size_t actions = graph->actions_count;

	for (size_t had = (size_t)1 << actions; had-- > 0;)
		for (uint32_t state = 0; state < states; state++) {
			uint16_t *at = &most[had * states + state];

			*at = later ? (uint16_t)(later[graph->passes[state]] +
						 sent_of(graph->passes_sent[state], 1))
				    : 0;
			for (size_t n = 0; n < actions; n++) {
				size_t step = state * actions + n, now = had | (size_t)1 << n;
				uint32_t to = graph->steps[step] & STEP_STATE, sent;

				if (now == had)
					continue;
				sent = most[now * states + to] +
				       sent_of(graph->steps_sent[step], 1);
				if (sent > *at)
					*at = (uint16_t)sent;
			}
		}
}

#define JIFFIES 20

/* Most messages about the device in as many jiffies; and whether there is no most without that limit. */
static uint32_t most_once(const char *kernel, bool *ret_is_endless)
{
	struct exploring exploring;
	struct visitor visitor;
	struct graph graph;
	struct rate rate;
	uint16_t *most, *later;
	uint32_t states, all = 0;

	start(&exploring, ONE, kernel, MOMENTS_EVERY, HEARING_RUNNING, false);
	graph_init(&graph, &exploring.world, true);
	visitor = graph_visitor(&graph);
	exploring.search.visitor = &visitor;
	assert_int_equal(search_run(&exploring.search), SEARCH_CLOSED);
	states = search_states(&exploring.search);
	most = calloc(states << graph.actions_count, sizeof(most[0]));
	later = calloc(states, sizeof(later[0]));
	for (int j = 0; j < JIFFIES; j++) {
		jiffy_once(&graph, states, j ? later : NULL, most);
		memcpy(later, most, states * sizeof(later[0]));
	}
	for (uint32_t state = 0; state < states; state++)
		all = later[state] > all ? later[state] : all;
	assert_true(rate_find(&graph, &exploring.search, &rate));
	*ret_is_endless = rate.is_endless;
	way_free(&rate.way);
	way_free(&rate.way_of_one);
	free(most);
	free(later);
	graph_free(&graph);
	stop(&exploring);
	return all;
}

/* Why rate does not limit how often an action happens in a jiffy: see lwsim(1). */
static void rate__once_in_a_jiffy_would_hide_a_storm(void **state)
{
	bool is_endless;

	(void)state;
	assert_in_range(most_once("6.1", &is_endless), JIFFIES, JIFFIES + 3);
	assert_false(is_endless);
	assert_in_range(most_once("6.1+urgent-event+setlink-event", &is_endless), JIFFIES,
			JIFFIES + 3);
	assert_true(is_endless);
}

static void bounds__end_a_search(void **state)
{
	const struct visitor visitor = { 0 };
	struct exploring exploring;

	(void)state;
	start(&exploring, TWO("250"), "6.1", MOMENTS_EVERY, HEARING_NOTHING, false);
	exploring.search.visitor = &visitor;
	exploring.search.bounds.states = 5000;
	assert_int_equal(search_run(&exploring.search), SEARCH_STATES);
	assert_true(search_states(&exploring.search) < 20000);
	stop(&exploring);
	start(&exploring, TWO("250"), "6.1", MOMENTS_EVERY, HEARING_NOTHING, false);
	exploring.search.visitor = &visitor;
	exploring.search.bounds.actions = 1;
	assert_int_equal(search_run(&exploring.search), SEARCH_ACTIONS);
	stop(&exploring);
	start(&exploring, TWO("250"), "6.1", MOMENTS_EVERY, HEARING_NOTHING, false);
	exploring.search.visitor = &visitor;
	exploring.search.bounds.memory_bytes = 1 << 20;
	assert_int_equal(search_run(&exploring.search), SEARCH_MEMORY);
	stop(&exploring);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal__holds_for_a_kernel_and_itself),
		cmocka_unit_test(equal__finds_the_shortest_of_each_kind),
		cmocka_unit_test(lag__is_the_second_and_the_wheel),
		cmocka_unit_test(rate__once_in_a_jiffy_would_hide_a_storm),
		cmocka_unit_test(bounds__end_a_search),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
