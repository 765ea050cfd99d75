/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Connects a player, its view and the terminal through libev: keys, signals and clock ticks. */
#include "sim/play/play.h"

#include <ev.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "sim/cli/scenario_load.h"
#include "sim/play/keys.h"
#include "sim/play/terminal.h"
#include "sim/run/outcome.h"
#include "sim/run/runner.h"
#include "sim/run/src_kernel.h"

/* Seconds between redraws while the run is playing. */
#define TICK_S .05

struct play {
	struct player player;
	struct view view;
	struct screen screen;
	struct ev_loop *loop;
	ev_io keys;
	ev_timer tick;
	ev_idle work;
	ev_signal sigint, sigterm, sigwinch, sigcont;
	ev_tstamp ticked; /* wall-clock time of the last advance */
};

/*
 * The run is gone; libev may still call watchers that were due together with the one that ended it.
 */
static bool is_over(const struct play *play)
{
	return !play->player.runner;
}

static void draw(struct play *play)
{
	int rows, cols;

	if (is_over(play))
		return;
	terminal_size(&rows, &cols);
	view_draw(&play->view, &play->player, &play->screen, rows, cols);
	terminal_paint(&play->screen);
}

/*
 * Starts the watchers for what comes next. None runs while the player is paused: only keys wake it.
 * While there is work, keys wait until it is done, so that each acts on the result of the one
 * before.
 */
static void arrange(struct play *play)
{
	bool has_work = play->player.goal != PLAY_STAY;
	bool ticks = !play->player.is_paused;

	if (has_work) {
		ev_io_stop(play->loop, &play->keys);
		ev_idle_start(play->loop, &play->work);
	} else {
		ev_idle_stop(play->loop, &play->work);
		ev_io_start(play->loop, &play->keys);
		draw(play);
	}
	if (ticks && !ev_is_active(&play->tick)) {
		play->ticked = ev_now(play->loop);
		ev_timer_again(play->loop, &play->tick);
	} else if (!ticks) {
		ev_timer_stop(play->loop, &play->tick);
	}
}

static void on_work(struct ev_loop *loop, ev_idle *watcher, int events)
{
	struct play *play = watcher->data;

	(void)loop;
	(void)events;
	if (!player_work(&play->player))
		arrange(play);
}

static void on_tick(struct ev_loop *loop, ev_timer *watcher, int events)
{
	struct play *play = watcher->data;
	ev_tstamp now = ev_now(loop);

	(void)events;
	if (play->player.goal == PLAY_STAY)
		player_pass(&play->player, now - play->ticked);
	play->ticked = now;
	arrange(play);
}

static void take_key(struct play *play, enum play_key key)
{
	switch (keys_take(key, &play->player, &play->view)) {
	case KEYS_GO_ON:
		return;
	case KEYS_FAILED:
	case KEYS_QUIT:
		break;
	}
	ev_break(play->loop, EVBREAK_ALL);
}

static void on_keys(struct ev_loop *loop, ev_io *watcher, int events)
{
	struct play *play = watcher->data;
	enum play_key key;

	(void)events;
	if (terminal_is_gone()) {
		runner_interrupt(play->player.runner);
		ev_break(loop, EVBREAK_ALL);
		return;
	}
	/* a key that starts work ends this turn */
	while (play->player.goal == PLAY_STAY && !is_over(play) && terminal_key(&key))
		take_key(play, key);
	if (!is_over(play))
		arrange(play);
}

static void on_interrupt(struct ev_loop *loop, ev_signal *watcher, int events)
{
	struct play *play = watcher->data;

	(void)events;
	if (!is_over(play))
		runner_interrupt(play->player.runner);
	ev_break(loop, EVBREAK_ALL);
}

/* After a resize, or after a stop, when the screen's content is unknown. */
static void on_resize(struct ev_loop *loop, ev_signal *watcher, int events)
{
	(void)loop;
	(void)events;
	terminal_resize();
	draw(watcher->data);
}

static void watch_signal(struct play *play, ev_signal *watcher,
			 void (*fn)(struct ev_loop *, ev_signal *, int), int number)
{
	struct sigaction action;

	ev_signal_init(watcher, fn, number);
	watcher->data = play;
	sigaction(number, NULL, &action);
	if (action.sa_handler != SIG_IGN)
		ev_signal_start(play->loop, watcher);
}

static void go(struct play *play)
{
	play->loop = ev_default_loop(EVBACKEND_SELECT);
	watch_signal(play, &play->sigint, on_interrupt, SIGINT);
	watch_signal(play, &play->sigterm, on_interrupt, SIGTERM);
	watch_signal(play, &play->sigwinch, on_resize, SIGWINCH);
	watch_signal(play, &play->sigcont, on_resize, SIGCONT);
	ev_io_init(&play->keys, on_keys, terminal_fd(), EV_READ);
	ev_timer_init(&play->tick, on_tick, 0., TICK_S);
	ev_idle_init(&play->work, on_work);
	play->keys.data = play->tick.data = play->work.data = play;
	arrange(play);
	ev_run(play->loop, 0);
}

/* Prints the messages of the run once the terminal is restored. */
static enum exit_code end(struct play *play)
{
	const struct runner *runner = play->player.runner;
	enum exit_code code = EXIT_GOOD;

	fflush(play->player.messages);
	if (is_over(play)) {
		code = EXIT_USAGE;
	} else if (runner_result(runner) == RUN_INTERRUPTED ||
		   runner_result(runner) == RUN_BROKEN) {
		code = exit_of(runner_result(runner));
	} else {
		code = exit_of(play->player.worst);
	}
	if (code != EXIT_GOOD)
		fputs(play->player.messages_text, stderr);
	return code;
}

static enum exit_code play_scenario(const struct scenario *scenario, const struct options *options,
				    const struct run_options *run)
{
	struct play play;
	enum exit_code code;

	memset(&play, 0, sizeof(play));
	if (!player_init(&play.player, scenario, run, stderr))
		return EXIT_USAGE;
	play.player.is_paused = options->starts_paused;
	if (options->pace > 0.)
		play.player.pace = options->pace;
	if (terminal_open()) {
		go(&play);
		terminal_close();
		code = end(&play);
	} else {
		code = EXIT_USAGE;
	}
	player_free(&play.player);
	view_free(&play.view);
	screen_free(&play.screen);
	return code;
}

enum exit_code command_play(const struct options *options, int argc, char **argv)
{
	struct loaded loaded;
	struct run_options run = {
		.is_forced = options->is_forced,
		.prints_failures = true,
		.loader = options->loader,
	};
	enum exit_code code = EXIT_USAGE;

	(void)argc;
	if (!scenario_load(argv[0], options, stderr, &loaded))
		return EXIT_USAGE;
	run.kernel = *run_kernel(options, loaded.scenario);
	if (until_ns(options, loaded.scenario, &run.until_ns))
		code = kernel_prepare_to_show(options->loader, &run.kernel, loaded.scenario);
	if (code == EXIT_GOOD)
		code = play_scenario(loaded.scenario, options, &run);
	loaded_free(&loaded);
	return code;
}
