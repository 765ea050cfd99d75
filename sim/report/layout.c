/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lays out the panels, their backgrounds, and the breaks of the axis. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/compare/summary.h"
#include "sim/report/layout_private.h"
#include "sim/run/src_about.h"

#define PANEL_HEAD 26.
#define CAVEAT_HEIGHT 16.
#define PANEL_GAP 14.
#define MORE_HEIGHT 18.
/* Limit of lanes in all panels together, but each panel gets at least LANES_LEAST. */
#define LANES_MAX 48
#define LANES_LEAST 3
/* Bytes; a longer text fits no picture. */
#define WAITS_MAX 600
#define ERRORS_HEIGHT 16.

static double head_height(const struct panel *panel)
{
	return PANEL_HEAD + (panel->timeline->caveat ? CAVEAT_HEIGHT : 0.);
}

/* Top of the lanes, below the panel's head and its failed commands. */
static double lanes_top(const struct panel *panel)
{
	return head_height(panel) + (panel->timeline->errors.count ? ERRORS_HEIGHT : 0.);
}

static double panel_height(const struct panel *panel)
{
	double height = lanes_top(panel) + DUTIES_HEIGHT;

	for (size_t i = 0; i < panel->shown; i++)
		height += lane_height(&panel->lanes.lanes[i]);
	return height + (panel->shown < panel->lanes.count ? MORE_HEIGHT : 0.);
}

static void panels_make(struct layout *layout, struct timeline *const *timelines)
{
	size_t most = LANES_MAX / layout->count;

	if (most < LANES_LEAST)
		most = LANES_LEAST;
	for (size_t i = 0; i < layout->count; i++) {
		struct panel *panel = &layout->panels[i];

		panel->timeline = timelines[i];
		panel->kernel = i;
		device_rows_make(&panel->lanes, timelines[i]);
		panel->shown = device_rows_choose(&panel->lanes, most);
		panel->height = panel_height(panel);
	}
}

/* "UP to RUNNING: eth0 614ms", for as many devices as fit. */
static char *waits_text(const struct panel *panel)
{
	char wait[WAIT_MAX_BYTES], name[FOLD_NAME_MAX_BYTES], *text = xstrdup(""), *longer;
	const struct device_summary *device;
	struct summary summary;
	size_t at = 0;

	summary_make(panel->timeline->trace, panel->timeline->end_ns, &summary);
	while ((device = summary_next(&summary, &at, name)) != NULL && strlen(text) < WAITS_MAX) {
		if (!device->has_been_up)
			continue;
		summary_wait(device, wait);
		longer = xasprintf("%s%s%s %s", text, *text ? ", " : "UP to RUNNING: ", name, wait);
		free(text);
		text = longer;
	}
	summary_free(&summary);
	return text;
}

static void panel_head(struct layout *layout, const struct panel *panel)
{
	struct picture *picture = layout->picture;
	char name[KERNEL_NAME_MAX_BYTES], rest[KERNEL_NAME_MAX_BYTES], *title;
	char *waits = waits_text(panel);
	double width = layout->axis.width + GUTTER - MARGIN, used;

	kernel_name(&panel->timeline->kernel, name);
	src_rest_name(&panel->timeline->kernel, rest);
	title = *rest ? xasprintf("link_watch.c of %s, the rest of lwsim's %s", name, rest)
		      : xasprintf("Linux %s", name);
	picture_bold(picture, MARGIN, panel->y + 17., width, 13., INK_TEXT, title);
	used = text_width(title, 13., true) + 24.;
	if (used < width)
		picture_text(picture, MARGIN + used, panel->y + 17., width - used, 12., INK_WAIT,
			     waits);
	if (panel->timeline->caveat)
		picture_text(picture, MARGIN, panel->y + 17. + CAVEAT_HEIGHT, width, 12., INK_WAIT,
			     panel->timeline->caveat);
	free(title);
	free(waits);
}

static void more_draw(struct layout *layout, const struct panel *panel, double y)
{
	size_t left = 0;
	char *more;

	for (size_t i = panel->shown; i < panel->lanes.count; i++)
		left += panel->lanes.lanes[i].devices;
	more = xasprintf("and %zu more device%s", left, left == 1 ? "" : "s");
	picture_bold(layout->picture, MARGIN, y + 12., GUTTER, 11., INK_TEXT, more);
	free(more);
}

