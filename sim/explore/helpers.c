/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Helpers of a search: a ring of chunks in shared memory. Chunks are numbered; given, claimed and taken count them.
 * Whoever claims one expands it. Helpers are forked, because copies of a machine point into its own memory.
 */
#include "sim/explore/helpers.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sim/base/xalloc.h"

#ifdef LW_COVERAGE
void __gcov_dump(void); /* from gcc */
#endif

#define RING 16
#define HELPERS_MAX 63
#define CHUNK_ALIGN 64
/* How long to wait for a helper before looking whether it is there. */
#define LOOK_AFTER_NS (100 * 1000 * 1000)

/* In shared memory. */
struct shared {
	_Atomic uint64_t given, claimed;
	_Atomic uint64_t done[RING]; /* 1 + the number of the chunk that was done last there */
	struct chunk chunks[RING];
	_Atomic bool is_over, is_waiting;
	sem_t done_one; /* posted when a chunk is done while the search is waiting */
	struct helper {
		sem_t go; /* there is work */
		_Atomic bool is_called;
	} helpers[HELPERS_MAX];
};

struct helpers {
	struct shared *shared;
	size_t bytes;
	unsigned int count;
	pid_t pids[HELPERS_MAX]; /* 0: it is gone */
	uint64_t taken;
	struct saves_base base;
};

static bool claim(struct shared *shared, uint64_t *ret_number)
{
	uint64_t number = atomic_load(&shared->claimed);

	while (number < atomic_load(&shared->given))
		if (atomic_compare_exchange_weak(&shared->claimed, &number, number + 1)) {
			*ret_number = number;
			return true;
		}
	return false;
}

static void expand(struct shared *shared, struct expander *expander, uint64_t number)
{
	expander_do(expander, &shared->chunks[number % RING]);
	atomic_store(&shared->done[number % RING], number + 1);
}

/*
 * In a helper
 */

static void helper_end_no_memory(void) /* GCOVR_EXCL_START: no memory */
{
	_exit(EXIT_FAILURE);
} /* GCOVR_EXCL_STOP */

/* It says nothing: what ends it ends the search in its turn, which then says so. */
static void be_silent(void)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null >= 0)
		dup2(null, STDERR_FILENO);
}

static _Noreturn void helper_main(struct shared *shared, struct expander *expander,
				  unsigned int number, pid_t parent, void (*forked)(void))
{
	struct helper *self = &shared->helpers[number - 1];

	at_no_memory(helper_end_no_memory);
	signal(SIGINT, SIG_IGN); /* the search ends it */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE); /* GCOVR_EXCL_LINE: in these microseconds */
	be_silent();
	if (forked)
		forked();
	expander->number = number;
	expander_forget(expander);
	for (;;) {
		uint64_t chunk;

		while (sem_wait(&self->go) < 0 && errno == EINTR)
			;
		atomic_store(&self->is_called, false);
		if (atomic_load(&shared->is_over))
			break;
		while (claim(shared, &chunk)) {
			expand(shared, expander, chunk);
			if (atomic_exchange(&shared->is_waiting, false))
				sem_post(&shared->done_one);
		}
	}
#ifdef LW_COVERAGE
	__gcov_dump();
#endif
	_exit(EXIT_SUCCESS);
}

/*
 * In the search
 */

static size_t head_bytes(void)
{
	return (sizeof(struct shared) + CHUNK_ALIGN - 1) / CHUNK_ALIGN * CHUNK_ALIGN;
}

/* NULL: there is no memory to share. */
static struct helpers *helpers_new(const struct expander *expander)
{
	size_t chunk_bytes = expander_chunk_bytes(expander, CHUNK_STATES);
	size_t bytes = head_bytes() + RING * chunk_bytes;
	unsigned char *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct helpers *helpers;

	if (memory == MAP_FAILED)
		return NULL; /* GCOVR_EXCL_LINE: no memory */
	helpers = xcalloc(1, sizeof(*helpers));
	*helpers = (struct helpers){
		.shared = (struct shared *)(void *)memory,
		.bytes = bytes,
		.base = expander->base,
	};
	for (size_t i = 0; i < RING; i++)
		helpers->shared->chunks[i].bytes = memory + head_bytes() + i * chunk_bytes;
	sem_init(&helpers->shared->done_one, 1, 0);
	return helpers;
}

