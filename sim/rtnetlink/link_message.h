/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * RTM_NEWLINK and RTM_DELLINK as bytes, both ways. The bytes are netlink's: in the byte order of
 * this machine.
 */
#ifndef LWSIM_SIM_RTNETLINK_LINK_MESSAGE_H
#define LWSIM_SIM_RTNETLINK_LINK_MESSAGE_H

#include <linux/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LINK_ADDRESS_MAX_BYTES 32 /* MAX_ADDR_LEN */
#define LINK_ALIAS_MAX_BYTES 256  /* IFALIASZ */
#define LINK_KIND_MAX_BYTES 56	  /* MODULE_NAME_LEN */
#define LINK_DATA_MAX_BYTES 64	  /* of the attributes in IFLA_INFO_DATA */

/* Which attributes a message has, as bits of rtnl_link_message.has. */
enum link_has {
	LINK_HAS_NAME = 1U << 0,	     /* IFLA_IFNAME */
	LINK_HAS_TXQLEN = 1U << 1,	     /* IFLA_TXQLEN */
	LINK_HAS_OPERSTATE = 1U << 2,	     /* IFLA_OPERSTATE */
	LINK_HAS_LINKMODE = 1U << 3,	     /* IFLA_LINKMODE */
	LINK_HAS_MTU = 1U << 4,		     /* IFLA_MTU */
	LINK_HAS_GROUP = 1U << 5,	     /* IFLA_GROUP */
	LINK_HAS_PROMISCUITY = 1U << 6,	     /* IFLA_PROMISCUITY */
	LINK_HAS_TX_QUEUES = 1U << 7,	     /* IFLA_NUM_TX_QUEUES */
	LINK_HAS_RX_QUEUES = 1U << 8,	     /* IFLA_NUM_RX_QUEUES */
	LINK_HAS_MASTER = 1U << 9,	     /* IFLA_MASTER */
	LINK_HAS_CARRIER = 1U << 10,	     /* IFLA_CARRIER */
	LINK_HAS_ALIAS = 1U << 11,	     /* IFLA_IFALIAS */
	LINK_HAS_CARRIER_CHANGES = 1U << 12, /* IFLA_CARRIER_CHANGES */
	LINK_HAS_CARRIER_UP = 1U << 13,	     /* IFLA_CARRIER_UP_COUNT */
	LINK_HAS_CARRIER_DOWN = 1U << 14,    /* IFLA_CARRIER_DOWN_COUNT */
	LINK_HAS_PROTO_DOWN = 1U << 15,	     /* IFLA_PROTO_DOWN */
	LINK_HAS_ADDRESS = 1U << 16,	     /* IFLA_ADDRESS */
	LINK_HAS_BROADCAST = 1U << 17,	     /* IFLA_BROADCAST */
	LINK_HAS_KIND = 1U << 18,	     /* IFLA_INFO_KIND of IFLA_LINKINFO */
	LINK_HAS_SLAVE_KIND = 1U << 19,	     /* IFLA_INFO_SLAVE_KIND of IFLA_LINKINFO */
	LINK_HAS_LINK_NETNSID = 1U << 20,    /* IFLA_LINK_NETNSID */
	LINK_HAS_LINK = 1U << 21,	     /* IFLA_LINK */
	LINK_HAS_QDISC = 1U << 22,	     /* IFLA_QDISC */
	LINK_HAS_INFO_DATA = 1U << 23,	     /* IFLA_INFO_DATA of IFLA_LINKINFO: only written */
};

/*
 * One message. A field whose bit in `has` is clear is 0 after reading, and is not written. (The
 * model's struct link_message, of model/netdevice.h, is what the model says before it is encoded.)
 */
struct rtnl_link_message {
	bool is_dellink;      /* RTM_DELLINK; else RTM_NEWLINK */
	uint8_t family;	      /* ifi_family: AF_UNSPEC, or AF_BRIDGE for a bridge port's own */
	uint16_t type;	      /* ifi_type: ARPHRD_* */
	int32_t ifindex;      /* ifi_index */
	uint32_t flags;	      /* ifi_flags: IFF_* */
	uint32_t change;      /* ifi_change */
	uint16_t nl_flags;    /* nlmsg_flags: NLM_F_MULTI in a dump; 0: multicast */
	uint32_t seq, portid; /* nlmsg_seq, nlmsg_pid: 0: multicast */

	uint32_t has; /* enum link_has */
	char name[IFNAMSIZ];
	uint32_t txqlen;
	uint8_t operstate; /* IF_OPER_* */
	uint8_t linkmode;  /* IF_LINK_MODE_* */
	uint32_t mtu;
	uint32_t group;
	uint32_t promiscuity;
	uint32_t tx_queues, rx_queues;
	int32_t master; /* ifindex */
	bool carrier;
	char alias[LINK_ALIAS_MAX_BYTES];
	uint32_t carrier_changes, carrier_up, carrier_down;
	bool proto_down;
	uint8_t address[LINK_ADDRESS_MAX_BYTES], broadcast[LINK_ADDRESS_MAX_BYTES];
	uint8_t address_len, broadcast_len;
	char kind[LINK_KIND_MAX_BYTES], slave_kind[LINK_KIND_MAX_BYTES];
	uint8_t info_data[LINK_DATA_MAX_BYTES]; /* its attributes, as bytes */
	uint8_t info_data_len;
	int32_t link_netnsid;
	int32_t link; /* ifindex; 0: of a veth without its peer */
	char qdisc[IFNAMSIZ];

	uint32_t unknown_attributes; /* reading: how many it has besides; writing: not used */
};

#define LINK_ERROR_MAX_BYTES 128

/* Why bytes are no message. */
struct link_error {
	size_t offset; /* in the bytes given */
	char reason[LINK_ERROR_MAX_BYTES];
};

/* Enough for any message that link_message_write() writes. */
#define LINK_MESSAGE_MAX_BYTES 1024

/*
 * Writes the message, with its struct nlmsghdr, in the order in which a kernel sends attributes.
 * Returns the length, a multiple of 4. The text fields end with a NUL.
 */
size_t link_message_write(const struct rtnl_link_message *message,
			  uint8_t ret_bytes[LINK_MESSAGE_MAX_BYTES]);

enum link_read {
	LINK_READ,	 /* *ret_message is filled in */
	LINK_READ_OTHER, /* a whole message, neither RTM_NEWLINK nor RTM_DELLINK */
	LINK_READ_WRONG, /* *ret_error is filled in */
};

/*
 * Reads the message at the start of `bytes`, which are aligned to 4. *ret_len gets its length up to
 * the next message, unless the result is LINK_READ_WRONG; it is at most len.
 */
enum link_read link_message_read(const void *bytes, size_t len,
				 struct rtnl_link_message *ret_message, size_t *ret_len,
				 struct link_error *ret_error);

#endif
