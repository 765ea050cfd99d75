/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of network namespaces, as /run/netns has them. */
#ifndef LWSIM_SIM_RUN_NETNS_H
#define LWSIM_SIM_RUN_NETNS_H

#include "sim/run/run_state.h"

/*
 * netns_find() returns NULL if there is no such namespace; "" is the initial one. netns_add() needs
 * a name that does not exist, rtnl held, and returns 0 or -errno. netns_del() needs a name that
 * exists.
 */
struct net *netns_find(const struct runner *runner, const char *name);
const char *netns_name(const struct runner *runner, const struct net *net);
int netns_add(struct runner *runner, const char *name);
void netns_del(struct runner *runner, const char *name);
void netns_free(struct runner *runner);

/* Which namespaces there are; the machine is saved beside it. */
struct saved_netns;
struct saved_netns *netns_save(const struct runner *runner);
void netns_restore(struct runner *runner, const struct saved_netns *saved);
void netns_saved_free(struct saved_netns *saved);

#endif
