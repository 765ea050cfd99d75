/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws the screen and reads keys through ncurses. */
#define NCURSES_WIDECHAR 1
#include "sim/play/terminal.h"

#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

#include "sim/loader/guard.h"

/* Global, because ncurses itself has one screen in static variables. */
static SCREEN *volatile opened;
static FILE *keys;

static void abort_with_terminal(int number)
{
	terminal_close();
	signal(number, SIG_DFL);
	raise(number);
}

static bool refuse(const char *what)
{
	fprintf(stderr, "lwsim: error: play needs a terminal: %s\n", what);
	return false;
}

/* Reads keys from the terminal even if standard input is the scenario. */
static bool open_keys(void)
{
	if (isatty(STDIN_FILENO))
		keys = stdin;
	else
		keys = fopen("/dev/tty", "r");
	return keys != NULL;
}

static void close_keys(void)
{
	if (keys && keys != stdin)
		fclose(keys);
	keys = NULL;
}

static void choose_colors(void)
{
	static const struct {
		enum screen_style style;
		short color;
	} colors[] = {
		{ SCREEN_GOOD, COLOR_CYAN },
		{ SCREEN_LACK, COLOR_YELLOW },
		{ SCREEN_BAD, COLOR_RED },
	};
	const char *no_color = getenv("NO_COLOR");

	if ((no_color && *no_color) || !has_colors() || start_color() == ERR)
		return;
	use_default_colors();
	for (size_t i = 0; i < sizeof(colors) / sizeof(colors[0]); i++)
		init_pair((short)colors[i].style, colors[i].color, -1);
}

static bool is_large_enough(void)
{
	int rows, cols;

	terminal_size(&rows, &cols);
	if (rows >= VIEW_ROWS_MIN && cols >= VIEW_COLS_MIN)
		return true;
	terminal_close();
	fprintf(stderr, "lwsim: error: the terminal has %dx%d, play needs at least %dx%d\n", cols,
		rows, VIEW_COLS_MIN, VIEW_ROWS_MIN);
	return false;
}

/* Checks the terminal type before newterm(), which has a worse message and leaks memory. */
static bool is_known(const char *type)
{
	bool has_cup;
	int status;

	if (setupterm(type, STDOUT_FILENO, &status) != OK)
		return false;
	has_cup = tigetstr("cup") != NULL;
	del_curterm(cur_term);
	return has_cup;
}

bool terminal_open(void)
{
	const char *type = getenv("TERM");

	if (!isatty(STDOUT_FILENO))
		return refuse("standard output is none");
	if (!type || !*type)
		return refuse("TERM is not set");
	if (strcmp(type, "dumb") == 0)
		return refuse("TERM is dumb");
	if (!open_keys())
		return refuse("there is none to read keys from");
	setlocale(LC_CTYPE, "");
	if (is_known(type))
		opened = newterm(NULL, stdout, keys);
	if (!opened) {
		close_keys();
		return refuse("what TERM names is not known, or cannot place the cursor");
	}
	atexit(terminal_close);
	src_guard_before_exit(terminal_close);
	signal(SIGABRT, abort_with_terminal);
	cbreak();
	noecho();
	curs_set(0);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	set_escdelay(25);
	choose_colors();
	return is_large_enough();
}

void terminal_close(void)
{
	if (opened)
		endwin();
	opened = NULL;
	close_keys();
}

int terminal_fd(void)
{
	return fileno(keys);
}

bool terminal_is_gone(void)
{
	struct pollfd fd = { .fd = terminal_fd(), .events = POLLIN };

	return poll(&fd, 1, 0) > 0 && fd.revents & (POLLHUP | POLLERR | POLLNVAL);
}

bool terminal_key(enum play_key *ret_key)
{
	static const struct {
		int code;
		enum play_key key;
	} named[] = {
		{ KEY_RIGHT, PLAY_KEY_STEP },	   { KEY_LEFT, PLAY_KEY_STEP_BACK },
		{ KEY_HOME, PLAY_KEY_HOME },	   { KEY_UP, PLAY_KEY_UP },
		{ KEY_DOWN, PLAY_KEY_DOWN },	   { KEY_PPAGE, PLAY_KEY_PAGE_UP },
		{ KEY_NPAGE, PLAY_KEY_PAGE_DOWN },
	};
	int code = getch();

	*ret_key = key_of_character(code);
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (named[i].code == code)
			*ret_key = named[i].key;
	return code != ERR;
}

void terminal_resize(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col)
		resizeterm(size.ws_row, size.ws_col);
	clearok(curscr, TRUE);
}

void terminal_size(int *ret_rows, int *ret_cols)
{
	getmaxyx(stdscr, *ret_rows, *ret_cols);
}

static attr_t attributes_of(enum screen_style style)
{
	switch (style) {
	case SCREEN_STRONG:
	case SCREEN_BAD:
		return A_BOLD;
	case SCREEN_BAR:
		return A_REVERSE;
	case SCREEN_PLAIN:
	case SCREEN_HEAD:
	case SCREEN_GOOD:
	case SCREEN_LACK:
	case SCREEN_STYLE_COUNT:
		break;
	}
	return A_NORMAL;
}

/* Uninitialized pairs have the terminal's own colours. */
static short pair_of(enum screen_style style)
{
	bool is_colored = style == SCREEN_GOOD || style == SCREEN_LACK || style == SCREEN_BAD;

	return (short)(is_colored ? style : 0);
}

void terminal_paint(const struct screen *screen)
{
	erase();
	for (int row = 0; row < screen->rows; row++)
		for (int col = 0; col < screen->cols; col++) {
			const struct screen_cell *cell =
				&screen->cells[(size_t)row * (size_t)screen->cols + (size_t)col];
			const wchar_t text[2] = { cell->character, L'\0' };
			cchar_t character;

			if (!cell->character) /* right half of a wide character */
				continue;
			setcchar(&character, text, attributes_of(cell->style), pair_of(cell->style),
				 NULL);
			mvadd_wch(row, col, &character);
		}
	refresh();
}
