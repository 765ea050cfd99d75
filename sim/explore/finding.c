/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes the way to a state as a scenario, and compares its run with what exploring saw. */
#include "sim/explore/finding.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"

void way_add(struct way *way, uint16_t move, uint32_t jiffies)
{
	way->steps = xgrow(way->steps, way->count, &way->capacity, sizeof(way->steps[0]));
	way->steps[way->count++] = (struct way_step){ move, jiffies };
}

void way_to(struct way *way, const struct search *search, uint32_t state)
{
	const struct node *node = &search->nodes[state];

	*way = (struct way){ 0 };
	for (; node->move != MOVE_NONE; node = &search->nodes[node->parent])
		way_add(way, node->move, node->time_j - search->nodes[node->parent].time_j);
	for (size_t i = 0; i < way->count / 2; i++) {
		struct way_step step = way->steps[i];

		way->steps[i] = way->steps[way->count - 1 - i];
		way->steps[way->count - 1 - i] = step;
	}
}

void way_add_all(struct way *way, const struct way *rest)
{
	for (size_t i = 0; i < rest->count; i++)
		way_add(way, rest->steps[i].move, rest->steps[i].jiffies);
}

void way_free(struct way *way)
{
	free(way->steps);
}

static bool is_left_out(const char *line, size_t len)
{
	static const char *const words[] = { "title", "kernel", "compare" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t word = strlen(words[i]);

		if (len > word && memcmp(line, words[i], word) == 0 &&
		    (line[word] == ' ' || line[word] == '\t'))
			return true;
	}
	return len && line[0] == '#';
}

/* The file up to `explore`, without what is of the file alone. */
static void write_set_up(FILE *out, const struct scenario *scenario)
{
	const char *at = scenario->source->text, *end = at + scenario->explore.text_end;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *next = newline ? newline + 1 : end;

		if (!is_left_out(at, (size_t)(next - at)))
			fwrite(at, 1, (size_t)(next - at), out);
		at = next;
	}
}

static void write_lines(FILE *out, const char *prefix, const char *lines)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		fprintf(out, "%s%.*s\n", prefix, (int)len, lines);
		lines += len + (lines[len] == '\n');
	}
}

static void write_kernels(FILE *out, const struct world *world)
{
	char name[KERNEL_NAME_MAX_BYTES];

	kernel_name(&world->sides[0].m->kernel, name);
	fprintf(out, "kernel   %s\n", name);
	if (world->sides_count == 1)
		return;
	fprintf(out, "compare  %s", name);
	kernel_name(&world->sides[1].m->kernel, name);
	fprintf(out, " %s\n", name);
}

/* A time that the parser reads back to the nanosecond. */
static void write_time(FILE *out, int64_t ns)
{
	char text[FORMAT_MAX_BYTES];
	int len = snprintf(text, sizeof(text), "%" PRId64 ".%09" PRId64, ns / NSEC_PER_SEC,
			   ns % NSEC_PER_SEC);

	while (len > 4 && text[len - 1] == '0' && text[len - 4] != '.')
		text[--len] = '\0';
	fprintf(out, "%-8s ", text);
}

char *finding_scenario(const struct world *world, const struct way *way, uint32_t rest_j,
		       const char *title, const char *comment)
{
	const struct jiffies_clock *clock = &world->sides[0].m->clock;
	uint64_t j = jiffies_of_ns(clock, world_start_ns(world)), written_j = UINT64_MAX;
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	write_lines(out, "# ", comment);
	fprintf(out, "title    \"%s\"\n", title);
	write_kernels(out, world);
	write_set_up(out, world->scenario);
	for (size_t i = 0; i < way->count; i++) {
		const struct way_step *step = &way->steps[i];

		j += step->jiffies;
		if (step->move == MOVE_PASS)
			continue;
		if (j == written_j)
			fprintf(out, "%-8s ", "");
		else
			write_time(out, jiffies_start_ns(clock, j));
		written_j = j;
		fprintf(out, "%s\n", world->actions[step->move].words);
	}
	write_time(out, jiffies_start_ns(clock, j + rest_j + 1));
	fprintf(out, "end\n");
	xclose_memstream(out);
	return text;
}

/* A message with its time. */
struct heard_at {
	int64_t t_ns;
	int32_t ifindex;
	uint32_t flags, change;
	uint8_t operstate;
	bool is_dellink;
};

struct heard_list {
	struct heard_at *items;
	size_t count, capacity;
};

