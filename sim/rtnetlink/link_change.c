/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests that create, change and delete links, as calls of the model. */
#include "sim/rtnetlink/link_change.h"

#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <string.h>

int link_of_request(struct net *net, const struct link_request *request,
		    struct net_device **ret_dev)
{
	const struct rtnl_link_message *link = &request->link;

	if (link->ifindex > 0)
		*ret_dev = __dev_get_by_index(net, link->ifindex);
	else if (link->has & LINK_HAS_NAME)
		*ret_dev = __dev_get_by_name(net, link->name);
	else
		return -EINVAL;
	return *ret_dev ? 0 : -ENODEV;
}

int link_kind_from_name(const char *name)
{
	static const char *const names[LINK_KIND_COUNT] = {
		[LINK_KIND_DUMMY] = "dummy",   [LINK_KIND_VETH] = "veth",
		[LINK_KIND_VLAN] = "vlan",     [LINK_KIND_MACVLAN] = "macvlan",
		[LINK_KIND_IPVLAN] = "ipvlan", [LINK_KIND_TEAM] = "team",
		[LINK_KIND_VRF] = "vrf",       [LINK_KIND_BOND] = "bond",
		[LINK_KIND_BRIDGE] = "bridge",
	};

	for (int kind = 0; kind < LINK_KIND_COUNT; kind++)
		if (strcmp(names[kind], name) == 0)
			return kind;
	return -1;
}

static uint64_t address_of(const uint8_t bytes[ETH_ALEN])
{
	uint64_t address = 0;

	for (unsigned int i = 0; i < ETH_ALEN; i++)
		address = address << 8 | bytes[i];
	return address;
}

/* IFLA_NET_NS_PID (only process 1 exists) or IFLA_NET_NS_FD; NULL: neither.
 * Models: rtnl_link_get_net() */
static int take_net(const struct rtnl_socket *socket, const struct link_request *request,
		    struct net **ret_net)
{
	*ret_net = NULL;
	if (request->has & REQUEST_HAS_NET_NS_PID) {
		if (request->net_ns_pid != 1)
			return -ESRCH;
		*ret_net = init_net(socket->net->machine);
	} else if (request->has & REQUEST_HAS_NET_NS_FD) {
		*ret_net = socket->net_of_fd(socket->user, request->net_ns_fd);
		if (!*ret_net)
			return -EBADF;
	}
	return 0;
}

/* What a request says of a link, or of a veth's peer. Models: validate_linkmsg() */
static int take_attrs(const struct rtnl_link_message *link, struct link_attrs *ret_attrs)
{
	*ret_attrs = (struct link_attrs){
		.ifi_flags = link->flags,
		.ifi_change = link->change,
		.has_carrier = link->has & LINK_HAS_CARRIER,
		.carrier = link->carrier,
		.has_operstate = link->has & LINK_HAS_OPERSTATE,
		.operstate = link->operstate,
		.has_linkmode = link->has & LINK_HAS_LINKMODE,
		.linkmode = link->linkmode,
		.has_address = link->has & LINK_HAS_ADDRESS,
		.address = address_of(link->address),
		.has_mtu = link->has & LINK_HAS_MTU,
		.mtu = link->mtu,
		.has_group = link->has & LINK_HAS_GROUP,
		.has_alias = link->has & LINK_HAS_ALIAS,
		.has_txqlen = link->has & LINK_HAS_TXQLEN,
		.txqlen = link->txqlen,
		.has_proto_down = link->has & LINK_HAS_PROTO_DOWN,
		.proto_down = link->proto_down,
		.has_master = link->has & LINK_HAS_MASTER,
		.master = link->master,
	};
	return ret_attrs->has_address && link->address_len < ETH_ALEN ? -EINVAL : 0;
}

static int set(const struct rtnl_socket *socket, const struct link_request *request,
	       struct net_device *dev)
{
	struct link_attrs attrs;
	int err = take_attrs(&request->link, &attrs);

	if (!err)
		err = take_net(socket, request, &attrs.net);
	attrs.new_ifindex = request->new_ifindex;
	/* only with a number is the name a new one */
	if (!err && request->link.ifindex > 0)
		memcpy(attrs.ifname, request->link.name, sizeof(attrs.ifname));
	return err ? err : do_setlink(dev, &attrs);
}

int link_set(const struct rtnl_socket *socket, const struct link_request *request)
{
	struct net_device *dev;
	int err = link_of_request(socket->net, request, &dev);

	return err ? err : set(socket, request, dev);
}

int link_del(const struct rtnl_socket *socket, const struct link_request *request)
{
	struct net_device *dev;
	int err = link_of_request(socket->net, request, &dev);

	return err ? err : rtnl_dellink(dev);
}

static int refuse(const char **ret_text, const char *text)
{
	*ret_text = text;
	return -EINVAL;
}

#define REQUEST_HAS_VLAN (REQUEST_HAS_VLAN_ID | REQUEST_HAS_VLAN_PROTOCOL | REQUEST_HAS_VLAN_FLAGS)
#define REQUEST_HAS_DATA                                                                           \
	(REQUEST_HAS_VLAN | REQUEST_HAS_VRF_TABLE | REQUEST_HAS_BOND_MODE |                        \
	 REQUEST_HAS_BOND_MIIMON | REQUEST_HAS_PEER | REQUEST_HAS_MODE)

