/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A socket's queue, which a descriptor may empty. */
#include <stdlib.h>
#include <sys/socket.h>

#include "sim/library/library_private.h"

void lw_queue_drop(struct lw_socket *socket)
{
	struct datagram *datagram = container_of(socket->queue.next, struct datagram, entry);

	list_del_init(&datagram->entry);
	free(datagram);
	socket->at = 0;
	if (--socket->queued == 0)
		socket->is_congested = false;
}

/* Models: netlink_overrun(), NETLINK_S_CONGESTED */
void *lw_queue_add(void *user, size_t len)
{
	struct lw_socket *socket = user;
	struct datagram *datagram = NULL;

	if (!socket->is_congested && socket->queued < socket->machine->max_queued)
		datagram = malloc(sizeof(*datagram) + len);
	if (!datagram) {
		if (!socket->is_congested)
			socket->is_lost = true;
		socket->is_congested = socket->queued > 0;
		return NULL;
	}
	datagram->time_ns = socket->machine->m->now_ns;
	datagram->len = len;
	list_add_tail(&datagram->entry, &socket->queue);
	socket->queued++;
	return datagram->bytes;
}

void lw_queue_cut(void *user, size_t len)
{
	const struct lw_socket *socket = user;

	container_of(socket->queue.prev, struct datagram, entry)->len = len;
}

/* What the descriptor's buffer does not take stays; so it does, unread, when nobody has it open. */
void lw_queue_pass_on(struct lw_socket *socket)
{
	while (socket->fd >= 0 && !list_empty(&socket->queue)) {
		const struct datagram *datagram =
			container_of(socket->queue.next, struct datagram, entry);

		if (send(socket->fd, datagram->bytes, datagram->len, MSG_DONTWAIT | MSG_NOSIGNAL) <
		    0)
			return;
		lw_queue_drop(socket);
	}
}

void lw_sockets_pass_on(struct lw_machine *machine)
{
	for (struct list_head *at = machine->sockets.next; at != &machine->sockets; at = at->next)
		lw_queue_pass_on(container_of(at, struct lw_socket, entry));
}
