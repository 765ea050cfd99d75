/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Preloaded into lwsim's programs: counts the calls of one function, and fails one of them.
 *
 * FAULT_FUNCTION  memory (malloc() and all that allocates), write, fsync, rename, fork, posix_spawn, or step (a run's)
 * FAULT_AT        the call that fails, from 1; 0: none
 * FAULT_SIGNAL    set: nothing fails; instead all processes get this signal, as from the keyboard
 * FAULT_LASTING   set: all later calls fail, too
 * FAULT_STATE     a file of 16 bytes: struct state, which all processes of a run share
 *
 * Each process counts for itself; a forked one goes on from its parent's count.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define EXPORTED __attribute__((visibility("default")))

enum function {
	NONE,
	MEMORY,
	WRITE,
	FSYNC,
	RENAME,
	FORK,
	POSIX_SPAWN,
	STEP,
	FUNCTION_COUNT
};

static const char *const names[FUNCTION_COUNT] = {
	[NONE] = "",
	[MEMORY] = "memory",
	[WRITE] = "write",
	[FSYNC] = "fsync",
	[RENAME] = "rename",
	[FORK] = "fork",
	[POSIX_SPAWN] = "posix_spawn",
	[STEP] = "step",
};

struct state {
	uint64_t calls;	   /* of the process with the most */
	uint64_t failures; /* of all processes */
};

static struct state *state;
static enum function chosen; /* NONE until the program begins */
static uint64_t calls, fails_at;
static bool lasts;
static int signal_number; /* 0: none */

static bool fails(enum function function)
{
	if (chosen != function)
		return false;
	if (++calls > state->calls)
		state->calls = calls;
	if (!fails_at || calls < fails_at || (calls > fails_at && !lasts))
		return false;
	if (__atomic_fetch_add(&state->failures, 1, __ATOMIC_RELAXED) == 0 && signal_number)
		kill(0, signal_number); /* once, whichever process comes first */
	return !signal_number;
}

/* -- memory: what else allocates in glibc calls one of these ------------------------------ */

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t bytes);
void *__libc_realloc(void *old, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);

static bool no_memory(void)
{
	if (!fails(MEMORY))
		return false;
	errno = ENOMEM;
	return true;
}

EXPORTED void *malloc(size_t bytes)
{
	return no_memory() ? NULL : __libc_malloc(bytes);
}

EXPORTED void *calloc(size_t count, size_t bytes)
{
	return no_memory() ? NULL : __libc_calloc(count, bytes);
}

EXPORTED void *realloc(void *old, size_t bytes)
{
	return no_memory() ? NULL : __libc_realloc(old, bytes);
}

EXPORTED void *aligned_alloc(size_t alignment, size_t bytes)
{
	return no_memory() ? NULL : __libc_memalign(alignment, bytes);
}

EXPORTED void *memalign(size_t alignment, size_t bytes)
{
	return no_memory() ? NULL : __libc_memalign(alignment, bytes);
}

EXPORTED int posix_memalign(void **memory, size_t alignment, size_t bytes)
{
	void *got = no_memory() ? NULL : __libc_memalign(alignment, bytes);

	if (!got)
		return ENOMEM;
	*memory = got;
	return 0;
}

/* -- files -------------------------------------------------------------------------------- */

static void *next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

EXPORTED ssize_t write(int fd, const void *bytes, size_t len)
{
	ssize_t (*real)(int, const void *, size_t) =
		(ssize_t(*)(int, const void *, size_t))next("write");

	if (!fails(WRITE))
		return real(fd, bytes, len);
	errno = ENOSPC;
	return -1;
}

EXPORTED int fsync(int fd)
{
	int (*real)(int) = (int (*)(int))next("fsync");

	if (!fails(FSYNC))
		return real(fd);
	errno = EIO;
	return -1;
}

EXPORTED int rename(const char *from, const char *to)
{
	int (*real)(const char *, const char *) =
		(int (*)(const char *, const char *))next("rename");

	if (!fails(RENAME))
		return real(from, to);
	errno = EACCES;
	return -1;
}

/* -- processes ---------------------------------------------------------------------------- */

EXPORTED pid_t fork(void)
{
	pid_t (*real)(void) = (pid_t(*)(void))next("fork");

	if (!fails(FORK))
		return real();
	errno = EAGAIN;
	return -1;
}

EXPORTED int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
			 const posix_spawnattr_t *attributes, char *const argv[],
			 char *const environment[])
{
	int (*real)(pid_t *, const char *, const posix_spawn_file_actions_t *,
		    const posix_spawnattr_t *, char *const[], char *const[]) =
		(int (*)(pid_t *, const char *, const posix_spawn_file_actions_t *,
			 const posix_spawnattr_t *, char *const[],
			 char *const[]))next("posix_spawn");

	return fails(POSIX_SPAWN) ? EAGAIN
				  : real(pid, path, actions, attributes, argv, environment);
}

/* -- steps of a run: tests/fault/step.c calls this -------------------------------------- */

EXPORTED void fault_step(void)
{
	fails(STEP);
}

/* -- the start: after the libraries, before main() ---------------------------------------- */

static void die(const char *what)
{
	fprintf(stderr, "fault: %s: %s\n", what, strerror(errno));
	_exit(99);
}

__attribute__((constructor)) static void start(void)
{
	const char *name = getenv("FAULT_FUNCTION"), *at = getenv("FAULT_AT");
	const char *path = getenv("FAULT_STATE"), *number = getenv("FAULT_SIGNAL");
	enum function function = NONE;
	int fd;

	/* not in a compiler that lwsim starts */
	if (!name || !path || strncmp(program_invocation_short_name, "lwsim", 5) != 0)
		return;
	while (++function < FUNCTION_COUNT && strcmp(name, names[function]) != 0)
		;
	if (function == FUNCTION_COUNT)
		die(name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	state = mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (fd < 0 || state == MAP_FAILED)
		die(path);
	close(fd);
	fails_at = at ? strtoull(at, NULL, 10) : 0;
	lasts = getenv("FAULT_LASTING");
	signal_number = number ? atoi(number) : 0;
	chosen = function;
}
