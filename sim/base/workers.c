/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Worker processes, each with a pipe to the parent. Worker w of n does pieces w, w + n, w + 2n,
 * ..., so the parent knows which worker has the next piece in order.
 */
#include "sim/base/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/wall_clock.h"
#include "sim/base/xalloc.h"

#ifdef LW_COVERAGE
void __gcov_dump(void); /* from gcc */
#endif

/* The capacity of a pipe. */
#define BUFFER_BYTES 65536
/*
 * A worker flushes its results after the first piece that ends later than this since the last
 * flush.
 */
#define HOLD_BACK_NS (50 * 1000 * 1000)

/* Exit code of a worker without memory. It prints nothing, because the others may run out of it, too. */
#define WORKER_NO_MEMORY 99

/* Precedes each piece's text in the pipe. */
struct head {
	uint32_t bytes;
	enum exit_code code;
};

struct process {
	pid_t pid;
	int fd;	      /* to read from */
	char *buffer; /* [used, filled): read, not yet consumed */
	size_t used, filled, capacity;
};

struct workers {
	const struct work *work;
	struct process *all;
	unsigned int count, started;
	int signal_fd;
	int messages_fd;    /* a file in memory, in place of the workers' stderr; -1: none */
	sigset_t before;    /* signals blocked by the caller */
	bool has_no_memory; /* one of them */
	bool is_interrupted;
};

unsigned int workers_cpus(void)
{
	cpu_set_t cpus;

	return sched_getaffinity(0, sizeof(cpus), &cpus) == 0 ? (unsigned int)CPU_COUNT(&cpus) : 1;
}

/* -- in a worker ------------------------------------------------------------------------ */

/* A memory stream, rewound and reused for each piece. */
struct text {
	FILE *stream;
	char *bytes;
	size_t len;
};

static void text_open(struct text *text)
{
	text->stream = xmemstream(&text->bytes, &text->len);
}

static void text_close(struct text *text)
{
	xclose_memstream(text->stream);
	free(text->bytes);
}

static void worker_work(const struct workers *workers, unsigned int self, FILE *pipe)
{
	const struct work *work = workers->work;
	int64_t handed_over_ns = wall_ns();
	struct text out, messages;
	bool is_good = true;

	text_open(&out);
	text_open(&messages);
	if (work->start)
		work->start(work->data);
	for (uint64_t at = self; at < work->pieces && is_good; at += workers->count) {
		struct head head = { .code = EXIT_GOOD };
		const struct text *said;

		rewind(out.stream);
		rewind(messages.stream);
		head.code = work->piece(work->data, at, out.stream, messages.stream);
		is_good = head.code == EXIT_GOOD;
		said = is_good ? &out : &messages;
		fflush(said->stream);
		head.bytes = (uint32_t)said->len;
		fwrite(&head, sizeof(head), 1, pipe);
		fwrite(said->bytes, 1, said->len, pipe);
		if (wall_ns() - handed_over_ns > HOLD_BACK_NS) {
			fflush(pipe);
			handed_over_ns = wall_ns();
		}
		is_good &= !ferror(pipe); /* the parent has closed its end */
	}
	text_close(&out);
	text_close(&messages);
}

static void worker_end_no_memory(void) /* GCOVR_EXCL_START: no memory */
{
	_exit(WORKER_NO_MEMORY);
} /* GCOVR_EXCL_STOP */

static _Noreturn void worker_main(const struct workers *workers, unsigned int self, int fd)
{
	char *buffer;
	FILE *pipe;

	at_no_memory(worker_end_no_memory);
	pipe = fdopen(fd, "w");
	buffer = xmalloc(BUFFER_BYTES);
	/* the parent handles them and kills its workers, or passes them on */
	if (signal(SIGINT, SIG_IGN) != SIG_IGN && workers->work->interrupt)
		signal(SIGINT, workers->work->interrupt);
	signal(SIGTERM, SIG_IGN);
	sigprocmask(SIG_SETMASK, &workers->before, NULL);
	for (unsigned int i = 0; i < self; i++)
		close(workers->all[i].fd);
	close(workers->signal_fd);
	if (workers->messages_fd >= 0)
		dup2(workers->messages_fd, STDERR_FILENO);
	if (!pipe)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	setvbuf(pipe, buffer, _IOFBF, BUFFER_BYTES);
	worker_work(workers, self, pipe);
	fclose(pipe);
	free(buffer);
#ifdef LW_COVERAGE
	__gcov_dump();
#endif
	_exit(EXIT_GOOD); /* exit handlers are the parent's; this may be killed at any time */
}

