/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws, from top to bottom: title, clock, statement; linkwatch; devices; log; keys. */
#include "sim/play/view.h"

#include <inttypes.h>
#include <string.h>

#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/play/keys.h"
#include "sim/run/runner.h"
#include "sim/run/src_about.h"
#include "sim/run/src_loader.h"

/* Rows of the upper part; devices, log and keys follow. */
enum {
	ROW_TITLE,
	ROW_CLOCK,
	ROW_STATEMENT,
	ROW_NEXT,
	ROW_LINKWATCH,
	ROW_QUEUE,
	ROW_WINDOW,
	ROW_WORK,
	ROW_URGENT,
	ROW_DEVICES,
	ROW_COLUMNS,
	ROW_FIRST_DEVICE
};

/* Column of values, after their labels. */
#define COL_VALUE 11
#define BAR_WIDTH 20

/* Columns of the log's texts, after the time. */
#define LOG_COL_ACTION 14
#define LOG_COL_MESSAGE 16

#define LABEL_WIDTH 16
#define UP_WIDTH 7
#define CARRIER_WIDTH 9
#define STORED_WIDTH 16
#define RUNNING_WIDTH 9
/* From this width, all of a device's last message fits. */
#define WIDE_COLS 112

static void draw_head(struct screen *screen, int row, const char *text)
{
	screen_fill(screen, row, 0, '-', SCREEN_HEAD);
	screen_print(screen, row, 3, SCREEN_HEAD, " %s ", text);
}

/* Whether the kernel's tree has functions that do not run here. */
static bool is_not_known(const struct player *player)
{
	const struct kernel *kernel = &player->options.kernel;

	return kernel->source &&
	       src_about_extent(player->options.loader->about(kernel)) == SRC_NOT_KNOWN;
}

static void draw_title(struct screen *screen, const struct player *player)
{
	const struct scenario *scenario = player->scenario;
	const char *title = *scenario->title ? scenario->title : scenario->source->path;
	char kernel[KERNEL_NAME_MAX_BYTES], rest[KERNEL_NAME_MAX_BYTES];
	char right[2 * KERNEL_NAME_MAX_BYTES + 48];
	int col;

	kernel_name(&player->options.kernel, kernel);
	src_rest_name(&player->options.kernel, rest);
	snprintf(right, sizeof(right), " %s%s%s%s, HZ=%" PRIu32 " ",
		 is_not_known(player) ? "not known: " : "", kernel,
		 *rest ? ", the rest of lwsim's " : "", rest, scenario->hz);
	col = screen->cols - (int)strlen(right);
	if (col < screen->cols / 2) /* a long path may leave no room */
		col = screen->cols / 2;
	screen_fill(screen, ROW_TITLE, 0, ' ', SCREEN_BAR);
	screen_put(screen, ROW_TITLE, 1, col, SCREEN_BAR, title, strlen(title));
	screen_put(screen, ROW_TITLE, col, screen->cols, SCREEN_BAR, right, strlen(right));
}

static const char *status_of(const struct player *player)
{
	if (!player_is_over(player))
		return player->is_paused ? "PAUSED" : "GOING ";
	if (runner_result(player->runner) == RUN_BROKEN)
		return "END: an invariant of the model broke";
	if (runner_was_stopped(player->runner))
		return "END: a command failed (--force goes on)";
	return "END: home begins again";
}

static void draw_clock(struct screen *screen, const struct player *player,
		       const struct play_state *state)
{
	char now[FORMAT_MAX_BYTES];
	int col;

	format_seconds(state->now_ns, now);
	col = screen_print(screen, ROW_CLOCK, 1, SCREEN_STRONG, "%ss", now);
	col = screen_print(screen, ROW_CLOCK, col + 2, SCREEN_PLAIN, "jiffy %" PRIu64,
			   state->jiffy);
	col = screen_print(screen, ROW_CLOCK, col + 2, SCREEN_STRONG, "%s", status_of(player));
	screen_print(screen, ROW_CLOCK, col + 2, SCREEN_PLAIN, "pace %gx  step %zu", player->pace,
		     player->steps);
}

