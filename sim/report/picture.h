/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A drawing as a list of shapes, back to front, for all output formats. */
#ifndef LWSIM_SIM_REPORT_PICTURE_H
#define LWSIM_SIM_REPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

/* Colours by meaning; ink.c has their values for light and dark backgrounds. */
enum ink {
	INK_NONE,
	INK_PAPER,
	INK_TEXT,
	INK_MUTED,
	INK_GRID,
	INK_PANEL, /* background of a kernel's lanes */
	INK_BLACK, /* on a band, in light and dark */
	INK_WHITE,
	INK_ADMIN,
	INK_CARRIER,
	INK_UP,
	INK_DOWN, /* of outlines */
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
	SHAPE_RECT,   /* corners rounded by `radius` */
	SHAPE_LINE,   /* from x, y by w, h */
	SHAPE_ARROW,  /* from x, y down by h */
	SHAPE_CIRCLE, /* around x, y */
	SHAPE_TEXT,   /* baseline starts at x, y */
};

struct shape {
	enum shape_kind kind;
	enum ink fill, stroke;
	double x, y, w, h;
	double radius;
	double line_width, size;
	bool is_bold, is_dashed;
	char *text;  /* for SHAPE_TEXT */
	char *title; /* tooltip; NULL: none */
};

/* An area with an explanation, shown on hover or keyboard focus. */
struct spot {
	double x, y, w, h;
	char *text;	   /* one or more lines */
	size_t kernel;	   /* kernel of the sentence */
	size_t sentence;   /* NO_SENTENCE: none */
	unsigned int line; /* in the scenario; 0: none */
};

struct picture {
	double width, height;
	char *title; /* for screen readers */
	struct shape *shapes;
	size_t count, capacity;
	struct spot *spots;
	size_t spots_count, spots_capacity;
};

void picture_free(struct picture *picture);

/* Each returns the added shape, to be modified; valid until the next call. */
struct shape *picture_rect(struct picture *picture, double x, double y, double w, double h,
			   enum ink fill, enum ink stroke);
struct shape *picture_line(struct picture *picture, double x, double y, double w, double h,
			   enum ink stroke);
struct shape *picture_circle(struct picture *picture, double x, double y, double radius,
			     enum ink fill, enum ink stroke);
/* Copies text, truncated with "..." to width. */
struct shape *picture_text(struct picture *picture, double x, double y, double width, double size,
			   enum ink fill, const char *text);
struct shape *picture_bold(struct picture *picture, double x, double y, double width, double size,
			   enum ink fill, const char *text);
/* Takes ownership of text. */
struct spot *picture_spot(struct picture *picture, double x, double y, double w, double h,
			  char *text);

/*
 * Upper bound of a text's width in DejaVu Sans, Verdana or any narrower font, so that layouts are
 * the same everywhere.
 */
double text_width(const char *text, double size, bool is_bold);
/*
 * The text, truncated with "..." to width; invalid or invisible characters become U+FFFD. The
 * caller frees.
 */
char *text_fit(const char *text, double width, double size, bool is_bold);

#endif
