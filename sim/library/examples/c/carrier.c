/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "carrier.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/rtnetlink.h>

static int on_message(const struct nlmsghdr *header, void *data)
{
	const struct ifinfomsg *ifinfo = mnl_nlmsg_get_payload(header);
	struct carrier *carrier = data;
	bool is_running = header->nlmsg_type == RTM_NEWLINK && ifinfo->ifi_flags & IFF_RUNNING;

	if (ifinfo->ifi_index <= 0 || ifinfo->ifi_index >= CARRIER_LINKS)
		return MNL_CB_OK;
	carrier->changes += carrier->is_running[ifinfo->ifi_index] != is_running;
	carrier->is_running[ifinfo->ifi_index] = is_running;
	return MNL_CB_OK;
}

int carrier_receive(struct carrier *carrier, struct mnl_socket *nl)
{
	char bytes[8192];
	ssize_t len;

	while ((len = mnl_socket_recvfrom(nl, bytes, sizeof(bytes))) > 0)
		if (mnl_cb_run(bytes, (size_t)len, 0, 0, on_message, carrier) < 0)
			return -1;
	return errno == EAGAIN ? 0 : -1;
}
