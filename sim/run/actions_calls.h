/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of actions_ip.c, actions_netns.c and actions_tun.c, which actions.c starts. */
#ifndef LWSIM_SIM_RUN_ACTIONS_CALLS_H
#define LWSIM_SIM_RUN_ACTIONS_CALLS_H

#include "sim/run/call.h"

/* actions_ip.c: *_locked run with rtnl held, the others take it when they need it */

void setlink_locked(struct machine *m, void *arg, uint64_t n);
void getlink_locked(struct machine *m, void *arg, uint64_t n);
/* ip first looks up the ifindex of each name with RTM_GETLINK, then sends its request. */
void ip_link_go_on(struct call *call);
/* ifconfig reads the flags without rtnl and writes the low 16 bits back. */
void ifconfig_start(struct call *call);

/* actions_netns.c */

void ip_netns_start(struct call *call);

/* actions_tun.c: with rtnl held; arg is the call */
void tuntap_locked(struct machine *m, void *arg, uint64_t n);
void tunsetiff_locked(struct machine *m, void *arg, uint64_t n);
/* TUNSETCARRIER, TUNSETPERSIST, close() */
void tun_descriptor_locked(struct machine *m, void *arg, uint64_t n);

#endif
