/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long a device's last RTM_NEWLINK contradicted the device. */
#ifndef LWSIM_SIM_RUN_LIE_H
#define LWSIM_SIM_RUN_LIE_H

#include "sim/run/run_state.h"

/* To be called after each message about dev and each change of its carrier. */
void lie_look(struct runner *runner, const struct net_device *dev);
/* dev is unregistered or moved away: ends its lie. */
void lie_forget(struct runner *runner, const struct net_device *dev);
/* At the end of the run: ends all lies. */
void lies_end(struct runner *runner);

#endif
