/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the operstates of a kernel as Graphviz dot, with the paths of devices. */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/dot_text.h"
#include "sim/base/name_index.h"
#include "sim/base/xalloc.h"
#include "sim/formats/states.h"
#include "sim/formats/states_words.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/run/src_about.h"

/* Limits of an edge's label: devices, and steps per device. */
#define DEVICES_MAX 6
#define STEPS_MAX 4

/* Line style of each device's path. Hues that are easily confused have different dashes. */
static const struct stroke {
	const char *style, *color;
} strokes[] = {
	{ "bold", "#0072b2" },	 /* blue */
	{ "dashed", "#d55e00" }, /* vermilion */
	{ "dotted", "#117733" }, /* green */
	{ "bold", "#997700" },	 /* ochre */
	{ "dashed", "#aa3377" }, /* purple */
	{ "dotted", "#332288" }, /* indigo */
};
#define STROKES_COUNT (sizeof(strokes) / sizeof(strokes[0]))
/* Shared by all further devices. */
static const struct stroke other_stroke = { "bold", "black" };
#define ASIDE ", color=gray60, fontcolor=gray40"

/* Devices with numbered names and the same steps at the same times. */
struct path_group {
	const struct state_path *path; /* the first device's */
	struct fold *folds;	       /* one for each of its names */
	size_t order;
	size_t next; /* another group that waits for the same name; SIZE_MAX: none */
};

struct diagram {
	FILE *out;
	const struct kernel *kernel;
	struct path_group *groups;
	size_t groups_count;
};

static bool is_visited(const struct diagram *diagram, uint8_t state)
{
	for (size_t i = 0; i < diagram->groups_count; i++)
		for (size_t k = 0; k < diagram->groups[i].path->count; k++)
			if (diagram->groups[i].path->steps[k].to == state)
				return true;
	return false;
}

static bool takes_edge(const struct state_path *path, uint8_t from, uint8_t to)
{
	for (size_t i = 0; i < path->count; i++)
		if (path->steps[i].from == from && path->steps[i].to == to)
			return true;
	return false;
}

static bool is_taken(const struct diagram *diagram, uint8_t from, uint8_t to)
{
	for (size_t i = 0; i < diagram->groups_count; i++)
		if (takes_edge(diagram->groups[i].path, from, to))
			return true;
	return false;
}

static void write_name(const struct diagram *diagram, const struct fold *fold)
{
	char name[FOLD_NAME_MAX_BYTES];

	fold_name(fold, name);
	dot_text_write(diagram->out, name, strlen(name));
}

/* Writes "2: 1.024 s"; "eth0 2: 1.024 s" if there are other devices or other names. */
static void write_steps(const struct diagram *diagram, const struct path_group *group, uint8_t from,
			uint8_t to)
{
	const struct state_path *path = group->path;
	bool is_named = diagram->groups_count > 1 || path->labels_count > 1;
	size_t told = 0, all = 0, label = SIZE_MAX;
	char time[FORMAT_MAX_BYTES];

	for (size_t i = 0; i < path->count; i++) {
		const struct path_step *step = &path->steps[i];

		if (step->from != from || step->to != to || ++all > STEPS_MAX)
			continue;
		fputs(told++ ? ", " : "", diagram->out);
		if (is_named && step->label != label) {
			write_name(diagram, &group->folds[step->label]);
			fputc(' ', diagram->out);
		}
		label = step->label;
		format_seconds(step->t_ns, time);
		fprintf(diagram->out, "%zu: %s s", i + 1, time);
	}
	if (all > told)
		fprintf(diagram->out, " and %zu more", all - told);
}

static void write_stroke(const struct diagram *diagram, const struct stroke *stroke)
{
	fprintf(diagram->out, ", style=%s, penwidth=3, color=\"%s\", fontcolor=\"%s\"",
		stroke->style, stroke->color, stroke->color);
}

static const char *node_name(uint8_t state)
{
	return state == STATE_START ? "start" : operstate_name(state);
}

