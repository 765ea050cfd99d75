/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is not modelled of old kernels: their rows behave like a later kernel there. */
#include <string.h>

#include "kernel.h"

static const struct kernel_gap gaps[] = {
	{ NULL, "2.6.24", "`ip link del` waits until the device's pending event is processed",
	  KERNEL_USE_DELETE },
	{ NULL, "2.6.24",
	  "virtio_net has no F_STATUS yet, whatever the host offers: it always has carrier",
	  KERNEL_USE_VIRTNET_STATUS },
	{ NULL, "2.6.24",
	  "keventd runs one work item at a time: one that waits for rtnl holds up all others", 0 },
	{ NULL, "2.6.24", "a VLAN has no loose_binding (2.6.31)", 0 },
	{ NULL, "3.7", "a VLAN of protocol 802.1ad is created as 802.1q (3.10)", 0 },
	{ NULL, "3.7",
	  "the notifications of creating a device and of changing its flags, and the drivers (not examined)",
	  0 },
	{ "3.7", "3.7",
	  "a team follows its ports' carrier, not their operstate; in 3.6 it has no carrier of its own",
	  KERNEL_USE_TEAM },
	{ "3.7", "3.7", "other differences of bonds (not examined)", KERNEL_USE_BOND },
	{ "3.7", "3.7", "other differences of bridges (not examined)", KERNEL_USE_BRIDGE },
	{ NULL, "3.7",
	  "each driver has its own MTU limits, or none (max_mtu and min_mtu came with 4.10)",
	  KERNEL_USE_MTU },
	{ NULL, "3.7",
	  "up to 4.2, a txqueuelen gives pfifo_fast to a device without a queue (dummy, veth, VLAN, ...)",
	  KERNEL_USE_TXQLEN },
	{ NULL, "3.7", "notifications have no counters `carrier up/down` (4.16)", 0 },
	{ "4.19", "5.8",
	  "the text of a refusal (not compared): lwsim prints that of 5.10 and later",
	  KERNEL_USE_WORDS },
	{ "4.19", "5.10", "a bond takes a VRF as its slave", 0 },
	{ NULL, NULL,
	  "other differences of the drivers: they behave as in 6.1 unless a switch says otherwise",
	  0 },
};

/* name: one of the versions known. */
static unsigned int row_of(const char *name)
{
	unsigned int row = 0;

	while (strcmp(kernel_version_info(row)->name, name) != 0)
		row++;
	return row;
}

const struct kernel_gap *kernel_next_gap(unsigned int row, unsigned int *at)
{
	while (*at < sizeof(gaps) / sizeof(gaps[0])) {
		const struct kernel_gap *gap = &gaps[(*at)++];

		if ((!gap->first || row >= row_of(gap->first)) &&
		    (!gap->last || row <= row_of(gap->last)))
			return gap;
	}
	return NULL;
}
