/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The commands of actions_ip.c, actions_netns.c and actions_tun.c, which actions.c starts. */
#ifndef LWSIM_SIM_RUN_ACTIONS_CALLS_H
#define LWSIM_SIM_RUN_ACTIONS_CALLS_H

#include "sim/run/call.h"

/* actions_ip.c: what is done with rtnl, and what begins without it */

void setlink_locked(struct machine *m, void *arg, uint64_t n);
void getlink_locked(struct machine *m, void *arg, uint64_t n);
/* ip first asks for the numbers of names, one RTM_GETLINK each, then sends its request. */
void ip_link_go_on(struct call *call);
/* ifconfig reads the flags first, without rtnl, and sends back 16 bits of them. */
void ifconfig_start(struct call *call);

/* actions_netns.c */

void ip_netns_start(struct call *call);

/* actions_tun.c: what is done with rtnl; arg is the call. */
void tuntap_locked(struct machine *m, void *arg, uint64_t n);
void tunsetiff_locked(struct machine *m, void *arg, uint64_t n);
/* TUNSETCARRIER, TUNSETPERSIST, close() */
void tun_descriptor_locked(struct machine *m, void *arg, uint64_t n);

#endif
