/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What userspace reads about a device: sysfs attributes and RTM_GETLINK. */
#include "sim/run/sysfs.h"

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

/* carrier, dormant and testing of a device that is down: the kernel answers EINVAL. */
static bool is_unreadable(const struct net_device *dev, enum sysfs_attr attr)
{
	return !netif_running(dev) &&
	       (attr == SYSFS_CARRIER || attr == SYSFS_DORMANT || attr == SYSFS_TESTING);
}

static unsigned int attr_number(const struct net_device *dev, enum sysfs_attr attr)
{
	const unsigned int numbers[SYSFS_COUNT] = {
		[SYSFS_CARRIER] = netif_carrier_ok(dev),
		[SYSFS_DORMANT] = netif_dormant(dev),
		[SYSFS_TESTING] = netif_testing(dev),
		[SYSFS_CARRIER_CHANGES] = dev->carrier_up_count + dev->carrier_down_count,
		[SYSFS_CARRIER_UP_COUNT] = dev->carrier_up_count,
		[SYSFS_CARRIER_DOWN_COUNT] = dev->carrier_down_count,
		[SYSFS_LINK_MODE] = dev->link_mode,
		[SYSFS_IFINDEX] = (unsigned int)dev->ifindex,
		[SYSFS_IFLINK] = (unsigned int)dev_get_iflink(dev),
		[SYSFS_FLAGS] = dev->flags,
	};

	return numbers[attr];
}

/* sysfs writes operstates in lower case. */
static const char *operstate_word(const struct net_device *dev)
{
	static const char *const words[] = { "unknown", "notpresent", "down", "lowerlayerdown",
					     "testing", "dormant",    "up" };

	return words[netif_running(dev) ? dev->operstate : IF_OPER_DOWN];
}

char *sysfs_text(const struct net_device *dev, enum sysfs_attr attr)
{
	const char *name = sysfs_attr_names[attr];

	if (is_unreadable(dev, attr))
		return NULL;
	if (attr == SYSFS_OPERSTATE)
		return xasprintf("%s %s: %s", dev->name, name, operstate_word(dev));
	if (attr == SYSFS_FLAGS)
		return xasprintf("%s %s: 0x%x", dev->name, name, attr_number(dev, attr));
	return xasprintf("%s %s: %u", dev->name, name, attr_number(dev, attr));
}

char *getlink_text(const struct net_device *dev)
{
	struct link_message message;
	char flags[FORMAT_MAX_BYTES];

	rtnl_fill_ifinfo(dev, &message);
	format_link_flags(message.ifi_flags, flags);
	return xasprintf("%s: <%s> state %s mode %s qdisc %s", dev->name, flags,
			 operstate_name(message.operstate), linkmode_name(message.link_mode),
			 qdisc_name(message.qdisc));
}
