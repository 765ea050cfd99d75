/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property test: a run that continues with each addition to its scenario, and goes back when additions
 * are undone, records the same as one run of the whole scenario, including decisions, prints the same
 * failures, and writes the same story for the last addition. The lines are those of the files in
 * scenarios/, in order and mixed.
 *
 *	property_live			the fixed seeds, as in CI
 *	property_live SEED [COUNT]	these; a failure prints its seed and its lines
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/scenario_files.h"
#include "sim/cli/scenario_load.h"
#include "sim/language/src_name.h"
#include "sim/observers/rules.h"
#include "sim/repl/common_lines.h"
#include "sim/repl/typed.h"
#include "sim/story/story.h"
#include "support/random.h"

#define SEEDS_COUNT 150
#define FILE_MAX_BYTES 5000
#define STATEMENTS_MOST 2000U
#define DEVICES_MOST 300U

/* -- the lines: statements, header lines and whole blocks of the files --------------------------- */

struct unit {
	char *text;
	size_t file;
};

static struct unit *units;
static size_t units_count, units_room, files_count;

static int depth_of_line(const char *line, size_t len)
{
	while (len && strchr(" \t\r", line[len - 1]))
		len--;
	return len && line[len - 1] == '{' ? 1 : len && line[len - 1] == '}' ? -1 : 0;
}

static void unit_add(const char *text, size_t len)
{
	units = xgrow(units, units_count, &units_room, sizeof(units[0]));
	units[units_count].text = xstrndup(text, len);
	units[units_count++].file = files_count;
}

static bool file_take(const char *path, void *data)
{
	struct source *source = source_read(path, stderr);
	uint32_t len, start = 0;
	int depth = 0;

	(void)data;
	if (!source)
		exit(2);
	for (uint32_t i = 1; source->len <= FILE_MAX_BYTES && i <= source->lines; i++) {
		const char *line = source_line(source, i, &len);

		if (len >= 3 && memcmp(line, "-- ", 3) == 0)
			break;
		depth += depth_of_line(line, len);
		if (depth > 0)
			continue;
		unit_add(source->text + start, (size_t)(line + len - source->text) - start);
		start = i < source->lines ? source->line_off[i] : source->len;
	}
	source_free(source);
	files_count++;
	return true;
}

/* Statements that are rare in the files, and must be undone correctly. */
static const char *const more_units[] = {
	"mark",
	"expect lo notifications 1",
	"ip link set lo up",
	"ip link set lo down",
	"ip netns add n9",
	"ip netns del n9",
	"ip -n n9 link add d9 type dummy",
	"ip -n n9 link set d9 up",
	"expect -n n9 d9 operstate DOWN",
	"expect -n n9 d9 running within 200ms",
	"carrier_off -n n9 d9",
	"ip link add d8 type dummy",
	"ip link del d8",
	"expect d8 operstate UP",
	"expect networkd says d8 down",
	"expect frr says d8 up within 200ms",
	"expect selftests says -n n9 d9 up within 2s",
	"rtnl_lock for 150ms",
	"getlink d8",
	"repeat 2 every 1s {\n +0 carrier_off d8\n +1ms expect d8 quiet until +500ms\n}",
	"repeat 1 every 1ms {\n}",
};
#define MORE_UNITS (sizeof(more_units) / sizeof(more_units[0]))

/* A unit of any file, or one of more_units, at another time; the caller frees. */
static char *any_unit(uint64_t *rng)
{
	static const char *const times[] = { "", "", "+0 ", "+1ms ", "+100ms ", "+1s ", "+3s " };
	const char *text = one_in(rng, 2) ? more_units[below(rng, MORE_UNITS)]
					  : units[below(rng, (int64_t)units_count)].text;

	text += strspn(text, " \t");
	if ((*text >= '0' && *text <= '9') || *text == '+')
		text += strcspn(text, " \t\n");
	return xasprintf("%s%s", times[below(rng, sizeof(times) / sizeof(times[0]))], text);
}

/* -- the output of a run -------------------------------------------------------------------------- */

struct recorder {
	struct writer writer;
	FILE *out;
	char *text;
	size_t len;
	bool is_flushed; /* nothing was written since */
};

static struct recorder *recorder_of(struct writer *writer)
{
	return container_of(writer, struct recorder, writer);
}

static void recorder_record(struct writer *writer, const struct record *r)
{
	FILE *out = recorder_of(writer)->out;

	recorder_of(writer)->is_flushed = false;
	fprintf(out, "%d %" PRId64 " %" PRIu64 " line %" PRIu32, (int)r->kind, r->t_ns, r->jiffy,
		r->line);
	if (record_is_message(r))
		fprintf(out, " %s/%s %" PRId32 " %x %x %u %u %u %d %u %u %d %x %u %" PRId64 "\n",
			r->netns, r->dev, r->ifindex, r->flags, r->change, r->operstate,
			r->linkmode, r->qdisc, r->carrier, r->carrier_up, r->carrier_down,
			r->has_before, r->flags_before, r->operstate_before, r->waited_ns);
	else
		fprintf(out, " %.*s %d %u %d\n", (int)r->text_len, r->text, r->error, r->turn,
			r->is_again);
}