/* Starts an edge up to its steps; label NULL: an earlier edge has it. */
static void begin_edge(const struct diagram *diagram, uint8_t from, uint8_t to, const char *label)
{
	fprintf(diagram->out, "\t%s -> %s [label=\"%s%s", node_name(from), node_name(to),
		label ? label : "", label ? "\\n" : "");
}

static void end_edge(const struct diagram *diagram, const struct stroke *stroke)
{
	fputc('"', diagram->out);
	write_stroke(diagram, stroke);
	fputs("];\n", diagram->out);
}

/* Devices without a stroke of their own share an edge; its label lists at most DEVICES_MAX. */
static void write_shared_edge(const struct diagram *diagram, uint8_t from, uint8_t to,
			      const char *label, size_t told)
{
	size_t shared = 0, untold = 0;

	for (size_t i = STROKES_COUNT; i < diagram->groups_count; i++) {
		if (!takes_edge(diagram->groups[i].path, from, to))
			continue;
		if (!shared++)
			begin_edge(diagram, from, to, label);
		else if (told < DEVICES_MAX)
			fputs("\\n", diagram->out);
		if (told++ < DEVICES_MAX)
			write_steps(diagram, &diagram->groups[i], from, to);
		else
			untold++;
	}
	if (untold)
		fprintf(diagram->out, "%sand %zu more", untold < shared ? "\\n" : "", untold);
	if (shared)
		end_edge(diagram, &other_stroke);
}

/* Draws one edge per device that takes it; the condition is on the first one only. */
static void write_edge(const struct diagram *diagram, uint8_t from, uint8_t to, const char *label)
{
	size_t told = 0;

	for (size_t i = 0; i < diagram->groups_count && i < STROKES_COUNT; i++) {
		if (!takes_edge(diagram->groups[i].path, from, to))
			continue;
		begin_edge(diagram, from, to, told ? NULL : label);
		write_steps(diagram, &diagram->groups[i], from, to);
		end_edge(diagram, &strokes[i]);
		told++;
	}
	write_shared_edge(diagram, from, to, told ? NULL : label, told);
	if (is_taken(diagram, from, to))
		return;
	fprintf(diagram->out, "\t%s -> %s [label=\"%s\"%s];\n", node_name(from), node_name(to),
		label, diagram->groups_count ? ASIDE : "");
}

static void write_node(const struct diagram *diagram, uint8_t state)
{
	fprintf(diagram->out, "\t%s [label=\"%s\\n", operstate_name(state), operstate_name(state));
	state_write_meaning(diagram->kernel, state, diagram->out);
	fputc('"', diagram->out);
	if (!state_is_possible(diagram->kernel, state))
		fputs(", style=\"rounded,dashed\"" ASIDE, diagram->out);
	else if (is_visited(diagram, state))
		fprintf(diagram->out, ", style=\"rounded,bold\", penwidth=3, color=\"%s\"",
			diagram->groups_count == 1 ? strokes[0].color : other_stroke.color);
	else
		fputs(diagram->groups_count ? ASIDE : "", diagram->out);
	fputs("];\n", diagram->out);
}

/* A kernel's own link_watch.c may take transitions that the model does not have. */
#define UNEXPECTED "not in the model"

static void write_starts(const struct diagram *diagram)
{
	write_edge(diagram, STATE_START, IF_OPER_UNKNOWN, "registered");
	if (kernel_has(diagram->kernel, KERNEL_VRF))
		write_edge(diagram, STATE_START, IF_OPER_UP, "a VRF");
	for (uint8_t to = IF_OPER_NOTPRESENT; to < IF_OPER_UP; to++)
		if (is_taken(diagram, STATE_START, to))
			write_edge(diagram, STATE_START, to, UNEXPECTED);
}

