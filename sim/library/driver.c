/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What drivers and a virtio host do. */
#include <errno.h>
#include <string.h>

#include "sim/library/library_private.h"

typedef void (*driver_fn)(struct net_device *dev);
typedef int (*driver_try_fn)(struct net_device *dev);

/* Without rtnl, as from an interrupt. */
static int driver_call(struct lw_machine *machine, const char *name, driver_fn fn)
{
	struct net_device *dev = lw_device(machine, name);

	if (!dev)
		return lw_no_device(machine, name);
	fn(dev);
	return lw_finish(machine, 0);
}

/* The same for a function that not all kernels have. */
static int driver_try(struct lw_machine *machine, const char *name, driver_try_fn fn)
{
	struct net_device *dev = lw_device(machine, name);

	return dev ? lw_finish(machine, fn(dev)) : lw_no_device(machine, name);
}

int lw_carrier_on(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, netif_carrier_on);
}

int lw_carrier_off(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, netif_carrier_off);
}

int lw_carrier_event(struct lw_machine *machine, const char *name)
{
	return driver_try(machine, name, netif_carrier_event);
}

int lw_dormant_on(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, netif_dormant_on);
}

int lw_dormant_off(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, netif_dormant_off);
}

int lw_testing_on(struct lw_machine *machine, const char *name)
{
	return driver_try(machine, name, netif_testing_on);
}

int lw_testing_off(struct lw_machine *machine, const char *name)
{
	return driver_try(machine, name, netif_testing_off);
}

int lw_device_detach(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, netif_device_detach);
}

int lw_device_attach(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, netif_device_attach);
}

int lw_linkwatch_fire_event(struct lw_machine *machine, const char *name)
{
	return driver_call(machine, name, linkwatch_fire_event);
}

static int open_locked(struct lw_machine *machine, void *arg)
{
	struct net_device *dev = lw_device(machine, arg);

	return dev ? dev_open(dev) : -ENODEV;
}

int lw_dev_open(struct lw_machine *machine, const char *name)
{
	if (!lw_device(machine, name))
		return lw_no_device(machine, name);
	return lw_finish(machine, lw_locked(machine, open_locked, (void *)name));
}

static int close_locked(struct lw_machine *machine, void *arg)
{
	struct net_device *dev = lw_device(machine, arg);

	if (!dev)
		return -ENODEV;
	dev_close(dev);
	return 0;
}

int lw_dev_close(struct lw_machine *machine, const char *name)
{
	if (!lw_device(machine, name))
		return lw_no_device(machine, name);
	return lw_finish(machine, lw_locked(machine, close_locked, (void *)name));
}

struct probe {
	const char *name;
	bool has_status, is_link_up;
};

static int probe_locked(struct lw_machine *machine, void *arg)
{
	const struct probe *probe = arg;

	return virtnet_probe(machine->m, probe->name, probe->has_status, probe->is_link_up);
}

int lw_virtnet_probe(struct lw_machine *machine, const char *name, bool has_status, bool is_link_up)
{
	struct probe probe = {
		.name = name,
		.has_status = has_status,
		.is_link_up = is_link_up,
	};

	if (strnlen(name, IFNAMSIZ) == IFNAMSIZ)
		return lw_fail(machine, -EINVAL, "\"%s\" is not a valid ifname", name);
	return lw_finish(machine, lw_locked_releases(machine, probe_locked, &probe));
}

int lw_virtnet_config_changed(struct lw_machine *machine, const char *name, bool is_link_up)
{
	struct net_device *dev = lw_device(machine, name);

	if (!dev)
		return lw_no_device(machine, name);
	return lw_finish(machine, virtnet_config_changed(dev, is_link_up));
}
