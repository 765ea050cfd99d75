/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a scenario: moves the clock, starts statements, records the results. */
#include "sim/run/runner.h"

#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/run/actions.h"
#include "sim/run/expect.h"
#include "sim/run/gaps.h"
#include "sim/run/lie.h"
#include "sim/run/netns.h"
#include "sim/run/observe.h"
#include "sim/run/outcome.h"

/* Without `end`, a run ends at the latest this long after the last line. */
#define REST_NS (10 * NSEC_PER_SEC)

/* Commands that may wait for rtnl at one time; a further one fails. */
#define WAITERS_MAX 100000

static int64_t latest_end_ns(const struct scenario *scenario, const struct run_options *options)
{
	if (options->until_ns >= 0)
		return options->until_ns;
	if (scenario->has_end)
		return scenario->end_ns;
	return scenario->last_ns + REST_NS;
}

/*
 * For a kernel with a link_watch.c from a file. False if it cannot be loaded, after printing why.
 */
static bool load_file(const struct scenario *scenario, const struct run_options *options,
		      struct linkwatch_file **ret_file)
{
	*ret_file = NULL;
	if (!options->kernel.source)
		return true;
	*ret_file = options->loader->load(&options->kernel, scenario->hz, scenario->source->path,
					  options->messages);
	return *ret_file != NULL;
}

/* Spare room of an open run beyond what is used, so that it seldom has to start again. */
#define ROOM_MORE_MAX 65536U
static uint32_t room_for(const struct run_options *options, uint64_t needed, uint64_t max)
{
	uint64_t more = needed < ROOM_MORE_MAX ? needed + 16 : ROOM_MORE_MAX;
	uint64_t room = options->is_open ? needed + more : needed;

	return (uint32_t)(room < max ? room : max);
}

static struct machine_config config_of(const struct scenario *scenario,
				       const struct run_options *options)
{
	uint32_t devices = room_for(options, scenario->max_devices, UINT32_MAX / 2);

	return (struct machine_config){
		.kernel = options->kernel,
		.hz = scenario->hz,
		.long_bits = scenario->long_bits,
		.timers_exact = scenario->timers_exact,
		.max_devices = devices,
		.max_nets = room_for(options, scenario->max_nets, UINT32_MAX / 2),
		/* one to the lower device, one to the master */
		.max_links = scenario->has_links ? 2 * devices : 0,
		.max_bonds = scenario->has_bonds ? devices : 0,
		/* each statement waits at most once at a time */
		.max_waiters = room_for(options, scenario->statement_count + 1, WAITERS_MAX),
	};
}

bool runner_has_room(const struct runner *runner)
{
	const struct run_options exact = { .is_open = false };
	struct machine_config need = config_of(runner->scenario, &exact);

	return need.max_devices <= runner->room.max_devices &&
	       need.max_nets <= runner->room.max_nets && need.max_links <= runner->room.max_links &&
	       need.max_bonds <= runner->room.max_bonds &&
	       need.max_waiters <= runner->room.max_waiters;
}

struct runner *runner_new(const struct scenario *scenario, const struct run_options *options)
{
	struct machine_config config = config_of(scenario, options);
	struct machine *machine;
	struct runner *runner;

	if (!load_file(scenario, options, &config.linkwatch_file))
		return NULL;
	machine = machine_new(&config);
	if (!machine)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	runner = xcalloc(1, sizeof(*runner));
	runner->file = config.linkwatch_file;
	runner->room = config;
	runner->scenario = scenario;
	runner->options = *options;
	runner->machine = machine;
	runner->observed = xcalloc(machine->max_devices, sizeof(runner->observed[0]));
	runner->has_fixed_end = scenario->has_end || options->until_ns >= 0 || options->is_open;
	runner->end_ns = latest_end_ns(scenario, options);
	INIT_LIST_HEAD(&runner->calls);
	INIT_LIST_HEAD(&runner->steps);
	trace_init(&runner->trace);
	cursor_init(&runner->cursor, options->is_open ? NULL : scenario->stmts);
	runner->is_paused = options->is_open;
	runner->is_over = options->is_open;
	observe_start(runner);
	return runner;
}

