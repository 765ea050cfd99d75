/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests that create, change and delete links, as calls of the model; rtnl is held. */
#ifndef LWSIM_SIM_RTNETLINK_LINK_CHANGE_H
#define LWSIM_SIM_RTNETLINK_LINK_CHANGE_H

#include "sim/rtnetlink/serve.h"

/* The device that a request names, by number or by name. 0, -EINVAL (neither) or -ENODEV. */
int link_of_request(struct net *net, const struct link_request *request,
		    struct net_device **ret_dev);

/* The kind with that name, or -1. */
int link_kind_from_name(const char *name);

/* RTM_NEWLINK, RTM_SETLINK, RTM_DELLINK: 0 or -errno. *ret_text: static, of an error that is not
 * the model's. */
int link_new(const struct rtnl_socket *socket, const struct link_request *request,
	     const char **ret_text);
int link_set(const struct rtnl_socket *socket, const struct link_request *request);
int link_del(const struct rtnl_socket *socket, const struct link_request *request);

#endif
