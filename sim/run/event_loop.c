/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libev's default loop. */
#include "sim/run/event_loop.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/exit.h"
#include "sim/base/xalloc.h"

/* For libev, which frees with 0 bytes, and aborts when there is no memory or a system call fails. */
static void *memory_for_libev(void *old, long bytes)
{
	if (bytes)
		return xreallocarray(old, 1, (size_t)bytes);
	free(old);
	return NULL;
}

static void on_failed_call(const char *message) /* GCOVR_EXCL_START: no descriptors left */
{
	fprintf(stderr, "lwsim: error: %s: %s\n", message, strerror(errno));
	exit(EXIT_USAGE);
} /* GCOVR_EXCL_STOP */

struct ev_loop *event_loop_get(void)
{
	struct ev_loop *loop;

	ev_set_allocator(memory_for_libev);
	ev_set_syserr_cb(on_failed_call);
	loop = ev_default_loop(EVBACKEND_SELECT);
	if (!loop)
		out_of_memory(); /* GCOVR_EXCL_LINE: select() always exists */
	return loop;
}

void caught_signal_start(struct ev_loop *loop, struct caught_signal *caught, int signum,
			 void (*callback)(struct ev_loop *loop, ev_signal *watcher, int events),
			 void *data)
{
	ev_signal_init(&caught->watcher, callback, signum);
	caught->watcher.data = data;
	sigaction(signum, NULL, &caught->before);
	if (caught->before.sa_handler != SIG_IGN)
		ev_signal_start(loop, &caught->watcher);
}

void caught_signal_stop(struct ev_loop *loop, struct caught_signal *caught)
{
	ev_signal_stop(loop, &caught->watcher);
	sigaction(caught->watcher.signum, &caught->before, NULL);
}