/* Draws a statement's time and its first line. */
static void draw_stmt(struct screen *screen, int row, const struct player *player, int64_t t_ns,
		      const struct stmt *stmt)
{
	const char *text = player->scenario->source->text + stmt->span.off;
	char time[FORMAT_MAX_BYTES], line[32];
	size_t len = 0;
	int col, end;

	while (len < stmt->span.len && text[len] != '\n')
		len++;
	format_seconds(t_ns, time);
	snprintf(line, sizeof(line), " (line %" PRIu32 ")", stmt->line);
	end = screen->cols - (int)strlen(line);
	col = screen_print(screen, row, COL_VALUE, SCREEN_PLAIN, "%s  ", time);
	col = screen_put(screen, row, col, end, SCREEN_STRONG, text, len);
	screen_print(screen, row, col, SCREEN_PLAIN, "%s", line);
}

static void draw_statement(struct screen *screen, const struct player *player)
{
	screen_print(screen, ROW_STATEMENT, 1, SCREEN_PLAIN, "statement");
	if (player->log.stmt)
		draw_stmt(screen, ROW_STATEMENT, player, player->log.stmt_ns, player->log.stmt);
	else
		screen_print(screen, ROW_STATEMENT, COL_VALUE, SCREEN_PLAIN, "none yet");
}

static void draw_next(struct screen *screen, const struct player *player)
{
	int64_t next_ns = runner_next_ns(player->runner), stmt_ns = 0;
	const struct stmt *stmt = runner_next_stmt(player->runner, &stmt_ns);
	char time[FORMAT_MAX_BYTES];

	if (player->inside.number) {
		screen_print(screen, ROW_NEXT, 1, SCREEN_STRONG, "inside");
		screen_print(screen, ROW_NEXT, COL_VALUE, SCREEN_STRONG,
			     "decision %zu of %zu in this step: %s", player->inside.number,
			     player->inside.count, player->inside.function);
		return;
	}
	screen_print(screen, ROW_NEXT, 1, SCREEN_PLAIN, "next");
	format_seconds(next_ns, time);
	if (player_is_over(player))
		screen_print(screen, ROW_NEXT, COL_VALUE, SCREEN_STRONG, "%s",
			     player->remark ? player->remark : "nothing");
	else if (stmt && stmt_ns == next_ns)
		draw_stmt(screen, ROW_NEXT, player, stmt_ns, stmt);
	else if (machine_next_ns(runner_machine(player->runner)) <= next_ns)
		screen_print(screen, ROW_NEXT, COL_VALUE, SCREEN_PLAIN,
			     "%s  what the kernel itself has pending", time);
	else
		screen_print(screen, ROW_NEXT, COL_VALUE, SCREEN_PLAIN, "%s  the end", time);
}

/* Draws linkwatch's queue, with consecutive names folded, as far as it fits. */
static void draw_queue(struct screen *screen, const struct play_state *state)
{
	char name[FOLD_NAME_MAX_BYTES];
	struct fold fold;
	int col;

	screen_print(screen, ROW_QUEUE, 1, SCREEN_PLAIN, "queue");
	if (!state->is_queue_known) {
		screen_print(screen, ROW_QUEUE, COL_VALUE, SCREEN_PLAIN,
			     "not known: this link_watch.c keeps it in its own way");
		return;
	}
	col = screen_print(screen, ROW_QUEUE, COL_VALUE, SCREEN_STRONG, "%zu", state->queue_count);
	for (size_t i = 0; i < state->queue_count; i++) {
		bool is_first = i == 0;

		fold_start(&fold, state->queue[i]);
		while (i + 1 < state->queue_count && fold_add(&fold, state->queue[i + 1]))
			i++;
		fold_name(&fold, name);
		col = screen_print(screen, ROW_QUEUE, col, SCREEN_PLAIN, "%s %s",
				   is_first ? ":" : "", name);
	}
}

