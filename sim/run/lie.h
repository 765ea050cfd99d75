/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How long a device's last RTM_NEWLINK contradicted the device. */
#ifndef LWSIM_SIM_RUN_LIE_H
#define LWSIM_SIM_RUN_LIE_H

#include "sim/run/run_state.h"

/* To be called after a message about dev, and after a change of its carrier. */
void lie_look(struct runner *runner, const struct net_device *dev);
/* dev is gone. */
void lie_forget(struct runner *runner, const struct net_device *dev);
/* The run is over. */
void lies_end(struct runner *runner);

#endif