static void write_transition(const struct diagram *diagram, uint8_t from, uint8_t to)
{
	const char *words = state_condition(diagram->kernel, from, to);
	char *label;

	if (!words || !state_is_possible(diagram->kernel, from) ||
	    !state_is_possible(diagram->kernel, to)) {
		if (is_taken(diagram, from, to))
			write_edge(diagram, from, to, UNEXPECTED);
		return;
	}
	if (!state_is_for_userspace(from, to)) {
		write_edge(diagram, from, to, words);
		return;
	}
	label = xasprintf("%s\\nor state %s", words, operstate_name(to));
	write_edge(diagram, from, to, label);
	free(label);
}

static void write_transitions(const struct diagram *diagram)
{
	for (uint8_t from = 0; from <= IF_OPER_UP; from++)
		for (uint8_t to = 0; to <= IF_OPER_UP; to++)
			if (from != to)
				write_transition(diagram, from, to);
}

static void write_head(const struct diagram *diagram, const char *title)
{
	char kernel[KERNEL_NAME_MAX_BYTES], rest[KERNEL_NAME_MAX_BYTES];

	kernel_name(diagram->kernel, kernel);
	src_rest_name(diagram->kernel, rest);
	fputs("digraph operstate {\n\tlabelloc=t;\n\tlabel=\"", diagram->out);
	dot_text_write(diagram->out, title, strlen(title));
	fputs(*title ? "\\n" : "", diagram->out);
	fputs("dev->operstate on ", diagram->out);
	dot_text_write(diagram->out, kernel, strlen(kernel));
	if (*rest)
		fprintf(diagram->out, " (everything but link_watch.c: lwsim's %s)", rest);
	fputs(": rfc2863_policy() sets it when linkwatch handles an event, and\\n"
	      "userspace where an edge says so (ip link set DEV state S). While a device is not up,\\n"
	      "rtnetlink reports DOWN, whatever is stored.",
	      diagram->out);
	if (diagram->kernel->source)
		fputs("\\nEdges are the model's: what the file decides is seen in paths only.",
		      diagram->out);
	fputs("\";\n"
	      "\tfontname=\"sans-serif\";\n\tfontsize=12;\n"
	      "\tnodesep=0.6;\n\tranksep=0.9;\n"
	      "\tnode [shape=box, style=rounded, fontname=\"sans-serif\", fontsize=12];\n"
	      "\tedge [fontname=\"sans-serif\", fontsize=10];\n"
	      "\tstart [shape=point, width=0.15];\n",
	      diagram->out);
}

static bool is_alike(const struct state_path *a, const struct state_path *b)
{
	if (a->count != b->count || a->labels_count != b->labels_count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->steps[i].t_ns != b->steps[i].t_ns || a->steps[i].from != b->steps[i].from ||
		    a->steps[i].to != b->steps[i].to || a->steps[i].label != b->steps[i].label)
			return false;
	return true;
}

/* Whether all the path's names continue the group's numbers. */
static bool folds_go_on(const struct path_group *group, const struct state_path *path)
{
	for (size_t i = 0; i < path->labels_count; i++) {
		struct fold fold = group->folds[i];

		if (!fold_add(&fold, path->labels[i]))
			return false;
	}
	return true;
}

static int compare_lengths(const void *a, const void *b)
{
	const struct path_group *group_a = a, *group_b = b;

	if (group_a->path->count != group_b->path->count)
		return group_a->path->count > group_b->path->count ? -1 : 1;
	return group_a->order < group_b->order ? -1 : 1;
}

/* The group whose next device, by its first name, is to be of this name; the first in order that takes the path.
 * NULL: none. */
static struct path_group *group_of(struct diagram *diagram, struct name_index *waiting,
				   const struct state_path *path)
{
	size_t *first = name_index_find(waiting, path->labels[0]), *at, *found = NULL;
	struct path_group *group;

	for (at = first; at && *at != SIZE_MAX; at = &diagram->groups[*at].next)
		if ((!found || *at < *found) && is_alike(diagram->groups[*at].path, path) &&
		    folds_go_on(&diagram->groups[*at], path))
			found = at;
	if (!found)
		return NULL;
	group = &diagram->groups[*found];
	*found = group->next;
	for (size_t i = 0; i < path->labels_count; i++)
		fold_add(&group->folds[i], path->labels[i]);
	return group;
}

