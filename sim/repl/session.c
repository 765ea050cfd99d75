/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keeps the statements typed so far, and runs them. */
#include "sim/repl/session.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/scenario_load.h"
#include "sim/formats/jsonl_writer.h"
#include "sim/formats/text_writer.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/repl/common_lines.h"
#include "sim/run/src_kernel.h"

void session_init(struct session *session, const struct options *options)
{
	memset(session, 0, sizeof(*session));
	session->options = options;
	typed_init(&session->typed, options);
	answer_init(&session->answer, options->format->is_data);
}

static void forget_writer(struct session *session)
{
	if (session->writer)
		session->writer->free(session->writer);
	session->writer = NULL;
}

void session_free(struct session *session)
{
	typed_free(&session->typed);
	forget_writer(session);
	answer_free(&session->answer);
	free(session->shown);
	src_abouts_free(&session->abouts);
}

/* Prints what was compiled for the kernel, if it has a file, once. */
static void say_kernel(struct session *session)
{
	const struct kernel *kernel =
		run_kernel(session->options, growing_scenario(session->typed.growing));
	size_t count = session->abouts.count;

	src_abouts_add(&session->abouts, session->options->loader, kernel);
	if (session->abouts.count == count)
		return;
	src_about_write(session->answer.out, "", session->options->loader, kernel, 1);
	fflush(session->answer.out);
}

enum exit_code session_begin(struct session *session)
{
	const struct scenario *scenario = growing_scenario(session->typed.growing);
	enum exit_code code = kernel_prepare_to_show(
		session->options->loader, run_kernel(session->options, scenario), scenario);

	if (code == EXIT_GOOD)
		say_kernel(session);
	return code;
}

void session_refuse(struct session *session, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	wrap_message(session->answer.messages, "error: %s", text);
	free(text);
	session->code = exit_worse(session->code, EXIT_USAGE);
}

/* Runs everything before the last `fresh` additions without showing it. */
static enum exit_code catch_up(struct session *session, size_t fresh)
{
	size_t count = growing_count(session->typed.growing) - fresh;
	enum exit_code code = live_go(&session->typed.live, count, NULL);

	if (!session->shown && code <= EXIT_FAILED)
		session->shown = xstrdup(session->typed.live.end);
	return code;
}

/*
 * Prints the failures, except those that were already shown as failures at the end. They may
 * still become failures, or not.
 */
static void show_failures(struct session *session, enum exit_code code)
{
	char *said = xasprintf("%s%s", session->typed.live.said, session->typed.live.end);
	const char *shown = session->shown ? session->shown : "";

	fputs(said + common_lines(shown, said), session->answer.messages);
	free(session->shown);
	if (code > EXIT_FAILED) {
		session->shown = said;
		return;
	}
	session->shown = xstrdup(session->typed.live.end);
	free(said);
}

/* A writer for the effects of one addition. Text begins anew each time; JSON lines have one header. */
static struct writer *begin_effects(struct session *session)
{
	const struct scenario *scenario = growing_scenario(session->typed.growing);
	const struct run_info info = {
		.scenario = scenario,
		.kernel = run_kernel(session->options, scenario),
	};

	if (!session->answer.is_jsonl)
		return text_writer_new(stdout, &info, 0);
	if (!session->writer && scenario->statement_count)
		session->writer = jsonl_writer_new(stdout, &info);
	return session->writer;
}

/* Runs the last addition and prints its effects. */
static enum exit_code run_and_show(struct session *session)
{
	enum exit_code code = catch_up(session, 1);
	struct writer *writer;

	if (code <= EXIT_FAILED) {
		writer = begin_effects(session);
		code = live_go(&session->typed.live, growing_count(session->typed.growing), writer);
		if (writer)
			writer->flush(writer);
		if (writer && writer != session->writer)
			writer->free(writer);
		fflush(stdout);
	}
	show_failures(session, code);
	return code;
}

/* Whether the text is only a time, which lets virtual time pass. */
static bool is_time(const char *text)
{
	size_t len = strspn(text, " \t");

	if (text[len] != '+' && (text[len] < '0' || text[len] > '9'))
		return false;
	len += strcspn(text + len, " \t\n#");
	return text[len + strspn(text + len, " \t\n")] == '\0';
}