static void draw_window(struct screen *screen, const struct play_state *state)
{
	int64_t left_ns = state->window_end_ns - state->now_ns;
	char left[FORMAT_MAX_BYTES], whole[FORMAT_MAX_BYTES], end[FORMAT_MAX_BYTES];
	int filled;

	screen_print(screen, ROW_WINDOW, 1, SCREEN_PLAIN, "window");
	if (left_ns < 0)
		left_ns = 0;
	filled = left_ns >= state->window_ns
			 ? BAR_WIDTH
			 : (int)((left_ns * BAR_WIDTH + state->window_ns - 1) / state->window_ns);
	screen_print(screen, ROW_WINDOW, COL_VALUE, SCREEN_PLAIN, "[%.*s%.*s]", filled,
		     "####################", BAR_WIDTH - filled, "....................");
	format_duration(left_ns, left);
	format_duration(state->window_ns, whole);
	format_seconds(state->window_end_ns, end);
	if (left_ns)
		screen_print(screen, ROW_WINDOW, COL_VALUE + BAR_WIDTH + 3, SCREEN_PLAIN,
			     "%s of %s left, until %s", left, whole, end);
	else
		screen_print(screen, ROW_WINDOW, COL_VALUE + BAR_WIDTH + 3, SCREEN_PLAIN, "over%s",
			     state->work == PLAY_WORK_IDLE ? ": the next event is handled at once"
							   : "");
}

static void draw_work(struct screen *screen, const struct play_state *state)
{
	int64_t wait_ns = state->work_ns - state->now_ns;
	char at[FORMAT_MAX_BYTES], wait[FORMAT_MAX_BYTES];

	format_seconds(state->work_ns, at);
	format_duration(wait_ns > 0 ? wait_ns : 0, wait);
	screen_print(screen, ROW_WORK, 1, SCREEN_PLAIN, "work");
	switch (state->work) {
	case PLAY_WORK_UNKNOWN:
		screen_print(screen, ROW_WORK, COL_VALUE, SCREEN_PLAIN, "not known");
		break;
	case PLAY_WORK_IDLE:
		screen_print(screen, ROW_WORK, COL_VALUE, SCREEN_PLAIN, "not pending");
		break;
	case PLAY_WORK_DELAYED:
		screen_print(screen, ROW_WORK, COL_VALUE, SCREEN_STRONG,
			     "delayed: its timer fires at %s, in %s", at, wait);
		break;
	case PLAY_WORK_QUEUED:
		screen_print(screen, ROW_WORK, COL_VALUE, SCREEN_STRONG,
			     "queued: may start at %s, in %s", at, wait);
		break;
	case PLAY_WORK_ASLEEP:
		screen_print(screen, ROW_WORK, COL_VALUE, SCREEN_STRONG,
			     "asleep, waiting for rtnl");
		break;
	case PLAY_WORK_RUNNING:
		screen_print(screen, ROW_WORK, COL_VALUE, SCREEN_STRONG, "running");
		break;
	}
}

static void draw_urgent(struct screen *screen, const struct play_state *state)
{
	char until[FORMAT_MAX_BYTES];
	int col;

	screen_print(screen, ROW_URGENT, 1, SCREEN_PLAIN, "LW_URGENT");
	screen_print(screen, ROW_URGENT, COL_VALUE, state->is_urgent ? SCREEN_STRONG : SCREEN_PLAIN,
		     "%s", state->is_urgent ? "SET" : "not set");
	col = screen_print(screen, ROW_URGENT, COL_VALUE + BAR_WIDTH + 3, SCREEN_PLAIN, "rtnl ");
	format_seconds(state->rtnl_until_ns, until);
	if (state->is_rtnl_held)
		screen_print(screen, ROW_URGENT, col, SCREEN_STRONG,
			     "held until %s, %" PRIu32 " wait", until, state->rtnl_waiting);
	else
		screen_print(screen, ROW_URGENT, col, SCREEN_PLAIN, "free");
}

static void draw_linkwatch(struct screen *screen, const struct play_state *state)
{
	draw_head(screen, ROW_LINKWATCH, "linkwatch");
	draw_queue(screen, state);
	draw_window(screen, state);
	draw_work(screen, state);
	draw_urgent(screen, state);
}

static int label_width(const struct screen *screen)
{
	int more = (screen->cols - VIEW_COLS_MIN) / 2;

	return LABEL_WIDTH + (more < 24 ? more : 24);
}

