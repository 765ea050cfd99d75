/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded into `ip`: instead of main() once, main() in a child for each command that comes on descriptor 3, words
 * that each end in a NUL; back goes the wait status. In user-mode Linux to load ten libraries costs several times
 * more than all that `ip` itself does.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

#define COMMANDS_FD 3
#define WORDS_MAX 64

typedef int (*main_fn)(int argc, char **argv, char **env);
typedef int (*start_fn)(main_fn main, int argc, char **argv, void (*init)(void), void (*fini)(void),
			void (*rtld_fini)(void), void *stack_end);

int __libc_start_main(main_fn main, int argc, char **argv, void (*init)(void), void (*fini)(void),
		      void (*rtld_fini)(void), void *stack_end);

static main_fn ip_main;

static int serve(int argc, char **argv, char **env)
{
	static char command[1 << 16];
	char *words[WORDS_MAX + 1];
	ssize_t len;

	(void)argc;
	(void)argv;
	while ((len = read(COMMANDS_FD, command, sizeof(command))) > 0) {
		int count = 0, status;
		pid_t pid;

		for (char *word = command; word < command + len && count < WORDS_MAX;
		     word += strlen(word) + 1)
			words[count++] = word;
		words[count] = NULL;
		pid = fork();
		if (pid == 0) {
			close(COMMANDS_FD);
			exit(ip_main(count, words, env));
		}
		if (pid < 0 || waitpid(pid, &status, 0) < 0 ||
		    write(COMMANDS_FD, &status, sizeof(status)) != sizeof(status))
			return 1;
	}
	return 0;
}

__attribute__((visibility("default"))) int __libc_start_main(main_fn main, int argc, char **argv,
							     void (*init)(void), void (*fini)(void),
							     void (*rtld_fini)(void),
							     void *stack_end)
{
	start_fn next = (start_fn)dlsym(RTLD_NEXT, "__libc_start_main");

	ip_main = main;
	return next(serve, argc, argv, init, fini, rtld_fini, stack_end);
}