static void recorder_trace(struct writer *writer, const struct machine *m,
			   const struct trace_event *event, const char *netns)
{
	recorder_of(writer)->is_flushed = false;
	fprintf(recorder_of(writer)->out,
		"  %" PRId64 " decides %d %" PRIu64 " %" PRIu64 " line %" PRIu64 " %s/%s\n",
		m->now_ns, (int)event->point, (uint64_t)event->a, (uint64_t)event->b,
		(uint64_t)event->cause, netns, event->dev ? event->dev->name : "");
}

static void recorder_flush(struct writer *writer)
{
	if (!recorder_of(writer)->is_flushed)
		fputs("time passes\n", recorder_of(writer)->out);
	recorder_of(writer)->is_flushed = true;
}

static void recorder_init(struct recorder *recorder)
{
	*recorder = (struct recorder){
		.writer = { .record = recorder_record,
			    .trace = recorder_trace,
			    .flush = recorder_flush },
		.is_flushed = true,
	};
	recorder->out = xmemstream(&recorder->text, &recorder->len);
}

static void recorder_free(struct recorder *recorder)
{
	xclose_memstream(recorder->out);
	free(recorder->text);
}

/* Runs the whole text at once; the caller frees the failures. */
static char *run_whole(const char *text, const struct options *options, struct writer *writer)
{
	struct source *source = source_from_text("repl", text, strlen(text));
	struct run_options run = {
		.is_forced = true, .judges = true, .writer = writer, .observers = &observer_calls
	};
	struct scenario *scenario;
	struct runner *runner;
	struct diags diags;
	char *failures;
	size_t len;

	diags_init(&diags, source);
	scenario = scenario_parse(source, NULL, 0, &diags);
	diags_print(&diags, stdout);
	if (!scenario)
		exit(1); /* each line was valid */
	run.messages = xmemstream(&failures, &len);
	run.kernel = *run_kernel(options, scenario);
	run.until_ns = scenario->last_ns;
	runner = runner_new(scenario, &run);
	while (runner_next_ns(runner) != INT64_MAX)
		runner_step(runner);
	runner_free(runner);
	xclose_memstream(run.messages);
	diags_free(&diags);
	scenario_free(scenario);
	source_free(source);
	return failures;
}

/* The story of the whole text; the caller frees. */
static char *story_whole(const char *text, const struct options *options)
{
	char *story;
	size_t len;
	FILE *out = xmemstream(&story, &len);
	struct writer *writer = story_writer_new(out, NULL, wrap_terminal_columns());

	free(run_whole(text, options, writer));
	writer->free(writer);
	xclose_memstream(out);
	return story;
}

/* -- a session ------------------------------------------------------------------------------------ */

/* The output of each addition. */
struct shown {
	char *records, *failures;
	bool is_flushed;
};

struct session {
	struct options options;
	struct kernel kernel;
	struct typed typed;
	struct recorder recorder;
	struct shown *shown;
	size_t shown_count, shown_room;
	FILE *refusals;
	char *refused;
	size_t refused_len;
};

static void session_start(struct session *session, uint64_t *rng)
{
	static const char *const kernels[] = { "4.19", "5.8+urgent-event", "6.1", "6.12", "7.2" };
	const char *name = kernels[below(rng, 5)];
	struct src_name_error error;

	memset(session, 0, sizeof(*session));
	if (kernel_read(name, strlen(name), &session->kernel, &error))
		exit(2);
	session->options.kernels = &session->kernel;
	session->options.kernels_count = 1;
	typed_init(&session->typed, &session->options);
	recorder_init(&session->recorder);
	session->refusals = xmemstream(&session->refused, &session->refused_len);
}

static void forget_last(struct session *session)
{
	struct shown *last = &session->shown[--session->shown_count];

	free(last->records);
	free(last->failures);
	session->recorder.is_flushed = last->is_flushed;
}

static void session_end(struct session *session)
{
	while (session->shown_count)
		forget_last(session);
	free(session->shown);
	typed_free(&session->typed);
	recorder_free(&session->recorder);
	xclose_memstream(session->refusals);
	free(session->refused);
}

static void undo(struct session *session)
{
	typed_take_back(&session->typed);
	forget_last(session);
}

static void type(struct session *session, const char *lines)
{
	const struct scenario *scenario = growing_scenario(session->typed.growing);
	struct recorder *recorder = &session->recorder;
	struct shown shown = { .is_flushed = recorder->is_flushed };

	if (!typed_add(&session->typed, lines, "", session->refusals))
		return;
	if (scenario->has_end || scenario->snapshots_count || scenario->kernel.source ||
	    scenario->statement_count > STATEMENTS_MOST || scenario->max_devices > DEVICES_MOST) {
		typed_take_back(&session->typed);
		return;
	}
	live_go(&session->typed.live, growing_count(session->typed.growing) - 1, NULL);
	recorder->is_flushed = shown.is_flushed;
	live_go(&session->typed.live, growing_count(session->typed.growing), &recorder->writer);
	fflush(recorder->out);
	shown.records = xstrndup(recorder->text, recorder->len);
	rewind(recorder->out);
	shown.failures = xstrdup(session->typed.live.said);
	session->shown = xgrow(session->shown, session->shown_count, &session->shown_room,
			       sizeof(session->shown[0]));
	session->shown[session->shown_count++] = shown;
}

