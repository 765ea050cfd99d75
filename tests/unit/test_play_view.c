// SPDX-License-Identifier: GPL-2.0-or-later
/* The content of the screen, row by row, without a terminal. */
#include "play_fixture.h"

#include <locale.h>

#include "sim/play/keys.h"
#include "sim/play/view.h"

struct shown {
	struct view view;
	struct screen screen;
	char row[512];
};

static void draw(struct shown *shown, const struct player *player, int rows, int cols)
{
	view_draw(&shown->view, player, &shown->screen, rows, cols);
}

static const char *row(struct shown *shown, int number)
{
	screen_row_text(&shown->screen, number, shown->row);
	return shown->row;
}

/* The first row that has the text; NULL: none. */
static const char *row_with(struct shown *shown, const char *text)
{
	for (int i = 0; i < shown->screen.rows; i++)
		if (strstr(row(shown, i), text))
			return shown->row;
	return NULL;
}

static void shown_free(struct shown *shown)
{
	view_free(&shown->view);
	screen_free(&shown->screen);
}

static void assert_row(struct shown *shown, int number, const char *text)
{
	assert_string_equal(row(shown, number), text);
}

static const char founding_case[] = "title \"microVM\"\nkernel 5.8\nhz 250\n"
				    "0.010 virtnet_probe eth0 status=on\n"
				    "0.410 setlink eth0 up\n"
				    "4 end\n";

static void view_draw__shows_what_waits_for_what(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, founding_case);
	draw(&shown, &fixture.player, 24, 80);
	assert_row(
		&shown, 0,
		" microVM                                                            5.8, HZ=250");
	assert_row(&shown, 1, " 0.000000s  jiffy 0  PAUSED  pace 1x  step 0");
	assert_row(&shown, 2, " statement none yet");
	assert_row(&shown, 3, " next      0.010000  virtnet_probe eth0 status=on (line 4)");
	assert_row(&shown, 5, " queue     0");
	assert_row(&shown, 7, " work      not pending");
	assert_non_null(row_with(&shown, "devices 0-0 of 0"));

	play_step(&fixture.player);
	play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 1, " 0.410000s  jiffy 102  PAUSED  pace 1x  step 2");
	assert_row(&shown, 2, " statement 0.410000  setlink eth0 up (line 5)");
	assert_row(&shown, 3, " next      1.024000  what the kernel itself has pending");
	assert_row(&shown, 5, " queue     1: eth0");
	assert_row(&shown, 6, " window    [############........] 598ms of 1s left, until 1.008000");
	assert_row(&shown, 7, " work      delayed: its timer fires at 1.024000, in 614ms");
	assert_row(&shown, 8, " LW_URGENT not set                rtnl free");
	assert_row(&shown, 11, "*!eth0            UP     on       DOWN            no       DOWN");

	/* the second is over, but the wheel makes the work wait longer */
	fixture.player.now_ns = NSEC_PER_SEC * 1016 / 1000;
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 6, " window    [....................] over");
	assert_row(&shown, 7, " work      delayed: its timer fires at 1.024000, in 8ms");
	play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 6, " window    [####################] 1s of 1s left, until 2.024000");
	assert_row(&shown, 11,
		   "  eth0            UP     on       UP              yes      UP RUNNING");
	assert_row(&shown, 17,
		   "    1.024000    eth0 <UP,RUNNING,LOWER_UP> state UP, 614ms after UP");
	assert_row(&shown, 3, " next      4.000000  the end");
	assert_row(&shown, 23, KEYS_TEXT);

	draw(&shown, &fixture.player, 30, 120); /* with room for the whole last message */
	assert_non_null(row_with(&shown, "<UP,RUNNING,LOWER_UP> UP, 1.024000"));
	play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_non_null(strstr(row(&shown, 1), "END: home begins again"));
	assert_row(&shown, 6,
		   " window    [....................] over: the next event is handled at once");
	assert_row(&shown, 3, " next      nothing");
	shown_free(&shown);
	play_end(&fixture);
}

static void view_draw__counts_the_window_down_between_two_steps(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, founding_case);
	play_step(&fixture.player);
	player_toggle(&fixture.player);
	player_pass(&fixture.player, .25);
	play_work(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 1, " 0.260000s  jiffy 65  GOING   pace 1x  step 1");
	assert_row(&shown, 6, " window    [###############.....] 748ms of 1s left, until 1.008000");
	shown_free(&shown);
	play_end(&fixture);
}

