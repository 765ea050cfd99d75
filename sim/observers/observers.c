/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of observers. */
#include "sim/observers/observers.h"

#include "sim/observers/daemon.h"
#include "sim/observers/opinions.h"

/* Names are those of observer_names[], then `all`. */
const struct format observers[] = {
	{ "networkd", "what systemd-networkd logs (it uses `setlink`)", networkd_writer_new,
	  OBSERVER_NETWORKD, false },
	{ "dhcp", "when a DHCP client sends", dhcp_writer_new, OBSERVER_DHCP, false },
	{ "frr", "FRR's zebra", opinion_lines_writer_new, OBSERVER_FRR, false },
	{ "frr-before-15082", "zebra without LOWER_UP", opinion_lines_writer_new,
	  OBSERVER_FRR_BEFORE_15082, false },
	{ "sonic", "SONiC's portsyncd", opinion_lines_writer_new, OBSERVER_SONIC, false },
	{ "netifd", "OpenWrt", opinion_lines_writer_new, OBSERVER_NETIFD, false },
	{ "wicked", "SUSE", opinion_lines_writer_new, OBSERVER_WICKED, false },
	{ "cni", "the CNI bridge plugin", opinion_lines_writer_new, OBSERVER_CNI, false },
	{ "keepalived", "VRRP", opinion_lines_writer_new, OBSERVER_KEEPALIVED, false },
	{ "selftests", "the kernel's own", opinion_lines_writer_new, OBSERVER_SELFTESTS, false },
	{ "all", "a table: who says up, and since when", opinions_writer_new, OBSERVER_COUNT,
	  false },
	{ .name = NULL },
};
