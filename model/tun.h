/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Operations of a process on /dev/net/tun.
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
	bool is_persistent; /* it stays when the process closes it */
};

struct tun_request {
	struct net *net; /* the namespace of the process; NULL: the initial one */
	char name[IFNAMSIZ];
	bool is_tap;	     /* IFF_TAP, else IFF_TUN */
	bool is_exclusive;   /* IFF_TUN_EXCL: only a new device */
	bool is_carrier_off; /* IFF_NO_CARRIER; older kernels ignore it */
};

/* All are called with rtnl held and return 0 or -errno. */

/* TUNSETIFF on a new descriptor: creates the device, or attaches to an existing one. -EBUSY: another
 * process has it; -EINVAL: not such a device. */
int tun_set_iff(struct machine *m, const struct tun_request *request);
/* TUNSETPERSIST, TUNSETCARRIER on the device's descriptor. -EBADFD: no process has it open. */
int tun_set_persist(struct net_device *dev, bool is_persistent);
int tun_set_carrier(struct net_device *dev, bool new_carrier);
/* Closes the descriptor; deletes the device unless it is persistent. -EBADF: no process has it open. */
int tun_detach(struct net_device *dev);

#endif
