/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the model says of a link as the message that a kernel would send. */
#ifndef LWSIM_SIM_RTNETLINK_MODEL_MESSAGE_H
#define LWSIM_SIM_RTNETLINK_MODEL_MESSAGE_H

#include "model/machine.h"
#include "sim/rtnetlink/link_message.h"

/* "noop", "noqueue", "pfifo_fast" for enum qdisc_kind. */
const char *rtnl_qdisc_name(uint8_t qdisc);

/*
 * As multicast: nl_flags, seq and portid are 0. link_netnsid is IFLA_LINK_NETNSID, which is left
 * out unless the device below is in another namespace.
 */
void model_message(const struct link_message *message, int32_t link_netnsid,
		   struct rtnl_link_message *ret_message);

/* Whether the message has IFLA_LINK_NETNSID. */
bool model_message_has_netnsid(const struct link_message *message);

#endif
