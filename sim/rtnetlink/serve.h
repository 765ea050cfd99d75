/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rtnetlink's side of a NETLINK_ROUTE socket: requests for links as bytes, answers as bytes. */
#ifndef LWSIM_SIM_RTNETLINK_SERVE_H
#define LWSIM_SIM_RTNETLINK_SERVE_H

#include <linux/netlink.h>

#include "model/machine.h"
#include "sim/rtnetlink/link_request.h"

/* A socket, as the kernel sees it. */
struct rtnl_socket {
	struct net *net;
	uint32_t portid;
	bool is_strict;	  /* NETLINK_GET_STRICT_CHK */
	bool has_ext_ack; /* NETLINK_EXT_ACK */
	bool is_cap_ack;  /* NETLINK_CAP_ACK */
	/* the namespace behind a descriptor (IFLA_NET_NS_FD); NULL: not one */
	struct net *(*net_of_fd)(void *user, uint32_t fd);
	/* the number of a namespace in this one (IFLA_LINK_NETNSID) */
	int32_t (*netnsid)(void *user, const struct net *net);
	/* Room for an answer, one datagram of len bytes, aligned to 4, which is sent once filled in.
	 * NULL: it is lost. */
	void *(*answer)(void *user, size_t len);
	/* The last answer has only that many bytes. */
	void (*answered)(void *user, size_t len);
	void *user;
};

/* The next message of the datagram, or NULL at its end; *at is an offset, 0 at first. bytes are
 * aligned to 4. */
const struct nlmsghdr *rtnl_next_message(const void *bytes, size_t len, size_t *at);

/*
 * Handles one message and sends its answers; rtnl is held by the caller. RTM_GETLINK, RTM_NEWLINK,
 * RTM_SETLINK and RTM_DELLINK; dumps of anything else are empty, other requests -EOPNOTSUPP.
 * Models: netlink_rcv_skb(), rtnetlink_rcv_msg()
 * Differs: a dump lists devices by ifindex; the last message of one is a datagram of its own.
 */
void rtnl_serve(const struct rtnl_socket *socket, const struct nlmsghdr *header);

#endif
