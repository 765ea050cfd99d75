/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Detects loops with a CPU timer, code that waits with a thread (a signal would end what it waits
 * for), and crashes with signal handlers. say_and_exit() and what it calls run in either.
 */
#include "sim/loader/guard.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "sim/base/exit.h"
#include "sim/loader/file.h"

#define CPU_LIMIT_S 5
#define WALL_LIMIT_S 60
#define TICKS 5 /* in the CPU limit */
#define WALL_TICKS 60

/*
 * Ticks, not time, so that a program that is stopped (Ctrl-Z, a debugger) does not run out of it.
 */
struct countdown {
	unsigned int limit_s;
	unsigned long calls_at_tick;
	unsigned int ticks, ticks_max; /* without a return from the current call */
	int64_t cpu_ns;		       /* when they began */
};

/* A process has only one such timer, one such thread, and one set of handlers. */
static _Atomic(const struct src_file *) watched;
static atomic_ulong calls;
static struct countdown cpu, wall;
static bool is_thread_there;
static void (*before_exit)(void);

static void thread_start(void);

void src_guard_watch(const struct src_file *file)
{
	atomic_store_explicit(&watched, file, memory_order_relaxed);
	/* only this thread counts: no locked instruction is needed */
	atomic_store_explicit(&calls, atomic_load_explicit(&calls, memory_order_relaxed) + 1,
			      memory_order_relaxed);
	if (!is_thread_there)
		thread_start();
}

void src_guard_before_exit(void (*fn)(void))
{
	before_exit = fn;
}

/* Where the file was: in a call, or, without a machine, still or again with the loader. */
static int where_print(const struct src_file *file, char *text, size_t bytes)
{
	const struct machine *m = file->m;

	if (!m)
		return snprintf(text, bytes, "when it is loaded");
	return snprintf(text, bytes,
			"in %s at %" PRId64 ".%06" PRId64
			"s of virtual time, because of %s:%" PRIu32,
			file->running ? file->running : "it", m->now_ns / NSEC_PER_SEC,
			m->now_ns % NSEC_PER_SEC / 1000, file->scenario, m->cause);
}

static void say_and_exit(const struct src_file *file, const char *what)
{
	char text[768], where[512];
	int len;

	where_print(file, where, sizeof(where));
	len = snprintf(text, sizeof(text), "lwsim: error: %s: link_watch.c %s %s\n", file->kernel,
		       what, where);
	if (before_exit)
		before_exit();
	if (write(STDERR_FILENO, text,
		  (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1) < 0)
		_exit(EXIT_BROKEN);
	_exit(EXIT_BROKEN);
}

static int64_t cpu_now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

/* A machine with much to do gives a loop little time, but not this little. */
static bool is_busy(const struct countdown *countdown)
{
	return cpu_now_ns() - countdown->cpu_ns > countdown->limit_s * NSEC_PER_SEC / 50;
}

static void tick(struct countdown *countdown)
{
	const struct src_file *file = atomic_load(&watched);
	unsigned long calls_now = atomic_load(&calls);
	char text[64];

	if (!file || calls_now != countdown->calls_at_tick) {
		countdown->ticks = 0;
		countdown->cpu_ns = cpu_now_ns();
	} else {
		countdown->ticks++;
	}
	countdown->calls_at_tick = calls_now;
	if (countdown->ticks < countdown->ticks_max)
		return;
	snprintf(text, sizeof(text), "%s: it has not returned for %u s",
		 is_busy(countdown) ? "loops" : "waits", countdown->limit_s);
	say_and_exit(file, text);
}

static void on_tick(int signal)
{
	int err = errno;

	(void)signal;
	tick(&cpu);
	errno = err;
}

static void *watch_wall(void *data)
{
	uint64_t tick_ns = (uint64_t)wall.limit_s * NSEC_PER_SEC / wall.ticks_max;
	const struct timespec pause = { .tv_sec = (time_t)(tick_ns / NSEC_PER_SEC),
					.tv_nsec = (long)(tick_ns % NSEC_PER_SEC) };

	for (;;) {
		nanosleep(&pause, NULL);
		tick(&wall);
	}
	return data;
}

/* It takes no signals: they are for the thread that runs the file. */
static void thread_start(void)
{
	pthread_t thread;
	sigset_t all, before;

	is_thread_there = true;
	if (!wall.limit_s) /* the guard has not been started */
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	if (pthread_create(&thread, NULL, watch_wall, NULL) == 0)
		pthread_detach(thread);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void on_crash(int number)
{
	const struct src_file *file = atomic_load(&watched);

	if (file)
		say_and_exit(file, number == SIGFPE   ? "divides by zero"
				   : number == SIGILL ? "executes an illegal instruction"
						      : "crashes: invalid memory access");
	if (before_exit)
		before_exit();
	signal(number, SIG_DFL);
	raise(number);
}

/* $LWSIM_SRC_LIMIT_S, for tests; `otherwise` if it is not a number of seconds. */
static unsigned int limit_s(unsigned int otherwise)
{
	const char *text = getenv("LWSIM_SRC_LIMIT_S");
	unsigned long limit = text ? strtoul(text, NULL, 10) : 0;

	return limit >= 1 && limit <= 86400 ? (unsigned int)limit : otherwise;
}

void src_guard_start(void)
{
	static char stack[65536];
	const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	struct itimerval interval = { .it_interval = { .tv_sec = 1 } };
	const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	struct sigaction action = { .sa_handler = on_tick, .sa_flags = SA_RESTART };

	cpu = (struct countdown){ .limit_s = limit_s(CPU_LIMIT_S), .ticks_max = TICKS };
	wall = (struct countdown){ .limit_s = limit_s(WALL_LIMIT_S), .ticks_max = WALL_TICKS };
	is_thread_there = false; /* no process inherits it */
	interval.it_interval.tv_sec = (time_t)(cpu.limit_s / TICKS);
	interval.it_interval.tv_usec = (suseconds_t)(cpu.limit_s % TICKS * (1000000 / TICKS));
	interval.it_value = interval.it_interval;
	sigaltstack(&alternate, NULL);
	sigaction(SIGPROF, &action, NULL);
	setitimer(ITIMER_PROF, &interval, NULL);
	action.sa_handler = on_crash;
	action.sa_flags = SA_ONSTACK;
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		sigaction(crashes[i], &action, NULL);
}