/* -- in the parent ---------------------------------------------------------------------- */

/* SIGINT and SIGTERM, except those that are ignored (nohup, `trap '' INT`). */
static void signals_to_take(sigset_t *ret_signals)
{
	static const int numbers[] = { SIGINT, SIGTERM };
	struct sigaction action;

	sigemptyset(ret_signals);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		sigaction(numbers[i], NULL, &action);
		if (action.sa_handler != SIG_IGN)
			sigaddset(ret_signals, numbers[i]);
	}
}

/* Starts all workers. False if one fails, after printing why. */
static bool workers_start(struct workers *workers, const sigset_t *signals)
{
	int ends[2] = { -1, -1 };

	workers->signal_fd = signalfd(-1, signals, SFD_NONBLOCK | SFD_CLOEXEC);
	fflush(stdout); /* or each child would write the buffered text again */
	fflush(stderr);
	for (; workers->started < workers->count; workers->started++) {
		struct process *worker = &workers->all[workers->started];

		if (workers->signal_fd < 0 || pipe2(ends, O_CLOEXEC) < 0)
			break;
		worker->fd = ends[0];
		worker->pid = fork();
		if (worker->pid == 0) {
			close(ends[0]);
			worker_main(workers, workers->started, ends[1]);
		}
		close(ends[1]);
		if (worker->pid < 0) {
			close(ends[0]);
			break;
		}
	}
	if (workers->started == workers->count)
		return true;
	fprintf(stderr, "lwsim: error: cannot start a process: %s\n", strerror(errno));
	return false;
}

/* Hands over what the workers have printed since the last time. */
static void messages_copy(const struct workers *workers)
{
	char text[1024];
	ssize_t len;

	if (workers->messages_fd < 0)
		return;
	lseek(workers->messages_fd, 0, SEEK_SET);
	while ((len = read(workers->messages_fd, text, sizeof(text))) > 0)
		fwrite(text, 1, (size_t)len, workers->work->messages);
	if (ftruncate(workers->messages_fd, 0) == 0)
		lseek(workers->messages_fd, 0, SEEK_SET);
}

/* Exit code of a process that closed its pipe before its work was done. */
static enum exit_code worker_reap(struct workers *workers, struct process *worker)
{
	FILE *messages = workers->work->messages;
	int status = 0;

	while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
		;
	worker->pid = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == WORKER_NO_MEMORY) {
		workers->has_no_memory = true; /* GCOVR_EXCL_START: no memory */
		return EXIT_USAGE;	       /* GCOVR_EXCL_STOP */
	}
	/* it has printed why; with another status, code from a kernel tree has ended it */
	if (WIFEXITED(status) &&
	    (WEXITSTATUS(status) == EXIT_USAGE || WEXITSTATUS(status) == EXIT_BROKEN))
		return (enum exit_code)WEXITSTATUS(status);
	messages_copy(workers);
	fprintf(messages ? messages : stderr,
		"lwsim: error: a process ended before its work was done%s%s\n",
		WIFSIGNALED(status) ? ": " : "",
		WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "");
	return EXIT_BROKEN;
}

