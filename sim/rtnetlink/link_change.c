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
	const struct request_values *values = &request->values;

	if (values->ifindex > 0)
		*ret_dev = __dev_get_by_index(net, values->ifindex);
	else if (values->has & REQUEST_HAS_NAME)
		*ret_dev = __dev_get_by_name(net, values->name);
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
static int take_net(const struct rtnl_socket *socket, const struct request_values *values,
		    struct net **ret_net)
{
	*ret_net = NULL;
	if (values->has & REQUEST_HAS_NETNS_PID) {
		if (values->netns_pid != 1)
			return -ESRCH;
		*ret_net = init_net(socket->net->machine);
	} else if (values->has & REQUEST_HAS_NETNS_FD) {
		*ret_net = socket->net_of_fd(socket->user, values->netns_fd);
		if (!*ret_net)
			return -EBADF;
	}
	return 0;
}

static int take_attrs(const struct rtnl_socket *socket, const struct request_values *values,
		      struct link_attrs *ret_attrs)
{
	*ret_attrs = (struct link_attrs){
		.new_ifindex = (int32_t)values->new_ifindex,
		.ifi_flags = values->flags,
		.ifi_change = values->change,
		.has_carrier = values->has & REQUEST_HAS_CARRIER,
		.carrier = values->carrier,
		.has_operstate = values->has & REQUEST_HAS_OPERSTATE,
		.operstate = values->operstate,
		.has_linkmode = values->has & REQUEST_HAS_LINKMODE,
		.linkmode = values->linkmode,
		.has_address = values->has & REQUEST_HAS_ADDRESS,
		.address = address_of(values->address),
		.has_mtu = values->has & REQUEST_HAS_MTU,
		.mtu = values->mtu,
		.has_group = values->has & REQUEST_HAS_GROUP,
		.has_alias = values->has & REQUEST_HAS_ALIAS,
		.has_txqlen = values->has & REQUEST_HAS_TXQLEN,
		.txqlen = values->txqlen,
		.has_proto_down = values->has & REQUEST_HAS_PROTO_DOWN,
		.proto_down = values->proto_down,
		.has_master = values->has & REQUEST_HAS_MASTER,
		.master = (int32_t)values->master,
	};
	/* Models: validate_linkmsg() */
	if (ret_attrs->has_address && values->address_len < ETH_ALEN)
		return -EINVAL;
	return take_net(socket, values, &ret_attrs->net);
}

static int set(const struct rtnl_socket *socket, const struct link_request *request,
	       struct net_device *dev)
{
	struct link_attrs attrs;
	int err = take_attrs(socket, &request->values, &attrs);

	/* only with a number is the name a new one */
	if (!err && request->values.ifindex > 0)
		memcpy(attrs.ifname, request->values.name, sizeof(attrs.ifname));
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

static int refuse(struct request_error *error, const char *text)
{
	error->text = text;
	return -EINVAL;
}

/* What a kind requires to be there. Models: each rtnl_link_ops' validate() and newlink() */
static int check_presence(const struct link_request *request, int kind, struct request_error *error)
{
	bool has_data = request->values.has & REQUEST_HAS_DATA;
	bool has_link = request->values.has & REQUEST_HAS_LINK;

	if (kind == LINK_KIND_VLAN && !has_data)
		return refuse(error, "8021q: VLAN properties not specified");
	if (kind == LINK_KIND_VLAN && !has_link)
		return refuse(error, "8021q: link not specified");
	if (kind == LINK_KIND_VRF && !request->vrf_table)
		return refuse(error, has_data ? "Invalid VRF table id" : "VRF table id is missing");
	if ((kind == LINK_KIND_MACVLAN || kind == LINK_KIND_IPVLAN) && !has_link)
		return refuse(error, NULL);
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
	create->vlan_id = request->vlan_id;
	create->vlan_proto = request->vlan_protocol ? request->vlan_protocol : ETH_P_8021Q;
	create->is_loose = request->vlan_flags & VLAN_FLAG_LOOSE_BINDING;
	create->is_bridge_bound = request->vlan_flags & VLAN_FLAG_BRIDGE_BINDING;
}

static int take_peer(const struct rtnl_socket *socket, const struct link_request *request,
		     struct link_create *create)
{
	int err = take_attrs(socket, &request->peer, &create->peer_attrs);

	create->peer_attrs.new_ifindex = request->peer.ifindex;
	if (err || request->peer.has & REQUEST_HAS_NAME) {
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
		       int kind, struct request_error *error)
{
	struct link_create create = {
		.net = socket->net,
		.kind = (enum link_kind)kind,
		.link = (int32_t)request->values.link,
		.vrf_table = request->vrf_table,
		.bond_mode = request->bond_mode,
		.bond_miimon = request->bond_miimon,
	};
	int err = check_presence(request, kind, error);

	if (!err)
		err = take_attrs(socket, &request->values, &create.attrs);
	create.attrs.new_ifindex = request->values.ifindex;
	take_vlan(request, &create);
	if (!err && request->values.has & REQUEST_HAS_NAME && *request->values.name)
		memcpy(create.name, request->values.name, sizeof(create.name));
	else if (!err)
		err = free_name(socket->net, request->kind, create.name);
	if (!err && kind == LINK_KIND_VETH)
		err = take_peer(socket, request, &create);
	return err ? err : rtnl_newlink(socket->net->machine, &create);
}

int link_new(const struct rtnl_socket *socket, const struct link_request *request,
	     struct request_error *error)
{
	const struct request_values *values = &request->values;
	uint16_t nl_flags = request->header.nlmsg_flags;
	struct net_device *dev = NULL;
	int kind = link_kind_from_name(request->kind);

	if (values->ifindex < 0)
		return refuse(error, "ifindex can't be negative");
	if (link_of_request(socket->net, request, &dev) == 0) {
		if (nl_flags & NLM_F_EXCL)
			return -EEXIST;
		if (nl_flags & NLM_F_REPLACE || values->has & REQUEST_HAS_DATA)
			return -EOPNOTSUPP;
		return set(socket, request, dev);
	}
	if (!(nl_flags & NLM_F_CREATE))
		return -ENODEV;
	if (kind < 0) {
		error->text = "Unknown device type";
		return -EOPNOTSUPP;
	}
	return create_link(socket, request, kind, error);
}
