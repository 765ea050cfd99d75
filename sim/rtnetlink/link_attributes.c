/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which attribute is in which field, in the order in which a kernel sends them (seen on 6.18). */
#include "sim/rtnetlink/link_attributes.h"

#include <linux/if_link.h>

#define FIELD(field) offsetof(struct rtnl_link_message, field)
#define FIELD_BYTES(field) sizeof(((struct rtnl_link_message *)0)->field)
#define NUMBER(type_, kind_, has_, field)                                                          \
	{                                                                                          \
		type_, kind_, has_, FIELD(field), 0, 0                                             \
	}
#define TEXT(type_, has_, field)                                                                   \
	{                                                                                          \
		type_, LINK_TEXT, has_, FIELD(field), FIELD_BYTES(field), 0                        \
	}
#define BYTES(type_, kind_, has_, field)                                                           \
	{                                                                                          \
		type_, kind_, has_, FIELD(field), FIELD_BYTES(field), FIELD(field##_len)           \
	}

const struct link_attribute link_attributes[] = {
	TEXT(IFLA_IFNAME, LINK_HAS_NAME, name),
	NUMBER(IFLA_TXQLEN, LINK_U32, LINK_HAS_TXQLEN, txqlen),
	NUMBER(IFLA_OPERSTATE, LINK_U8, LINK_HAS_OPERSTATE, operstate),
	NUMBER(IFLA_LINKMODE, LINK_U8, LINK_HAS_LINKMODE, linkmode),
	NUMBER(IFLA_MTU, LINK_U32, LINK_HAS_MTU, mtu),
	NUMBER(IFLA_GROUP, LINK_U32, LINK_HAS_GROUP, group),
	NUMBER(IFLA_PROMISCUITY, LINK_U32, LINK_HAS_PROMISCUITY, promiscuity),
	NUMBER(IFLA_NUM_TX_QUEUES, LINK_U32, LINK_HAS_TX_QUEUES, tx_queues),
	NUMBER(IFLA_NUM_RX_QUEUES, LINK_U32, LINK_HAS_RX_QUEUES, rx_queues),
	NUMBER(IFLA_MASTER, LINK_U32, LINK_HAS_MASTER, master),
	NUMBER(IFLA_CARRIER, LINK_U8, LINK_HAS_CARRIER, carrier),
	TEXT(IFLA_IFALIAS, LINK_HAS_ALIAS, alias),
	NUMBER(IFLA_CARRIER_CHANGES, LINK_U32, LINK_HAS_CARRIER_CHANGES, carrier_changes),
	NUMBER(IFLA_CARRIER_UP_COUNT, LINK_U32, LINK_HAS_CARRIER_UP, carrier_up),
	NUMBER(IFLA_CARRIER_DOWN_COUNT, LINK_U32, LINK_HAS_CARRIER_DOWN, carrier_down),
	NUMBER(IFLA_PROTO_DOWN, LINK_U8, LINK_HAS_PROTO_DOWN, proto_down),
	BYTES(IFLA_ADDRESS, LINK_ADDRESS, LINK_HAS_ADDRESS, address),
	BYTES(IFLA_BROADCAST, LINK_ADDRESS, LINK_HAS_BROADCAST, broadcast),
	{ 0 },
};

const struct link_attribute link_info_attributes[] = {
	TEXT(IFLA_INFO_KIND, LINK_HAS_KIND, kind),
	BYTES(IFLA_INFO_DATA, LINK_DATA, LINK_HAS_INFO_DATA, info_data),
	TEXT(IFLA_INFO_SLAVE_KIND, LINK_HAS_SLAVE_KIND, slave_kind),
	{ 0 },
};

const struct link_attribute link_attributes_after_info[] = {
	NUMBER(IFLA_LINK_NETNSID, LINK_U32, LINK_HAS_LINK_NETNSID, link_netnsid),
	NUMBER(IFLA_LINK, LINK_U32, LINK_HAS_LINK, link),
	TEXT(IFLA_QDISC, LINK_HAS_QDISC, qdisc),
	{ 0 },
};

const struct link_attribute *link_attribute_find(const struct link_attribute *table, uint16_t type)
{
	for (const struct link_attribute *at = table; at->has; at++)
		if (at->type == type && at->kind != LINK_DATA)
			return at;
	return NULL;
}

const struct link_attribute *link_attribute_of(uint16_t type)
{
	const struct link_attribute *found = link_attribute_find(link_attributes, type);

	return found ? found : link_attribute_find(link_attributes_after_info, type);
}
