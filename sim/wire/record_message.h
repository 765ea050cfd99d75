/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A record of a run as the message that a kernel would send. */
#ifndef LWSIM_SIM_WIRE_RECORD_MESSAGE_H
#define LWSIM_SIM_WIRE_RECORD_MESSAGE_H

#include "sim/rtnetlink/link_message.h"
#include "sim/run/listener.h"

/*
 * For a message that the listener hears. Not known to lwsim, and therefore as by default: the group,
 * the numbers of queues, no alias.
 */
void record_message(const struct record *record, struct listener *listener,
		    struct rtnl_link_message *ret_message);

#endif
