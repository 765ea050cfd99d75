/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `ip link` does. */
#include <errno.h>
#include <linux/if_ether.h>
#include <string.h>

#include "sim/library/library_private.h"
#include "sim/rtnetlink/link_change.h"

/* `ip` looks a name up by RTM_GETLINK. */
struct question {
	const char *name;
	int32_t ifindex;
};

static int ask(struct lw_machine *machine, void *arg)
{
	struct question *question = arg;
	struct net_device *dev = lw_device(machine, question->name);

	if (!dev)
		return -ENODEV;
	linkwatch_query_dev(dev);
	question->ifindex = dev->ifindex;
	return 0;
}

/* The number of a device, 0 for no name. Ends the call if there is no such device. */
static int ask_for(struct lw_machine *machine, const char *name, int32_t *ret_ifindex)
{
	struct question question = { .name = name };
	int err = name ? lw_locked(machine, ask, &question) : 0;

	*ret_ifindex = question.ifindex;
	if (!err)
		return 0;
	lw_finish(machine, err);
	return err == -ENODEV ? lw_no_device(machine, name) : err;
}

/*
 * ip link add
 */

static int add(struct lw_machine *machine, void *arg)
{
	return rtnl_newlink(machine->m, arg);
}

static int copy_name(struct lw_machine *machine, const char *name, char ret_name[IFNAMSIZ])
{
	size_t len = strnlen(name, IFNAMSIZ);

	if (len == IFNAMSIZ)
		return lw_fail(machine, -EINVAL, "\"%s\" is not a valid ifname", name);
	memcpy(ret_name, name, len + 1);
	return 0;
}

static int create_link(struct lw_machine *machine, const char *name, const char *link,
		       struct link_create *create)
{
	int err = copy_name(machine, name, create->name);

	if (!err)
		err = ask_for(machine, link, &create->link);
	if (err)
		return err;
	create->net = lw_net(machine);
	return lw_finish(machine, lw_locked(machine, add, create));
}

/* A kind among some. */
static int take_kind(struct lw_machine *machine, const char *name, unsigned int allowed,
		     enum link_kind *ret_kind)
{
	int kind = link_kind_from_name(name);

	if (kind < 0 || !(allowed & 1U << kind))
		return lw_fail(machine, -EINVAL, "kind %s: this function does not create it", name);
	*ret_kind = (enum link_kind)kind;
	return 0;
}

int lw_link_add(struct lw_machine *machine, const char *name, const char *kind)
{
	struct link_create create = { .link = 0 };
	int err = take_kind(machine, kind,
			    1U << LINK_KIND_DUMMY | 1U << LINK_KIND_BRIDGE | 1U << LINK_KIND_TEAM |
				    1U << LINK_KIND_BOND,
			    &create.kind);

	return err ? err : create_link(machine, name, NULL, &create);
}

int lw_link_add_veth(struct lw_machine *machine, const char *name, const char *peer)
{
	struct link_create create = { .kind = LINK_KIND_VETH };
	int err = copy_name(machine, peer, create.peer_name);

	return err ? err : create_link(machine, name, NULL, &create);
}

int lw_link_add_vlan(struct lw_machine *machine, const char *name, const char *link, uint16_t id)
{
	struct link_create create = {
		.kind = LINK_KIND_VLAN,
		.vlan_id = id,
		.vlan_proto = ETH_P_8021Q,
	};

	return create_link(machine, name, link, &create);
}

int lw_link_add_on(struct lw_machine *machine, const char *name, const char *kind, const char *link)
{
	struct link_create create = { .link = 0 };
	int err = take_kind(machine, kind, 1U << LINK_KIND_MACVLAN | 1U << LINK_KIND_IPVLAN,
			    &create.kind);

	return err ? err : create_link(machine, name, link, &create);
}

int lw_link_add_vrf(struct lw_machine *machine, const char *name, uint32_t table)
{
	struct link_create create = { .kind = LINK_KIND_VRF, .vrf_table = table };

	return create_link(machine, name, NULL, &create);
}

int lw_link_add_bond(struct lw_machine *machine, const char *name, uint8_t mode, uint32_t miimon_ms)
{
	struct link_create create = {
		.kind = LINK_KIND_BOND,
		.bond_mode = mode,
		.bond_miimon = miimon_ms,
	};

	if (mode > BOND_MODE_XOR)
		return lw_fail(machine, -EINVAL, "bond mode %u: expected 0, 1 or 2", mode);
	return create_link(machine, name, NULL, &create);
}

