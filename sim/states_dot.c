/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The operstates of a kernel as Graphviz dot, with the paths of devices.
 * What moves a device is in model/link_watch.c and model/rtnetlink.c; this says it in words. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "format.h"
#include "names.h"
#include "states.h"
#include "utf8.h"
#include "xalloc.h"

/* Of so many devices the steps are told at an edge, and so many steps of each. */
#define DEVICES_MAX 6
#define STEPS_MAX 4

/* Devices that take the same steps at the same times, and whose names count up. */
struct path_group {
	const struct state_path *path; /* of the first */
	struct fold fold;
};

struct diagram {
	FILE *out;
	const struct kernel *kernel;
	struct path_group *groups;
	size_t groups_count;
};

/* text[0..len) inside a string of dot: what it reads otherwise is escaped, what nobody sees is '?'. */
static void write_escaped(FILE *out, const char *text, size_t len)
{
	uint32_t character;

	for (size_t used = 0; used < len;) {
		size_t bytes = utf8_decode(text + used, len - used, &character);

		if (!bytes || !utf8_is_visible(character)) {
			fputc('?', out);
		} else {
			if (character == '"' || character == '\\')
				fputc('\\', out);
			fwrite(text + used, 1, bytes, out);
			if (character == '&') /* entities are read even here */
				fputs("amp;", out);
		}
		used += bytes ? bytes : 1;
	}
}

static bool has(const struct diagram *diagram, enum kernel_switch which)
{
	return kernel_has(diagram->kernel, which);
}

/* Whether a kernel has a device in this state at all. */
static bool is_possible(const struct diagram *diagram, uint8_t state)
{
	return state != IF_OPER_NOTPRESENT &&
	       (state != IF_OPER_TESTING || has(diagram, KERNEL_TESTING));
}

/* Writes what a device is like in a state, and since when that is so; "\n" is dot's. */
static void write_meaning(const struct diagram *diagram, uint8_t state)
{
	static const char *const meanings[] = {
		[IF_OPER_UNKNOWN] = "no event so far: counts as up",
		[IF_OPER_NOTPRESENT] = "never set by Linux",
		[IF_OPER_DOWN] = "no carrier",
		[IF_OPER_LOWERLAYERDOWN] = "no carrier, nor has the device below",
		[IF_OPER_TESTING] = "testing, or carrier and mode testing",
		[IF_OPER_DORMANT] = "carrier, and dormant or mode dormant",
		[IF_OPER_UP] = "carrier",
	};
	const struct kernel_switch_info *lower = kernel_switch_info(KERNEL_LOWER_LOOKED_AT);
	const struct kernel_switch_info *testing = kernel_switch_info(KERNEL_TESTING);

	if (state == IF_OPER_LOWERLAYERDOWN && !has(diagram, KERNEL_LOWER_LOOKED_AT))
		fprintf(diagram->out, "no carrier, and iflink is another device\\n(before %s, %s)",
			lower->release, lower->name);
	else if (state == IF_OPER_LOWERLAYERDOWN)
		fprintf(diagram->out, "%s\\n(since %s, %s)", meanings[state], lower->release,
			lower->name);
	else if (state == IF_OPER_TESTING && !is_possible(diagram, state))
		fprintf(diagram->out, "not before %s", testing->release);
	else
		fputs(meanings[state], diagram->out);
}

static const char *condition_to_down(const struct diagram *diagram, uint8_t from)
{
	if (from == IF_OPER_TESTING)
		return "testing ends,\\nno carrier";
	if (from != IF_OPER_LOWERLAYERDOWN)
		return "no carrier";
	return has(diagram, KERNEL_LOWER_LOOKED_AT) ? "carrier below" : "iflink is its own";
}

static const char *condition_to_lower_down(const struct diagram *diagram, uint8_t from)
{
	bool is_looked_at = has(diagram, KERNEL_LOWER_LOOKED_AT);

	if (from == IF_OPER_DOWN)
		return is_looked_at ? "nor below" : "iflink is another's";
	if (from == IF_OPER_TESTING)
		return is_looked_at ? "testing ends,\\nno carrier,\\nnor below"
				    : "testing ends,\\nno carrier,\\nstands on another";
	return is_looked_at ? "no carrier,\\nnor below" : "no carrier,\\nstands on another";
}

