/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of network namespaces, as /run/netns has them. */
#ifndef LWSIM_SIM_RUN_NETNS_H
#define LWSIM_SIM_RUN_NETNS_H

#include "sim/run/run_state.h"

/* NULL: none of that name; "" is the initial one. Adding one that is not there returns 0 or -errno,
 * with rtnl held; one that is deleted is there. */
struct net *netns_find(const struct runner *runner, const char *name);
const char *netns_name(const struct runner *runner, const struct net *net);
int netns_add(struct runner *runner, const char *name);
void netns_del(struct runner *runner, const char *name);
void netns_free(struct runner *runner);

#endif
