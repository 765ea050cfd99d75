/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of observers. */
#include "sim/observers/observers.h"

#include "sim/observers/daemon.h"

const struct format observers[] = {
	{ .name = "networkd",
	  .help = "what systemd-networkd logs (it uses `setlink`)",
	  .writer_new = networkd_writer_new },
	{ .name = "dhcp", .help = "when a DHCP client sends", .writer_new = dhcp_writer_new },
	{ .name = NULL },
};
