// SPDX-License-Identifier: GPL-2.0-or-later
/* Moving through a run: by steps, by messages, by time, forward and back. */
#include "play_fixture.h"

#define MS (NSEC_PER_SEC / 1000)

/* At HZ=250: an immediate DOWN at 5 s, and one at 5.1 s that waits until the wheel's 6.016 s. */
static const char two_cables[] = "kernel 6.1\n"
				 "0 virtnet_probe eth{0..1} status=on\n"
				 "2 setlink eth{0..1} up\n"
				 "5 virtnet_config_changed eth0 link=down\n"
				 "  expect eth0 operstate UP\n" /* not evaluated here */
				 "5.1 virtnet_config_changed eth1 link=down\n"
				 "9 end\n";

static void step_to(struct player *player, int64_t now_ns)
{
	play_step(player);
	assert_int_equal(player->now_ns, now_ns);
}

static void player_step__goes_to_what_happens_next(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, two_cables);
	step_to(player, 0);
	assert_int_equal(player->log.stmt->line, 2);
	step_to(player, 1024 * MS); /* linkwatch's timer: for the second device of the probe */
	step_to(player, 2000 * MS);
	step_to(player, 5000 * MS);
	assert_int_equal(player->log.stmt->line, 4);
	step_to(player, 5100 * MS); /* not to the expectation */
	assert_int_equal(player->log.stmt->line, 6);
	step_to(player, 6016 * MS);
	assert_false(player_is_over(player));
	step_to(player, 9000 * MS);
	assert_true(player_is_over(player));
	assert_true(player->is_paused);
	assert_int_equal(player->steps, 6); /* the end shows nothing */
	assert_true(player->position > 6);  /* there was an expectation, too */
	assert_null(player->remark);
	step_to(player, 9000 * MS); /* and stays there */
	assert_string_equal(player->remark, "it is over");
	player->remark = NULL;
	player_toggle(player);
	assert_true(player->is_paused);
	assert_string_equal(player->remark, "it is over");
	play_message(player);
	assert_string_equal(player->remark, "no more messages");
	assert_int_equal(player->worst, RUN_GOOD);
	play_end(&fixture);
}

/* Each step back returns to where the step forward started, with the same log. */
static void player_step_back__undoes_a_step(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;
	size_t positions[16], counts[16];
	int64_t times[16];
	int steps = 0;

	(void)state;
	play_start(&fixture, two_cables);
	do {
		positions[steps] = player->position;
		counts[steps] = player->log.count;
		times[steps++] = player->now_ns;
		play_step(player);
	} while (!player_is_over(player));
	while (steps-- > 0) {
		assert_true(player_step_back(player));
		play_work(player);
		assert_int_equal(player->position, positions[steps]);
		assert_int_equal(player->log.count, counts[steps]);
		assert_int_equal(player->now_ns, times[steps]);
	}
	assert_int_equal(player->position, 0);
	assert_true(player_step_back(player)); /* there is nothing earlier */
	play_work(player);
	assert_int_equal(player->position, 0);
	play_end(&fixture);
}

static void player_message__goes_to_what_userspace_is_told(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;
	uint64_t messages;

	(void)state;
	play_start(&fixture, two_cables);
	for (int i = 0; i < 3; i++)
		play_message(player);
	assert_int_equal(player->now_ns, 5000 * MS);
	messages = player->log.messages;
	play_message(player); /* past 5.1 s, which sent no message */
	assert_int_equal(player->now_ns, 6016 * MS);
	assert_int_equal(player->log.messages, messages + 1);
	assert_true(player_message_back(player));
	play_work(player);
	assert_int_equal(player->now_ns, 5000 * MS);
	assert_int_equal(player->log.messages, messages);
	assert_true(player_home(player));
	assert_int_equal(player->now_ns, 0);
	assert_int_equal(player->log.count, 0);
	play_end(&fixture);
}

static void player_pass__follows_the_pace_and_no_leap(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, two_cables);
	player_pass(player, .1); /* paused */
	assert_int_equal(player->goal, PLAY_STAY);
	player_toggle(player);
	player_pass(player, -1.); /* the clock was set back */
	assert_int_equal(player->goal, PLAY_STAY);
	player_pass(player, .125);
	play_work(player);
	assert_int_equal(player->now_ns, 125 * MS);
	assert_int_equal(player->position, 1); /* what was due at 0 */
	player_pace(player, true);
	player_pass(player, .0625);
	play_work(player);
	assert_int_equal(player->now_ns, 250 * MS);
	player_pace(player, false);
	player_pass(player, 3600.); /* suspended for an hour */
	play_work(player);
	assert_int_equal(player->now_ns, 500 * MS);
	assert_false(player->is_paused);
	play_end(&fixture);
}