/*
 * Names a part that only files may have: statements typed after it would not run, or not parse.
 */
static const char *what_only_files_have(const struct scenario *scenario)
{
	if (scenario->has_end)
		return "`end` ends a file; here `+1s` lets time pass, and `quit` ends";
	if (scenario->snapshots_count)
		return "a snapshot needs a file";
	return NULL;
}

static bool is_good(struct session *session)
{
	const char *refused = what_only_files_have(growing_scenario(session->typed.growing));
	enum exit_code code;

	if (refused) {
		session_refuse(session, "%s", refused);
		return false;
	}
	code = run_and_show(session);
	session->code = exit_worse(session->code, code);
	return code <= EXIT_FAILED;
}

void session_take(struct session *session, const char *lines)
{
	const struct scenario *scenario = growing_scenario(session->typed.growing);

	if (!typed_add(&session->typed, lines, is_time(lines) ? " mark" : "",
		       session->answer.messages)) {
		session->code = exit_worse(session->code, EXIT_USAGE);
	} else if (is_good(session)) {
		say_kernel(session);
		session->now_ns = scenario->last_ns;
	} else {
		session->code = exit_worse(session->code, EXIT_USAGE);
		typed_take_back(&session->typed);
	}
}

void session_undo(struct session *session)
{
	size_t count = growing_count(session->typed.growing);
	struct addition last;

	if (!count) {
		session_refuse(session, "there is nothing to undo");
		return;
	}
	last = growing_at(session->typed.growing, count - 1);
	fprintf(session->answer.out, "undone: %.*s", (int)last.len, last.text);
	typed_take_back(&session->typed);
	if (!growing_scenario(session->typed.growing)->statement_count)
		forget_writer(session); /* the kernel may change */
	free(session->shown);
	session->shown = NULL;
	if (growing_check(session->typed.growing,
			  session->answer.messages)) /* --set may name a removed param */
		session->now_ns = growing_scenario(session->typed.growing)->last_ns;
}

const char *session_text(const struct session *session)
{
	return growing_text(session->typed.growing);
}

void session_why(struct session *session)
{
	fputs(last_story_text(&session->typed.last_story), session->answer.out);
}

static void print_device(int32_t ifindex, const char *label, const char *flags,
			 const struct link_message *message, uint8_t stored)
{
	struct wrap wrap = { .out = stdout, .columns = 80, .indent = 4 };
	char *line = xasprintf("%" PRId32 ": %s: <%s> state %s, stored %s", ifindex, label, flags,
			       operstate_name(message->operstate), operstate_name(stored));

	wrap_words(&wrap, line, strlen(line));
	wrap_end(&wrap);
	free(line);
}

static void list_devices(const struct runner *runner, bool is_jsonl)
{
	const struct machine *m = runner_machine(runner);

	for (const struct net *net = net_next(m, NULL); net; net = net_next(m, net))
		for (const struct list_head *at = net->dev_base_head.next;
		     at != &net->dev_base_head; at = at->next) {
			const struct net_device *dev =
				container_of(at, struct net_device, dev_list);
			char label[LABEL_MAX_BYTES], flags[FORMAT_MAX_BYTES];
			struct link_message message;

			rtnl_fill_ifinfo(dev, &message);
			if (is_jsonl) {
				answer_device(runner_netns(runner, dev), dev);
				continue;
			}
			format_label(runner_netns(runner, dev), dev->name, label);
			format_link_flags(message.ifi_flags, flags);
			print_device(dev->ifindex, label, flags, &message, dev->operstate);
		}
}

void session_state(struct session *session)
{
	if (!growing_check(
		    session->typed.growing,
		    session->answer.messages)) /* --set names a param that is not defined yet */
		session->code = exit_worse(session->code, EXIT_USAGE);
	else if (catch_up(session, 0) <= EXIT_FAILED)
		list_devices(session->typed.live.runner, session->answer.is_jsonl);
}

void session_answered(struct session *session)
{
	const struct scenario *scenario = growing_scenario(session->typed.growing);
	const struct jiffies_clock clock = { .hz = scenario->hz, .long_bits = 64 };

	answer_end(&session->answer, session->now_ns, jiffies_of_ns(&clock, session->now_ns));
}
