/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A run step by step: what happened in each, and linkwatch's state after it. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/observers/rules.h"
#include "sim/play/log.h"
#include "sim/play/state.h"
#include "sim/playground/page.h"
#include "sim/playground/request.h"

static const char *const log_kinds[] = {
	[PLAY_LOG_ACTION] = "action",	[PLAY_LOG_MESSAGE] = "message",
	[PLAY_LOG_RUNNING] = "running", [PLAY_LOG_NO_RUNNING] = "no running",
	[PLAY_LOG_ERROR] = "error",	[PLAY_LOG_NOTE] = "note",
};

static const char *const works[] = {
	[PLAY_WORK_IDLE] = "idle",	 [PLAY_WORK_DELAYED] = "delayed",
	[PLAY_WORK_QUEUED] = "queued",	 [PLAY_WORK_ASLEEP] = "asleep",
	[PLAY_WORK_RUNNING] = "running",
};

struct steps {
	FILE *out;
	struct play_log log;
	/* of the current step */
	FILE *decisions;
	char *decisions_text;
	size_t decisions_len, decisions_count;
};

static void take_decision(void *user, const char *sentence, const char *function, bool is_derived)
{
	struct steps *steps = user;

	(void)is_derived;
	fputs(steps->decisions_count++ ? ",{\"text\":" : "{\"text\":", steps->decisions);
	json_write_string(steps->decisions, sentence, strlen(sentence));
	if (function)
		answer_string(steps->decisions, "function", function);
	fputc('}', steps->decisions);
}

static void answer_device(FILE *out, const struct play_device *device)
{
	char flags[FORMAT_MAX_BYTES];
	char *told;

	fputs("{\"name\":", out);
	json_write_string(out, device->label, strlen(device->label));
	answer_flag(out, "up", device->is_up);
	answer_flag(out, "carrier", device->has_carrier);
	answer_flag(out, "running", device->is_running);
	answer_flag(out, "queued", device->is_queued);
	answer_string(out, "operstate", operstate_name(device->operstate));
	if (device->has_message) {
		format_link_flags(device->last_message.flags, flags);
		told = xasprintf("<%s> %s", flags, operstate_name(device->last_message.operstate));
		answer_string(out, "told", told);
		free(told);
		answer_flag(out, "wrong", device->is_misbelieved);
	}
	fputc('}', out);
}

static void answer_state(FILE *out, const struct play_state *state)
{
	fputs(",\"devices\":[", out);
	for (size_t i = 0; i < state->devices_count; i++) {
		fputs(i ? "," : "", out);
		answer_device(out, &state->devices[i]);
	}
	fputs("],\"queue\":[", out);
	for (size_t i = 0; i < state->queue_count; i++) {
		fputs(i ? "," : "", out);
		json_write_string(out, state->queue[i], strlen(state->queue[i]));
	}
	fputc(']', out);
	answer_flag(out, "urgent", state->is_urgent);
	fprintf(out, ",\"window_end_ns\":%" PRId64 ",\"work\":\"%s\"", state->window_end_ns,
		works[state->work]);
	if (state->work == PLAY_WORK_DELAYED || state->work == PLAY_WORK_QUEUED)
		fprintf(out, ",\"work_ns\":%" PRId64, state->work_ns);
	if (state->is_rtnl_held)
		fprintf(out, ",\"rtnl_until_ns\":%" PRId64, state->rtnl_until_ns);
}

/* Oldest first; more than the log keeps are left out. */
static void answer_log(struct steps *steps, size_t before)
{
	size_t count = steps->log.count - before;
	const char *between = "";

	fputs(",\"log\":[", steps->out);
	for (size_t i = count; i-- > 0;) {
		const struct play_log_line *line = play_log_line(&steps->log, i);

		if (!line)
			continue;
		fprintf(steps->out, "%s{\"kind\":\"%s\"", between, log_kinds[line->kind]);
		answer_string(steps->out, "text", line->text);
		fputc('}', steps->out);
		between = ",";
	}
	fputc(']', steps->out);
}

/* Steps once; true if that showed something, which it has then written. */
static bool answer_step(struct steps *steps, struct runner *runner, struct play_state *state,
			bool is_first)
{
	size_t happenings = steps->log.happenings, decisions = steps->log.decisions;
	size_t lines = steps->log.count;
	bool has_shown;

	steps->decisions_count = 0;
	steps->decisions = xmemstream(&steps->decisions_text, &steps->decisions_len);
	runner_step(runner);
	xclose_memstream(steps->decisions);
	has_shown = steps->log.happenings != happenings || steps->log.decisions != decisions;
	if (has_shown) {
		play_state_fill(state, runner, runner_now_ns(runner));
		fprintf(steps->out, "%s{\"t_ns\":%" PRId64 ",\"jiffy\":%" PRIu64,
			is_first ? "" : ",", state->now_ns, state->jiffy);
		if (steps->log.stmt)
			fprintf(steps->out, ",\"line\":%" PRIu32, steps->log.stmt->line);
		/* a message may have been folded into the line before */
		answer_log(steps, lines > steps->log.count ? steps->log.count : lines);
		fprintf(steps->out, ",\"decisions\":[%s]", steps->decisions_text);
		answer_state(steps->out, state);
		fputc('}', steps->out);
	}
	free(steps->decisions_text);
	return has_shown;
}

static void answer_steps(FILE *out, const struct request *request)
{
	struct steps steps = { .out = out };
	struct play_state state = { .now_ns = 0 };
	char *printed;
	size_t len, count = 0;
	FILE *messages = xmemstream(&printed, &len);
	struct run_options options = {
		.kernel = request->kernels[0],
		.until_ns = -1,
		.is_forced = true,
		.writer = &steps.log.writer,
		.messages = messages,
		.observers = &observer_calls,
	};
	struct runner *runner;

	play_log_init(&steps.log);
	steps.log.decided = take_decision;
	steps.log.user = &steps;
	runner = runner_new(request->scenario, &options);
	answer_kernels(out, "kernels", request->kernels, 1);
	fputs(",\"steps\":[", out);
	while (count < PAGE_STEPS_MAX && runner_next_ns(runner) != INT64_MAX)
		count += answer_step(&steps, runner, &state, count == 0);
	fputc(']', out);
	answer_flag(out, "is_whole", runner_next_ns(runner) == INT64_MAX);
	fprintf(out, ",\"window_ns\":%" PRId64, state.window_ns);
	runner_free(runner);
	play_log_free(&steps.log);
	play_state_free(&state);
	xclose_memstream(messages);
	free(printed);
}

const char *page_steps(const char *text, const char *kernel, const char *settings)
{
	FILE *out = answer_begin();
	struct request request;

	if (request_open_one(text, kernel, settings, &request, out))
		answer_steps(out, &request);
	request_close(&request);
	return answer_end(out);
}