static void draw_last_message(struct screen *screen, int row, int col,
			      const struct play_device *device)
{
	enum screen_style style = device->is_misbelieved ? SCREEN_BAD : SCREEN_PLAIN;
	const struct last_message *message = &device->last_message;
	char flags[FORMAT_MAX_BYTES], at[FORMAT_MAX_BYTES];

	if (!device->has_message) {
		screen_print(screen, row, col, style, "nothing yet");
	} else if (screen->cols < WIDE_COLS) {
		screen_print(screen, row, col, style, "%s%s", operstate_name(message->operstate),
			     message->flags & IFF_RUNNING ? " RUNNING" : "");
	} else {
		format_link_flags(message->flags, flags);
		format_seconds(message->at_ns, at);
		screen_print(screen, row, col, style, "<%s> %s, %s", flags,
			     operstate_name(message->operstate),
			     message->at_ns < 0 ? "at boot" : at);
	}
}

/* Shortens the namespace of a long label; the device's own name has priority. */
static void draw_label(struct screen *screen, int row, int col, int end, const char *label)
{
	const char *slash = strchr(label, '/');
	size_t len = strlen(label), netns_len = slash ? (size_t)(slash - label) : 0;
	int room = end - col -
		   (int)(len - netns_len); /* of the namespace; bytes are no fewer than columns */

	if (slash && (size_t)(end - col) < len) {
		if (room > 0)
			col = screen_put(screen, row, col, col + room, SCREEN_STRONG, label,
					 netns_len);
		label = slash;
		len -= netns_len;
	}
	screen_put(screen, row, col, end, SCREEN_STRONG, label, len);
}

static void draw_device(struct screen *screen, int row, const struct play_device *device)
{
	int col = 2 + label_width(screen);

	screen_print(screen, row, 0, SCREEN_STRONG, "%c%c", device->is_queued ? '*' : ' ',
		     device->is_misbelieved ? '!' : ' ');
	draw_label(screen, row, 2, col - 1, device->label);
	screen_print(screen, row, col, device->is_up ? SCREEN_GOOD : SCREEN_PLAIN, "%s",
		     device->is_up ? "UP" : "down");
	col += UP_WIDTH;
	screen_print(screen, row, col, device->has_carrier ? SCREEN_GOOD : SCREEN_LACK, "%s",
		     device->has_carrier ? "on" : "off");
	col += CARRIER_WIDTH;
	screen_print(screen, row, col, SCREEN_PLAIN, "%s", operstate_name(device->operstate));
	col += STORED_WIDTH;
	screen_print(screen, row, col, device->is_running ? SCREEN_GOOD : SCREEN_LACK, "%s",
		     device->is_running ? "yes" : "no");
	draw_last_message(screen, row, col + RUNNING_WIDTH, device);
}

static void draw_devices(struct view *view, struct screen *screen, const struct play_state *state,
			 int rows)
{
	size_t last;
	char head[80];
	int col = 2 + label_width(screen);

	view->page = (size_t)rows;
	view->devices = state->devices_count;
	view_scroll(view, 0); /* there may be fewer devices than before */
	last = view->top + view->page < state->devices_count ? view->top + view->page
							     : state->devices_count;
	snprintf(head, sizeof(head), "devices %zu-%zu of %zu", last ? view->top + 1 : 0, last,
		 state->devices_count);
	draw_head(screen, ROW_DEVICES, head);
	screen_print(screen, ROW_DEVICES, 32, SCREEN_HEAD,
		     " * on the queue   ! userspace sees stale state ");
	screen_print(screen, ROW_COLUMNS, 2, SCREEN_PLAIN, "device");
	screen_print(screen, ROW_COLUMNS, col, SCREEN_PLAIN, "%-*s%-*s%-*s%-*s%s", UP_WIDTH,
		     "admin", CARRIER_WIDTH, "carrier", STORED_WIDTH, "stored state", RUNNING_WIDTH,
		     "RUNNING", "last notified");
	for (size_t i = view->top; i < last; i++)
		draw_device(screen, ROW_FIRST_DEVICE + (int)(i - view->top), &state->devices[i]);
}

static enum screen_style style_of(enum play_log_kind kind)
{
	switch (kind) {
	case PLAY_LOG_ACTION:
		return SCREEN_STRONG;
	case PLAY_LOG_RUNNING:
		return SCREEN_GOOD;
	case PLAY_LOG_NO_RUNNING:
		return SCREEN_LACK;
	case PLAY_LOG_ERROR:
		return SCREEN_BAD;
	case PLAY_LOG_MESSAGE:
	case PLAY_LOG_NOTE:
		break;
	}
	return SCREEN_PLAIN;
}