static void panel_draw_bands(struct layout *layout, const struct panel *panel)
{
	double y = panel->y + lanes_top(panel);

	panel_head(layout, panel);
	for (size_t i = 0; i < panel->shown; i++) {
		lane_draw_bands(layout, &panel->lanes.lanes[i], y);
		y += lane_height(&panel->lanes.lanes[i]);
	}
	if (panel->shown < panel->lanes.count)
		more_draw(layout, panel, y);
	duties_draw_bands(layout, panel, panel->y + panel->height - DUTIES_HEIGHT);
}

static void panel_draw_front(struct layout *layout, const struct panel *panel)
{
	double y = panel->y + lanes_top(panel);

	if (panel->timeline->errors.count)
		errors_draw(layout, panel, panel->y + head_height(panel));
	for (size_t i = 0; i < panel->shown; i++) {
		lane_draw_front(layout, panel, &panel->lanes.lanes[i], y);
		y += lane_height(&panel->lanes.lanes[i]);
	}
	duties_draw_front(layout, panel, panel->y + panel->height - DUTIES_HEIGHT);
}

static void draw_behind(struct layout *layout, const struct groups *groups)
{
	struct picture *picture = layout->picture;

	for (size_t i = 0; i < layout->count; i++)
		picture_rect(picture, MARGIN / 2., layout->panels[i].y,
			     GUTTER + layout->axis.width + RIGHT_ROOM - MARGIN,
			     layout->panels[i].height, INK_PANEL, INK_NONE)
			->radius = 6.;
	for (size_t i = 0; i < groups->count; i++)
		for (size_t k = 0; k < layout->count; k++) {
			const struct panel *panel = &layout->panels[k];
			double head = head_height(panel);

			picture_line(picture, groups->groups[i].x, panel->y + head, 0.,
				     panel->height - head, INK_GRID);
		}
}

/* Breaks the bands where the axis is broken. */
static void draw_breaks(struct layout *layout)
{
	for (size_t i = 0; i < layout->axis.count; i++) {
		const struct axis_piece *piece = &layout->axis.pieces[i];
		double x = piece->x + piece->width / 2.;

		for (size_t k = 0; piece->is_folded && k < layout->count; k++) {
			const struct panel *panel = &layout->panels[k];
			double y = panel->y + head_height(panel);
			double h = panel->height - head_height(panel);

			picture_rect(layout->picture, x - 3., y, 6., h, INK_PAPER, INK_NONE);
			picture_line(layout->picture, x - 3., y, 0., h, INK_MUTED)->is_dashed =
				true;
			picture_line(layout->picture, x + 3., y, 0., h, INK_MUTED)->is_dashed =
				true;
		}
	}
}

static char *picture_title(const struct layout *layout)
{
	const struct scenario *scenario = layout->scenario;

	return xstrdup(*scenario->title ? scenario->title : scenario->source->path);
}

void layout_make(struct picture *picture, const struct scenario *scenario,
		 struct timeline *const *timelines, size_t count, bool has_head)
{
	struct layout layout = { .picture = picture, .scenario = scenario, .count = count };
	struct groups groups;

	*picture = (struct picture){ .title = NULL };
	picture->title = picture_title(&layout);
	layout.panels = xcalloc(count, sizeof(layout.panels[0]));
	axis_make(&layout.axis, GUTTER, timelines, count);
	panels_make(&layout, timelines);
	picture->width = GUTTER + layout.axis.width + RIGHT_ROOM;
	layout_head(&layout, has_head);
	groups_make(&groups, &layout);
	layout_actions(&layout, &groups);
	layout_axis(&layout, true);
	for (size_t i = 0; i < count; i++) {
		layout.panels[i].y = layout.y;
		layout.y += layout.panels[i].height + PANEL_GAP;
	}
	draw_behind(&layout, &groups);
	for (size_t i = 0; i < count; i++)
		panel_draw_bands(&layout, &layout.panels[i]);
	draw_breaks(&layout);
	for (size_t i = 0; i < count; i++)
		panel_draw_front(&layout, &layout.panels[i]);
	layout_axis(&layout, false);
	picture->height = layout.y;
	for (size_t i = 0; i < count; i++)
		device_rows_free(&layout.panels[i].lanes);
	free(layout.panels);
	free(groups.groups);
	axis_free(&layout.axis);
}
