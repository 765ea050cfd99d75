// SPDX-License-Identifier: GPL-2.0-or-later
/* Work spread over processes: its order, and its end. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "sim/base/workers.h"

/* What happens in piece 5, in the worker that runs it. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_CODE,	/* a code other than EXIT_GOOD, and a message */
	TROUBLE_SILENT, /* the process ends as if it were done */
	TROUBLE_EXIT,
	TROUBLE_KILL,
	TROUBLE_STOP,	/* take() accepts no more */
	TROUBLE_SIGINT, /* sent while piece 5 is taken */
};

#define TROUBLED 5

struct job {
	enum trouble trouble;
	bool are_large; /* larger than a pipe */
	bool is_started;
	uint64_t taken;
};

static void start(void *data)
{
	((struct job *)data)->is_started = true;
}

static enum exit_code piece(void *data, uint64_t at, FILE *out, FILE *messages)
{
	const struct job *job = data;

	fprintf(out, "%" PRIu64 "%s", at, job->is_started ? "" : " not started");
	for (int i = 0; job->are_large && i < 20000; i++)
		fprintf(out, " %06d", i);
	if (at != TROUBLED)
		return EXIT_GOOD;
	fputs("of piece 5\n", messages);
	if (job->trouble == TROUBLE_KILL)
		raise(SIGKILL);
	if (job->trouble == TROUBLE_EXIT || job->trouble == TROUBLE_SILENT)
		_exit(job->trouble == TROUBLE_EXIT ? EXIT_USAGE : EXIT_GOOD);
	return job->trouble == TROUBLE_CODE ? EXIT_FAILED : EXIT_GOOD;
}

static bool take(void *data, uint64_t at, const char *text, size_t len)
{
	struct job *job = data;
	char expected[32];

	snprintf(expected, sizeof(expected), "%" PRIu64, at);
	assert_int_equal(at, job->taken);
	assert_memory_equal(text, expected, strlen(expected));
	assert_int_equal(len, strlen(expected) + (job->are_large ? 20000 * 7 : 0));
	job->taken++;
	if (at == TROUBLED && job->trouble == TROUBLE_SIGINT)
		raise(SIGINT);
	return at != TROUBLED || job->trouble != TROUBLE_STOP;
}

/* Runs the work; checks stderr, and that no process or descriptor is left. */
static void assert_work(struct job *job, uint64_t pieces, unsigned int processes,
			enum exit_code expected, const char *said)
{
	const struct work work = {
		.pieces = pieces,
		.processes = processes,
		.start = start,
		.piece = piece,
		.take = take,
		.data = job,
	};
	char text[256] = "";
	int before = dup(STDERR_FILENO), copy;
	FILE *messages = tmpfile();

	assert_non_null(messages);
	dup2(fileno(messages), STDERR_FILENO);
	assert_int_equal(workers_run(&work), expected);
	dup2(before, STDERR_FILENO);
	rewind(messages);
	text[fread(text, 1, sizeof(text) - 1, messages)] = '\0';
	fclose(messages);
	close(before);
	assert_string_equal(text, said);
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
	copy = dup(STDERR_FILENO);
	assert_true(copy >= 0 && copy <= before);
	close(copy);
}

static void workers__pieces_come_in_order(void **state)
{
	static const unsigned int processes[] = { 1, 2, 3, 50, 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof(processes) / sizeof(processes[0]); i++) {
		struct job job = { .taken = 0 };

		assert_work(&job, 100, processes[i], EXIT_GOOD, "");
		assert_int_equal(job.taken, 100);
	}
}

static void workers__pieces_larger_than_a_pipe(void **state)
{
	struct job job = { .are_large = true };

	(void)state;
	assert_work(&job, 20, 3, EXIT_GOOD, "");
	assert_int_equal(job.taken, 20);
}

static void workers__no_work(void **state)
{
	struct job job = { .taken = 0 };

	(void)state;
	assert_work(&job, 0, 3, EXIT_GOOD, "");
	assert_int_equal(job.taken, 0);
}

/* Every earlier piece is taken, and no later one. */
static void assert_trouble(enum trouble trouble, enum exit_code code, const char *said)
{
	for (unsigned int processes = 1; processes < 4; processes++) {
		struct job job = { .trouble = trouble };

		assert_work(&job, 50, processes, code, said);
		assert_int_equal(job.taken, trouble == TROUBLE_STOP ? TROUBLED + 1 : TROUBLED);
	}
}

static void workers__first_code_that_is_not_good(void **state)
{
	(void)state;
	assert_trouble(TROUBLE_CODE, EXIT_FAILED, "of piece 5\n");
}

static void workers__no_more_is_wanted(void **state)
{
	(void)state;
	assert_trouble(TROUBLE_STOP, EXIT_USAGE, "");
}

/* Pieces that it had finished but not handed over are lost with it. */
static void assert_lost(enum trouble trouble, enum exit_code code, const char *said)
{
	struct job job = { .trouble = trouble };

	assert_work(&job, 50, 2, code, said);
	assert_true(job.taken <= TROUBLED);
}

static void workers__process_that_ends_early(void **state)
{
	(void)state;
	assert_lost(TROUBLE_EXIT, EXIT_USAGE, ""); /* it has printed why itself */
	assert_lost(TROUBLE_SILENT, EXIT_BROKEN,
		    "lwsim: error: a process ended before its work was done\n");
	assert_lost(TROUBLE_KILL, EXIT_BROKEN,
		    "lwsim: error: a process ended before its work was done: Killed\n");
}

static void workers__signal_ends_it_and_is_gone(void **state)
{
	struct job job = { .trouble = TROUBLE_SIGINT, .are_large = true };
	sigset_t pending;

	(void)state;
	assert_work(&job, 1000, 2, EXIT_INTERRUPTED, "");
	assert_int_equal(job.taken, TROUBLED + 1);
	sigpending(&pending);
	assert_false(sigismember(&pending, SIGINT));
}

static void workers__signal_that_is_ignored_is_left_alone(void **state)
{
	struct job job = { .trouble = TROUBLE_SIGINT, .are_large = true };

	(void)state;
	signal(SIGINT, SIG_IGN);
	assert_work(&job, 20, 2, EXIT_GOOD, "");
	assert_int_equal(job.taken, 20);
	signal(SIGINT, SIG_DFL);
}

static void workers__no_descriptors(void **state)
{
	struct rlimit limit, low;
	struct job job = { .taken = 0 };

	(void)state;
	getrlimit(RLIMIT_NOFILE, &limit);
	low = limit;
	low.rlim_cur = 12;
	setrlimit(RLIMIT_NOFILE, &low);
	assert_work(&job, 50, 40, EXIT_USAGE,
		    "lwsim: error: cannot start a process: Too many open files\n");
	setrlimit(RLIMIT_NOFILE, &limit);
	assert_int_equal(job.taken, 0);
}

static void workers__cpus(void **state)
{
	(void)state;
	assert_true(workers_cpus() >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(workers__pieces_come_in_order),
		cmocka_unit_test(workers__pieces_larger_than_a_pipe),
		cmocka_unit_test(workers__no_work),
		cmocka_unit_test(workers__first_code_that_is_not_good),
		cmocka_unit_test(workers__no_more_is_wanted),
		cmocka_unit_test(workers__process_that_ends_early),
		cmocka_unit_test(workers__signal_ends_it_and_is_gone),
		cmocka_unit_test(workers__signal_that_is_ignored_is_left_alone),
		cmocka_unit_test(workers__no_descriptors),
		cmocka_unit_test(workers__cpus),
	};

	return cmocka_run_group_tests_name("workers", tests, NULL, NULL);
}