struct helpers *helpers_start(struct expander *expander, unsigned int count, void (*forked)(void))
{
	struct helpers *helpers = helpers_new(expander);
	pid_t parent = getpid();

	if (!helpers)
		return NULL;
	fflush(stdout); /* or each would write the buffered text again */
	fflush(stderr);
	while (helpers->count < count && helpers->count < HELPERS_MAX) {
		pid_t pid;

		sem_init(&helpers->shared->helpers[helpers->count].go, 1, 0);
		pid = fork();
		if (pid == 0)
			helper_main(helpers->shared, expander, helpers->count + 1, parent, forked);
		if (pid < 0)
			break; /* GCOVR_EXCL_LINE: those that there are will do */
		helpers->pids[helpers->count++] = pid;
	}
	return helpers;
}

void helpers_end(struct helpers *helpers)
{
	struct shared *shared;

	if (!helpers)
		return;
	shared = helpers->shared;
	atomic_store(&shared->is_over, true);
	for (unsigned int i = 0; i < helpers->count; i++)
		sem_post(&shared->helpers[i].go);
	for (unsigned int i = 0; i < helpers->count; i++)
		while (helpers->pids[i] && waitpid(helpers->pids[i], NULL, 0) < 0 && errno == EINTR)
			;
	munmap(shared, helpers->bytes);
	free(helpers);
}

struct chunk *helpers_room(struct helpers *helpers)
{
	struct shared *shared = helpers->shared;
	uint64_t given = atomic_load(&shared->given);

	return given - helpers->taken < RING ? &shared->chunks[given % RING] : NULL;
}

/* Copies what the tasks point at. */
static void tasks_copy(const struct helpers *helpers, struct chunk *chunk)
{
	for (unsigned int i = 0; i < chunk->count; i++) {
		struct task *task = &chunk->tasks[i];
		size_t bytes = saves_bytes(&helpers->base, task->from);

		task->from = memcpy(chunk_room(chunk, bytes), task->from, bytes);
	}
}

void helpers_give(struct helpers *helpers, unsigned int awake)
{
	struct shared *shared = helpers->shared;

	tasks_copy(helpers, &shared->chunks[atomic_load(&shared->given) % RING]);
	atomic_fetch_add(&shared->given, 1);
	for (unsigned int i = 0; i < helpers->count && i < awake; i++)
		if (!atomic_exchange(&shared->helpers[i].is_called, true))
			sem_post(&shared->helpers[i].go);
}

static bool are_alive(struct helpers *helpers)
{
	for (unsigned int i = 0; i < helpers->count; i++) {
		if (waitpid(helpers->pids[i], NULL, WNOHANG) == 0)
			continue;
		helpers->pids[i] = 0;
		return false;
	}
	return true;
}

static bool is_done(const struct helpers *helpers)
{
	return atomic_load(&helpers->shared->done[helpers->taken % RING]) == helpers->taken + 1;
}

/* Waits until a helper has done a chunk. False: one has died. */
static bool wait_for_one(struct helpers *helpers)
{
	struct shared *shared = helpers->shared;
	struct timespec until;

	atomic_store(&shared->is_waiting, true);
	if (is_done(helpers))
		return true;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += LOOK_AFTER_NS;
	until.tv_sec += until.tv_nsec / NSEC_PER_SEC;
	until.tv_nsec %= NSEC_PER_SEC;
	return sem_timedwait(&shared->done_one, &until) == 0 || errno == EINTR ||
	       are_alive(helpers);
}

struct chunk *helpers_take(struct helpers *helpers, struct expander *expander)
{
	struct shared *shared = helpers->shared;
	uint64_t other;

	while (!is_done(helpers)) {
		if (claim(shared, &other))
			expand(shared, expander, other);
		else if (!wait_for_one(helpers))
			return NULL;
	}
	return &shared->chunks[helpers->taken++ % RING];
}
