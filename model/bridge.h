/* SPDX-License-Identifier: GPL-2.0-or-later */
/* State of a bridge and of its ports. */
#ifndef LWSIM_MODEL_BRIDGE_H
#define LWSIM_MODEL_BRIDGE_H

#include <stdbool.h>
#include <stdint.h>

struct net_bridge_port {
	bool is_forwarding; /* BR_STATE_FORWARDING, else BR_STATE_DISABLED */
	bool is_listed;	    /* in the bridge's port_list: one of the last steps of joining */
};

struct net_bridge {
	uint64_t bridge_address; /* of bridge_id, chosen from the ports; 0: none */
	bool is_mtu_set_by_user; /* BROPT_MTU_SET_BY_USER: it does not follow its ports */
};

#endif
