/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Detects loops with a one-second CPU timer, and crashes with signal handlers. say_and_exit() and
 * what it calls run in signal handlers.
 */
#include "sim/loader/guard.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "sim/base/exit.h"
#include "sim/loader/file.h"

#define LOOPS_AFTER_S 5

/* A process has only one such timer and one set of handlers. */
static const struct src_file *volatile watched;
static volatile sig_atomic_t ticks; /* CPU seconds spent in the current call */
static unsigned long calls, calls_at_tick;
static void (*before_exit)(void);

void src_guard_watch(const struct src_file *file)
{
	watched = file;
	calls++;
}

void src_guard_before_exit(void (*fn)(void))
{
	before_exit = fn;
}

static void say_and_exit(const char *what)
{
	const struct src_file *file = watched;
	const struct machine *m = file->m;
	char text[768];
	int len = snprintf(text, sizeof(text),
			   "lwsim: error: %s: link_watch.c %s in %s at %" PRId64 ".%06" PRId64
			   "s of virtual time, because of %s:%" PRIu32 "\n",
			   file->kernel, what, file->running ? file->running : "it",
			   m->now_ns / NSEC_PER_SEC, m->now_ns % NSEC_PER_SEC / 1000,
			   file->scenario, m->cause);

	if (before_exit)
		before_exit();
	if (write(STDERR_FILENO, text, (size_t)len) < 0)
		_exit(EXIT_BROKEN);
	_exit(EXIT_BROKEN);
}

static void on_tick(int signal)
{
	(void)signal;
	if (!watched || calls != calls_at_tick)
		ticks = 0;
	else if (++ticks >= LOOPS_AFTER_S)
		say_and_exit("loops: it has not come back for 5 s");
	calls_at_tick = calls;
}

static void on_crash(int number)
{
	if (watched)
		say_and_exit(number == SIGFPE	? "divides by zero"
			     : number == SIGILL ? "runs into code that is none"
						: "crashes: it follows a pointer to nowhere");
	if (before_exit)
		before_exit();
	signal(number, SIG_DFL);
	raise(number);
}

void src_guard_start(void)
{
	static char stack[65536];
	const stack_t alternate = { .ss_sp = stack, .ss_size = sizeof(stack) };
	const struct itimerval second = { .it_interval = { .tv_sec = 1 },
					  .it_value = { .tv_sec = 1 } };
	const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL };
	struct sigaction action = { .sa_handler = on_tick, .sa_flags = SA_RESTART };

	sigaltstack(&alternate, NULL);
	sigaction(SIGPROF, &action, NULL);
	setitimer(ITIMER_PROF, &second, NULL);
	action.sa_handler = on_crash;
	action.sa_flags = SA_ONSTACK;
	for (size_t i = 0; i < sizeof(crashes) / sizeof(crashes[0]); i++)
		sigaction(crashes[i], &action, NULL);
}
