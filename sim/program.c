/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Finds and starts the programs behind lwsim; code from a kernel tree is run in one of them, not in lwsim. */
#include "program.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "xalloc.h"

extern char **environ;

/* NULL: it is nowhere. The caller frees. */
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

/* Until the program has ended. What is to end or to stop this one does so to that one: the keyboard's signals go to
 * both in any case, and this one stops when that one has, which may have a terminal to put in order first. */
static int status_of(pid_t pid, const sigset_t *signals)
{
	siginfo_t info;
	int status;

	for (;;) {
		if (waitpid(pid, &status, WNOHANG | WUNTRACED) == pid) {
			if (!WIFSTOPPED(status))
				return status;
			raise(SIGSTOP);
			kill(pid, SIGCONT);
		} else if (sigwaitinfo(signals, &info) > 0 && info.si_signo != SIGCHLD &&
			   info.si_code != SI_KERNEL) {
			kill(pid, info.si_signo);
		}
	}
}

static int wait_for(pid_t pid, const char *name, const sigset_t *signals)
{
	int status = status_of(pid, signals);

	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	fprintf(stderr, "lwsim: error: %s was killed: %s\n", name, strsignal(WTERMSIG(status)));
	return EXIT_BROKEN;
}

int program_run(const char *name, char **argv)
{
	char *path = find_program(name);
	posix_spawnattr_t attributes;
	sigset_t signals, before;
	pid_t pid;
	int err;

	if (!path) {
		fprintf(stderr, "lwsim: error: %s is not there, which this needs\n", name);
		return EXIT_USAGE;
	}
	sigemptyset(&signals);
	sigaddset(&signals, SIGCHLD);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGTSTP);
	sigprocmask(SIG_BLOCK, &signals, &before);
	signal(SIGCHLD, SIG_DFL); /* ignored, it would not come */
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigmask(&attributes, &before);
	err = posix_spawn(&pid, path, NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	if (err)
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(err));
	free(path);
	return err ? EXIT_USAGE : wait_for(pid, name, &signals);
}
