/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Drives a run from libev's event loop. */
#include "sim/run/clock.h"

#include <ev.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/xalloc.h"

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
	struct caught {
		ev_signal watcher;
		struct sigaction before;
	} sigint, sigterm;
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

static void signal_start(struct ev_loop *loop, struct clock *clock, struct caught *caught,
			 int signum)
{
	ev_signal_init(&caught->watcher, on_signal, signum);
	caught->watcher.data = clock;
	sigaction(signum, NULL, &caught->before);
	if (caught->before.sa_handler != SIG_IGN) /* nohup, `trap '' INT`: keep ignoring it */
		ev_signal_start(loop, &caught->watcher);
}

/* libev resets a signal to its default action; this restores the previous one. */
static void signal_stop(struct ev_loop *loop, struct caught *caught)
{
	ev_signal_stop(loop, &caught->watcher);
	sigaction(caught->watcher.signum, &caught->before, NULL);
}

/* For libev, which frees with 0 bytes, and aborts when there is no memory or a system call fails. */
static void *memory_for_libev(void *old, long bytes)
{
	if (bytes)
		return xreallocarray(old, 1, (size_t)bytes);
	free(old);
	return NULL;
}

static void on_failed_call(const char *message) /* GCOVR_EXCL_START: no descriptors left */
{
	fprintf(stderr, "lwsim: error: %s: %s\n", message, strerror(errno));
	exit(EXIT_USAGE);
} /* GCOVR_EXCL_STOP */

static struct ev_loop *loop_get(void)
{
	struct ev_loop *loop;

	ev_set_allocator(memory_for_libev);
	ev_set_syserr_cb(on_failed_call);
	loop = ev_default_loop(EVBACKEND_SELECT);
	if (!loop)
		out_of_memory(); /* GCOVR_EXCL_LINE: select() is there always */
	return loop;
}

void clock_run(struct runner *runner, double pace)
{
	struct ev_loop *loop = loop_get();
	struct clock clock = { .runner = runner, .pace = pace };

	signal_start(loop, &clock, &clock.sigint, SIGINT);
	signal_start(loop, &clock, &clock.sigterm, SIGTERM);
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
	signal_stop(loop, &clock.sigint);
	signal_stop(loop, &clock.sigterm);
}
