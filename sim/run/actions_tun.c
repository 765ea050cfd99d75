/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executes `ip tuntap` and other system calls on /dev/net/tun. */
#include <errno.h>
#include <string.h>

#include "sim/language/names.h"
#include "sim/run/actions_calls.h"

static int set_iff(const struct call *call, bool is_exclusive)
{
	struct tun_request request = {
		.net = call->net,
		.is_tap = call->stmt->tun.is_tap,
		.is_carrier_off = call->stmt->tun.is_carrier_off,
		.is_exclusive = is_exclusive,
	};

	memcpy(request.name, call->dev, sizeof(request.name));
	return tun_set_iff(machine_of(call), &request);
}

void tunsetiff_locked(struct machine *m, void *arg, uint64_t n)
{
	int err = set_iff(arg, false);

	(void)n;
	rtnl_unlock(m);
	call_return(arg, err);
}

void tun_descriptor_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = call_dev(call);
	int err = -ENODEV;

	(void)n;
	if (dev && call->stmt->kind == STMT_TUNSETCARRIER)
		err = tun_set_carrier(dev, call->stmt->is_up);
	else if (dev && call->stmt->kind == STMT_TUNSETPERSIST)
		err = tun_set_persist(dev, call->stmt->is_up);
	else if (dev)
		err = tun_detach(dev);
	rtnl_unlock(m);
	call_return(call, err);
}

/*
 * `ip tuntap` attaches to the device, sets whether it persists, and closes it: three system calls.
 * If the device is deleted in between, there is nothing left to close.
 */

static void tuntap_close_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = __dev_get_by_index(call->net, call->ifindex);

	(void)n;
	if (dev)
		tun_detach(dev);
	rtnl_unlock(m);
	call_end(call, 0, NULL);
}

static void tuntap_persist_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = __dev_get_by_index(call->net, call->ifindex);
	int err = dev ? tun_set_persist(dev, call->stmt->kind == STMT_IP_TUNTAP_ADD) : -EBADFD;

	(void)n;
	rtnl_unlock(m);
	if (err)
		call_fail(call, -err, "ioctl(TUNSETPERSIST): %s", errno_text(-err));
	else
		call_go_on(call, tuntap_close_locked);
}

void tuntap_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	int err = set_iff(call, call->stmt->kind == STMT_IP_TUNTAP_ADD);

	(void)n;
	if (!err)
		call->ifindex = call_dev(call)->ifindex;
	rtnl_unlock(m);
	if (err)
		call_fail(call, -err, "ioctl(TUNSETIFF): %s", errno_text(-err));
	else
		call_go_on(call, tuntap_persist_locked);
}
