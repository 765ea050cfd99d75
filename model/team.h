/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a team knows of itself and of its ports. */
#ifndef LWSIM_MODEL_TEAM_H
#define LWSIM_MODEL_TEAM_H

#include <stdbool.h>
#include <stdint.h>

struct team_port {
	bool linkup;	       /* as of the port's last UP, DOWN or CHANGE */
	uint64_t orig_address; /* what it gets back when it leaves, as the MTU */
	uint32_t orig_mtu;
};

struct team {
	bool user_carrier_enabled;    /* IFLA_CARRIER was set: the ports decide no more */
	bool port_mtu_change_allowed; /* it is the team that changes its ports' MTU */
	bool notifier_ctx;	      /* it is at work on a port's change of features */
};

#endif
