/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds and starts helper programs. Code from a kernel tree runs in one of them, not in lwsim. */
#include "sim/cli/program.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

static int wait_for(pid_t pid, const char *name)
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
		return WEXITSTATUS(status);
	number = WTERMSIG(status);
	if (number ==
	    SIGPIPE) { /* whoever read its output has read enough: ends as lwsim itself would */
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
		fprintf(stderr, "lwsim: error: %s is not there, which this needs\n", name);
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

int program_run(const char *name, char **argv)
{
	char *path = find_program_or_say(name);
	posix_spawnattr_t attributes;
	sigset_t all, before;
	pid_t pid;
	int err;

	if (!path)
		return EXIT_USAGE;
	/* no signal may arrive between fork and the assignment of child */
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, &before);
	err = posix_spawn(&pid, path, NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	if (!err) {
		child = pid;
		pass_signals_on();
	}
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (err)
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(err));
	free(path);
	return err ? EXIT_USAGE : wait_for(pid, name);
}
