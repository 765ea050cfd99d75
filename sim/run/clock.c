/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drives a run from libev's event loop. */
#include "sim/run/clock.h"

#include "sim/run/event_loop.h"

/* Signals are noticed between two turns. The first turns are short: a run may have few steps. */
#define STEPS_A_TURN 256
#define STEPS_A_FIRST_TURN 4
#define FIRST_TURNS 64

struct clock {
	struct runner *runner;
	double pace;
	ev_tstamp start; /* wall-clock time at virtual time 0 */
	unsigned int first_turns;
	ev_idle idle;
	ev_timer timer;
	struct caught_signal sigint, sigterm;
};

static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
	struct clock *clock = watcher->data;

	(void)events;
	runner_interrupt(clock->runner);
	ev_break(loop, EVBREAK_ALL);
}

static void on_idle(struct ev_loop *loop, ev_idle *watcher, int events)
{
	struct clock *clock = watcher->data;
	bool is_first = clock->first_turns < FIRST_TURNS;
	int steps = is_first ? STEPS_A_FIRST_TURN : STEPS_A_TURN;

	(void)events;
	clock->first_turns += is_first;
	for (int i = 0; i < steps; i++) {
		if (runner_next_ns(clock->runner) == INT64_MAX) {
			ev_break(loop, EVBREAK_ALL);
			return;
		}
		runner_step(clock->runner);
	}
}

static void wait_for_next(struct ev_loop *loop, struct clock *clock)
{
	double next_s = (double)runner_next_ns(clock->runner) / (double)NSEC_PER_SEC;
	ev_tstamp wait = clock->start + next_s / clock->pace - ev_now(loop);

	ev_timer_set(&clock->timer, wait > 0. ? wait : 0., 0.);
	ev_timer_start(loop, &clock->timer);
}

static void on_timer(struct ev_loop *loop, ev_timer *watcher, int events)
{
	struct clock *clock = watcher->data;

	(void)events;
	runner_step(clock->runner);
	if (runner_next_ns(clock->runner) == INT64_MAX)
		ev_break(loop, EVBREAK_ALL);
	else
		wait_for_next(loop, clock);
}

void clock_run(struct runner *runner, double pace)
{
	struct ev_loop *loop = event_loop_get();
	struct clock clock = { .runner = runner, .pace = pace };

	caught_signal_start(loop, &clock.sigint, SIGINT, on_signal, &clock);
	caught_signal_start(loop, &clock.sigterm, SIGTERM, on_signal, &clock);
	ev_idle_init(&clock.idle, on_idle);
	clock.idle.data = &clock;
	ev_timer_init(&clock.timer, on_timer, 0., 0.);
	clock.timer.data = &clock;
	if (pace > 0.) {
		clock.start = ev_now(loop);
		wait_for_next(loop, &clock);
	} else {
		ev_idle_start(loop, &clock.idle);
	}
	ev_run(loop, 0);
	ev_idle_stop(loop, &clock.idle);
	ev_timer_stop(loop, &clock.timer);
	caught_signal_stop(loop, &clock.sigint);
	caught_signal_stop(loop, &clock.sigterm);
}