static bool has_carrier(uint8_t state)
{
	return state == IF_OPER_DORMANT || state == IF_OPER_UP || state == IF_OPER_UNKNOWN;
}

/* When rfc2863_policy() moves a device; NULL: never. */
static const char *condition(const struct diagram *diagram, uint8_t from, uint8_t to)
{
	switch (to) {
	case IF_OPER_DOWN:
		return condition_to_down(diagram, from);
	case IF_OPER_LOWERLAYERDOWN:
		return condition_to_lower_down(diagram, from);
	case IF_OPER_TESTING:
		return "testing";
	case IF_OPER_DORMANT:
		return from == IF_OPER_TESTING ? "testing ends,\\ndormant"
		       : has_carrier(from)     ? "dormant"
					       : "carrier,\\ndormant";
	case IF_OPER_UP:
		return from == IF_OPER_UNKNOWN	 ? "an event,\\ncarrier"
		       : from == IF_OPER_DORMANT ? "not dormant"
		       : from == IF_OPER_TESTING ? "testing ends"
						 : "carrier";
	default:
		return NULL;
	}
}

/* Whether userspace may do it: IFLA_OPERSTATE, see operstate_after() in model/rtnetlink.c. */
static bool is_userspace_allowed(uint8_t from, uint8_t to)
{
	if (to == IF_OPER_UP)
		return from == IF_OPER_DORMANT || from == IF_OPER_TESTING ||
		       from == IF_OPER_UNKNOWN;
	return (to == IF_OPER_DORMANT || to == IF_OPER_TESTING) &&
	       (from == IF_OPER_UP || from == IF_OPER_UNKNOWN);
}

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

/* "2: 1.024 s", or "eth0 2: 1.024 s" if there are others. */
static void write_steps(const struct diagram *diagram, const struct path_group *group, uint8_t from,
			uint8_t to)
{
	const struct state_path *path = group->path;
	char name[FOLD_NAME_MAX_BYTES], time[FORMAT_MAX_BYTES];
	size_t told = 0, all = 0;

	fputs("\\n", diagram->out);
	if (diagram->groups_count > 1) {
		fold_name(&group->fold, name);
		write_escaped(diagram->out, name, strlen(name));
		fputc(' ', diagram->out);
	}
	for (size_t i = 0; i < path->count; i++) {
		if (path->steps[i].from != from || path->steps[i].to != to)
			continue;
		if (++all > STEPS_MAX)
			continue;
		format_seconds(path->steps[i].t_ns, time);
		fprintf(diagram->out, "%s%zu: %s s", told ? ", " : "", i + 1, time);
		told++;
	}
	if (all > told)
		fprintf(diagram->out, " and %zu more", all - told);
}

/* The steps that devices take here, in the label that is open; returns whether there are any. */
static bool write_paths(const struct diagram *diagram, uint8_t from, uint8_t to)
{
	size_t devices = 0;

	for (size_t i = 0; i < diagram->groups_count; i++) {
		if (!takes_edge(diagram->groups[i].path, from, to))
			continue;
		if (++devices <= DEVICES_MAX)
			write_steps(diagram, &diagram->groups[i], from, to);
	}
	if (devices > DEVICES_MAX)
		fprintf(diagram->out, "\\nand %zu more", devices - DEVICES_MAX);
	return devices;
}

static void write_style(const struct diagram *diagram, bool is_bold)
{
	if (is_bold)
		fputs(", style=bold, penwidth=3, color=\"#0072b2\", fontcolor=\"#0072b2\"",
		      diagram->out);
	else if (diagram->groups_count)
		fputs(", color=gray60, fontcolor=gray40", diagram->out);
}

static const char *node_name(uint8_t state)
{
	return state == STATE_START ? "start" : operstate_name(state);
}