static void view_draw__300_devices_are_scrolled(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, "kernel 6.1\n0 ip link add d{0..299} type dummy\n"
			     "ip link set d{0..299} up\n"
			     "3 carrier_off d{0..299}\n3.9 end\n");
	while (!player_is_over(&fixture.player))
		play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 5, " queue     299: d{1..299}");
	assert_non_null(row_with(&shown, "devices 1-6 of 300"));
	keys_take(PLAY_KEY_PAGE_DOWN, &fixture.player, &shown.view);
	keys_take(PLAY_KEY_DOWN, &fixture.player, &shown.view);
	keys_take(PLAY_KEY_DOWN, &fixture.player, &shown.view);
	keys_take(PLAY_KEY_UP, &fixture.player, &shown.view);
	draw(&shown, &fixture.player, 24, 80);
	assert_non_null(row_with(&shown, "devices 8-13 of 300"));
	assert_non_null(row_with(&shown, "*!d7 "));
	view_scroll(&shown.view, 1000);
	draw(&shown, &fixture.player, 24, 80);
	assert_non_null(row_with(&shown, "devices 295-300 of 300"));
	draw(&shown, &fixture.player, 60, 80); /* and a full page, when the screen has grown */
	assert_non_null(row_with(&shown, "devices 277-300 of 300"));
	keys_take(PLAY_KEY_PAGE_UP, &fixture.player, &shown.view);
	view_scroll(&shown.view, -1000);
	draw(&shown, &fixture.player, 24, 80);
	assert_non_null(row_with(&shown, "devices 1-6 of 300"));
	shown_free(&shown);
	play_end(&fixture);
}

static void view_draw__too_small_says_so(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, founding_case);
	draw(&shown, &fixture.player, VIEW_ROWS_MIN - 1, 80);
	assert_row(&shown, 0, "too small: 80x20 needed, q quits");
	draw(&shown, &fixture.player, 24, 20);
	assert_row(&shown, 0, "too small: 80x20 ne~");
	draw(&shown, &fixture.player, 1, 1);
	assert_row(&shown, 0, "~");
	draw(&shown, &fixture.player, VIEW_ROWS_MIN, VIEW_COLS_MIN);
	assert_non_null(row_with(&shown, "microVM"));
	shown_free(&shown);
	play_end(&fixture);
}

/* All that can delay linkwatch, and how it is shown. */
static void view_draw__rtnl_held_and_a_slow_worker(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };
	int seen = 0;

	(void)state;
	play_start(&fixture, "kernel 6.1\n0 ip link add d0 type dummy\nip link set d0 up\n"
			     "ip link add v0 type veth peer name v1\n"
			     "ip link set v{0..1} up\n"
			     "2 worker latency 20ms\n"
			     "rtnl_lock for 100ms\n"
			     "carrier_off v0\n"
			     "2.2 ip link set lo up\n"
			     "5 end\n");
	while (!player_is_over(&fixture.player)) {
		play_step(&fixture.player);
		draw(&shown, &fixture.player, 30, 80);
		seen |= row_with(&shown, "rtnl held until 2.100000, 0 wait") ? 1 : 0;
		seen |= row_with(&shown, "queued: may start at 2.020000, in 20ms") ? 2 : 0;
		seen |= row_with(&shown, "LW_URGENT SET") ? 4 : 0;
		seen |= row_with(&shown, "asleep, waiting for rtnl") ? 8 : 0;
		seen |= row_with(&shown, "rtnl held until 2.100000, 1 wait") ? 16 : 0;
	}
	assert_int_equal(seen, 31);
	assert_non_null(row_with(&shown, "  lo "));
	shown_free(&shown);
	play_end(&fixture);
}

static void view_draw__two_who_are_not_neighbours_and_a_long_queue(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, "kernel 6.1+limit-5ms\n0 ip netns add somewhere-else\n"
			     "ip link add a_long_name type dummy\n"
			     "ip -n somewhere-else link add another_name type dummy\n"
			     "ip link add e1 type dummy\nip link add e3 type dummy\n"
			     "ip link add e4 type dummy\n"
			     "1 worker latency 1s\n"
			     "carrier_off a_long_name\ncarrier_off -n somewhere-else another_name\n"
			     "carrier_off e1\ncarrier_off e3\ncarrier_off e4\n"
			     "1.5 end\n");
	while (!player_is_over(&fixture.player))
		play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 5, " queue     5: a_long_name somewhere-else/another_name e1 e{3..4}");
	assert_non_null(row_with(&shown, "* s~/another_name "));
	assert_null(row_with(&shown, "/lo"));
	shown_free(&shown);
	play_end(&fixture);
}

/* nextevent is 300 s ahead there, and no work is pending for it. */
static void view_draw__32_bits_at_boot(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, "kernel 6.1\nbits 32\nhz 100\n1 ip link add d0 type dummy\n");
	draw(&shown, &fixture.player, 24, 80);
	assert_row(&shown, 6,
		   " window    [####################] 300s of 1s left, until 300.000000");
	shown_free(&shown);
	play_end(&fixture);
}

