/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Builds a drawing from shapes. */
#include "sim/report/picture.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/report/timeline.h"

void picture_free(struct picture *picture)
{
	for (size_t i = 0; i < picture->count; i++) {
		free(picture->shapes[i].text);
		free(picture->shapes[i].title);
	}
	for (size_t i = 0; i < picture->spots_count; i++)
		free(picture->spots[i].text);
	free(picture->shapes);
	free(picture->spots);
	free(picture->title);
}

static struct shape *add(struct picture *picture, const struct shape *shape)
{
	picture->shapes = xgrow(picture->shapes, picture->count, &picture->capacity,
				sizeof(picture->shapes[0]));
	picture->shapes[picture->count] = *shape;
	return &picture->shapes[picture->count++];
}

struct shape *picture_rect(struct picture *picture, double x, double y, double w, double h,
			   enum ink fill, enum ink stroke)
{
	const struct shape shape = { .kind = SHAPE_RECT,
				     .fill = fill,
				     .stroke = stroke,
				     .x = x,
				     .y = y,
				     .w = w,
				     .h = h,
				     .line_width = 1. };

	return add(picture, &shape);
}

struct shape *picture_line(struct picture *picture, double x, double y, double w, double h,
			   enum ink stroke)
{
	const struct shape shape = { .kind = SHAPE_LINE,
				     .stroke = stroke,
				     .x = x,
				     .y = y,
				     .w = w,
				     .h = h,
				     .line_width = 1. };

	return add(picture, &shape);
}

struct shape *picture_circle(struct picture *picture, double x, double y, double radius,
			     enum ink fill, enum ink stroke)
{
	const struct shape shape = { .kind = SHAPE_CIRCLE,
				     .fill = fill,
				     .stroke = stroke,
				     .x = x,
				     .y = y,
				     .radius = radius,
				     .line_width = 1.5 };

	return add(picture, &shape);
}

static struct shape *add_text(struct picture *picture, double x, double y, double width,
			      double size, enum ink fill, bool is_bold, const char *text)
{
	const struct shape shape = { .kind = SHAPE_TEXT,
				     .fill = fill,
				     .x = x,
				     .y = y,
				     .size = size,
				     .is_bold = is_bold,
				     .text = text_fit(text, width, size, is_bold) };

	return add(picture, &shape);
}

struct shape *picture_text(struct picture *picture, double x, double y, double width, double size,
			   enum ink fill, const char *text)
{
	return add_text(picture, x, y, width, size, fill, false, text);
}

struct shape *picture_bold(struct picture *picture, double x, double y, double width, double size,
			   enum ink fill, const char *text)
{
	return add_text(picture, x, y, width, size, fill, true, text);
}

struct spot *picture_spot(struct picture *picture, double x, double y, double w, double h,
			  char *text)
{
	struct spot *spot;

	picture->spots = xgrow(picture->spots, picture->spots_count, &picture->spots_capacity,
			       sizeof(picture->spots[0]));
	spot = &picture->spots[picture->spots_count++];
	*spot = (struct spot){
		.x = x, .y = y, .w = w, .h = h, .text = text, .sentence = NO_SENTENCE
	};
	return spot;
}
