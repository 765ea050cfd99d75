/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws the picture with cairo, as PNG or PDF. */
#include <cairo.h>
#include <cairo-pdf.h>
#include <errno.h>
#include <fontconfig/fontconfig.h>
#include <math.h>

#include "sim/base/xalloc.h"
#include "sim/report/ink.h"
#include "sim/report/output.h"

/* PNG pixels per unit; less where the image would exceed cairo's limit. */
#define SCALE 2.
#define SIDE_MAX 32000.

static void use(cairo_t *cairo, enum ink ink)
{
	uint32_t rgb = inks[ink].light;

	cairo_set_source_rgb(cairo, (rgb >> 16 & 0xff) / 255., (rgb >> 8 & 0xff) / 255.,
			     (rgb & 0xff) / 255.);
}

static void rounded(cairo_t *cairo, const struct shape *shape)
{
	double r = shape->radius, right = shape->x + shape->w, bottom = shape->y + shape->h;

	if (r > shape->w / 2.)
		r = shape->w / 2.;
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, right - r, shape->y + r, r, -M_PI / 2., 0.);
	cairo_arc(cairo, right - r, bottom - r, r, 0., M_PI / 2.);
	cairo_arc(cairo, shape->x + r, bottom - r, r, M_PI / 2., M_PI);
	cairo_arc(cairo, shape->x + r, shape->y + r, r, M_PI, 3. * M_PI / 2.);
	cairo_close_path(cairo);
}

static void path(cairo_t *cairo, const struct shape *shape)
{
	switch (shape->kind) {
	case SHAPE_RECT:
		rounded(cairo, shape);
		break;
	case SHAPE_ARROW:
		cairo_move_to(cairo, shape->x - 3., shape->y + shape->h - 5.);
		cairo_line_to(cairo, shape->x, shape->y + shape->h);
		cairo_line_to(cairo, shape->x + 3., shape->y + shape->h - 5.);
		__attribute__((fallthrough));
	case SHAPE_LINE:
		cairo_move_to(cairo, shape->x, shape->y);
		cairo_line_to(cairo, shape->x + shape->w, shape->y + shape->h);
		break;
	case SHAPE_CIRCLE:
		cairo_arc(cairo, shape->x, shape->y, shape->radius, 0., 2. * M_PI);
		break;
	case SHAPE_TEXT:
		break;
	}
}

static void text(cairo_t *cairo, const struct shape *shape)
{
	cairo_select_font_face(cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL,
			       shape->is_bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, shape->size);
	use(cairo, shape->fill);
	cairo_move_to(cairo, shape->x, shape->y);
	cairo_show_text(cairo, shape->text);
	cairo_new_path(cairo);
}

static void draw_shape(cairo_t *cairo, const struct shape *shape)
{
	static const double dashes[] = { 3., 2. };

	if (shape->kind == SHAPE_TEXT) {
		text(cairo, shape);
		return;
	}
	path(cairo, shape);
	cairo_set_line_width(cairo, shape->line_width);
	cairo_set_dash(cairo, dashes, shape->is_dashed ? 2 : 0, 0.);
	if (shape->fill) {
		use(cairo, shape->fill);
		cairo_fill_preserve(cairo);
	}
	if (shape->stroke) {
		use(cairo, shape->stroke);
		cairo_stroke_preserve(cairo);
	}
	cairo_new_path(cairo);
}

static void draw(cairo_t *cairo, const struct picture *picture)
{
	use(cairo, INK_PAPER);
	cairo_paint(cairo);
	for (size_t i = 0; i < picture->count; i++)
		draw_shape(cairo, &picture->shapes[i]);
}

/* Cairo's output. Keeps the errno of a failed write, which cairo may overwrite. */
struct sink {
	FILE *out;
	int error; /* of the first failed write; 0: none */
};

static cairo_status_t put(void *data, const unsigned char *bytes, unsigned int len)
{
	struct sink *sink = data;

	if (fwrite(bytes, 1, len, sink->out) == len)
		return CAIRO_STATUS_SUCCESS;
	if (!sink->error)
		sink->error = errno;
	return CAIRO_STATUS_WRITE_ERROR;
}

static bool end(cairo_t *cairo, cairo_surface_t *surface, cairo_status_t status,
		const struct sink *sink)
{
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_status(cairo);
	cairo_destroy(cairo);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	/* caches of both libraries, which would be reported as leaks */
	cairo_debug_reset_static_data();
	FcFini();
	if (status == CAIRO_STATUS_NO_MEMORY)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	if (sink->error)
		errno = sink->error;
	else if (status != CAIRO_STATUS_SUCCESS)
		errno = EINVAL; /* an invalid size; no other cairo call fails here */
	return status == CAIRO_STATUS_SUCCESS;
}

bool png_write(const struct report *report, FILE *out)
{
	const struct picture *picture = report->picture;
	double longest = picture->width > picture->height ? picture->width : picture->height;
	double scale = longest * SCALE > SIDE_MAX ? SIDE_MAX / longest : SCALE;
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(picture->width * scale),
					   (int)ceil(picture->height * scale));
	cairo_t *cairo = cairo_create(surface);
	struct sink sink = { .out = out };
	cairo_status_t status;

	cairo_scale(cairo, scale, scale);
	draw(cairo, picture);
	status = cairo_surface_write_to_png_stream(surface, put, &sink);
	return end(cairo, surface, status, &sink);
}

bool pdf_write(const struct report *report, FILE *out)
{
	const struct picture *picture = report->picture;
	struct sink sink = { .out = out };
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(put, &sink, picture->width, picture->height);
	cairo_t *cairo = cairo_create(surface);

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, picture->title);
	/* a fixed date, so that equal input gives equal bytes */
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
				       "1970-01-01T00:00:00Z");
	draw(cairo, picture);
	cairo_show_page(cairo);
	return end(cairo, surface, CAIRO_STATUS_SUCCESS, &sink);
}
