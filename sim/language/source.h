/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario file's text, and positions in it. */
#ifndef LWSIM_SIM_LANGUAGE_SOURCE_H
#define LWSIM_SIM_LANGUAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A range of the text in bytes; line and column are computed on demand. */
struct span {
	uint32_t off;
	uint32_t len;
};

struct source {
	char *path; /* as given, but "<stdin>" for "-" */
	char *text; /* len bytes and a NUL */
	uint32_t len;
	uint32_t *line_off; /* start of each line */
	uint32_t lines;
	size_t text_room, lines_room; /* allocated, for source_append() */
};

/* Larger files are rejected. */
#define SOURCE_MAX_BYTES (64U << 20)
/* So are longer lines. */
#define SOURCE_LINE_MAX_BYTES 4096U

/*
 * Reads a file, or standard input for "-". Returns NULL after printing the error to messages
 * ("lwsim: PATH: error: ..."): missing, a directory, unreadable, too large. Errors in the text (NUL
 * bytes, ...) are left to the parser.
 */
struct source *source_read(const char *path, FILE *messages);
/* The same for text in memory; copies both arguments. */
struct source *source_from_text(const char *path, const char *text, size_t len);
void source_free(struct source *source); /* free(NULL) is fine */

/*
 * source_append() adds whole lines, each with its newline, to a text that is empty or of whole
 * lines; it may move the text. source_cut() goes back to the first len bytes, which must be such a
 * text again.
 */
void source_append(struct source *source, const char *text);
void source_cut(struct source *source, uint32_t len);

/* Converts an offset to its line and column in bytes, both from 1. */
void source_position(const struct source *source, uint32_t off, uint32_t *ret_line,
		     uint32_t *ret_col);

/* The text of a line (from 1) without its newline. */
const char *source_line(const struct source *source, uint32_t line, uint32_t *ret_len);

#endif