/* -- the checks ----------------------------------------------------------------------------------- */

static bool is_same(const char *what, const char *is, const char *wanted)
{
	size_t at = common_lines(is, wanted);

	if (strcmp(is, wanted) == 0)
		return true;
	printf("%s differ:\n  %.*s\nin one run:\n  %.*s\n", what, (int)strcspn(is + at, "\n"),
	       is + at, (int)strcspn(wanted + at, "\n"), wanted + at);
	return false;
}

static bool records_hold(struct session *session)
{
	const char *text = growing_text(session->typed.growing);
	struct recorder whole;
	char *records, *failures, *whole_failures;
	size_t records_len, failures_len;
	FILE *out = xmemstream(&records, &records_len);
	FILE *failed = xmemstream(&failures, &failures_len);
	bool holds;

	for (size_t i = 0; i < session->shown_count; i++) {
		fputs(session->shown[i].records, out);
		fputs(session->shown[i].failures, failed);
	}
	live_go(&session->typed.live, session->shown_count, NULL);
	if (!session->recorder.is_flushed)
		fputs("time passes\n", out); /* the end of the whole run */
	fputs(session->typed.live.end, failed);
	xclose_memstream(out);
	xclose_memstream(failed);
	recorder_init(&whole);
	whole_failures = run_whole(text, &session->options, &whole.writer);
	fflush(whole.out);
	holds = is_same("records", records, whole.text) &&
		is_same("failures", failures, whole_failures);
	recorder_free(&whole);
	free(records);
	free(failures);
	free(whole_failures);
	return holds;
}

static bool why_holds(struct session *session)
{
	size_t count = growing_count(session->typed.growing);
	struct addition last;
	char *text, *before, *now;
	bool holds;

	if (!count)
		return true;
	last = growing_at(session->typed.growing, count - 1);
	text = xstrdup(growing_text(session->typed.growing));
	now = story_whole(text, &session->options);
	text[strlen(text) - last.len] = '\0';
	before = story_whole(text, &session->options);
	holds = is_same("stories", last_story_text(&session->typed.last_story),
			now + common_lines(before, now));
	free(text);
	free(before);
	free(now);
	return holds;
}

static void type_any(struct session *session, uint64_t *rng)
{
	char *lines = any_unit(rng);

	type(session, lines);
	free(lines);
}

static void undo_and_type(struct session *session, uint64_t *rng)
{
	for (int64_t i = below(rng, 5); i > 0 && session->shown_count; i--)
		undo(session);
	for (int64_t i = below(rng, 6); i > 0; i--)
		type_any(session, rng);
}

static bool step(struct session *session, uint64_t *rng, const char *unit)
{
	if (one_in(rng, 3))
		type_any(session, rng);
	type(session, unit);
	for (int64_t i = one_in(rng, 8) ? below(rng, 6) : 0; i > 0; i--)
		undo_and_type(session, rng);
	if (one_in(rng, 10) && !records_hold(session))
		return false;
	return !one_in(rng, 6) || why_holds(session);
}

static bool session_holds(uint64_t seed, size_t *additions)
{
	uint64_t rng = random_start(seed);
	size_t file = units[below(&rng, (int64_t)units_count)].file;
	struct session session;
	bool holds = true;

	session_start(&session, &rng);
	for (size_t i = 0; holds && i < units_count; i++)
		if (units[i].file == file)
			holds = step(&session, &rng, units[i].text);
	holds = holds && records_hold(&session) && why_holds(&session);
	*additions += session.shown_count;
	if (!holds)
		printf("seed %" PRIu64 ", after:\n%s", seed, growing_text(session.typed.growing));
	session_end(&session);
	return holds;
}

int main(int argc, char **argv)
{
	uint64_t first = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	uint64_t count = argc > 2 ? strtoull(argv[2], NULL, 10) : argc > 1 ? 1 : SEEDS_COUNT;
	const struct walk walk = { .scenario = file_take };
	char folder[] = "scenarios";
	size_t additions = 0;
	bool hold;

	walk_scenarios(folder, &walk);
	hold = units_count > 0;
	for (uint64_t seed = first; hold && seed < first + count; seed++)
		hold = session_holds(seed, &additions);
	if (hold)
		printf("seeds %" PRIu64 " to %" PRIu64 " hold, with %zu additions\n", first,
		       first + count - 1, additions);
	for (size_t i = 0; i < units_count; i++)
		free(units[i].text);
	free(units);
	return hold ? 0 : 1;
}
