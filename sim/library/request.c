/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What programs other than `ip` ask of the kernel, and a look at a link that asks nothing. */
#include <errno.h>
#include <string.h>

#include "sim/library/library_private.h"
#include "sim/rtnetlink/model_message.h"

void lw_link_of_device(const struct net_device *dev, struct lw_link *ret_link)
{
	const struct machine *m = dev->machine;
	struct rtnl_link_message message;
	struct link_message said;

	rtnl_fill_ifinfo(dev, &said);
	model_message(&said, -1, &message);
	lw_link_of_message(&message, ret_link);
	ret_link->time_ns = m->now_ns;
	ret_link->jiffy = m->since_boot_j;
	ret_link->stored_operstate = dev->operstate;
	ret_link->is_pending = dev->state & (1UL << __LINK_STATE_LINKWATCH_PENDING);
}

int lw_link_get(const struct lw_machine *machine, const char *name, struct lw_link *ret_link)
{
	const struct net_device *dev = lw_device(machine, name);

	memset(ret_link, 0, sizeof(*ret_link));
	if (!dev)
		return -ENODEV;
	lw_link_of_device(dev, ret_link);
	return 0;
}

int lw_ifindex(const struct lw_machine *machine, const char *name)
{
	const struct net_device *dev = lw_device(machine, name);

	return dev ? dev->ifindex : -ENODEV;
}

struct setlink {
	int32_t ifindex;
	struct link_attrs attrs;
};

static int setlink(struct lw_machine *machine, void *arg)
{
	const struct setlink *request = arg;
	struct net_device *dev = __dev_get_by_index(lw_net(machine), request->ifindex);

	return dev ? do_setlink(dev, &request->attrs) : -ENODEV;
}

int lw_setlink_flags(struct lw_machine *machine, int ifindex, uint32_t flags, uint32_t change)
{
	struct setlink request = {
		.ifindex = ifindex,
		.attrs = { .ifi_flags = flags, .ifi_change = change },
	};

	return lw_finish(machine, lw_locked(machine, setlink, &request));
}

struct getlink {
	int32_t ifindex;
	struct lw_link *link;
};

static int getlink(struct lw_machine *machine, void *arg)
{
	const struct getlink *request = arg;
	struct net_device *dev = __dev_get_by_index(lw_net(machine), request->ifindex);

	if (!dev)
		return -ENODEV;
	linkwatch_query_dev(dev);
	lw_link_of_device(dev, request->link);
	return 0;
}

int lw_getlink(struct lw_machine *machine, int ifindex, struct lw_link *ret_link)
{
	struct getlink request = { .ifindex = ifindex, .link = ret_link };

	memset(ret_link, 0, sizeof(*ret_link));
	return lw_finish(machine, lw_locked(machine, getlink, &request));
}

/* Ioctls and /dev/net/tun name their device. */
struct named {
	const char *name;
	bool is_on;
	uint32_t flags;
};

/* Runs with rtnl held on the device of that name. */
static int call_named(struct lw_machine *machine, const char *name, bool is_on, lw_locked_fn fn)
{
	struct named named = { .name = name, .is_on = is_on };

	if (!lw_device(machine, name))
		return lw_no_device(machine, name);
	named.flags = dev_get_flags(lw_device(machine, name)) & 0xffff;
	return lw_finish(machine, lw_locked(machine, fn, &named));
}

static int ifconfig(struct lw_machine *machine, void *arg)
{
	const struct named *named = arg;
	struct net_device *dev = lw_device(machine, named->name);
	uint32_t flags = named->is_on ? named->flags | IFF_UP | IFF_RUNNING
				      : named->flags & ~(uint32_t)IFF_UP;

	return dev ? dev_ifsioc_set_flags(dev, flags) : -ENODEV;
}

int lw_ifconfig(struct lw_machine *machine, const char *name, bool is_up)
{
	return call_named(machine, name, is_up, ifconfig);
}

static int set_iff(struct lw_machine *machine, void *arg)
{
	return tun_set_iff(machine->m, arg);
}

int lw_tun_set_iff(struct lw_machine *machine, const char *name, bool is_tap, bool is_carrier_off)
{
	struct tun_request request = {
		.net = lw_net(machine),
		.is_tap = is_tap,
		.is_carrier_off = is_carrier_off,
	};

	if (strnlen(name, IFNAMSIZ) == IFNAMSIZ)
		return lw_fail(machine, -EINVAL, "\"%s\" is not a valid ifname", name);
	strcpy(request.name, name);
	return lw_finish(machine, lw_locked(machine, set_iff, &request));
}

static int set_persist(struct lw_machine *machine, void *arg)
{
	const struct named *named = arg;
	struct net_device *dev = lw_device(machine, named->name);

	return dev ? tun_set_persist(dev, named->is_on) : -ENODEV;
}

int lw_tun_set_persist(struct lw_machine *machine, const char *name, bool is_persistent)
{
	return call_named(machine, name, is_persistent, set_persist);
}

static int set_carrier(struct lw_machine *machine, void *arg)
{
	const struct named *named = arg;
	struct net_device *dev = lw_device(machine, named->name);

	return dev ? tun_set_carrier(dev, named->is_on) : -ENODEV;
}

int lw_tun_set_carrier(struct lw_machine *machine, const char *name, bool has_carrier)
{
	return call_named(machine, name, has_carrier, set_carrier);
}

static int detach(struct lw_machine *machine, void *arg)
{
	const struct named *named = arg;
	struct net_device *dev = lw_device(machine, named->name);

	return dev ? tun_detach(dev) : -ENODEV;
}

int lw_tun_close(struct lw_machine *machine, const char *name)
{
	return call_named(machine, name, false, detach);
}
