/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reads typed lines: with libedit from a terminal, otherwise from standard input. The only user of
 * libedit.
 */
#ifndef LWSIM_SIM_REPL_LINE_H
#define LWSIM_SIM_REPL_LINE_H

#include <stdbool.h>
#include <stddef.h>

enum line_answer {
	LINE_TYPED,
	LINE_CANCELLED, /* Ctrl-C was pressed; only on a terminal */
	LINE_END,
};

struct line_reader {
	struct editline *editor; /* NULL: not a terminal */
	struct history *history;
	const char *prompt;
	char *line;
	size_t room;
};

void line_reader_init(struct line_reader *reader);
/*
 * Reads the next line, without its newline; valid until the next call. The prompt is shown on a
 * terminal only.
 */
enum line_answer line_read(struct line_reader *reader, const char *prompt, const char **ret_line);
void line_reader_free(struct line_reader *reader);

#endif
