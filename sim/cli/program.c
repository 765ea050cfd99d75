/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds and starts helper programs. Code from a kernel tree runs in one of them, not in lwsim. */
#include "sim/cli/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/command.h"

extern char **environ;

/* NULL if it is not found. The caller frees. */
static char *find_program(const char *name)
{
	static const char *const places[] = { "", "/../libexec/lwsim" };
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (len <= 0)
		return NULL;
	self[len] = '\0';
	slash = strrchr(self, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		char *path = xasprintf("%s%s/%s", self, places[i], name);

		if (access(path, X_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

/* The child that lwsim waits for, read by the signal handler; 0: none yet. */
static volatile sig_atomic_t child;

/* Seconds that the child has to exit after a signal; a link_watch.c that loops never would. */
#define GRACE_S 2

static void on_signal(int number, siginfo_t *info, void *context)
{
	(void)context;
	if (number == SIGALRM) {
		kill(child, SIGKILL);
		return;
	}
	if (info->si_code <= 0) /* from a process; both get those from the keyboard */
		kill(child, number);
	if (number != SIGTSTP)
		alarm(GRACE_S);
}

/* Forwards signals that end or stop lwsim to the child. */
static void pass_signals_on(void)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGALRM };
	struct sigaction action = { .sa_sigaction = on_signal, .sa_flags = SA_SIGINFO }, before;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sigaction(numbers[i], NULL, &before);
		if (before.sa_handler != SIG_IGN) /* nohup, `trap '' INT`: keep ignoring it */
			sigaction(numbers[i], &action, NULL);
	}
}

/* Names the descriptor that a helper program reports to. */
#define REPORT_VARIABLE "LWSIM_REPORT_FD"

/* In the helper program; -1: not started by lwsim. */
static int report_fd = -1;

void program_begin(void)
{
	const char *text = getenv(REPORT_VARIABLE);
	int fd = text ? atoi(text) : -1;

	/* neither child processes nor the link_watch.c may use it by accident */
	if (fd > STDERR_FILENO && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
		report_fd = fd;
	unsetenv(REPORT_VARIABLE);
}

void program_report(int code)
{
	unsigned char byte = (unsigned char)code;

	/* if lwsim is gone, nobody reads it */
	if (report_fd >= 0)
		send(report_fd, &byte, 1, MSG_NOSIGNAL);
}

/*
 * The exit code of a helper program that ended with `status`. Without a report it stopped
 * half-way: it prints a message before it exits with 2 or 3; any other status is not its own.
 */
static int code_of(int status, int reports, const char *name)
{
	unsigned char byte;

	if (read(reports, &byte, 1) == 1)
		return (int)exit_worse((enum exit_code)byte, (enum exit_code)status);
	if (status != EXIT_USAGE && status != EXIT_BROKEN)
		wrap_message(stderr,
			     "lwsim: error: %s exited with status %d before it was done; "
			     "link_watch.c may have ended it",
			     name, status);
	return status == EXIT_USAGE ? EXIT_USAGE : EXIT_BROKEN;
}

static int wait_for(pid_t pid, int reports, const char *name)
{
	int status, number;

	for (;;) {
		if (waitpid(pid, &status, WUNTRACED) < 0) {
			if (errno != EINTR)
				return EXIT_BROKEN;
		} else if (WIFSTOPPED(status)) { /* it may have restored the terminal first */
			raise(SIGSTOP);
			kill(pid, SIGCONT);
		} else {
			break;
		}
	}
	if (WIFEXITED(status))
		return code_of(WEXITSTATUS(status), reports, name);
	number = WTERMSIG(status);
	if (number ==
	    SIGPIPE) { /* the reader of its output has closed the pipe: end as lwsim itself would */
		signal(SIGPIPE, SIG_DFL);
		raise(SIGPIPE);
	}
	if (alarm(0) || number == SIGINT || number == SIGTERM || number == SIGKILL) {
		fprintf(stderr, "lwsim: interrupted, and %s ended\n", name);
		return EXIT_INTERRUPTED;
	}
	fprintf(stderr, "lwsim: error: %s was killed: %s\n", name, strsignal(number));
	return EXIT_BROKEN;
}

static char *find_program_or_say(const char *name)
{
	char *path = find_program(name);

	if (!path)
		fprintf(stderr, "lwsim: error: cannot find %s, which this command needs\n", name);
	return path;
}

int program_become(const char *name, char **argv)
{
	char *path = find_program_or_say(name);

	if (!path)
		return EXIT_USAGE;
	execv(path, argv);
	fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(errno));
	free(path);
	return EXIT_USAGE;
}

/* As posix_spawn(), with `report` open in the program and named in its environment. */
static int spawn(const char *path, char **argv, int report, const sigset_t *mask, pid_t *ret_pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char number[16];
	int err;

	snprintf(number, sizeof(number), "%d", report);
	setenv(REPORT_VARIABLE, number, 1);
	posix_spawn_file_actions_init(&actions);
	/* onto itself: open in the program */
	posix_spawn_file_actions_adddup2(&actions, report, report);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, mask);
	err = posix_spawn(ret_pid, path, &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	unsetenv(REPORT_VARIABLE);
	return err;
}

int program_run(const char *name, char **argv)
{
	char *path = find_program_or_say(name);
	int reports[2], err, code;
	sigset_t all, before;
	pid_t pid;

	if (!path)
		return EXIT_USAGE;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, reports) < 0) {
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(errno));
		free(path);
		return EXIT_USAGE;
	}
	/* no signal may arrive between fork and the assignment of child */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	err = spawn(path, argv, reports[1], &before, &pid);
	if (!err) {
		child = pid;
		pass_signals_on();
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (err)
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(err));
	free(path);
	close(reports[1]);
	code = err ? EXIT_USAGE : wait_for(pid, reports[0], name);
	close(reports[0]);
	return code;
}
