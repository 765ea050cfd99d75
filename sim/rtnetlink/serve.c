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

static size_t text_attr_bytes(const char *text)
{
	return text ? align(sizeof(struct nlattr) + strlen(text) + 1) : 0;
}

/* NLMSG_ERROR: an ACK if err is 0. Models: netlink_ack() */
static void acknowledge(const struct rtnl_socket *socket, const struct nlmsghdr *request, int err,
			const struct request_error *error)
{
	bool is_whole = err && !socket->is_cap_ack;
	size_t quoted = is_whole ? request->nlmsg_len : sizeof(*request);
	const char *text = err && socket->has_ext_ack ? error->text : NULL;
	uint32_t offset = err && socket->has_ext_ack ? error->offset : 0;
	size_t len = sizeof(*request) + align(sizeof(int32_t) + quoted) + text_attr_bytes(text);
	char *bytes;
	struct nlmsghdr *header;
	int32_t *code;

	if (offset)
		len += sizeof(struct nlattr) + sizeof(offset);
	bytes = socket->answer(socket->user, len);
	if (!bytes)
		return;
	memset(bytes, 0, len);
	header = mnl_nlmsg_put_header(bytes);
	header->nlmsg_type = NLMSG_ERROR;
	header->nlmsg_flags =
		(uint16_t)((is_whole ? 0 : NLM_F_CAPPED) | (text || offset ? NLM_F_ACK_TLVS : 0));
	header->nlmsg_seq = request->nlmsg_seq;
	header->nlmsg_pid = socket->portid;
	code = mnl_nlmsg_put_extra_header(header, sizeof(*code) + quoted);
	*code = err;
	memcpy(code + 1, request, quoted);
	if (text)
		mnl_attr_put_strz(header, NLMSGERR_ATTR_MSG, text);
	if (offset)
		mnl_attr_put_u32(header, NLMSGERR_ATTR_OFFS, offset);
}

/* RTM_NEWLINK of dev as it is now. Returns its length. */
static size_t describe(const struct rtnl_socket *socket, const struct nlmsghdr *request,
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
	message.seq = request->nlmsg_seq;
	message.portid = socket->portid;
	return link_message_write(&message, ret_bytes);
}

static void send_bytes(const struct rtnl_socket *socket, const void *bytes, size_t len)
{
	void *room = socket->answer(socket->user, len);

	if (room)
		memcpy(room, bytes, len);
}

static int wrong(struct request_error *error, const char *text)
{
	error->text = text;
	return -EINVAL;
}

/* Models: rtnl_valid_getlink_req(), rtnl_valid_dump_ifinfo_req() */
static int check_strictly(const struct link_request *request, bool is_dump,
			  struct request_error *error)
{
	const struct request_values *values = &request->values;
	uint32_t allowed = REQUEST_HAS_TARGET_NETNSID | REQUEST_HAS_EXT_MASK;

	if (values->type || values->flags || values->change)
		return wrong(error, is_dump ? "Invalid values in header for link dump request"
					    : "Invalid values in header for get link request");
	if (is_dump && values->ifindex)
		return wrong(error, "Filter by device index not supported for link dumps");
	allowed |= is_dump ? REQUEST_HAS_MASTER | REQUEST_HAS_KIND : REQUEST_HAS_NAME;
	if (values->has & ~allowed)
		return wrong(error, is_dump ? "Unsupported attribute in link dump request"
					    : "Unsupported attribute in get link request");
	return 0;
}

static int getlink(const struct rtnl_socket *socket, const struct link_request *request,
		   struct request_error *error)
{
	uint8_t bytes[LINK_MESSAGE_MAX_BYTES];
	struct net_device *dev;
	int err = socket->is_strict ? check_strictly(request, false, error) : 0;

	if (!err && request->values.has & REQUEST_HAS_TARGET_NETNSID)
		err = wrong(error, "Invalid target network namespace id");
	if (!err)
		err = link_of_request(socket->net, request, &dev);
	if (err)
		return err;
	linkwatch_query_dev(dev);
	send_bytes(socket, bytes, describe(socket, &request->header, dev, 0, bytes));
	return 0;
}

