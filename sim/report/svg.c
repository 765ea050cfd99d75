/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writes the drawing as SVG: text stays text, and colours are classes, which a page can define for
 * light and dark.
 */
#include <stdlib.h>

#include "sim/report/ink.h"
#include "sim/report/output.h"

/* One decimal; finer differences are invisible. */
static void attribute(FILE *out, const char *name, double value)
{
	long tenths = (long)(value * 10. + (value < 0. ? -.5 : .5));

	fprintf(out, " %s=\"%s%ld", name, tenths < 0 ? "-" : "", labs(tenths) / 10);
	if (tenths % 10)
		fprintf(out, ".%ld", labs(tenths) % 10);
	fputc('"', out);
}

static void paint(const struct shape *shape, FILE *out)
{
	if (shape->kind == SHAPE_TEXT) {
		fprintf(out, " class=\"f-%s\"", inks[shape->fill].name);
		return;
	}
	fprintf(out, " class=\"f-%s s-%s\"", inks[shape->fill].name, inks[shape->stroke].name);
	if (shape->stroke && shape->line_width != 1.)
		attribute(out, "stroke-width", shape->line_width);
	if (shape->is_dashed)
		fputs(" stroke-dasharray=\"3 2\"", out);
}

static void arrow_path(const struct shape *shape, FILE *out)
{
	double x = shape->x, y = shape->y + shape->h;

	fputs("<path", out);
	fprintf(out, " d=\"M%.1f %.1fL%.1f %.1fM%.1f %.1fL%.1f %.1fL%.1f %.1f\"", x, shape->y, x, y,
		x - 3., y - 5., x, y, x + 3., y - 5.);
}

static void element(const struct shape *shape, FILE *out)
{
	switch (shape->kind) {
	case SHAPE_RECT:
		fputs("<rect", out);
		attribute(out, "x", shape->x);
		attribute(out, "y", shape->y);
		attribute(out, "width", shape->w);
		attribute(out, "height", shape->h);
		if (shape->radius > 0.)
			attribute(out, "rx", shape->radius);
		break;
	case SHAPE_LINE:
		fputs("<line", out);
		attribute(out, "x1", shape->x);
		attribute(out, "y1", shape->y);
		attribute(out, "x2", shape->x + shape->w);
		attribute(out, "y2", shape->y + shape->h);
		break;
	case SHAPE_ARROW:
		arrow_path(shape, out);
		break;
	case SHAPE_CIRCLE:
		fputs("<circle", out);
		attribute(out, "cx", shape->x);
		attribute(out, "cy", shape->y);
		attribute(out, "r", shape->radius);
		break;
	case SHAPE_TEXT:
		fputs("<text", out);
		attribute(out, "x", shape->x);
		attribute(out, "y", shape->y);
		attribute(out, "font-size", shape->size);
		if (shape->is_bold)
			fputs(" font-weight=\"bold\"", out);
		break;
	}
	paint(shape, out);
}

static const char *element_name(enum shape_kind kind)
{
	switch (kind) {
	case SHAPE_RECT:
		return "rect";
	case SHAPE_LINE:
		return "line";
	case SHAPE_ARROW:
		return "path";
	case SHAPE_CIRCLE:
		return "circle";
	case SHAPE_TEXT:
		break;
	}
	return "text";
}

static void shape_write(const struct shape *shape, FILE *out)
{
	element(shape, out);
	if (!shape->text && !shape->title) {
		fputs("/>\n", out);
		return;
	}
	fputc('>', out);
	if (shape->title) {
		fputs("<title>", out);
		escape_string(out, shape->title);
		fputs("</title>", out);
	}
	if (shape->text)
		escape_string(out, shape->text);
	fprintf(out, "</%s>\n", element_name(shape->kind));
}

/* A separate file has no page to show the explanation. */
static void spot_write(const struct spot *spot, FILE *out)
{
	fputs("<rect", out);
	attribute(out, "x", spot->x);
	attribute(out, "y", spot->y);
	attribute(out, "width", spot->w);
	attribute(out, "height", spot->h);
	fputs(" fill-opacity=\"0\"><title>", out);
	escape_string(out, spot->text);
	fputs("</title></rect>\n", out);
}

static void style_write(FILE *out)
{
	fputs("<style>", out);
	for (unsigned int ink = 0; ink < INK_COUNT; ink++) {
		if (ink == INK_NONE)
			fputs(".f-none{fill:none}.s-none{stroke:none}", out);
		else
			fprintf(out, ".f-%s{fill:#%06x}.s-%s{stroke:#%06x}", inks[ink].name,
				inks[ink].light, inks[ink].name, inks[ink].light);
	}
	fputs("</style>\n", out);
}

void svg_element(const struct picture *picture, bool is_file, FILE *out)
{
	fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"", out);
	fprintf(out, " viewBox=\"0 0 %.0f %.0f\"", picture->width, picture->height);
	if (is_file)
		fprintf(out, " width=\"%.0f\" height=\"%.0f\"", picture->width, picture->height);
	fputs(" font-family=\"'DejaVu Sans', Verdana, sans-serif\" aria-label=\"", out);
	escape_string(out, picture->title);
	fputs("\">\n", out);
	if (is_file) {
		fputs("<title>", out);
		escape_string(out, picture->title);
		fputs("</title>\n", out);
		style_write(out);
		fputs("<rect class=\"f-paper\" width=\"100%\" height=\"100%\"/>\n", out);
	}
	for (size_t i = 0; i < picture->count; i++)
		shape_write(&picture->shapes[i], out);
	for (size_t i = 0; is_file && i < picture->spots_count; i++)
		spot_write(&picture->spots[i], out);
	fputs("</svg>\n", out);
}

bool svg_write(const struct report *report, FILE *out)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
	svg_element(report->picture, true, out);
	return true;
}
