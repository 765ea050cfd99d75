/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rtnetlink's side of a socket: which request it is, and its answer. */
#include "sim/rtnetlink/serve.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "sim/rtnetlink/link_change.h"
#include "sim/rtnetlink/model_message.h"

#define DUMP_BYTES 8192 /* NLMSG_GOODSIZE, of a dump's datagram */

static size_t align(size_t len)
{
	return (len + NLMSG_ALIGNTO - 1) & ~(size_t)(NLMSG_ALIGNTO - 1);
}

const struct nlmsghdr *rtnl_next_message(const void *bytes, size_t len, size_t *at)
{
	const struct nlmsghdr *header =
		(const void *)((const char *)bytes + (*at < len ? *at : len));
	size_t left = len - (*at < len ? *at : len);

	if (left < sizeof(*header) || header->nlmsg_len < sizeof(*header) ||
	    header->nlmsg_len > left)
		return NULL;
	*at += align(header->nlmsg_len);
	return header;
}

/* NLMSG_ERROR: an ACK if there is no error. Models: netlink_ack() */
static void acknowledge(const struct rtnl_socket *socket, const struct nlmsghdr *request,
			const struct request_ack *ack)
{
	const struct ack_options options = {
		.has_ext_ack = socket->has_ext_ack,
		.is_capped = socket->is_cap_ack,
	};
	/* as much as the request, and a text */
	void *bytes = socket->answer(socket->user, request->nlmsg_len + REQUEST_ACK_MAX_BYTES);
	struct nlmsghdr *header = bytes;

	if (!bytes)
		return;
	socket->answered(socket->user, request_ack_write(request, ack, &options, bytes));
	header->nlmsg_pid = socket->portid;
}

/* RTM_NEWLINK of dev as it is now. Returns its length. */
static size_t describe(const struct rtnl_socket *socket, const struct rtnl_link_message *asked,
		       const struct net_device *dev, uint16_t nl_flags,
		       uint8_t ret_bytes[LINK_MESSAGE_MAX_BYTES])
{
	struct link_message said;
	struct rtnl_link_message message;
	int32_t netnsid = -1;

	rtnl_fill_ifinfo(dev, &said);
	if (model_message_has_netnsid(&said))
		netnsid = socket->netnsid(socket->user, said.link_net);
	model_message(&said, netnsid, &message);
	message.nl_flags = nl_flags;
	message.seq = asked->seq;
	message.portid = socket->portid;
	return link_message_write(&message, ret_bytes);
}

static void send_bytes(const struct rtnl_socket *socket, const void *bytes, size_t len)
{
	void *room = socket->answer(socket->user, len);

	if (room)
		memcpy(room, bytes, len);
}

static int getlink(const struct rtnl_socket *socket, const struct link_request *request)
{
	uint8_t bytes[LINK_MESSAGE_MAX_BYTES];
	struct net_device *dev;
	int err = link_of_request(socket->net, request, &dev);

	if (err)
		return err;
	linkwatch_query_dev(dev);
	send_bytes(socket, bytes, describe(socket, &request->link, dev, 0, bytes));
	return 0;
}

/* A dump's filters: those of RTM_GETLINK. */
static bool is_wanted(const struct rtnl_link_message *filter, const struct net_device *dev)
{
	const struct net_device *master = netdev_master_upper_dev_get(dev);

	if (filter->has & LINK_HAS_MASTER && filter->master &&
	    (!master || master->ifindex != filter->master))
		return false;
	return !(filter->has & LINK_HAS_KIND) ||
	       (dev->netdev_ops->dellink && strcmp(dev->netdev_ops->kind, filter->kind) == 0);
}

static void send_done(const struct rtnl_socket *socket, const struct nlmsghdr *request)
{
	char *bytes = socket->answer(socket->user, sizeof(struct nlmsghdr) + sizeof(int32_t));
	struct nlmsghdr *header;
	int32_t *code;

	if (!bytes)
		return;
	header = mnl_nlmsg_put_header(bytes);
	header->nlmsg_type = NLMSG_DONE;
	header->nlmsg_flags = NLM_F_MULTI;
	header->nlmsg_seq = request->nlmsg_seq;
	header->nlmsg_pid = socket->portid;
	code = mnl_nlmsg_put_extra_header(header, sizeof(*code));
	*code = 0;
}

