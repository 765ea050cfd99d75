/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Listens to RTNLGRP_LINK of this machine's kernel, in this process's network namespace, on libev's
 * loop. At the start, and whenever messages were lost, it asks for the state of all devices.
 */
#ifndef LWSIM_SIM_WIRE_LISTEN_H
#define LWSIM_SIM_WIRE_LISTEN_H

#include "sim/run/event_loop.h"
#include "sim/wire/recording.h"

struct listen_events {
	void *user;
	/* once: the state of all devices at the start is recorded */
	void (*started)(void *user);
	/* the socket, or the writing, failed; after printing why */
	void (*failed)(void *user);
};

struct listen;

/* NULL after printing why. The recording, and *events, must live as long. */
struct listen *listen_new(struct ev_loop *loop, struct recording *recording, FILE *out,
			  const struct listen_events *events);
/* Records what has arrived by now. */
void listen_drain(struct listen *listen);
/* How many messages were recorded, and how often others were lost. */
size_t listen_messages(const struct listen *listen);
size_t listen_losses(const struct listen *listen);
void listen_free(struct listen *listen);

#endif
