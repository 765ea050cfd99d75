/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A scenario in the making: statements, and runs of them so far. */
#ifndef LWSIM_SIM_EVIDENCE_SKETCH_H
#define LWSIM_SIM_EVIDENCE_SKETCH_H

#include "sim/run/runner.h"

#define SKETCH_BASES 2

struct sketch_line {
	int64_t t_ns;
	char *text;	/* a statement without its time */
	char *comment;	/* what has to be guessed; NULL: nothing */
	bool is_before; /* it is added before the last line of its time, not behind it */
	bool is_tried;	/* sketch_drop_tried() removes it */
	bool is_intruder[SKETCH_BASES]; /* private */
};

struct sketch {
	struct kernel kernel;
	uint32_t hz;
	uint32_t bits;		   /* of unsigned long */
	FILE *messages;		   /* for what a run has to say; the caller's */
	struct sketch_line *lines; /* by time; at one time, as they were added */
	size_t count, capacity;
	size_t settled[SKETCH_BASES];	/* so many at the beginning have been run by a base */
	size_t intruders[SKETCH_BASES]; /* but these of them came later */
	size_t tried;
};

/* Adds copies of the texts; comment may be NULL. */
void sketch_add_line(struct sketch *sketch, const struct sketch_line *line);
/* The same. */
void sketch_add(struct sketch *sketch, int64_t t_ns, const char *text, const char *comment);
/* Makes the first one, which is empty, a copy of the other. */
void sketch_copy(struct sketch *ret_sketch, const struct sketch *sketch);
/* Drops what is_tried, or has all that is tried stay. */
void sketch_drop_tried(struct sketch *sketch);
void sketch_keep_tried(struct sketch *sketch);
/* The first `count` lines are run by the base of this place. */
void sketch_settle(struct sketch *sketch, unsigned int place, size_t count);
/* Drops what is at this time, or later. */
void sketch_cut(struct sketch *sketch, int64_t t_ns);
void sketch_free(struct sketch *sketch);

/* Writes the statements with their times, without a header; columns as in scenarios/. */
void sketch_write(const struct sketch *sketch, FILE *out);
void sketch_write_lines(const struct sketch *sketch, size_t from, size_t to, FILE *out);
/* "kernel 6.1" and so on, without a final newline. The caller frees. */
char *sketch_header(const struct sketch *sketch);
/* "10.004": as a scenario has a time, exact. */
#define SKETCH_TIME_MAX_BYTES 40
void sketch_time(int64_t ns, char ret_text[SKETCH_TIME_MAX_BYTES]);

struct sketch_base;

/* A full run of linkwatch starts the time in which others are delayed. */
struct sketch_run {
	struct source *source;
	struct scenario *scenario;
	struct runner *runner; /* NULL: the statements are refused */
	const struct trace *trace;
	size_t errors;	  /* commands that failed; with a base, behind it */
	int64_t *full_ns; /* the times of linkwatch's full runs */
	size_t full_count, full_capacity;
	/* private */
	struct writer writer;
	struct sketch_base *base;	 /* NULL: it begins at the start */
	const struct sketch_run *before; /* what the base has run */
	bool is_refused;
	void (*release)(struct sketch_run *run); /* NULL: nothing is to release */
};

void sketch_run_start(struct sketch_run *run);
/* Runs up to until_ns. sketch_run_free() in any case. */
void sketch_run(const struct sketch *sketch, int64_t until_ns, struct sketch_run *ret_run);
void sketch_run_free(struct sketch_run *run);

/* The last full run before t_ns; -1: there was none. */
int64_t sketch_full_before(const struct sketch_run *run, int64_t t_ns);

#endif