static void heard_add(struct heard_list *list, const struct heard_at *item)
{
	list->items = xgrow(list->items, list->count, &list->capacity, sizeof(*item));
	list->items[list->count++] = *item;
}

static void heard_add_tale(struct heard_list *list, const struct side *side)
{
	for (size_t i = 0; i < side->tale.count; i++) {
		const struct told *told = &side->tale.told[i];

		heard_add(list, &(struct heard_at){
					.t_ns = side->m->now_ns,
					.ifindex = side->m->devices[told->dev].ifindex,
					.flags = told->flags,
					.change = told->change,
					.operstate = told->operstate,
					.is_dellink = told->is_dellink,
				});
	}
}

/* What exploring sees on the way. */
static void lists_of_world(struct world *world, const struct way *way,
			   struct heard_list lists[SIDES_MAX])
{
	world_restore(world, world->first);
	for (size_t i = 0; i < way->count; i++) {
		if (way->steps[i].move == MOVE_PASS)
			world_pass(world, way->steps[i].jiffies);
		else
			world_act(world, &world->actions[way->steps[i].move]);
		for (unsigned int side = 0; side < world->sides_count; side++)
			heard_add_tale(&lists[side], &world->sides[side]);
	}
}

/* What a run of the scenario tells from then on, and no later than the way's last step. */
static bool list_of_run(const struct world *world, const struct scenario *scenario,
			const struct kernel *kernel, const struct src_loader *loader,
			FILE *messages, struct heard_list *list)
{
	const struct run_options options = {
		.kernel = *kernel,
		.until_ns = world->sides[0].m->now_ns,
		.messages = messages,
		.loader = loader,
		.is_forced = true,
	};
	struct runner *runner = runner_new(scenario, &options);
	int64_t start_ns = world_start_ns(world);
	const struct trace *trace;

	if (!runner)
		return false;
	while (runner_next_ns(runner) != INT64_MAX)
		runner_step(runner);
	trace = runner_trace(runner);
	for (size_t i = 0; i < trace->count; i++) {
		const struct record *record = &trace->records[i];

		if (record_is_message(record) && record->t_ns >= start_ns)
			heard_add(list, &(struct heard_at){
						.t_ns = record->t_ns,
						.ifindex = record->ifindex,
						.flags = record->flags,
						.change = record->change,
						.operstate = record->operstate,
						.is_dellink = record->kind == RECORD_DELLINK,
					});
	}
	runner_free(runner);
	return true;
}

/* A run also has what the set-up says in the first jiffy. */
static bool lists_agree(const struct heard_list *seen, const struct heard_list *run,
			int64_t start_ns)
{
	if (seen->count > run->count)
		return false;
	for (size_t i = 0; i < run->count - seen->count; i++)
		if (run->items[i].t_ns > start_ns)
			return false;
	for (size_t i = 0; i < seen->count; i++) {
		const struct heard_at *a = &seen->items[i];
		const struct heard_at *b = &run->items[run->count - seen->count + i];

		if (a->t_ns != b->t_ns || a->ifindex != b->ifindex || a->flags != b->flags ||
		    a->change != b->change || a->operstate != b->operstate ||
		    a->is_dellink != b->is_dellink)
			return false;
	}
	return true;
}

static bool scenario_agrees(const struct world *world, const struct scenario *scenario,
			    const struct heard_list seen[SIDES_MAX],
			    const struct src_loader *loader, FILE *messages)
{
	bool agrees = true;

	for (unsigned int side = 0; side < world->sides_count && agrees; side++) {
		struct heard_list run = { 0 };

		agrees = list_of_run(world, scenario, &world->sides[side].m->kernel, loader,
				     messages, &run) &&
			 lists_agree(&seen[side], &run, world_start_ns(world));
		free(run.items);
	}
	return agrees;
}

bool finding_check(struct world *world, const struct way *way, const struct scenario *scenario,
		   const struct src_loader *loader, FILE *messages)
{
	struct heard_list seen[SIDES_MAX] = { 0 };
	bool agrees;

	lists_of_world(world, way, seen);
	agrees = scenario_agrees(world, scenario, seen, loader, messages);
	if (!agrees)
		fprintf(messages,
			"lwsim: error: a run of the scenario that was found tells something else:\n%s",
			scenario->source->text);
	for (unsigned int side = 0; side < SIDES_MAX; side++)
		free(seen[side].items);
	return agrees;
}