static void view_draw__why_a_run_has_ended(void **state)
{
	struct play_fixture fixture;
	struct shown shown = { .row = "" };

	(void)state;
	play_start(&fixture, "0 ip link add d0 type dummy\n1 ip link add d0 type dummy\n");
	play_step(&fixture.player);
	play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_non_null(row_with(&shown, "END: a command failed"));
	assert_non_null(row_with(&shown, "test.lw")); /* it has no title */
	player_home(&fixture.player);
	machine_broken((struct machine *)(uintptr_t)runner_machine(fixture.player.runner), "x");
	play_step(&fixture.player);
	draw(&shown, &fixture.player, 24, 80);
	assert_non_null(row_with(&shown, "END: an invariant of the model broke"));
	shown_free(&shown);
	play_end(&fixture);
}

static void screen_put__keeps_its_place_and_what_no_terminal_should_get(void **state)
{
	struct screen screen = { 0 };
	char text[64];

	(void)state;
	screen_clear(&screen, 2, 10);
	assert_int_equal(screen_print(&screen, 0, 0, SCREEN_PLAIN, "%s", "a\033[1m\xff\tb"), 8);
	screen_row_text(&screen, 0, text);
	assert_string_equal(text, "a?[1m? b");
	assert_int_equal(screen_put(&screen, 0, 2, 5, SCREEN_PLAIN, "12345", 5), 5);
	screen_row_text(&screen, 0, text);
	assert_string_equal(text, "a?12~? b");
	assert_int_equal(screen_put(&screen, 2, 3, 5, SCREEN_PLAIN, "x", 1), 3); /* no such row */
	assert_int_equal(screen_put(&screen, -1, 3, 5, SCREEN_PLAIN, "x", 1), 3);
	screen_fill(&screen, 1, 8, '-', SCREEN_HEAD);
	screen_fill(&screen, 2, 0, '-', SCREEN_HEAD);
	screen_row_text(&screen, 1, text);
	assert_string_equal(text, "        --");
	screen_free(&screen);
}

/* Characters that take two columns take both, or none. */
static void screen_put__wide_characters(void **state)
{
	struct screen screen = { 0 };

	(void)state;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		skip();
	screen_clear(&screen, 1, 5);
	assert_int_equal(screen_print(&screen, 0, 0, SCREEN_PLAIN, "\xe7\xb6\xb2x"), 3);
	assert_int_equal(screen.cells[0].character, 0x7db2);
	assert_int_equal(screen.cells[1].character, 0);
	assert_int_equal(screen.cells[2].character, 'x');
	assert_int_equal(screen_print(&screen, 0, 4, SCREEN_PLAIN, "\xe7\xb6\xb2"), 5);
	assert_int_equal(screen.cells[4].character, '~');
	setlocale(LC_CTYPE, "C");
	screen_clear(&screen, 1, 5);
	screen_print(&screen, 0, 0, SCREEN_PLAIN, "\xe7\xb6\xb2");
	assert_int_equal(screen.cells[0].character, '?');
	screen_free(&screen);
}

static void keys_take__each_does_its_deed(void **state)
{
	struct play_fixture fixture;
	struct player *player = &fixture.player;
	struct view view = { .top = 0 };

	(void)state;
	play_start(&fixture, founding_case);
	keys_take(key_of_character('n'), player, &view);
	assert_int_equal(player->goal, PLAY_TO_HAPPENING);
	keys_take(key_of_character('m'), player, &view);
	assert_int_equal(player->goal, PLAY_TO_MESSAGE);
	play_work(player);
	play_message(player);
	keys_take(key_of_character('p'), player, &view);
	play_work(player);
	assert_int_equal(player->position, 1);
	play_message(player);
	keys_take(key_of_character('M'), player, &view);
	play_work(player);
	assert_int_equal(player->position, 1);
	keys_take(key_of_character('+'), player, &view);
	keys_take(key_of_character('='), player, &view);
	keys_take(key_of_character('-'), player, &view);
	assert_true(player->pace == 2.);
	keys_take(key_of_character(' '), player, &view);
	assert_false(player->is_paused);
	keys_take(PLAY_KEY_HOME, player, &view);
	assert_int_equal(player->position, 0);
	assert_int_equal(keys_take(key_of_character('x'), player, &view), KEYS_GO_ON);
	assert_int_equal(keys_take(key_of_character('q'), player, &view), KEYS_QUIT);
	play_end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(view_draw__shows_what_waits_for_what),
		cmocka_unit_test(view_draw__counts_the_window_down_between_two_steps),
		cmocka_unit_test(view_draw__300_devices_are_scrolled),
		cmocka_unit_test(view_draw__too_small_says_so),
		cmocka_unit_test(view_draw__rtnl_held_and_a_slow_worker),
		cmocka_unit_test(view_draw__two_who_are_not_neighbours_and_a_long_queue),
		cmocka_unit_test(view_draw__32_bits_at_boot),
		cmocka_unit_test(view_draw__why_a_run_has_ended),
		cmocka_unit_test(screen_put__keeps_its_place_and_what_no_terminal_should_get),
		cmocka_unit_test(screen_put__wide_characters),
		cmocka_unit_test(keys_take__each_does_its_deed),
	};

	return cmocka_run_group_tests_name("play_view", tests, NULL, NULL);
}
