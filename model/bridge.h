/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a bridge knows of itself and of its ports. */
#ifndef LWSIM_MODEL_BRIDGE_H
#define LWSIM_MODEL_BRIDGE_H

#include <stdbool.h>
#include <stdint.h>

struct net_bridge_port {
	bool is_forwarding; /* BR_STATE_FORWARDING, else BR_STATE_DISABLED */
};

struct net_bridge {
	uint64_t bridge_address; /* of bridge_id, what its ports made of it; 0: none */
};

#endif
