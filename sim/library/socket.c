/* SPDX-License-Identifier: GPL-2.0-or-later */
/* NETLINK_ROUTE sockets: requests in, answers and notifications in a queue. */
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/library/library_private.h"
#include "sim/rtnetlink/model_message.h"

/*
 * What the kernel says
 */

/* Numbers count up in the order in which a namespace first mentions another. */
static int32_t netnsid(void *user, const struct net *net)
{
	const struct lw_socket *socket = user;
	struct lw_machine *machine = socket->machine;
	const struct net *nets = machine->m->net_namespaces.nets;
	size_t here = (size_t)(socket->rtnl.net - nets);
	int32_t *id = &machine->netnsids[here * (machine->max_netns + 1) + (size_t)(net - nets)];

	if (*id < 0)
		*id = ++machine->last_netnsid[here];
	return *id;
}

static struct net *net_of_fd(void *user, uint32_t fd)
{
	const struct lw_socket *socket = user;

	return lw_net_of(socket->machine, fd);
}

void lw_sockets_hear(void *user, const struct link_message *message)
{
	struct lw_machine *machine = user;
	struct rtnl_link_message said;
	uint8_t bytes[LINK_MESSAGE_MAX_BYTES];

	for (struct list_head *at = machine->sockets.next; at != &machine->sockets; at = at->next) {
		struct lw_socket *socket = container_of(at, struct lw_socket, entry);
		int32_t id = -1;
		size_t len;
		void *room;

		if (!(socket->groups & RTMGRP_LINK) || socket->rtnl.net != dev_net(message->dev))
			continue;
		if (model_message_has_netnsid(message))
			id = netnsid(socket, message->link_net);
		model_message(message, id, &said);
		len = link_message_write(&said, bytes);
		room = lw_queue_add(socket, len);
		if (room)
			memcpy(room, bytes, len);
	}
}

/*
 * Open, send, receive
 */

static int check_bits(struct lw_machine *machine, uint32_t groups, uint32_t options)
{
	if (groups & ~(uint32_t)RTMGRP_LINK ||
	    options & ~(uint32_t)(LW_STRICT_CHK | LW_EXT_ACK | LW_CAP_ACK))
		return lw_fail(machine, -EINVAL, "groups %#x, options %#x: unknown bits", groups,
			       options);
	return 0;
}

static void set(struct lw_socket *socket, uint32_t groups, uint32_t options)
{
	socket->groups = groups;
	socket->rtnl.is_strict = options & LW_STRICT_CHK;
	socket->rtnl.has_ext_ack = options & LW_EXT_ACK;
	socket->rtnl.is_cap_ack = options & LW_CAP_ACK;
}

int lw_socket_set(struct lw_socket *socket, uint32_t groups, uint32_t options)
{
	int err = check_bits(socket->machine, groups, options);

	if (!err)
		set(socket, groups, options);
	return err;
}

int lw_socket_new(struct lw_machine *machine, uint32_t groups, uint32_t options,
		  struct lw_socket **ret_socket)
{
	int err = check_bits(machine, groups, options);
	struct lw_socket *socket;

	*ret_socket = NULL;
	if (err)
		return err;
	socket = calloc(1, sizeof(*socket));
	if (!socket)
		return lw_fail(machine, -ENOMEM, "Cannot allocate memory");
	socket->machine = machine;
	socket->fd = -1;
	INIT_LIST_HEAD(&socket->queue);
	socket->rtnl = (struct rtnl_socket){
		.net = lw_net(machine),
		.portid = ++machine->last_portid,
		.net_of_fd = net_of_fd,
		.netnsid = netnsid,
		.answer = lw_queue_add,
		.answered = lw_queue_cut,
		.user = socket,
	};
	set(socket, groups, options);
	list_add_tail(&socket->entry, &machine->sockets);
	*ret_socket = socket;
	return 0;
}

void lw_socket_free(struct lw_socket *socket)
{
	if (!socket)
		return;
	while (!list_empty(&socket->queue))
		lw_queue_drop(socket);
	if (socket->fd >= 0)
		close(socket->fd);
	list_del_init(&socket->entry);
	free(socket);
}

uint32_t lw_socket_portid(const struct lw_socket *socket)
{
	return socket->rtnl.portid;
}

