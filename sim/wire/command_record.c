/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim record: the link messages of the kernel that runs here. */
#include "sim/wire/command_record.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/wrap.h"
#include "sim/cli/options.h"
#include "sim/wire/listen.h"

extern char **environ;

struct recorder {
	struct ev_loop *loop;
	struct listen *listen;
	char **argv; /* the command; NULL: until a signal */
	ev_child child;
	struct caught_signal sigint, sigterm;
	pid_t pid; /* of the command; 0: none runs */
	enum exit_code code;
};

static void end(struct recorder *recorder, enum exit_code code)
{
	recorder->code = exit_worse(recorder->code, code);
	ev_break(recorder->loop, EVBREAK_ALL);
}

static void on_failed(void *user)
{
	end(user, EXIT_USAGE);
}

/* Its messages were sent before it ended. */
static void on_child(struct ev_loop *loop, ev_child *watcher, int events)
{
	struct recorder *recorder = watcher->data;
	int status = watcher->rstatus;

	(void)events;
	ev_child_stop(loop, watcher);
	recorder->pid = 0;
	listen_drain(recorder->listen);
	if (WIFSIGNALED(status))
		fprintf(stderr, "lwsim: note: %s was killed: %s\n", recorder->argv[0],
			strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		fprintf(stderr, "lwsim: note: %s exited with %d\n", recorder->argv[0],
			WEXITSTATUS(status));
	end(recorder, status ? EXIT_FAILED : EXIT_GOOD);
}

/* Starts the command, now that every later message is recorded. */
static void on_started(void *user)
{
	struct recorder *recorder = user;
	int error;

	if (!recorder->argv)
		return;
	error = posix_spawnp(&recorder->pid, recorder->argv[0], NULL, NULL, recorder->argv,
			     environ);
	if (error) {
		recorder->pid = 0;
		usage_error("%s: %s", recorder->argv[0], strerror(error));
		end(recorder, EXIT_USAGE);
		return;
	}
	ev_child_init(&recorder->child, on_child, recorder->pid, 0);
	recorder->child.data = recorder;
	ev_child_start(recorder->loop, &recorder->child);
}

/* Ends the command, too: only signals from the keyboard have reached it already. */
static void on_signal(struct ev_loop *loop, ev_signal *watcher, int events)
{
	struct recorder *recorder = watcher->data;

	(void)loop;
	(void)events;
	if (recorder->pid)
		kill(recorder->pid, SIGTERM);
	listen_drain(recorder->listen);
	end(recorder, recorder->argv ? EXIT_INTERRUPTED : EXIT_GOOD);
}

static void say(const struct recorder *recorder)
{
	size_t messages = listen_messages(recorder->listen);
	size_t losses = listen_losses(recorder->listen);

	wrap_message(stderr, "lwsim: note: %zu message%s recorded%s", messages,
		     messages == 1 ? "" : "s", losses ? ", and others lost" : "");
}

static enum exit_code record(FILE *out, enum recording_format format, char **argv)
{
	struct recorder recorder = { .loop = event_loop_get(), .argv = argv };
	const struct listen_events events = { &recorder, on_started, on_failed };
	struct recording *recording = recording_new(out, format);

	recorder.listen = listen_new(recorder.loop, recording, out, &events);
	if (!recorder.listen) {
		recording_free(recording);
		return EXIT_USAGE;
	}
	caught_signal_start(recorder.loop, &recorder.sigint, SIGINT, on_signal, &recorder);
	caught_signal_start(recorder.loop, &recorder.sigterm, SIGTERM, on_signal, &recorder);
	if (!recorder.code)
		ev_run(recorder.loop, 0);
	caught_signal_stop(recorder.loop, &recorder.sigint);
	caught_signal_stop(recorder.loop, &recorder.sigterm);
	if (recorder.code != EXIT_USAGE)
		say(&recorder);
	listen_free(recorder.listen);
	recording_free(recording);
	return recorder.code;
}

static bool ends_with(const char *path, const char *ending)
{
	size_t len = strlen(path), ending_len = strlen(ending);

	return len > ending_len && strcmp(path + len - ending_len, ending) == 0;
}

/* A .pcap that is none would be found out much later. */
static bool is_good_name(const struct options *options)
{
	static const char *const endings[] = {
		[RECORDING_RTMON] = ".rtmon",
		[RECORDING_PCAP] = ".pcap",
		[RECORDING_JSONL] = ".jsonl",
	};

	for (int i = 0; i < (int)(sizeof(endings) / sizeof(endings[0])); i++) {
		if (i == options->format->id || !ends_with(options->output, endings[i]))
			continue;
		usage_error("-o %s: the format is %s; expected --format %s, or another ending",
			    options->output, options->format->name, endings[i] + 1);
		return false;
	}
	return true;
}

enum exit_code command_record(const struct options *options, int argc, char **argv)
{
	FILE *out = stdout;
	enum exit_code code;

	if (options->output) {
		if (!is_good_name(options))
			return EXIT_USAGE;
		out = fopen(options->output, "wbe");
		if (!out)
			return usage_error("%s: %s", options->output, strerror(errno));
	} else if (options->format->is_binary && isatty(STDOUT_FILENO)) {
		return usage_error("--format %s writes bytes, which are not for a terminal; "
				   "expected -o FILE, or a file or a pipe as standard output",
				   options->format->name);
	}
	code = record(out, (enum recording_format)options->format->id, argc ? argv : NULL);
	if (options->output && fclose(out) != 0)
		code = exit_worse(code, usage_error("%s: cannot be written: %s", options->output,
						    strerror(errno)));
	return code;
}