/*
 * ip link set, ip link del
 */

struct change {
	int32_t ifindex;
	struct link_attrs attrs;
};

static int set(struct lw_machine *machine, void *arg)
{
	const struct change *change = arg;
	struct net_device *dev = __dev_get_by_index(lw_net(machine), change->ifindex);

	return dev ? do_setlink(dev, &change->attrs) : -ENODEV;
}

static int set_link(struct lw_machine *machine, const char *name, const struct link_attrs *attrs)
{
	struct change change = { .attrs = *attrs };
	int err = ask_for(machine, name, &change.ifindex);

	return err ? err : lw_finish(machine, lw_locked(machine, set, &change));
}

static int del(struct lw_machine *machine, void *arg)
{
	const int32_t *ifindex = arg;
	struct net_device *dev = __dev_get_by_index(lw_net(machine), *ifindex);

	return dev ? rtnl_dellink(dev) : -ENODEV;
}

int lw_link_del(struct lw_machine *machine, const char *name)
{
	int32_t ifindex;
	int err = ask_for(machine, name, &ifindex);

	return err ? err : lw_finish(machine, lw_locked(machine, del, &ifindex));
}

int lw_link_up(struct lw_machine *machine, const char *name)
{
	return set_link(machine, name,
			&(struct link_attrs){ .ifi_flags = IFF_UP, .ifi_change = IFF_UP });
}

int lw_link_down(struct lw_machine *machine, const char *name)
{
	return set_link(machine, name, &(struct link_attrs){ .ifi_change = IFF_UP });
}

int lw_link_master(struct lw_machine *machine, const char *name, const char *master)
{
	struct link_attrs attrs = { .has_master = true };
	int err = ask_for(machine, master, &attrs.master);

	return err ? err : set_link(machine, name, &attrs);
}

int lw_link_state(struct lw_machine *machine, const char *name, uint8_t operstate)
{
	return set_link(machine, name,
			&(struct link_attrs){ .has_operstate = true, .operstate = operstate });
}

int lw_link_mode(struct lw_machine *machine, const char *name, uint8_t linkmode)
{
	return set_link(machine, name,
			&(struct link_attrs){ .has_linkmode = true, .linkmode = linkmode });
}

int lw_link_carrier(struct lw_machine *machine, const char *name, bool has_carrier)
{
	return set_link(machine, name,
			&(struct link_attrs){ .has_carrier = true, .carrier = has_carrier });
}

int lw_link_protodown(struct lw_machine *machine, const char *name, bool is_down)
{
	return set_link(machine, name,
			&(struct link_attrs){ .has_proto_down = true, .proto_down = is_down });
}

int lw_link_mtu(struct lw_machine *machine, const char *name, uint32_t mtu)
{
	return set_link(machine, name, &(struct link_attrs){ .has_mtu = true, .mtu = mtu });
}

int lw_link_txqlen(struct lw_machine *machine, const char *name, uint32_t len)
{
	if (len > INT16_MAX)
		return lw_fail(machine, -EINVAL, "txqlen %u: at most %d", len, INT16_MAX);
	return set_link(machine, name, &(struct link_attrs){ .has_txqlen = true, .txqlen = len });
}

int lw_link_address(struct lw_machine *machine, const char *name, const uint8_t address[6])
{
	struct link_attrs attrs = { .has_address = true };

	for (unsigned int i = 0; i < ETH_ALEN; i++)
		attrs.address = attrs.address << 8 | address[i];
	return set_link(machine, name, &attrs);
}

int lw_link_rename(struct lw_machine *machine, const char *name, const char *new_name)
{
	struct link_attrs attrs = { .ifi_flags = 0 };
	int err = copy_name(machine, new_name, attrs.ifname);

	return err ? err : set_link(machine, name, &attrs);
}

int lw_link_netns(struct lw_machine *machine, const char *name, int netns)
{
	struct link_attrs attrs = { .net = lw_net_of(machine, netns) };

	if (!attrs.net)
		return lw_fail(machine, -ENOENT, "no network namespace %d", netns);
	return set_link(machine, name, &attrs);
}
