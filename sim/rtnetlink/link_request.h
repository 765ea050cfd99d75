/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * RTM_GETLINK, RTM_SETLINK, RTM_NEWLINK and RTM_DELLINK as programs send them, read as a kernel
 * reads them: what it accepts, passes over or refuses, and with which extended ack. Checked against
 * a 6.18. Whether a device exists, or can be changed so, is for the model to say.
 */
#ifndef LWSIM_SIM_RTNETLINK_LINK_REQUEST_H
#define LWSIM_SIM_RTNETLINK_LINK_REQUEST_H

#include "sim/rtnetlink/link_message.h"

enum link_request_kind {
	REQUEST_GET,
	REQUEST_DUMP, /* RTM_GETLINK with NLM_F_DUMP */
	REQUEST_SET,
	REQUEST_NEW,
	REQUEST_DEL,
};

/* What only requests have, as bits of link_request.has; what messages have, too, is in link.has. */
enum request_has {
	REQUEST_HAS_NET_NS_PID = 1U << 0,  /* IFLA_NET_NS_PID */
	REQUEST_HAS_NET_NS_FD = 1U << 1,   /* IFLA_NET_NS_FD */
	REQUEST_HAS_NEW_IFINDEX = 1U << 2, /* IFLA_NEW_IFINDEX */
	REQUEST_HAS_EXT_MASK = 1U << 3,	   /* IFLA_EXT_MASK */
	/* of IFLA_INFO_DATA, by link.kind */
	REQUEST_HAS_VLAN_ID = 1U << 4,
	REQUEST_HAS_VLAN_PROTOCOL = 1U << 5,
	REQUEST_HAS_VLAN_FLAGS = 1U << 6,
	REQUEST_HAS_VRF_TABLE = 1U << 7,
	REQUEST_HAS_BOND_MODE = 1U << 8,
	REQUEST_HAS_BOND_MIIMON = 1U << 9,
	REQUEST_HAS_PEER = 1U << 10, /* VETH_INFO_PEER */
	REQUEST_HAS_MODE = 1U << 11, /* IFLA_MACVLAN_MODE or IFLA_IPVLAN_MODE */
};

struct link_request {
	enum link_request_kind kind;
	bool wants_ack;		       /* NLM_F_ACK */
	struct rtnl_link_message link; /* with nlmsg_flags, sequence number and port id */
	uint32_t has;		       /* enum request_has */
	uint32_t net_ns_pid, net_ns_fd;
	int32_t new_ifindex;
	uint32_t ext_mask;
	uint16_t vlan_id;
	uint16_t vlan_protocol; /* in host byte order */
	uint32_t vlan_flags, vlan_flags_mask;
	uint32_t vrf_table;
	uint8_t bond_mode;
	uint32_t bond_miimon; /* ms */
	uint32_t mode;	      /* of a macvlan or ipvlan */
	struct rtnl_link_message peer;
};

/* A kernel's answer to a request that it does not serve, or serves with a warning. */
struct request_ack {
	int error;	    /* an errno; 0: success */
	const char *text;   /* NLMSGERR_ATTR_MSG, static; NULL: none */
	uint32_t attribute; /* NLMSGERR_ATTR_OFFS: from the message's start; 0: none */
};

enum request_read {
	REQUEST_READ,	 /* *ret_request is filled in; the ack may have a warning */
	REQUEST_REFUSED, /* *ret_ack has the error */
	REQUEST_EMPTY,	 /* to be acknowledged, if it asks for that; iproute2 probes so */
	REQUEST_OTHER,	 /* of another type: not of links */
	REQUEST_NOTHING, /* too short, or a wrong length: the kernel does not answer */
};

/*
 * Reads the request at the start of `bytes`, which are aligned to 4. is_strict: the socket has
 * NETLINK_GET_STRICT_CHK.
 */
enum request_read link_request_read(const void *bytes, size_t len, bool is_strict,
				    struct link_request *ret_request, struct request_ack *ret_ack);

/* What the socket of the program has set. */
struct ack_options {
	bool has_ext_ack; /* NETLINK_EXT_ACK */
	bool is_capped;	  /* NETLINK_CAP_ACK */
};

/* At most this much more than the request. */
#define REQUEST_ACK_MAX_BYTES 256

/*
 * Writes the NLMSG_ERROR that answers the request whose bytes these are; its header is whole. An
 * error repeats the request unless capped. ret_bytes has room for REQUEST_ACK_MAX_BYTES and the
 * request. Returns the length.
 */
size_t request_ack_write(const void *request, const struct request_ack *ack,
			 const struct ack_options *options, uint8_t *ret_bytes);

#endif
