/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario file's text, and places in it. */
#ifndef LWSIM_SIM_LANGUAGE_SOURCE_H
#define LWSIM_SIM_LANGUAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Bytes of the text; line and column are worked out when somebody asks. */
struct span {
	uint32_t off;
	uint32_t len;
};

struct source {
	char *path; /* as given; "-" was standard input and is named "<stdin>" */
	char *text; /* len bytes and a NUL */
	uint32_t len;
	uint32_t *line_off; /* start of each line */
	uint32_t lines;
};

/* A file that is larger is refused. */
#define SOURCE_MAX_BYTES (64U << 20)
/* So is a line that is longer. */
#define SOURCE_LINE_MAX_BYTES 4096U

/*
 * Reads a file, or standard input for "-". Returns NULL after saying why to messages
 * ("lwsim: PATH: error: ..."): missing, a directory, unreadable, too large. What is wrong with the
 * text itself (NUL bytes, ...) is the parser's to say.
 */
struct source *source_read(const char *path, FILE *messages);
/* The same for text in memory; copies both. */
struct source *source_from_text(const char *path, const char *text, size_t len);
void source_free(struct source *source); /* free(NULL) is fine */

/* 1-based line and 1-based column in bytes of an offset. */
void source_position(const struct source *source, uint32_t off, uint32_t *ret_line,
		     uint32_t *ret_col);

/* The text of a line (1-based) without its newline. */
const char *source_line(const struct source *source, uint32_t line, uint32_t *ret_len);

#endif