/* Length of the words of text that fit in a row; all of it if not even one does. */
static size_t words_that_fit(const char *text, size_t room)
{
	size_t len = strlen(text);

	if (len <= room)
		return len;
	while (room && text[room] != ' ')
		room--;
	return room ? room : len;
}

/* Number of rows needed from `row` for the current decision; draws it if is_shown. */
static int put_decision(struct screen *screen, int row, const struct inside *inside, bool is_shown)
{
	const size_t room = (size_t)screen->cols - LOG_COL_MESSAGE;
	int rows = 0;

	for (const char *at = inside->sentence; *at; rows++) {
		size_t len;

		at += rows && *at == ' ';
		len = words_that_fit(at, room);
		if (is_shown)
			screen_put(screen, row + rows, LOG_COL_MESSAGE, screen->cols, SCREEN_STRONG,
				   at, len);
		at += len;
	}
	return rows;
}

/* Draws the last lines up to line `count`, the latest at the bottom. Returns the last row drawn. */
static int draw_log(struct screen *screen, int row, int rows, const struct play_log *log,
		    size_t count)
{
	size_t shown = count < (size_t)rows ? count : (size_t)rows;
	char time[FORMAT_MAX_BYTES];

	for (size_t i = 0; i < shown; i++) {
		const struct play_log_line *line =
			play_log_line(log, log->count - count + shown - 1 - i);

		if (!line) /* more rows than stored lines */
			continue;
		row++;
		format_seconds(line->t_ns, time);
		screen_print(screen, row, 0, SCREEN_PLAIN, "%12s", time);
		screen_put(screen, row,
			   line->kind == PLAY_LOG_ACTION ? LOG_COL_ACTION : LOG_COL_MESSAGE,
			   screen->cols, style_of(line->kind), line->text, strlen(line->text));
	}
	return row;
}

/* The log gets half of the remaining rows, and those that devices do not need. */
static int rows_for_devices(const struct screen *screen, size_t devices)
{
	int left = screen->rows - ROW_FIRST_DEVICE - 2;
	int most = left - left / 2;

	return devices < (size_t)most ? (int)devices : most;
}

void view_draw(struct view *view, const struct player *player, struct screen *screen, int rows,
	       int cols)
{
	const struct inside *inside = &player->inside;
	const struct play_state *state = inside->number ? &inside->state : &view->state;
	int devices, log_row, log_rows;

	screen_clear(screen, rows, cols);
	if (rows < VIEW_ROWS_MIN || cols < VIEW_COLS_MIN) {
		screen_print(screen, 0, 0, SCREEN_PLAIN, "too small: %dx%d needed, q quits",
			     VIEW_COLS_MIN, VIEW_ROWS_MIN);
		return;
	}
	play_state_fill(&view->state, player->runner, player->now_ns);
	devices = rows_for_devices(screen, state->devices_count);
	draw_title(screen, player);
	draw_clock(screen, player, state);
	draw_statement(screen, player);
	draw_next(screen, player);
	draw_linkwatch(screen, state);
	draw_devices(view, screen, state, devices);
	log_row = ROW_FIRST_DEVICE + devices;
	log_rows = rows - log_row - 2;
	draw_head(screen, log_row, "what happened");
	if (inside->number)
		log_rows -= put_decision(screen, 0, inside, false);
	log_row = draw_log(screen, log_row, log_rows > 0 ? log_rows : 0, &player->log,
			   inside->number ? inside->log_count : player->log.count);
	if (inside->number)
		put_decision(screen, log_row + 1, inside, true);
	screen_fill(screen, rows - 1, 0, ' ', SCREEN_BAR);
	screen_print(screen, rows - 1, 0, SCREEN_BAR, "%s", KEYS_TEXT);
}

void view_free(struct view *view)
{
	play_state_free(&view->state);
}

void view_scroll(struct view *view, long by)
{
	long most = (long)view->devices - (long)view->page;
	long top = (long)view->top + by;

	if (top > most)
		top = most;
	view->top = top > 0 ? (size_t)top : 0;
}
