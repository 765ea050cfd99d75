/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a line with libedit from a terminal, else from standard input. */
#include "sim/repl/line.h"

#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/base/xalloc.h"

#define HISTORY_LINES 1000

static char *prompt_of(EditLine *editor)
{
	struct line_reader *reader;

	el_get(editor, EL_CLIENTDATA, &reader);
	return (char *)reader->prompt; /* libedit wants no const, but only reads it */
}

/* Does nothing: the interrupted read() is what matters. */
static void on_interrupt(int number)
{
	(void)number;
}

/*
 * Ctrl-C cancels the line being typed. Otherwise it is ignored, except during a run, which has its
 * own handler.
 */
static void catch_interrupt(bool is_reading)
{
	const struct sigaction action = {
		.sa_handler = on_interrupt,
		.sa_flags = is_reading ? 0 : SA_RESTART,
	};

	sigaction(SIGINT, &action, NULL);
}

static void open_editor(struct line_reader *reader)
{
	HistEvent event;

	setlocale(LC_CTYPE, "");
	/* prompts go to stderr if it is a terminal, so that stdout can go to a file */
	reader->editor = el_init("lwsim", stdin, isatty(STDERR_FILENO) ? stderr : stdout, stderr);
	reader->history = history_init();
	history(reader->history, &event, H_SETSIZE, HISTORY_LINES);
	history(reader->history, &event, H_SETUNIQUE, 1);
	el_set(reader->editor, EL_CLIENTDATA, reader);
	el_set(reader->editor, EL_PROMPT, prompt_of);
	el_set(reader->editor, EL_HIST, history, reader->history);
	el_set(reader->editor, EL_SIGNAL, 1); /* on signals, libedit restores the terminal first */
	el_set(reader->editor, EL_EDITOR, "emacs");
	el_source(reader->editor, NULL); /* ~/.editrc */
	catch_interrupt(false);
}

void line_reader_init(struct line_reader *reader)
{
	memset(reader, 0, sizeof(*reader));
	if (isatty(STDIN_FILENO) && (isatty(STDERR_FILENO) || isatty(STDOUT_FILENO)))
		open_editor(reader);
}

void line_reader_free(struct line_reader *reader)
{
	if (reader->history)
		history_end(reader->history);
	if (reader->editor)
		el_end(reader->editor);
	free(reader->line);
}

static void keep(struct line_reader *reader, const char *text, size_t len)
{
	HistEvent event;

	while (len && strchr("\r\n", text[len - 1]))
		len--;
	free(reader->line);
	reader->line = xstrndup(text, len);
	if (*reader->line)
		history(reader->history, &event, H_ENTER, reader->line);
}

static enum line_answer read_terminal(struct line_reader *reader)
{
	const char *text;
	int len = 0, error;

	catch_interrupt(true);
	text = el_gets(reader->editor, &len);
	error = errno;
	catch_interrupt(false);
	if (text && len > 0) {
		keep(reader, text, (size_t)len);
		return LINE_TYPED;
	}
	fputc('\n', stderr);
	return len < 0 && error == EINTR ? LINE_CANCELLED : LINE_END;
}

static enum line_answer read_input(struct line_reader *reader)
{
	ssize_t len = getline(&reader->line, &reader->room, stdin);

	if (len < 0 && !feof(stdin) && errno == ENOMEM)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	if (len < 0)
		return LINE_END;
	while (len > 0 && strchr("\r\n", reader->line[len - 1]))
		reader->line[--len] = '\0';
	return LINE_TYPED;
}

enum line_answer line_read(struct line_reader *reader, const char *prompt, const char **ret_line)
{
	enum line_answer answer;

	fflush(stdout);
	reader->prompt = prompt;
	answer = reader->editor ? read_terminal(reader) : read_input(reader);
	*ret_line = reader->line;
	return answer;
}
