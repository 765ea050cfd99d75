/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A socket that listens to RTNLGRP_LINK. */
#include "sim/wire/listen.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/jiffies.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

/* Larger than any datagram of the kernel's: dumps have at most 32 KiB. */
#define BUFFER_BYTES 65536

struct listen {
	struct ev_loop *loop;
	struct recording *recording;
	FILE *out;
	const struct listen_events *events;
	struct mnl_socket *socket;
	ev_io io;
	uint32_t seq;	/* of the latest dump */
	bool is_asking; /* it has not ended */
	bool is_started, is_failed;
	size_t messages, losses;
	_Alignas(NLMSG_ALIGNTO) uint8_t buffer[BUFFER_BYTES];
};

static void fail(struct listen *listen, const char *what, int error)
{
	if (listen->is_failed)
		return;
	listen->is_failed = true;
	fprintf(stderr, "lwsim: error: %s: %s\n", what, strerror(error));
	ev_io_stop(listen->loop, &listen->io);
	listen->events->failed(listen->events->user);
}

/* Asks for the state of all devices. */
static void ask(struct listen *listen)
{
	union {
		struct nlmsghdr header;
		uint8_t bytes[64];
	} buffer;
	struct nlmsghdr *header = mnl_nlmsg_put_header(buffer.bytes);

	header->nlmsg_type = RTM_GETLINK;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	header->nlmsg_seq = ++listen->seq;
	mnl_nlmsg_put_extra_header(header, sizeof(struct ifinfomsg));
	listen->is_asking = mnl_socket_sendto(listen->socket, header, header->nlmsg_len) > 0;
	if (!listen->is_asking)
		fail(listen, "cannot ask for the state of the devices", errno);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

static void lose(struct listen *listen)
{
	listen->losses++;
	wrap_message(stderr, "lwsim: note: the kernel dropped messages, because they were not "
			     "read in time (ENOBUFS); the state of all devices follows");
	recording_loss(listen->recording, now_ns());
	ask(listen);
}

/* A dump's last message, or its failure. */
static void dump_end(struct listen *listen, const struct nlmsghdr *header)
{
	const struct nlmsgerr *failure = mnl_nlmsg_get_payload(header);

	if (header->nlmsg_seq != listen->seq)
		return; /* of a dump that a later one has replaced */
	if (header->nlmsg_type == NLMSG_ERROR &&
	    header->nlmsg_len >= sizeof(*header) + sizeof(int) && failure->error) {
		fail(listen, "the kernel does not tell the state of the devices", -failure->error);
		return;
	}
	listen->is_asking = false;
	if (header->nlmsg_flags & NLM_F_DUMP_INTR) { /* devices changed in between */
		ask(listen);
		return;
	}
	if (!listen->is_started)
		listen->events->started(listen->events->user);
	listen->is_started = true;
}

static void take(struct listen *listen, int64_t t_ns, size_t len)
{
	const struct nlmsghdr *header = (const void *)listen->buffer;
	int left = (int)len;

	for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
		if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
			dump_end(listen, header);
		if (header->nlmsg_type != RTM_NEWLINK && header->nlmsg_type != RTM_DELLINK)
			continue;
		recording_message(listen->recording, t_ns, header,
				  ((size_t)header->nlmsg_len + 3) & ~(size_t)3);
		listen->messages++;
	}
}

void listen_drain(struct listen *listen)
{
	while (!listen->is_failed) {
		ssize_t len = mnl_socket_recvfrom(listen->socket, listen->buffer, BUFFER_BYTES);

		if (len >= 0)
			take(listen, now_ns(), (size_t)len);
		else if (errno == ENOBUFS)
			lose(listen);
		else if (errno == EAGAIN)
			break;
		else if (errno != EINTR)
			fail(listen, "cannot read messages", errno);
	}
	if (fflush(listen->out) != 0)
		fail(listen, "cannot write the recording", errno);
	else if (ferror(listen->out))
		fail(listen, "cannot write the recording", EIO);
}

static void on_readable(struct ev_loop *loop, ev_io *watcher, int events)
{
	(void)loop;
	(void)events;
	listen_drain(watcher->data);
}

struct listen *listen_new(struct ev_loop *loop, struct recording *recording, FILE *out,
			  const struct listen_events *events)
{
	struct listen *listen = xcalloc(1, sizeof(*listen));

	listen->loop = loop;
	listen->recording = recording;
	listen->out = out;
	listen->events = events;
	listen->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_NONBLOCK | SOCK_CLOEXEC);
	if (!listen->socket ||
	    mnl_socket_bind(listen->socket, 1 << (RTNLGRP_LINK - 1), MNL_SOCKET_AUTOPID) < 0) {
		fprintf(stderr, "lwsim: error: cannot listen to rtnetlink: %s\n", strerror(errno));
		listen_free(listen);
		return NULL;
	}
	ev_io_init(&listen->io, on_readable, mnl_socket_get_fd(listen->socket), EV_READ);
	listen->io.data = listen;
	ev_io_start(loop, &listen->io);
	ask(listen);
	return listen;
}

size_t listen_messages(const struct listen *listen)
{
	return listen->messages;
}

size_t listen_losses(const struct listen *listen)
{
	return listen->losses;
}

void listen_free(struct listen *listen)
{
	if (listen->socket)
		mnl_socket_close(listen->socket);
	if (listen->io.data)
		ev_io_stop(listen->loop, &listen->io);
	free(listen);
}
