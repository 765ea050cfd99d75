/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lines as they are typed: of a terminal with libedit, which nothing else knows of; else of standard input. */
#ifndef LWSIM_SIM_REPL_LINE_H
#define LWSIM_SIM_REPL_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum line_answer {
	LINE_TYPED,
	LINE_CANCELLED, /* by Ctrl-C; never if there is no terminal */
	LINE_END,
};

struct line_reader {
	struct editline *editor; /* NULL: there is no terminal */
	struct history *history;
	const char *prompt;
	char *line;
	size_t room;
};

void line_reader_init(struct line_reader *reader);
/* The next line, without its newline; valid until the next call. The prompt is for a terminal only. */
enum line_answer line_read(struct line_reader *reader, const char *prompt, const char **ret_line);
void line_reader_free(struct line_reader *reader);

#endif