/* It can be of one more device: one whose number is the next. */
static void group_wait(struct diagram *diagram, struct name_index *waiting,
		       struct path_group *group)
{
	char name[FOLD_NAME_MAX_BYTES];
	struct fold next = group->folds[0];
	size_t *first;

	if (!next.has_number)
		return;
	next.first = ++next.last;
	fold_name(&next, name);
	first = name_index_at(waiting, name);
	group->next = *first;
	*first = (size_t)(group - diagram->groups);
}

static void make_groups(struct diagram *diagram, const struct state_paths *paths)
{
	struct name_index waiting = { .entries = NULL };

	diagram->groups = xcalloc(paths->count + 1, sizeof(diagram->groups[0]));
	for (size_t i = 0; i < paths->count; i++) {
		const struct state_path *path = paths->paths[i];
		struct path_group *group;

		if (!path->is_wanted)
			continue;
		group = group_of(diagram, &waiting, path);
		if (!group) {
			group = &diagram->groups[diagram->groups_count];
			group->path = path;
			group->order = diagram->groups_count++;
			group->folds = xcalloc(path->labels_count, sizeof(group->folds[0]));
			for (size_t k = 0; k < path->labels_count; k++)
				fold_start(&group->folds[k], path->labels[k]);
		}
		group_wait(diagram, &waiting, group);
	}
	name_index_free(&waiting);
	if (diagram->groups_count > STROKES_COUNT) /* the longest paths get one */
		qsort(diagram->groups, diagram->groups_count, sizeof(diagram->groups[0]),
		      compare_lengths);
}

static void free_groups(struct diagram *diagram)
{
	for (size_t i = 0; i < diagram->groups_count; i++)
		free(diagram->groups[i].folds);
	free(diagram->groups);
}

/* "d0, later n1/d0" */
static void write_names(const struct diagram *diagram, const struct path_group *group)
{
	for (size_t i = 0; i < group->path->labels_count; i++) {
		fputs(i ? ",\\nlater " : "", diagram->out);
		write_name(diagram, &group->folds[i]);
	}
}

/* Writes the legend: a piece of each stroke, with the devices' names below. */
static void write_legend(const struct diagram *diagram)
{
	size_t count = diagram->groups_count;

	fputs("\tsubgraph cluster_devices {\n\t\tcolor=gray60;\n\t\tlabel=\"devices\";\n",
	      diagram->out);
	for (size_t i = 0; i < count && i <= STROKES_COUNT; i++) {
		bool is_other = i == STROKES_COUNT;

		fprintf(diagram->out,
			"\t\tdevice%zu [shape=point, style=invis];\n"
			"\t\tname%zu [shape=plaintext, fontsize=10, label=\"",
			i, i);
		if (is_other)
			fprintf(diagram->out, "%zu more", count - i);
		else
			write_names(diagram, &diagram->groups[i]);
		fprintf(diagram->out, "\"];\n\t\tdevice%zu -> name%zu [dir=none", i, i);
		write_stroke(diagram, is_other ? &other_stroke : &strokes[i]);
		fputs("];\n", diagram->out);
	}
	fputs("\t\t{ rank=same; edge [style=invis]; device0", diagram->out);
	for (size_t i = 1; i < count && i <= STROKES_COUNT; i++)
		fprintf(diagram->out, " -> device%zu", i);
	fputs("; }\n\t}\n", diagram->out);
}

void states_write(FILE *out, const struct kernel *kernel, const char *title,
		  const struct state_paths *paths)
{
	struct diagram diagram = { .out = out, .kernel = kernel };

	if (paths)
		make_groups(&diagram, paths);
	write_head(&diagram, title);
	for (uint8_t state = 0; state <= IF_OPER_UP; state++)
		write_node(&diagram, state);
	write_starts(&diagram);
	write_transitions(&diagram);
	if (diagram.groups_count > 1)
		write_legend(&diagram);
	fputs("}\n", out);
	free_groups(&diagram);
}