/* The device of the namespace with the least ifindex above `after`; NULL: none. */
static const struct net_device *next_device(const struct net *net, int32_t after)
{
	const struct net_device *next = NULL;
	const struct list_head *all = &net->dev_base_head;

	for (const struct list_head *at = all->next; at != all; at = at->next) {
		const struct net_device *dev = container_of(at, struct net_device, dev_list);

		if (dev->ifindex > after && (!next || dev->ifindex < next->ifindex))
			next = dev;
	}
	return next;
}

static void dump_links(const struct rtnl_socket *socket, const struct rtnl_link_message *filter)
{
	bool is_filtered = filter->has & (LINK_HAS_MASTER | LINK_HAS_KIND);
	uint16_t nl_flags = (uint16_t)(NLM_F_MULTI | (is_filtered ? NLM_F_DUMP_FILTERED : 0));
	const struct net_device *dev = NULL;
	uint8_t datagram[DUMP_BYTES];
	size_t len = 0;

	while ((dev = next_device(socket->net, dev ? dev->ifindex : 0)) != NULL) {
		if (!is_wanted(filter, dev))
			continue;
		if (len + LINK_MESSAGE_MAX_BYTES > sizeof(datagram)) {
			send_bytes(socket, datagram, len);
			len = 0;
		}
		len += describe(socket, filter, dev, nl_flags, datagram + len);
	}
	if (len)
		send_bytes(socket, datagram, len);
}

/* Families whose dumps of links are not of all links, but of their own messages, which are missing here.
 * Models: rtnl_bridge_getlink(), inet6_dump_ifinfo() */
static bool has_own_dump(uint8_t family)
{
	return family == AF_BRIDGE || family == AF_INET6;
}

/* A request that has been read. Returns 0 or -errno; *ret_text gets the text of an error. */
static int serve(const struct rtnl_socket *socket, const struct link_request *request,
		 const char **ret_text)
{
	switch (request->kind) {
	case REQUEST_DUMP:
		if (!has_own_dump(request->link.family))
			dump_links(socket, &request->link);
		return 0;
	case REQUEST_GET:
		return getlink(socket, request);
	case REQUEST_SET:
		return link_set(socket, request);
	case REQUEST_NEW:
		return link_new(socket, request, ret_text);
	default:
		return link_del(socket, request);
	}
}

/* Whether the request, of any type, asks for a dump: types of a family are new, delete, get, set. */
static bool is_dump(const struct nlmsghdr *header)
{
	return header->nlmsg_type >= NLMSG_MIN_TYPE && (header->nlmsg_type & 3) == 2 &&
	       header->nlmsg_flags & NLM_F_DUMP && header->nlmsg_len > sizeof(*header);
}

/* Reads and serves one message. *ret_ack gets what an ACK would say. */
static void take(const struct rtnl_socket *socket, const struct nlmsghdr *header,
		 struct request_ack *ret_ack)
{
	struct machine *m = socket->net->machine;
	struct link_request request;
	const char *text = NULL;

	switch (link_request_read(header, header->nlmsg_len, socket->is_strict, &request,
				  ret_ack)) {
	case REQUEST_READ:
		ret_ack->error = -serve(socket, &request, &text);
		if (ret_ack->error)
			ret_ack->text = m->extack ? m->extack : text;
		m->extack = NULL;
		break;
	case REQUEST_OTHER:
		if (header->nlmsg_type >= NLMSG_MIN_TYPE && !is_dump(header))
			ret_ack->error = EOPNOTSUPP;
		break;
	default:
		break;
	}
}

void rtnl_serve(const struct rtnl_socket *socket, const struct nlmsghdr *header)
{
	struct request_ack ack;

	if (!(header->nlmsg_flags & NLM_F_REQUEST))
		return;
	take(socket, header, &ack);
	if (!kernel_has(&socket->net->machine->kernel, KERNEL_EXTACK))
		ack = (struct request_ack){ .error = ack.error };
	if (is_dump(header) && !ack.error)
		send_done(socket, header);
	else if (ack.error || header->nlmsg_flags & NLM_F_ACK)
		acknowledge(socket, header, &ack);
}
