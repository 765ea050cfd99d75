/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the model says of a link as the message that a kernel would send. */
#include "sim/rtnetlink/model_message.h"

#include <linux/if_arp.h>
#include <linux/if_ether.h>
#include <string.h>

#include "sim/rtnetlink/info_data.h"

const char *rtnl_qdisc_name(uint8_t qdisc)
{
	static const char *const names[] = {
		[QDISC_NOOP] = "noop",
		[QDISC_NOQUEUE] = "noqueue",
		[QDISC_PFIFO_FAST] = "pfifo_fast",
	};

	return names[qdisc];
}

static uint16_t type_of(const struct net_device_ops *ops)
{
	if (ops->flags & IFF_LOOPBACK)
		return ARPHRD_LOOPBACK;
	return ops->flags & IFF_POINTOPOINT ? ARPHRD_NONE : ARPHRD_ETHER;
}

static void take_address(const struct link_message *message, struct rtnl_link_message *ret_message)
{
	if (ret_message->type == ARPHRD_NONE)
		return;
	for (unsigned int i = 0; i < ETH_ALEN; i++)
		ret_message->address[i] = (uint8_t)(message->address >> 8 * (ETH_ALEN - 1 - i));
	ret_message->address_len = ETH_ALEN;
	memset(ret_message->broadcast, ret_message->type == ARPHRD_LOOPBACK ? 0 : 0xff, ETH_ALEN);
	ret_message->broadcast_len = ETH_ALEN;
	ret_message->has |= LINK_HAS_ADDRESS | LINK_HAS_BROADCAST;
}

bool model_message_has_netnsid(const struct link_message *message)
{
	return message->has_link && message->link_net != dev_net(message->dev);
}

void model_message(const struct link_message *message, int32_t link_netnsid,
		   struct rtnl_link_message *ret_message)
{
	const struct net_device *dev = message->dev;

	*ret_message = (struct rtnl_link_message){
		.is_dellink = message->is_dellink,
		.type = type_of(dev->netdev_ops),
		.ifindex = dev->ifindex,
		.flags = message->ifi_flags,
		.change = message->ifi_change,
		.has = LINK_HAS_NAME | LINK_HAS_TXQLEN | LINK_HAS_OPERSTATE | LINK_HAS_LINKMODE |
		       LINK_HAS_MTU | LINK_HAS_GROUP | LINK_HAS_PROMISCUITY | LINK_HAS_TX_QUEUES |
		       LINK_HAS_RX_QUEUES | LINK_HAS_CARRIER | LINK_HAS_CARRIER_CHANGES |
		       LINK_HAS_CARRIER_UP | LINK_HAS_CARRIER_DOWN | LINK_HAS_PROTO_DOWN |
		       LINK_HAS_QDISC,
		.txqlen = message->tx_queue_len,
		.operstate = message->operstate,
		.linkmode = message->link_mode,
		.mtu = message->mtu,
		.promiscuity = message->promiscuity,
		.tx_queues = 1,
		.rx_queues = 1,
		.carrier = message->carrier,
		.carrier_changes = message->carrier_up_count + message->carrier_down_count,
		.carrier_up = message->carrier_up_count,
		.carrier_down = message->carrier_down_count,
		.proto_down = message->proto_down,
	};
	memcpy(ret_message->name, dev->name, sizeof(ret_message->name));
	strcpy(ret_message->qdisc, rtnl_qdisc_name(message->qdisc));
	take_address(message, ret_message);
	if (dev->netdev_ops->dellink) {
		ret_message->has |= LINK_HAS_KIND;
		strcpy(ret_message->kind, dev->netdev_ops->kind);
		ret_message->info_data_len = (uint8_t)info_data_write(dev, ret_message->info_data);
		if (ret_message->info_data_len)
			ret_message->has |= LINK_HAS_INFO_DATA;
	}
	if (message->master) {
		ret_message->has |= LINK_HAS_MASTER | LINK_HAS_SLAVE_KIND;
		ret_message->master = message->master->ifindex;
		strcpy(ret_message->slave_kind, message->master->netdev_ops->kind);
	}
	if (message->has_link) {
		ret_message->has |= LINK_HAS_LINK;
		ret_message->link = message->link;
	}
	if (model_message_has_netnsid(message)) {
		ret_message->has |= LINK_HAS_LINK_NETNSID;
		ret_message->link_netnsid = link_netnsid;
	}
}
