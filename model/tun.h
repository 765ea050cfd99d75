/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process does with /dev/net/tun.
 * Models: drivers/net/tun.c */
#ifndef LWSIM_MODEL_TUN_H
#define LWSIM_MODEL_TUN_H

#include <linux/if.h>
#include <stdbool.h>

struct machine;
struct net;
struct net_device;

struct tun_struct {
	bool has_queue;	    /* a process has it open */
	bool is_persistent; /* it stays when the process has gone */
};

struct tun_request {
	struct net *net; /* of the process; NULL: the initial one */
	char name[IFNAMSIZ];
	bool is_tap;	     /* IFF_TAP, else IFF_TUN */
	bool is_exclusive;   /* IFF_TUN_EXCL: only a new device will do */
	bool is_carrier_off; /* IFF_NO_CARRIER; older kernels do not look at it */
};

/* All with rtnl held; 0 or -errno. */

/* TUNSETIFF on a new descriptor: makes the device, or takes one that nobody has. -EBUSY: somebody has it;
 * -EINVAL: the device is no such one. */
int tun_set_iff(struct machine *m, const struct tun_request *request);
/* TUNSETPERSIST, TUNSETCARRIER on the device's descriptor. -EBADFD: there is none. */
int tun_set_persist(struct net_device *dev, bool is_persistent);
int tun_set_carrier(struct net_device *dev, bool new_carrier);
/* The descriptor is closed; the device goes with it unless it is persistent. -EBADF: nobody has it open. */
int tun_detach(struct net_device *dev);

#endif