static void workers_end(struct workers *workers, bool kills)
{
	for (unsigned int i = 0; i < workers->started; i++) {
		struct process *worker = &workers->all[i];

		if (kills && worker->pid)
			kill(worker->pid, SIGKILL);
		close(worker->fd);
		while (worker->pid && waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
			;
		free(worker->buffer);
	}
	free(workers->all);
	if (workers->signal_fd >= 0)
		close(workers->signal_fd);
}

static bool has_frame(const struct process *worker, struct head *ret_head)
{
	size_t there = worker->filled - worker->used;

	if (there < sizeof(*ret_head))
		return false;
	memcpy(ret_head, worker->buffer + worker->used, sizeof(*ret_head));
	return there - sizeof(*ret_head) >= ret_head->bytes;
}

/* Makes room to read more after the unconsumed bytes. */
static void make_room(struct process *worker)
{
	worker->filled -= worker->used;
	if (worker->used)
		memmove(worker->buffer, worker->buffer + worker->used, worker->filled);
	worker->used = 0;
	if (worker->capacity - worker->filled >= BUFFER_BYTES)
		return;
	worker->capacity = 2 * worker->capacity + BUFFER_BYTES;
	worker->buffer = xreallocarray(worker->buffer, worker->capacity, 1);
}

static void workers_interrupt(struct workers *workers)
{
	workers->is_interrupted = true;
	for (unsigned int i = 0; i < workers->started; i++)
		if (workers->all[i].pid)
			kill(workers->all[i].pid, SIGINT);
}

/* Waits for input from the worker. False if a signal ends the work. */
static bool wait_for(struct workers *workers, const struct process *worker)
{
	struct pollfd polled[] = {
		{ .fd = workers->signal_fd, .events = POLLIN },
		{ .fd = worker->fd, .events = POLLIN },
	};
	struct signalfd_siginfo taken;

	if (poll(polled, 2, 0) == 0) {
		fflush(stdout);
		while (poll(polled, 2, -1) < 0 && errno == EINTR)
			;
	}
	if (!(polled[0].revents & POLLIN))
		return true; /* and errno says still why stdout could not be written */
	/* consume the signal, or it would be delivered once unblocked */
	if (read(workers->signal_fd, &taken, sizeof(taken)) != sizeof(taken))
		return true;
	if (!workers->work->interrupt)
		return false;
	workers_interrupt(workers);
	return wait_for(workers, worker);
}

/* Reads the worker's next piece: its head into ret_head, its text at buffer + used. */
static enum exit_code next_piece(struct workers *workers, struct process *worker,
				 struct head *ret_head)
{
	while (!has_frame(worker, ret_head)) {
		ssize_t len;

		if (!wait_for(workers, worker))
			return EXIT_INTERRUPTED;
		make_room(worker);
		len = read(worker->fd, worker->buffer + worker->filled,
			   worker->capacity - worker->filled);
		if (len == 0)
			return worker_reap(workers, worker);
		if (len > 0)
			worker->filled += (size_t)len;
	}
	worker->used += sizeof(*ret_head);
	return EXIT_GOOD;
}

static enum exit_code take_all(struct workers *workers)
{
	const struct work *work = workers->work;

	for (uint64_t at = 0; at < work->pieces; at++) {
		struct process *worker = &workers->all[at % workers->count];
		struct head head = { .code = EXIT_GOOD };
		enum exit_code code = next_piece(workers, worker, &head);
		const char *text;

		if (code != EXIT_GOOD)
			return code;
		text = worker->buffer + worker->used;
		worker->used += head.bytes;
		if (head.code != EXIT_GOOD) {
			fflush(stdout);
			fwrite(text, 1, head.bytes, stderr);
			return head.code;
		}
		if (!work->take(work->data, at, text, head.bytes))
			return EXIT_USAGE;
	}
	return EXIT_GOOD;
}

enum exit_code workers_run(const struct work *work)
{
	struct workers workers = { .work = work, .signal_fd = -1, .messages_fd = -1 };
	enum exit_code code = EXIT_USAGE;
	sigset_t signals;

	if (!work->pieces)
		return EXIT_GOOD;
	workers.count =
		work->processes < work->pieces ? work->processes : (unsigned int)work->pieces;
	workers.all = xcalloc(workers.count, sizeof(workers.all[0]));
	if (work->messages)
		workers.messages_fd = memfd_create("messages", MFD_CLOEXEC);
	signals_to_take(&signals);
	sigprocmask(SIG_BLOCK, &signals, &workers.before);
	if (workers_start(&workers, &signals))
		code = take_all(&workers);
	workers_end(&workers, code != EXIT_GOOD);
	messages_copy(&workers);
	if (workers.messages_fd >= 0)
		close(workers.messages_fd);
	sigprocmask(SIG_SETMASK, &workers.before, NULL);
	if (workers.has_no_memory)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	return workers.is_interrupted && code == EXIT_GOOD ? EXIT_INTERRUPTED : code;
}
