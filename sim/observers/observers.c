/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of observers. */
#include "sim/observers/observers.h"

#include "sim/observers/daemon.h"

const struct format observers[] = {
	{ "networkd", "what systemd-networkd logs (it uses `setlink`)", networkd_writer_new, 0,
	  false },
	{ "dhcp", "when a DHCP client sends", dhcp_writer_new, 0, false },
	{ .name = NULL },
};