struct request {
	const struct lw_socket *socket;
	const struct nlmsghdr *header;
};

static int serve(struct lw_machine *machine, void *arg)
{
	const struct request *request = arg;

	(void)machine;
	rtnl_serve(&request->socket->rtnl, request->header);
	return 0;
}

int lw_send(struct lw_socket *socket, const void *bytes, size_t len)
{
	struct lw_machine *machine = socket->machine;
	struct request request = { .socket = socket };
	void *aligned = malloc(len + 1);
	size_t at = 0;
	int err = 0;

	if (!aligned)
		return lw_fail(machine, -ENOMEM, "Cannot allocate memory");
	if (len)
		memcpy(aligned, bytes, len);
	while (!err && (request.header = rtnl_next_message(aligned, len, &at)) != NULL)
		err = lw_locked(machine, serve, &request);
	free(aligned);
	return lw_finish(machine, err);
}

/* -EAGAIN or -ENOBUFS if there is nothing to take. */
static int first(struct lw_socket *socket, struct datagram **ret_datagram)
{
	if (socket->is_lost) {
		socket->is_lost = false;
		return -ENOBUFS;
	}
	if (list_empty(&socket->queue))
		return -EAGAIN;
	*ret_datagram = container_of(socket->queue.next, struct datagram, entry);
	return 0;
}

int lw_recv(struct lw_socket *socket, void *ret_bytes, size_t size, int64_t *ret_time_ns)
{
	struct datagram *datagram;
	int result = first(socket, &datagram);

	if (result)
		return result;
	memcpy(ret_bytes, datagram->bytes, datagram->len < size ? datagram->len : size);
	if (ret_time_ns)
		*ret_time_ns = datagram->time_ns;
	result = (int)datagram->len;
	lw_queue_drop(socket);
	return result;
}

static void copy_text(char ret_text[LW_NAME_BYTES], const char *text)
{
	size_t len = strnlen(text, LW_NAME_BYTES - 1);

	memcpy(ret_text, text, len);
	ret_text[len] = '\0';
}

void lw_link_of_message(const struct rtnl_link_message *message, struct lw_link *ret_link)
{
	*ret_link = (struct lw_link){
		.type = message->is_dellink ? RTM_DELLINK : RTM_NEWLINK,
		.nl_flags = message->nl_flags,
		.seq = message->seq,
		.portid = message->portid,
		.ifindex = message->ifindex,
		.flags = message->flags,
		.change = message->change,
		.operstate = message->operstate,
		.linkmode = message->linkmode,
		.has_carrier = message->carrier,
		.is_proto_down = message->proto_down,
		.mtu = message->mtu,
		.txqlen = message->txqlen,
		.promiscuity = message->promiscuity,
		.carrier_up = message->carrier_up,
		.carrier_down = message->carrier_down,
		.master = message->master,
		.link = message->link,
	};
	copy_text(ret_link->name, message->name);
	copy_text(ret_link->kind, message->kind);
	copy_text(ret_link->qdisc, message->qdisc);
	memcpy(ret_link->address, message->address, sizeof(ret_link->address));
}

int lw_recv_link(struct lw_socket *socket, struct lw_link *ret_link)
{
	const struct jiffies_clock *clock = &socket->machine->m->clock;
	struct rtnl_link_message message;
	const struct nlmsghdr *header;
	struct datagram *datagram;
	struct link_error error;
	size_t len;
	int result;

	memset(ret_link, 0, sizeof(*ret_link));
	result = first(socket, &datagram);
	if (result)
		return result;
	header = (const void *)(datagram->bytes + socket->at);
	if (link_message_read(header, datagram->len - socket->at, &message, &len, &error) ==
	    LINK_READ) {
		lw_link_of_message(&message, ret_link);
	} else {
		ret_link->type = header->nlmsg_type;
		ret_link->nl_flags = header->nlmsg_flags;
		ret_link->seq = header->nlmsg_seq;
		ret_link->portid = header->nlmsg_pid;
		memcpy(&ret_link->error, header + 1, sizeof(ret_link->error));
	}
	ret_link->time_ns = datagram->time_ns;
	ret_link->jiffy = jiffies_of_ns(clock, datagram->time_ns);
	socket->at += len;
	if (socket->at >= datagram->len)
		lw_queue_drop(socket);
	return 0;
}