/* The latest step is shown again before the one before it. */
static void player_step_back__between_two_steps_goes_to_the_last(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, two_cables);
	step_to(player, 0);
	step_to(player, 1024 * MS);
	player_toggle(player);
	player_pass(player, .125);
	play_work(player);
	assert_int_equal(player->now_ns, 1149 * MS);
	assert_true(player_step_back(player));
	play_work(player);
	assert_int_equal(player->now_ns, 1024 * MS);
	assert_true(player->is_paused);
	assert_true(player_step_back(player));
	play_work(player);
	assert_int_equal(player->now_ns, 0);
	play_end(&fixture);
}

static void player_pass__pauses_at_the_end(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, two_cables);
	player->pace = PLAY_PACE_MAX;
	player_pace(player, true); /* not beyond */
	assert_true(player->pace == PLAY_PACE_MAX);
	player_toggle(player);
	player_pass(player, .05);
	play_work(player);
	assert_int_equal(player->now_ns, 9000 * MS);
	assert_true(player_is_over(player));
	assert_true(player->is_paused);
	player->pace = PLAY_PACE_MIN;
	player_pace(player, false);
	assert_true(player->pace == PLAY_PACE_MIN);
	play_end(&fixture);
}

/* A long way takes several calls, so the caller can be interrupted. */
static void player_work__does_a_bounded_number_of_steps(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, "1 ip link add d0 type dummy\n"
			     "repeat 5000 every 1ms {\nmark\n}\n"
			     "7 ip link set d0 up\n");
	play_message(player);
	player_message(player);
	assert_true(player_work(player));
	assert_true(player->position < 1000);
	play_work(player);
	assert_int_equal(player->now_ns, 7 * NSEC_PER_SEC);
	assert_true(player_message_back(player)); /* over 5000 that do not count */
	play_work(player);
	assert_int_equal(player->position, 1);
	play_end(&fixture);
}

static void player_step__failed_command_ends_the_run(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;
	const struct play_log_line *line;

	(void)state;
	play_start(&fixture, "0 ip link add d0 type dummy\n"
			     "1 ip link add d0 type dummy\n"
			     "2 ip link set d0 up\n");
	play_step(player);
	play_step(player);
	assert_true(player_is_over(player));
	assert_true(runner_was_stopped(player->runner));
	line = play_log_line(&player->log, 0);
	assert_int_equal(line->kind, PLAY_LOG_ERROR);
	assert_string_equal(line->text, "error: RTNETLINK answers: File exists");
	play_end(&fixture);
}

static const char *log_text(const struct player *player, size_t back)
{
	return play_log_line(&player->log, back)->text;
}

static void play_log__folds_what_count_up_and_keeps_the_last(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, "kernel 6.1\n"
			     "0 ip link add d{0..9} type dummy\n"
			     "1 ip link set d{0..9} up\n"
			     "  getlink d0\n"
			     "  ip link add d0 type dummy = EEXIST\n"
			     "2 ip link set d0 mtu 1400\n"
			     "3 repeat 300 every 1s {\nlinkwatch_fire_event d1\n}\n"
			     "400 ip link del d9\n");
	assert_null(play_log_line(&player->log, 0));
	play_step(player);
	assert_string_equal(log_text(player, 0), "d{0..9} <> state DOWN");
	assert_string_equal(log_text(player, 1), "> ip link add d{0..9} type dummy (line 2)");
	play_step(player);
	assert_string_equal(log_text(player, 0), "d{0..9} <UP,RUNNING,LOWER_UP> state UNKNOWN");
	assert_int_equal(play_log_line(&player->log, 0)->kind, PLAY_LOG_RUNNING);
	play_step(player);
	assert_int_equal(play_log_line(&player->log, 0)->kind, PLAY_LOG_NOTE);
	play_step(player);
	assert_string_equal(log_text(player, 0),
			    "error (one is expected): RTNETLINK answers: File exists");
	play_step(player);
	assert_non_null(strstr(log_text(player, 0), "(no change)"));
	while (!player_is_over(player))
		play_message(player);
	assert_string_equal(log_text(player, 0), "d9 deleted");
	assert_true(player->log.count > PLAY_LOG_LINES);
	assert_non_null(play_log_line(&player->log, PLAY_LOG_LINES - 1));
	assert_null(play_log_line(&player->log, PLAY_LOG_LINES));
	play_end(&fixture);
}

static void player_step__broken_model_ends_the_run(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;

	(void)state;
	play_start(&fixture, two_cables);
	play_step(player);
	machine_broken((struct machine *)(uintptr_t)runner_machine(player->runner), "the reason");
	play_step(player);
	assert_true(player_is_over(player));
	assert_int_equal(player->worst, RUN_BROKEN);
	assert_non_null(strstr(log_text(player, 0), "an invariant of the model does not hold"));
	assert_true(player_home(player));
	assert_int_equal(player->worst, RUN_BROKEN); /* a bug, whatever follows */
	play_end(&fixture);
}

/* For a kernel whose file does not exist. */
static struct linkwatch_file *load_none(const struct kernel *kernel, uint32_t hz,
					const char *scenario, FILE *messages)
{
	(void)kernel;
	(void)hz;
	(void)scenario;
	fputs("lwsim: error: nothing to load\n", messages);
	return NULL;
}

