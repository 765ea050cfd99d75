/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A drawing as a list of shapes, back to front: one for all formats. */
#ifndef LWSIM_SIM_REPORT_PICTURE_H
#define LWSIM_SIM_REPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

/* Colours have a meaning, and a value in ink.c: one for light, one for dark paper. */
enum ink {
	INK_NONE,
	INK_PAPER,
	INK_TEXT,
	INK_MUTED,
	INK_GRID,
	INK_PANEL, /* behind a kernel's lanes */
	INK_BLACK, /* on a band, whatever the paper */
	INK_WHITE,
	INK_ADMIN,
	INK_CARRIER,
	INK_UP,
	INK_DOWN, /* of an outline */
	INK_UNKNOWN,
	INK_DORMANT,
	INK_TESTING,
	INK_WINDOW,
	INK_QUEUE,
	INK_WORK,
	INK_ARROW,
	INK_WAIT,
	INK_COUNT
};

enum shape_kind {
	SHAPE_RECT,   /* rounded by `radius` */
	SHAPE_LINE,   /* from x, y by w, h */
	SHAPE_ARROW,  /* from x, y down by h */
	SHAPE_CIRCLE, /* around x, y */
	SHAPE_TEXT,   /* its baseline begins at x, y */
};

struct shape {
	enum shape_kind kind;
	enum ink fill, stroke;
	double x, y, w, h;
	double radius;
	double line_width, size;
	bool is_bold, is_dashed;
	char *text;  /* SHAPE_TEXT */
	char *title; /* what it is, for whoever points at it; NULL: nothing */
};

/* A place that explains itself, when it is pointed at or has the keyboard's focus. */
struct spot {
	double x, y, w, h;
	char *text;	   /* lines */
	size_t kernel;	   /* its sentence's, */
	size_t sentence;   /* NO_SENTENCE: none */
	unsigned int line; /* of the scenario; 0: none */
};

struct picture {
	double width, height;
	char *title; /* for readers that cannot see it */
	struct shape *shapes;
	size_t count, capacity;
	struct spot *spots;
	size_t spots_count, spots_capacity;
};

void picture_free(struct picture *picture);

/* Each returns what was added, to be refined; valid until the next. */
struct shape *picture_rect(struct picture *picture, double x, double y, double w, double h,
			   enum ink fill, enum ink stroke);
struct shape *picture_line(struct picture *picture, double x, double y, double w, double h,
			   enum ink stroke);
struct shape *picture_circle(struct picture *picture, double x, double y, double radius,
			     enum ink fill, enum ink stroke);
/* Copies text, and cuts it with "..." where it is wider than width. */
struct shape *picture_text(struct picture *picture, double x, double y, double width, double size,
			   enum ink fill, const char *text);
struct shape *picture_bold(struct picture *picture, double x, double y, double width, double size,
			   enum ink fill, const char *text);
/* Takes text over. */
struct spot *picture_spot(struct picture *picture, double x, double y, double w, double h,
			  char *text);

/* How wide it is at most, in DejaVu Sans or Verdana or anything narrower; so layouts are the same everywhere. */
double text_width(const char *text, double size, bool is_bold);
/* What of it fits, with "..." in place of the rest; what cannot be shown is U+FFFD. The caller frees. */
char *text_fit(const char *text, double width, double size, bool is_bold);

#endif
