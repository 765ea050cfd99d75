/* SPDX-License-Identifier: GPL-2.0-or-later */
/* State of a team and of its ports. */
#ifndef LWSIM_MODEL_TEAM_H
#define LWSIM_MODEL_TEAM_H

#include <stdbool.h>
#include <stdint.h>

struct team_port {
	bool linkup;	       /* as of the port's last UP, DOWN or CHANGE */
	uint64_t orig_address; /* restored when it leaves; so is the MTU */
	uint32_t orig_mtu;
};

struct team {
	bool user_carrier_enabled;    /* IFLA_CARRIER was set: ports no longer decide */
	bool port_mtu_change_allowed; /* the team itself is changing its ports' MTU */
	bool notifier_ctx;	      /* busy with a port's feature change */
};

#endif