/* A dump's filters: those of RTM_GETLINK. */
static bool is_wanted(const struct link_request *request, const struct net_device *dev)
{
	const struct request_values *values = &request->values;
	const struct net_device *master = netdev_master_upper_dev_get(dev);

	if (values->has & REQUEST_HAS_MASTER && values->master &&
	    (!master || master->ifindex != (int32_t)values->master))
		return false;
	return !(values->has & REQUEST_HAS_KIND) ||
	       (dev->netdev_ops->dellink && strcmp(dev->netdev_ops->kind, request->kind) == 0);
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

static void dump_links(const struct rtnl_socket *socket, const struct link_request *request)
{
	bool is_filtered = request->values.has & (REQUEST_HAS_MASTER | REQUEST_HAS_KIND);
	uint16_t nl_flags = (uint16_t)(NLM_F_MULTI | (is_filtered ? NLM_F_DUMP_FILTERED : 0));
	const struct net_device *dev = NULL;
	uint8_t datagram[DUMP_BYTES];
	size_t len = 0;

	while ((dev = next_device(socket->net, dev ? dev->ifindex : 0)) != NULL) {
		if (!is_wanted(request, dev))
			continue;
		if (len + LINK_MESSAGE_MAX_BYTES > sizeof(datagram)) {
			send_bytes(socket, datagram, len);
			len = 0;
		}
		len += describe(socket, &request->header, dev, nl_flags, datagram + len);
	}
	if (len)
		send_bytes(socket, datagram, len);
}

/* Returns 0 if the dump was sent: then there is no ACK. */
static int dump(const struct rtnl_socket *socket, const struct nlmsghdr *header,
		struct request_error *error)
{
	/* a non-strict dump need not have more than a struct rtgenmsg */
	bool is_short = mnl_nlmsg_get_payload_len(header) < sizeof(struct ifinfomsg);
	struct link_request request = { .header = *header };
	int err = 0;

	if (header->nlmsg_type == RTM_GETLINK) {
		if (socket->is_strict && is_short)
			err = wrong(error, "Invalid header for link dump");
		else if (!is_short)
			err = link_request_read(header, &request, error);
		if (!err && socket->is_strict)
			err = check_strictly(&request, true, error);
		if (!err && request.values.has & REQUEST_HAS_TARGET_NETNSID)
			err = wrong(error, "Invalid target network namespace id");
		if (err)
			return err;
		dump_links(socket, &request);
	}
	send_done(socket, header);
	return 0;
}

static int change(const struct rtnl_socket *socket, const struct nlmsghdr *header,
		  struct request_error *error)
{
	struct link_request request;
	int err;

	if (header->nlmsg_type > RTM_SETLINK)
		return -EOPNOTSUPP;
	err = link_request_read(header, &request, error);
	if (err)
		return err;
	switch (header->nlmsg_type) {
	case RTM_GETLINK:
		return getlink(socket, &request, error);
	case RTM_NEWLINK:
		return link_new(socket, &request, error);
	case RTM_SETLINK:
		return link_set(socket, &request);
	default:
		return link_del(socket, &request);
	}
}

void rtnl_serve(const struct rtnl_socket *socket, const struct nlmsghdr *header)
{
	struct machine *m = socket->net->machine;
	struct request_error error = { 0 };
	/* the types of a family's messages: new, delete, get, set */
	bool is_dump = (header->nlmsg_type & 3) == 2 && header->nlmsg_flags & NLM_F_DUMP;
	int err = 0;

	if (!(header->nlmsg_flags & NLM_F_REQUEST))
		return;
	if (header->nlmsg_type >= NLMSG_MIN_TYPE && mnl_nlmsg_get_payload_len(header) > 0) {
		err = is_dump ? dump(socket, header, &error) : change(socket, header, &error);
		if (is_dump && !err)
			return;
	}
	if (err && m->extack)
		error.text = m->extack;
	m->extack = NULL;
	if (!kernel_has(&m->kernel, KERNEL_EXTACK))
		error = (struct request_error){ 0 };
	if (err || header->nlmsg_flags & NLM_F_ACK)
		acknowledge(socket, header, err, &error);
}
