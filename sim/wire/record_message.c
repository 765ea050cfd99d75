/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A record of a run as the message that a kernel would send. */
#include "sim/wire/record_message.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <string.h>

#include "sim/language/names.h"

static void take_address(const struct record *record, struct rtnl_link_message *ret_message)
{
	if (record->type == ARPHRD_NONE)
		return;
	for (unsigned int i = 0; i < ETH_ALEN; i++)
		ret_message->address[i] = (uint8_t)(record->address >> 8 * (ETH_ALEN - 1 - i));
	ret_message->address_len = ETH_ALEN;
	memset(ret_message->broadcast, record->type == ARPHRD_LOOPBACK ? 0 : 0xff, ETH_ALEN);
	ret_message->broadcast_len = ETH_ALEN;
	ret_message->has |= LINK_HAS_ADDRESS | LINK_HAS_BROADCAST;
}

static void take_link(const struct record *record, struct listener *listener,
		      struct rtnl_link_message *ret_message)
{
	if (record->link_netns) {
		ret_message->has |= LINK_HAS_LINK_NETNSID;
		ret_message->link_netnsid = listener_nsid(listener, record->link_netns);
	}
	if (record->has_link) {
		ret_message->has |= LINK_HAS_LINK;
		ret_message->link = record->link;
	}
}

void record_message(const struct record *record, struct listener *listener,
		    struct rtnl_link_message *ret_message)
{
	*ret_message = (struct rtnl_link_message){
		.is_dellink = record->kind == RECORD_DELLINK,
		.type = record->type,
		.ifindex = record->ifindex,
		.flags = record->flags,
		.change = record->change,
		.has = LINK_HAS_NAME | LINK_HAS_TXQLEN | LINK_HAS_OPERSTATE | LINK_HAS_LINKMODE |
		       LINK_HAS_MTU | LINK_HAS_GROUP | LINK_HAS_PROMISCUITY | LINK_HAS_TX_QUEUES |
		       LINK_HAS_RX_QUEUES | LINK_HAS_CARRIER | LINK_HAS_CARRIER_CHANGES |
		       LINK_HAS_CARRIER_UP | LINK_HAS_CARRIER_DOWN | LINK_HAS_PROTO_DOWN |
		       LINK_HAS_QDISC,
		.txqlen = record->txqlen,
		.operstate = record->operstate,
		.linkmode = record->linkmode,
		.mtu = record->mtu,
		.promiscuity = record->promiscuity,
		.tx_queues = 1,
		.rx_queues = 1,
		.carrier = record->carrier,
		.carrier_changes = record->carrier_up + record->carrier_down,
		.carrier_up = record->carrier_up,
		.carrier_down = record->carrier_down,
		.proto_down = record->proto_down,
	};
	memcpy(ret_message->name, record->dev, sizeof(ret_message->name));
	strcpy(ret_message->qdisc, qdisc_name(record->qdisc));
	take_address(record, ret_message);
	if (record->has_rtnl_kind) {
		ret_message->has |= LINK_HAS_KIND;
		strcpy(ret_message->kind, record->driver);
	}
	if (record->master) {
		ret_message->has |= LINK_HAS_MASTER | LINK_HAS_SLAVE_KIND;
		ret_message->master = record->master;
		strcpy(ret_message->slave_kind, record->master_driver);
	}
	take_link(record, listener, ret_message);
}