/* Models: macvlan_validate() */
static bool is_macvlan_mode(uint32_t mode)
{
	return mode == MACVLAN_MODE_PRIVATE || mode == MACVLAN_MODE_VEPA ||
	       mode == MACVLAN_MODE_BRIDGE || mode == MACVLAN_MODE_PASSTHRU ||
	       mode == MACVLAN_MODE_SOURCE;
}

/* What a kind requires to be there. Models: each rtnl_link_ops' validate() and newlink() */
static int check_presence(const struct link_request *request, int kind, const char **ret_text)
{
	bool has_link = request->link.has & LINK_HAS_LINK;

	if (kind == LINK_KIND_VLAN && !(request->has & REQUEST_HAS_VLAN))
		return refuse(ret_text, "8021q: VLAN properties not specified");
	if (kind == LINK_KIND_VLAN && !(request->has & REQUEST_HAS_VLAN_ID))
		return refuse(ret_text, "8021q: VLAN id not specified");
	if (kind == LINK_KIND_VLAN && !has_link)
		return refuse(ret_text, "8021q: link not specified");
	if (kind == LINK_KIND_VRF && !(request->has & REQUEST_HAS_VRF_TABLE))
		return refuse(ret_text, "VRF table id is missing");
	if (kind == LINK_KIND_VRF && !request->vrf_table)
		return refuse(ret_text, "Invalid VRF table id");
	if ((kind == LINK_KIND_MACVLAN || kind == LINK_KIND_IPVLAN) && !has_link)
		return -EINVAL;
	if (kind == LINK_KIND_MACVLAN && request->has & REQUEST_HAS_MODE &&
	    !is_macvlan_mode(request->mode))
		return -EINVAL;
	return 0;
}

/* prefix, and the least number with which no device of the namespace has that name. */
static int free_name(const struct net *net, const char *prefix, char ret_name[IFNAMSIZ])
{
	for (unsigned int i = 0; i < 1000; i++) {
		unsigned int scale = 100;
		char *end = stpcpy(ret_name, prefix);

		while (scale > 1 && i < scale)
			scale /= 10;
		for (; scale; scale /= 10)
			*end++ = (char)('0' + i / scale % 10);
		*end = '\0';
		if (!__dev_get_by_name(net, ret_name))
			return 0;
	}
	return -ENFILE;
}

static void take_vlan(const struct link_request *request, struct link_create *create)
{
	uint32_t flags = request->vlan_flags & request->vlan_flags_mask;

	create->vlan_id = request->vlan_id;
	create->vlan_proto = request->vlan_protocol ? request->vlan_protocol : ETH_P_8021Q;
	create->is_loose = flags & VLAN_FLAG_LOOSE_BINDING;
	create->is_bridge_bound = flags & VLAN_FLAG_BRIDGE_BINDING;
}

static int take_peer(const struct rtnl_socket *socket, const struct link_request *request,
		     struct link_create *create)
{
	int err = take_attrs(&request->peer, &create->peer_attrs);

	create->peer_attrs.new_ifindex = request->peer.ifindex;
	if (err || request->peer.has & LINK_HAS_NAME) {
		memcpy(create->peer_name, request->peer.name, sizeof(create->peer_name));
		return err;
	}
	err = free_name(socket->net, "veth", create->peer_name);
	/* both are to get one, and neither is there yet */
	if (!err && strcmp(create->peer_name, create->name) == 0)
		create->peer_name[4]++;
	return err;
}

static int create_link(const struct rtnl_socket *socket, const struct link_request *request,
		       int kind, const char **ret_text)
{
	const struct rtnl_link_message *link = &request->link;
	struct link_create create = {
		.net = socket->net,
		.kind = (enum link_kind)kind,
		.link = link->link,
		.vrf_table = request->vrf_table,
		.bond_mode = request->bond_mode,
		.bond_miimon = request->bond_miimon,
		.has_mode = request->has & REQUEST_HAS_MODE,
		.mode = (uint16_t)request->mode,
	};
	int err = check_presence(request, kind, ret_text);

	if (!err)
		err = take_attrs(link, &create.attrs);
	if (!err)
		err = take_net(socket, request, &create.attrs.net);
	create.attrs.new_ifindex = link->ifindex;
	take_vlan(request, &create);
	if (!err && *link->name)
		memcpy(create.name, link->name, sizeof(create.name));
	else if (!err)
		err = free_name(socket->net, link->kind, create.name);
	if (!err && kind == LINK_KIND_VETH)
		err = take_peer(socket, request, &create);
	return err ? err : rtnl_newlink(socket->net->machine, &create);
}

int link_new(const struct rtnl_socket *socket, const struct link_request *request,
	     const char **ret_text)
{
	uint16_t nl_flags = request->link.nl_flags;
	struct net_device *dev = NULL;
	int kind = link_kind_from_name(request->link.kind);

	if (request->link.ifindex < 0)
		return refuse(ret_text, "ifindex can't be negative");
	if (link_of_request(socket->net, request, &dev) == 0) {
		if (nl_flags & NLM_F_EXCL)
			return -EEXIST;
		if (nl_flags & NLM_F_REPLACE || request->has & REQUEST_HAS_DATA)
			return -EOPNOTSUPP;
		return set(socket, request, dev);
	}
	if (!(nl_flags & NLM_F_CREATE))
		return -ENODEV;
	if (kind < 0) {
		*ret_text = "Unknown device type";
		return -EOPNOTSUPP;
	}
	return create_link(socket, request, kind, ret_text);
}
