/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One running command: how it takes rtnl, opens namespaces, and ends. */
#include "sim/run/call.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/names.h"
#include "sim/run/netns.h"
#include "sim/run/outcome.h"

static void record_text(struct call *call, enum record_kind kind, int error, const char *text)
{
	struct record record = {
		.kind = kind,
		.line = call->stmt->line,
		.stmt = call->stmt,
		.text = text,
		.text_len = (uint32_t)strlen(text),
		.error = error,
	};

	runner_record(call->runner, &record);
}

void call_note(struct call *call, const char *text)
{
	record_text(call, RECORD_NOTE, 0, text);
}

static bool is_expected(const struct expected_error *expected, int error, const char *text)
{
	if (!expected->is_set)
		return false;
	return expected->text ? strcmp(expected->text, text) == 0 : expected->error == error;
}

static void judge_failure(struct call *call, int error, const char *text)
{
	const struct expected_error *expected = &call->stmt->expected_error;

	if (is_expected(expected, error, text))
		return;
	if (expected->is_set)
		runner_report(call->runner, call->stmt, SEVERITY_ERROR, &expected->span,
			      "%s, expected another error", text);
	else
		runner_report(call->runner, call->stmt, SEVERITY_ERROR, NULL, "%s", text);
	if (!call->runner->options.is_forced)
		runner_stop(call->runner);
}

static void call_closes_nets(struct call *call)
{
	struct net *const nets[] = { call->net, call->target, call->peer_target };

	for (size_t i = 0; i < sizeof(nets) / sizeof(nets[0]); i++)
		if (nets[i])
			put_net(nets[i]);
}

void call_free(struct call *call)
{
	call_closes_nets(call);
	free(call);
}

void call_end(struct call *call, int error, const char *text)
{
	struct runner *runner = call->runner;
	void (*ended)(struct runner * runner, struct batch * batch) =
		call->waits ? call->ended : NULL;
	struct batch *batch = call->batch;

	if (error) {
		record_text(call, RECORD_ERROR, error, text);
		judge_failure(call, error, text);
	} else if (call->stmt->expected_error.is_set) {
		runner_report(runner, call->stmt, SEVERITY_FAIL, &call->stmt->expected_error.span,
			      "the command succeeded, expected an error");
	}
	list_del_init(&call->entry);
	call_free(call);
	if (ended)
		ended(runner, batch);
}

void call_fail(struct call *call, int error, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	call_end(call, error, text);
	free(text);
}

void call_answer(struct call *call, int err)
{
	if (err)
		call_fail(call, -err, "RTNETLINK answers: %s", errno_text(-err));
	else
		call_end(call, 0, NULL);
}

void call_return(struct call *call, int err)
{
	const char *word = call->runner->scenario->source->text + call->stmt->span.off;

	if (err)
		call_fail(call, -err, "%.*s: %s", (int)strcspn(word, " \t\n"), word,
			  errno_text(-err));
	else
		call_end(call, 0, NULL);
}

struct net_device *call_dev(const struct call *call)
{
	return __dev_get_by_name(call->net, call->dev);
}

void call_with_rtnl(struct call *call, rtnl_fn fn)
{
	struct runner *runner = call->runner;
	int ran = rtnl_run(machine_of(call), fn, call, 0);

	if (ran < 0)
		call_fail(call, -ran, "more than 100000 commands wait for rtnl");
	else if (ran == 0) {
		call->waits = true;
		list_del_init(&call->entry);
		list_add_tail(&call->entry, &runner->calls);
	}
}

void call_go_on(struct call *call, rtnl_fn fn)
{
	if (call->batch || kernel_has(&machine_of(call)->kernel, KERNEL_EEVDF)) {
		call_with_rtnl(call, fn);
		return;
	}
	call->next = fn;
	list_del_init(&call->entry);
	list_add_tail(&call->entry, &call->runner->steps);
}

/*
 * `netns NS` takes a name, or a PID: only PID 1 exists. Returns false if ip rejects the argument.
 */
static bool target_take(struct call *call, const struct dev_name *name, struct net **ret_net)
{
	char text[NETNS_NAME_MAX_BYTES], *end;
	long pid;

	if (!name->prefix)
		return true;
	netns_name_at(name, call->index, text);
	*ret_net = netns_find(call->runner, text);
	pid = strtol(text, &end, 0);
	if (!*ret_net && !*end && pid == 1)
		*ret_net = init_net(machine_of(call));
	if (*ret_net)
		get_net(*ret_net);
	else
		call->has_no_process = true;
	return *ret_net || !*end;
}

bool call_opens_nets(struct call *call)
{
	const struct stmt *stmt = call->stmt;
	const struct dev_name *wrong = NULL;
	char name[NETNS_NAME_MAX_BYTES];

	netns_name_at(&stmt->netns, call->index, name);
	call->net = netns_find(call->runner, name);
	if (!call->net) {
		call_fail(call, ENOENT, "Cannot open network namespace \"%s\": %s", name,
			  errno_text(ENOENT));
		return false;
	}
	get_net(call->net);
	if (stmt->kind == STMT_IP_NETNS_ADD || stmt->kind == STMT_IP_NETNS_DEL)
		return true;
	if (!target_take(call, &stmt->target, &call->target))
		wrong = &stmt->target;
	else if (!target_take(call, &stmt->peer_target, &call->peer_target))
		wrong = &stmt->peer_target;
	if (!wrong)
		return true;
	netns_name_at(wrong, call->index, name);
	call_fail(call, EINVAL, "Error: argument \"%s\" is wrong: Invalid \"netns\" value", name);
	return false;
}
