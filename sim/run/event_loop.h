/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libev's default loop, as every program of lwsim uses it. Not in builds without libev (LWSIM_BARE). */
#ifndef LWSIM_SIM_RUN_EVENT_LOOP_H
#define LWSIM_SIM_RUN_EVENT_LOOP_H

#include <ev.h>
#include <signal.h>

/* Ends the program if there is no memory or no descriptor. */
struct ev_loop *event_loop_get(void);

struct caught_signal {
	ev_signal watcher; /* its `data` is the caller's */
	struct sigaction before;
};

/* Not if the signal is ignored (nohup, `trap '' INT`): then it stays so. */
void caught_signal_start(struct ev_loop *loop, struct caught_signal *caught, int signum,
			 void (*callback)(struct ev_loop *loop, ev_signal *watcher, int events),
			 void *data);
/* Also restores the action before, where libev would leave the default one. */
void caught_signal_stop(struct ev_loop *loop, struct caught_signal *caught);

#endif