static void write_edge(const struct diagram *diagram, uint8_t from, uint8_t to, const char *label)
{
	bool is_taken;

	fprintf(diagram->out, "\t%s -> %s [label=\"%s", node_name(from), node_name(to), label);
	is_taken = write_paths(diagram, from, to);
	fputc('"', diagram->out);
	write_style(diagram, is_taken);
	fputs("];\n", diagram->out);
}

static void write_node(const struct diagram *diagram, uint8_t state)
{
	fprintf(diagram->out, "\t%s [label=\"%s\\n", operstate_name(state), operstate_name(state));
	write_meaning(diagram, state);
	fputc('"', diagram->out);
	if (!is_possible(diagram, state))
		fputs(", style=\"rounded,dashed\", color=gray60, fontcolor=gray40", diagram->out);
	else if (is_visited(diagram, state))
		fputs(", style=\"rounded,bold\", penwidth=3, color=\"#0072b2\"", diagram->out);
	else
		fputs(diagram->groups_count ? ", color=gray60, fontcolor=gray40" : "",
		      diagram->out);
	fputs("];\n", diagram->out);
}

static bool is_taken(const struct diagram *diagram, uint8_t from, uint8_t to)
{
	for (size_t i = 0; i < diagram->groups_count; i++)
		if (takes_edge(diagram->groups[i].path, from, to))
			return true;
	return false;
}

/* A kernel's own link_watch.c may do otherwise than the model. */
#define UNEXPECTED "not in the model"

static void write_starts(const struct diagram *diagram)
{
	write_edge(diagram, STATE_START, IF_OPER_UNKNOWN, "registered");
	if (has(diagram, KERNEL_VRF))
		write_edge(diagram, STATE_START, IF_OPER_UP, "a VRF");
	for (uint8_t to = IF_OPER_NOTPRESENT; to < IF_OPER_UP; to++)
		if (is_taken(diagram, STATE_START, to))
			write_edge(diagram, STATE_START, to, UNEXPECTED);
}

static void write_transition(const struct diagram *diagram, uint8_t from, uint8_t to)
{
	const char *words = condition(diagram, from, to);
	char *label;

	if (!words || !is_possible(diagram, from) || !is_possible(diagram, to)) {
		if (is_taken(diagram, from, to))
			write_edge(diagram, from, to, UNEXPECTED);
		return;
	}
	if (!is_userspace_allowed(from, to)) {
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
	char kernel[KERNEL_NAME_MAX_BYTES];

	kernel_name(diagram->kernel, kernel);
	fputs("digraph operstate {\n\tlabelloc=t;\n\tlabel=\"", diagram->out);
	write_escaped(diagram->out, title, strlen(title));
	fputs(*title ? "\\n" : "", diagram->out);
	fputs("dev->operstate on ", diagram->out);
	write_escaped(diagram->out, kernel, strlen(kernel));
	fputs(": rfc2863_policy() sets it when linkwatch works an event off, and\\n"
	      "userspace where an edge says so (ip link set DEV state S). While a device is not up,\\n"
	      "rtnetlink says DOWN, whatever is stored.",
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
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->steps[i].t_ns != b->steps[i].t_ns || a->steps[i].from != b->steps[i].from ||
		    a->steps[i].to != b->steps[i].to)
			return false;
	return true;
}

static void make_groups(struct diagram *diagram, const struct state_paths *paths)
{
	diagram->groups = xcalloc(paths->count + 1, sizeof(diagram->groups[0]));
	for (size_t i = 0; i < paths->count; i++) {
		const struct state_path *path = paths->paths[i];
		struct path_group *group = diagram->groups;
		struct path_group *end = group + diagram->groups_count;

		if (!path->is_wanted)
			continue;
		while (group < end &&
		       !(is_alike(group->path, path) && fold_add(&group->fold, path->label)))
			group++;
		if (group < end)
			continue;
		group->path = path;
		fold_start(&group->fold, path->label);
		diagram->groups_count++;
	}
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
	fputs("}\n", out);
	free(diagram.groups);
}