void runner_free(struct runner *runner)
{
	if (!runner)
		return;
	actions_free(runner);
	machine_free(runner->machine);
	if (runner->file)
		runner->options.loader->unload(runner->file);
	trace_free(&runner->trace);
	netns_free(runner);
	free(runner->observed);
	free(runner->watches);
	free(runner);
}

/* Whether nothing is left to do, now or later, and no fixed end is set. */
static bool is_at_rest(const struct runner *runner, const struct stmt *next_stmt)
{
	return !next_stmt && !runner->has_fixed_end &&
	       machine_next_ns(runner->machine) == INT64_MAX;
}

/* The earliest of: the next statement, the machine's next event, the end. */
static int64_t next_ns(const struct runner *runner)
{
	int64_t next = machine_next_ns(runner->machine), stmt_ns;
	const struct stmt *stmt = cursor_peek(&runner->cursor, &stmt_ns);

	if (runner->is_broken || is_at_rest(runner, stmt))
		return runner->machine->now_ns;
	if (stmt && stmt_ns < next)
		next = stmt_ns;
	return next < runner->end_ns ? next : runner->end_ns;
}

int64_t runner_next_ns(const struct runner *runner)
{
	return runner->is_over ? INT64_MAX : next_ns(runner);
}

static void record_action(struct runner *runner, const struct stmt *stmt)
{
	struct record record = {
		.kind = RECORD_ACTION,
		.line = stmt->line,
		.stmt = stmt,
		.repeat = cursor_repeat(&runner->cursor),
		.turn = cursor_turn(&runner->cursor),
		.text = runner->scenario->source->text + stmt->span.off,
		.text_len = stmt->span.len,
	};

	record.is_again = !cursor_is_first(&runner->cursor);
	runner_record(runner, &record);
}

/* Records a batch's header together with its lines, because they start together. */
static void record_batch(struct runner *runner, const struct stmt *block)
{
	record_action(runner, block);
	for (const struct stmt *at = block->block.body; at; at = at->next) {
		gaps_note(runner, at);
		record_action(runner, at);
	}
}

static void run_expect(struct runner *runner, const struct stmt *stmt)
{
	for (uint32_t i = 0; i < stmt->count && runner->options.judges; i++)
		expect_run(runner, stmt, i);
}

static void run_stmt(struct runner *runner, const struct stmt *stmt)
{
	if (stmt->kind == STMT_MARK) {
		runner->mark = runner->trace.count;
	} else if (stmt->kind == STMT_EXPECT) {
		run_expect(runner, stmt);
	} else if (stmt->kind == STMT_BATCH) {
		record_batch(runner, stmt);
		batch_run(runner, stmt);
	} else {
		gaps_note(runner, stmt);
		record_action(runner, stmt);
		action_run(runner, stmt);
	}
}

static void end_run(struct runner *runner)
{
	if (runner->options.judges) {
		expect_end(runner);
		actions_end(runner);
	}
	if (!runner->has_fixed_end && machine_next_ns(runner->machine) != INT64_MAX)
		diag_print(runner->options.messages, NULL, SEVERITY_NOTE, NULL,
			   "the run ended with work pending; set its end with `T end` or --until");
	lies_end(runner);
	runner->is_over = true;
}

static void flush_if_time_passes(struct runner *runner)
{
	if (runner->options.writer && runner_next_ns(runner) > runner->machine->now_ns)
		runner->options.writer->flush(runner->options.writer);
}

