/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests for links, read from bytes: RTM_GETLINK, RTM_NEWLINK, RTM_SETLINK, RTM_DELLINK. */
#ifndef LWSIM_SIM_RTNETLINK_LINK_REQUEST_H
#define LWSIM_SIM_RTNETLINK_LINK_REQUEST_H

#include <linux/if.h>
#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which attributes a request has, as bits of request_values.has. */
enum request_has {
	REQUEST_HAS_NAME = 1U << 0,	    /* IFLA_IFNAME; IFLA_ALT_IFNAME where there is none */
	REQUEST_HAS_ADDRESS = 1U << 1,	    /* IFLA_ADDRESS */
	REQUEST_HAS_MTU = 1U << 2,	    /* IFLA_MTU */
	REQUEST_HAS_TXQLEN = 1U << 3,	    /* IFLA_TXQLEN */
	REQUEST_HAS_OPERSTATE = 1U << 4,    /* IFLA_OPERSTATE */
	REQUEST_HAS_LINKMODE = 1U << 5,	    /* IFLA_LINKMODE */
	REQUEST_HAS_CARRIER = 1U << 6,	    /* IFLA_CARRIER */
	REQUEST_HAS_MASTER = 1U << 7,	    /* IFLA_MASTER */
	REQUEST_HAS_GROUP = 1U << 8,	    /* IFLA_GROUP */
	REQUEST_HAS_ALIAS = 1U << 9,	    /* IFLA_IFALIAS */
	REQUEST_HAS_PROTO_DOWN = 1U << 10,  /* IFLA_PROTO_DOWN */
	REQUEST_HAS_NETNS_PID = 1U << 11,   /* IFLA_NET_NS_PID */
	REQUEST_HAS_NETNS_FD = 1U << 12,    /* IFLA_NET_NS_FD */
	REQUEST_HAS_NEW_IFINDEX = 1U << 13, /* IFLA_NEW_IFINDEX */
	REQUEST_HAS_LINK = 1U << 14,	    /* IFLA_LINK */
	REQUEST_HAS_KIND = 1U << 15,	    /* IFLA_INFO_KIND */
	REQUEST_HAS_DATA = 1U << 16,	    /* IFLA_INFO_DATA */
	REQUEST_HAS_TARGET_NETNSID = 1U << 17, /* IFLA_TARGET_NETNSID */
	REQUEST_HAS_EXT_MASK = 1U << 18,       /* IFLA_EXT_MASK */
	REQUEST_HAS_OTHER = 1U << 19,	       /* any other */
};

/* The struct ifinfomsg and the attributes of a request, or of the veth peer in one. */
struct request_values {
	uint8_t family;
	uint16_t type;
	int32_t ifindex;
	uint32_t flags, change;

	uint32_t has; /* enum request_has; a field without its bit is 0 */
	char name[IFNAMSIZ];
	uint8_t address[32];
	uint32_t address_len;
	uint32_t mtu, txqlen;
	uint8_t operstate, linkmode, carrier, proto_down;
	uint32_t master, group;
	uint32_t netns_pid, netns_fd;
	uint32_t new_ifindex, link;
	uint32_t target_netnsid, ext_mask;
};

struct link_request {
	struct nlmsghdr header;
	struct request_values values;
	char kind[32];
	/* of IFLA_INFO_DATA */
	bool has_peer; /* veth: VETH_INFO_PEER */
	struct request_values peer;
	uint16_t vlan_id, vlan_protocol; /* the protocol in host order; 0: none given */
	uint32_t vlan_flags;		 /* IFLA_VLAN_FLAGS, with its mask applied */
	uint32_t vrf_table;
	uint8_t bond_mode;
	uint32_t bond_miimon; /* ms */
};

/* What an error of a request comes with, as an extended ack. */
struct request_error {
	const char *text; /* static, or the machine's; NULL: none */
	uint32_t offset;  /* NLMSGERR_ATTR_OFFS; 0: none */
};

/*
 * Reads one message of a request, whose length has been checked. Returns 0, or -EINVAL or -ERANGE
 * with *ret_error.
 * Models: nlmsg_parse_deprecated() with ifla_policy[], and the policies of the kinds
 */
int link_request_read(const struct nlmsghdr *header, struct link_request *ret_request,
		      struct request_error *ret_error);

#endif
