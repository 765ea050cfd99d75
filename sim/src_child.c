/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starts lwsim-src: code from a kernel tree is run in a process of its own. */
#include "src_child.h"

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

#define PROGRAM "lwsim-src"

extern char **environ;

/* NULL: it is nowhere. The caller frees. */
static char *find_program(void)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	const char *slash;

	if (len <= 0)
		return NULL;
	self[len] = '\0';
	slash = strrchr(self, '/');
	for (unsigned int place = 0; slash && place < 2; place++) {
		char *path = place ? xasprintf("%.*s/../libexec/lwsim/" PROGRAM,
					       (int)(slash - self), self)
				   : xasprintf("%.*s/" PROGRAM, (int)(slash - self), self);

		if (access(path, X_OK) == 0)
			return path;
		free(path);
	}
	return NULL;
}

static int wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return EXIT_BROKEN;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	fprintf(stderr, "lwsim: error: " PROGRAM " was killed: %s\n", strsignal(WTERMSIG(status)));
	return EXIT_BROKEN;
}

/* An interrupt from the keyboard goes to both: that one says so. Unless it is to be left alone, which is
 * inherited. Returns 0 or an errno. */
static int spawn_interruptible(const char *program, char **argv, pid_t *ret_pid)
{
	struct sigaction before;
	posix_spawnattr_t attributes;
	sigset_t to_default;
	int err;

	sigemptyset(&to_default);
	sigaction(SIGINT, NULL, &before);
	if (before.sa_handler != SIG_IGN)
		sigaddset(&to_default, SIGINT);
	signal(SIGINT, SIG_IGN);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &to_default);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
	err = posix_spawn(ret_pid, program, NULL, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	return err;
}

int src_child_run(char **argv)
{
	char *program = find_program();
	pid_t pid;
	int err;

	if (!program) {
		fputs("lwsim: error: " PROGRAM " is not there, which a kernel src:PATH needs\n",
		      stderr);
		return EXIT_USAGE;
	}
	err = spawn_interruptible(program, argv, &pid);
	if (err)
		fprintf(stderr, "lwsim: error: %s: %s\n", program, strerror(err));
	free(program);
	return err ? EXIT_USAGE : wait_for(pid);
}
