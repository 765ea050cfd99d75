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

static int wait_for(pid_t pid, const char *name)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return EXIT_BROKEN;
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	fprintf(stderr, "lwsim: error: %s was killed: %s\n", name, strsignal(WTERMSIG(status)));
	return EXIT_BROKEN;
}

int program_run(const char *name, char **argv)
{
	char *path = find_program(name);
	pid_t pid;
	int err;

	if (!path) {
		fprintf(stderr, "lwsim: error: %s is not there, which this needs\n", name);
		return EXIT_USAGE;
	}
	/* an interrupt from the keyboard goes to both: that one says so */
	signal(SIGINT, SIG_IGN);
	err = posix_spawn(&pid, path, NULL, NULL, argv, environ);
	if (err)
		fprintf(stderr, "lwsim: error: %s: %s\n", path, strerror(err));
	free(path);
	return err ? EXIT_USAGE : wait_for(pid, name);
}
