/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim repl: executes statements as they are typed and shows their effects. */
#include "sim/repl/repl.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/repl/line.h"
#include "sim/repl/session.h"

struct repl {
	struct session session;
	struct line_reader reader;
	char *pending; /* lines of a block that is still open; NULL: none */
};

/* Number of blocks open at the end of text. */
static int depth_of(const char *text)
{
	int depth = 0;

	for (; *text; text++)
		depth += (*text == '{' && (text[1] == '\n' || text[1] == ' ' || !text[1])) -
			 (*text == '}' && (text[1] == '\n' || !text[1]));
	return depth;
}

static void forget_pending(struct repl *repl)
{
	free(repl->pending);
	repl->pending = NULL;
}

static void take_lines(struct repl *repl, const char *line)
{
	char *lines = repl->pending ? xasprintf("%s\n%s", repl->pending, line) : xstrdup(line);

	forget_pending(repl);
	if (depth_of(lines) > 0) {
		repl->pending = lines;
		return;
	}
	session_take(&repl->session, lines);
	free(lines);
}

static void say_help(FILE *out)
{
	fputs("statements, as in a scenario:\n"
	      "  ip link add d0 type dummy     and so on; ip netns, ip tuntap\n"
	      "  ip -n NS link set d0 up       in a namespace; other words take -n NS, too\n"
	      "  carrier_off d0                what drivers do: dev_open, dormant_on, ...\n"
	      "  getlink d0, sysfs d0 carrier  ask as userspace can\n"
	      "  expect d0 operstate UP        judge\n"
	      "  setlink d0 up = EBUSY         a command that must fail, and its error\n"
	      "  repeat 3 every 1s {, batch {  lines up to one that is }\n"
	      "time:\n"
	      "  +1s STATEMENT    time passes, then that; or 400ms, 3j; 2.5s: at that time\n"
	      "  +1s              time passes, and `mark`: `notifications` count from here\n"
	      "before the first statement:\n"
	      "  kernel 6.1, hz 1000, bits 32, timers exact, param NAME = VALUE ($NAME)\n"
	      "commands:\n"
	      "  state            the devices as they are now\n"
	      "  why              what the last statement did, and why\n"
	      "  undo             revert the last statement\n"
	      "  text             what you typed, as a scenario\n"
	      "  help             this\n"
	      "  quit, exit       or Ctrl-D; Ctrl-C cancels a line, or an open block\n",
	      out);
}

/* False: quit. */
static bool take_line(struct repl *repl, const char *line)
{
	struct session *session = &repl->session;
	size_t start = strspn(line, " \t"), len = strlen(line);
	char *word;
	bool goes_on;

	while (len > start && strchr(" \t", line[len - 1]))
		len--;
	word = xstrndup(line + start, len - start);
	goes_on = strcmp(word, "quit") != 0 && strcmp(word, "exit") != 0;
	if (strcmp(word, "help") == 0)
		say_help(session->answer.out);
	else if (strcmp(word, "why") == 0)
		session_why(session);
	else if (strcmp(word, "state") == 0)
		session_state(session);
	else if (strcmp(word, "undo") == 0)
		session_undo(session);
	else if (strcmp(word, "text") == 0)
		fputs(session_text(session), session->answer.out);
	else if (goes_on && *word)
		take_lines(repl, line);
	free(word);
	return goes_on;
}

static enum line_answer prompt(struct repl *repl, const char **ret_line)
{
	char now[FORMAT_MAX_BYTES], text[FORMAT_MAX_BYTES + 4];

	format_seconds(repl->session.now_ns, now);
	snprintf(text, sizeof(text), "%s%s ", now, repl->pending ? " }" : ">");
	return line_read(&repl->reader, text, ret_line);
}

static void go(struct repl *repl)
{
	enum line_answer answer;
	const char *line;

	while ((answer = prompt(repl, &line)) != LINE_END) {
		if (answer == LINE_CANCELLED)
			forget_pending(repl);
		else if (!take_line(repl, line))
			break;
		session_answered(&repl->session);
	}
	if (!repl->pending)
		return;
	session_refuse(&repl->session, "a block was not closed, expected '}': it was not run");
	session_answered(&repl->session);
}

enum exit_code command_repl(const struct options *options, int argc, char **argv)
{
	struct repl repl = { .pending = NULL };
	enum exit_code code;

	(void)argc;
	(void)argv;
	session_init(&repl.session, options);
	line_reader_init(&repl.reader);
	if (repl.reader.editor)
		fputs("lwsim: `help` lists what you can type\n", stderr);
	code = session_begin(&repl.session);
	if (code == EXIT_GOOD) {
		go(&repl);
		/* an interactive user has seen the errors; only a script needs the code */
		code = repl.reader.editor ? EXIT_GOOD : repl.session.code;
	}
	line_reader_free(&repl.reader);
	session_free(&repl.session);
	forget_pending(&repl);
	return code;
}