void runner_step(struct runner *runner)
{
	int64_t at_ns = next_ns(runner), stmt_ns;
	const struct stmt *stmt = cursor_peek(&runner->cursor, &stmt_ns);
	bool is_rest = is_at_rest(runner, stmt);

	if (at_ns > runner->machine->now_ns) {
		expect_deadlines(runner, at_ns);
		machine_advance(runner->machine, at_ns);
	}
	actions_settle(runner);
	expect_settled(runner);
	if (runner->is_broken || is_rest) {
		end_run(runner);
	} else if (stmt && stmt_ns == at_ns) {
		run_stmt(runner, stmt);
		expect_settled(runner);
		cursor_next(&runner->cursor);
	} else if (at_ns == runner->end_ns && runner->options.is_open) {
		runner->is_over = true;
		runner->is_paused = true;
		runner->options.writer = NULL; /* runner_go_on() gives another */
		return;
	} else if (at_ns == runner->end_ns) {
		end_run(runner);
	}
	if (runner->is_over)
		runner_report_suppressed(runner);
	flush_if_time_passes(runner);
}

void runner_go_on(struct runner *runner, const struct stmt *stmts, int64_t until_ns,
		  struct writer *writer, FILE *messages)
{
	runner->options.until_ns = until_ns;
	runner->options.writer = writer;
	runner->options.messages = messages;
	runner->end_ns = until_ns;
	runner->is_over = false;
	runner->is_paused = false;
	cursor_init(&runner->cursor, stmts);
	flush_if_time_passes(runner);
}

enum run_result runner_look_at_end(struct runner *runner, FILE *messages)
{
	const struct judged judged = runner->judged;
	enum run_result result;

	if (!runner->is_paused)
		return runner_result(runner);
	runner->options.messages = messages;
	expect_end(runner);
	runner_report_suppressed(runner);
	result = runner_result(runner);
	runner->judged = judged;
	return result;
}

void runner_interrupt(struct runner *runner)
{
	char now[FORMAT_MAX_BYTES];

	runner->is_over = true;
	runner->is_interrupted = true;
	runner_report_suppressed(runner);
	format_seconds(runner_now_ns(runner), now);
	fprintf(runner->options.messages, "lwsim: interrupted at %ss of virtual time\n", now);
	if (runner->options.writer)
		runner->options.writer->flush(runner->options.writer);
}

int64_t runner_now_ns(const struct runner *runner)
{
	return runner->machine->now_ns;
}

bool runner_was_stopped(const struct runner *runner)
{
	return runner->is_stopped;
}

const struct trace *runner_trace(const struct runner *runner)
{
	return &runner->trace;
}

const struct failure *runner_first_failure(const struct runner *runner)
{
	return *runner->judged.first_failure.device ? &runner->judged.first_failure : NULL;
}

unsigned int runner_failures(const struct runner *runner)
{
	return runner->judged.failures;
}

const struct lie *runner_lie(const struct runner *runner)
{
	return &runner->lie;
}

const struct machine *runner_machine(const struct runner *runner)
{
	return runner->machine;
}

struct machine *runner_hand_over(struct runner *runner)
{
	static const struct machine_callbacks none = { 0 };

	machine_set_callbacks(runner->machine, &none);
	return runner->machine;
}

const char *runner_netns(const struct runner *runner, const struct net_device *dev)
{
	return netns_name(runner, dev_net(dev));
}

const struct stmt *runner_next_stmt(const struct runner *runner, int64_t *ret_ns)
{
	return runner->is_over ? NULL : cursor_peek(&runner->cursor, ret_ns);
}

bool runner_last_message(const struct runner *runner, const struct net_device *dev,
			 struct last_message *ret_message)
{
	const struct observed *observed = &runner->observed[dev - runner->machine->devices];

	ret_message->at_ns = observed->message_ns;
	ret_message->flags = observed->flags;
	ret_message->operstate = observed->operstate;
	return observed->has_message;
}

enum run_result runner_result(const struct runner *runner)
{
	if (runner->is_broken)
		return RUN_BROKEN;
	if (runner->is_interrupted)
		return RUN_INTERRUPTED;
	return runner->judged.failures ? RUN_FAILED : RUN_GOOD;
}