static void player_init__says_why_there_is_no_machine(void **state)
{
	const struct src_loader loader = { .load = load_none };
	struct play_fixture fixture;
	struct run_options options;
	struct player other;
	char *text = NULL;
	size_t len;
	FILE *messages = open_memstream(&text, &len);

	(void)state;
	play_start(&fixture, two_cables);
	options = fixture.player.options;
	options.loader = &loader;
	options.kernel.source = "src:nowhere";
	assert_false(player_init(&other, fixture.scenario, &options, messages));
	fclose(messages);
	assert_string_equal(text, "lwsim: error: nothing to load\n");
	free(text);

	/* the file disappeared during the run */
	fixture.player.options = options;
	assert_false(player_home(&fixture.player));
	assert_null(fixture.player.runner);
	assert_string_equal(fixture.player.messages_text, "lwsim: error: nothing to load\n");
	play_end(&fixture);
}

static void step_inside(struct player *player)
{
	assert_true(player_inside(player));
	play_work(player);
}

/* An urgent event is processed in the instant in which it is fired: only the decisions inside the
 * step show it. */
static void player_inside__shows_each_decision_as_it_was(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;
	const struct inside *inside = &player->inside;
	size_t before;

	(void)state;
	play_start(&fixture, "kernel 6.1\n"
			     "0 virtnet_probe eth0 status=on\n"
			     "2 setlink eth0 up\n"
			     "5 virtnet_config_changed eth0 link=down\n"
			     "5.1 virtnet_config_changed eth0 link=up\n"
			     "9 end\n");
	for (int i = 0; i < 4; i++)
		play_step(player);
	assert_int_equal(player->now_ns, 5000 * MS);
	before = player->position;
	step_inside(player);
	assert_int_equal(player->now_ns, 5100 * MS);
	assert_int_equal(inside->number, 1);
	assert_int_equal(inside->count, 6);
	assert_string_equal(inside->function, "netif_carrier_on()");
	assert_true(inside->state.devices[0].has_carrier);
	assert_int_equal(inside->state.devices[0].operstate, IF_OPER_DOWN);
	step_inside(player);
	step_inside(player);
	assert_int_equal(inside->number, 3);
	assert_string_equal(inside->function, "linkwatch_schedule_work()");
	assert_true(inside->state.is_urgent);
	assert_int_equal(inside->state.queue_count, 1);
	step_inside(player);
	assert_int_equal(inside->state.work, PLAY_WORK_RUNNING);
	step_inside(player);
	assert_int_equal(inside->state.devices[0].operstate, IF_OPER_UP);
	assert_false(inside->state.devices[0].last_message.flags & IFF_RUNNING); /* not yet */
	step_inside(player);
	assert_int_equal(inside->number, 6);
	step_inside(player); /* leaves the step */
	assert_int_equal(inside->number, 0);
	assert_int_equal(player->now_ns, 5100 * MS);
	assert_int_equal(player->steps, 5);

	/* the other ways to leave: to the end of the step, and back to its start */
	player_step_back(player);
	play_work(player);
	assert_int_equal(player->position, before);
	step_inside(player);
	play_step(player);
	assert_int_equal(inside->number, 0);
	assert_int_equal(player->now_ns, 5100 * MS);
	player_step_back(player);
	play_work(player);
	step_inside(player);
	step_inside(player);
	assert_int_equal(inside->number, 2);
	player_step_back(player);
	play_work(player);
	assert_int_equal(inside->number, 0);
	assert_int_equal(player->position, before);

	/* a step without decisions has no inside, and nothing is wanted any more */
	play_message(player);
	assert_int_equal(inside->number, 0);
	play_step(player);
	assert_true(player_is_over(player));
	step_inside(player);
	assert_int_equal(inside->number, 0);
	assert_string_equal(player->remark, "it is over");
	play_end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(player_step__goes_to_what_happens_next),
		cmocka_unit_test(player_step_back__undoes_a_step),
		cmocka_unit_test(player_inside__shows_each_decision_as_it_was),
		cmocka_unit_test(player_step_back__between_two_steps_goes_to_the_last),
		cmocka_unit_test(player_message__goes_to_what_userspace_is_told),
		cmocka_unit_test(player_pass__follows_the_pace_and_no_leap),
		cmocka_unit_test(player_pass__pauses_at_the_end),
		cmocka_unit_test(player_work__does_a_bounded_number_of_steps),
		cmocka_unit_test(player_step__failed_command_ends_the_run),
		cmocka_unit_test(player_step__broken_model_ends_the_run),
		cmocka_unit_test(player_init__says_why_there_is_no_machine),
		cmocka_unit_test(play_log__folds_what_count_up_and_keeps_the_last),
	};

	return cmocka_run_group_tests_name("play_player", tests, NULL, NULL);
}
