/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernels that the model knows, as a table of switches. */
#include "kernel.h"

#include <errno.h>
#include <string.h>

#define SWITCH(which) (1U << (which))

static const struct kernel_switch_info switches[KERNEL_SWITCH_COUNT] = {
	[KERNEL_CARRIER_EVENT] = {
		.name = "carrier-event",
		.commit = "490dcecabbf9 mlx5: count all link events",
		.release = "5.14",
		.effect = "netif_carrier_event(): both counters and one event without a change of "
			  "carrier",
	},
	[KERNEL_ABSENT_REQUEUED] = {
		.name = "absent-requeued",
		.commit = "6922110d152e net: linkwatch: fix failure to restore device state across "
			  "suspend/resume",
		.release = "5.14",
		.effect = "the event of a detached device waits until it is attached; before, its "
			  "message was lost",
	},
	[KERNEL_LINKWATCH_UNBOUND] = {
		.name = "linkwatch-unbound",
		.commit = "3e7917c0cdad net: linkwatch: use system_unbound_wq",
		.release = "6.11",
		.effect = "linkwatch does not queue behind other work of the same CPU; in Debian's "
			  "6.1 by way of stable",
	},
	[KERNEL_TUN_NO_CARRIER] = {
		.name = "tun-no-carrier",
		.commit = "195624d9c26b tun: support not enabling carrier in TUNSETIFF",
		.release = "6.1",
		.effect = "TUNSETIFF with IFF_NO_CARRIER leaves a tun or tap without carrier; before, "
			  "the flag was not looked at",
	},
	[KERNEL_BOND_FIRST_UP] = {
		.name = "bond-first-up",
		.commit = "0a2ff7cc8ad4 Bonding: add per-port priority for failover re-selection",
		.release = "6.0",
		.effect = "when the active slave of a bond is chosen anew, its first slave that is up is "
			  "taken; before, the active one stayed",
	},
	[KERNEL_LOWER_LOOKED_AT] = {
		.name = "lower-looked-at",
		.commit = "8c55facecd7a net: linkwatch: only report IF_OPER_LOWERLAYERDOWN if iflink is "
			  "actually down",
		.release = "6.2",
		.effect = "without carrier: LOWERLAYERDOWN only if the device with the number of "
			  "iflink has none either, else DOWN",
	},
	[KERNEL_EEVDF] = {
		.name = "eevdf",
		.commit = "147f3efaa241 sched/fair: Implement an EEVDF-like scheduling policy",
		.release = "6.6",
		.effect = "on one CPU a process goes on with its next system call before the work that "
			  "the last one queued; before, the work was first (`ip tuntap`)",
	},
	[KERNEL_QUERY_SYNCS] = {
		.name = "query-syncs",
		.commit = "facd15dfd691 net: core: synchronize link-watch when carrier is queried",
		.release = "6.8",
		.effect = "RTM_GETLINK of one device, and reading its sysfs carrier, first work off "
			  "its event; so does `ip link set NAME`, which asks first",
	},
	[KERNEL_VIRTNET_FOLLOWS_OPEN] = {
		.name = "virtnet-follows-open",
		.commit = "df28de7b0050 virtio_net: synchronize operstate with admin state on up/down; "
			  "be5dcaed694e its follow-up of 6.16, in 6.12 by way of stable",
		.release = "6.12",
		.effect = "a virtio_net has no carrier before it is opened nor after it is stopped; "
			  "what the host says is taken in after the open",
	},
	[KERNEL_URGENT_EVENT] = {
		.name = "urgent-event",
		.commit = "posted to netdev on 2020-08-01, first hunk",
		.effect = "an event is urgent too if the device is IFF_UP and its stored operstate "
			  "DOWN",
		.is_change = true,
	},
	[KERNEL_SETLINK_EVENT] = {
		.name = "setlink-event",
		.commit = "posted to netdev on 2020-08-01, second hunk",
		.effect = "do_setlink() fires a linkwatch event after it has changed the flags",
		.is_change = true,
	},
};

/* What came with a release is in all rows behind it. */
#define SWITCHES_5_10 (SWITCH(KERNEL_ABSENT_REQUEUED) | SWITCH(KERNEL_LINKWATCH_UNBOUND))
#define SWITCHES_5_15 (SWITCHES_5_10 | SWITCH(KERNEL_CARRIER_EVENT))
#define SWITCHES_6_1 (SWITCHES_5_15 | SWITCH(KERNEL_TUN_NO_CARRIER) | SWITCH(KERNEL_BOND_FIRST_UP))
#define SWITCHES_6_2 (SWITCHES_6_1 | SWITCH(KERNEL_LOWER_LOOKED_AT))
#define SWITCHES_6_8 (SWITCHES_6_2 | SWITCH(KERNEL_EEVDF) | SWITCH(KERNEL_QUERY_SYNCS))
#define SWITCHES_6_12 (SWITCHES_6_8 | SWITCH(KERNEL_VIRTNET_FOLLOWS_OPEN))

static const struct kernel_version_info versions[] = {
	{ .name = "5.8", .package = "mainline 5.8", .switches = 0 },
	{ .name = "5.10", .package = "Debian linux-source-5.10", .switches = SWITCHES_5_10 },
	{ .name = "5.15",
	  .package = "mainline 5.15, its newest stable",
	  .switches = SWITCHES_5_15 },
	{ .name = "6.1", .package = "Debian linux-source-6.1, 6.1.192", .switches = SWITCHES_6_1 },
	{ .name = "6.2", .package = "mainline 6.2", .switches = SWITCHES_6_2 },
	{ .name = "6.8", .package = "mainline 6.8", .switches = SWITCHES_6_8 },
	{ .name = "6.12",
	  .package = "Debian linux-source-6.12, 6.12.117",
	  .switches = SWITCHES_6_12 },
};

#define VERSIONS_COUNT (sizeof(versions) / sizeof(versions[0]))
#define VERSION_DEFAULT 3

const struct kernel_version_info *kernel_version_info(unsigned int row)
{
	return row < VERSIONS_COUNT ? &versions[row] : NULL;
}

const struct kernel_switch_info *kernel_switch_info(unsigned int kernel_switch)
{
	return kernel_switch < KERNEL_SWITCH_COUNT ? &switches[kernel_switch] : NULL;
}

struct kernel kernel_default(void)
{
	struct kernel kernel = {
		.switches = versions[VERSION_DEFAULT].switches,
		.version = VERSION_DEFAULT,
	};

	return kernel;
}

static bool is_name(const char *text, size_t len, const char *name)
{
	return strlen(name) == len && memcmp(text, name, len) == 0;
}

/* Length of the word at text, which ends at '+' or at the end. */
static size_t word_len(const char *text, size_t len)
{
	const char *plus = memchr(text, '+', len);

	return plus ? (size_t)(plus - text) : len;
}

static const struct kernel_version_info *find_version(const char *text, size_t len)
{
	for (unsigned int row = 0; row < VERSIONS_COUNT; row++)
		if (is_name(text, len, versions[row].name))
			return &versions[row];
	return NULL;
}

/* The change's switch as a mask; 0: no such change. */
static uint32_t find_change(const char *text, size_t len)
{
	for (unsigned int i = 0; i < KERNEL_SWITCH_COUNT; i++)
		if (switches[i].is_change && is_name(text, len, switches[i].name))
			return SWITCH(i);
	return 0;
}

/* What is planned and not there yet. */
static bool is_later(const char *text, size_t len, size_t word)
{
	static const char *const later[] = {
		"2.6.24", "3.7", "4.19", "5.4", "6.16", "6.18", "7.2"
	};

	if (len >= 4 && memcmp(text, "src:", 4) == 0)
		return true;
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++)
		if (is_name(text, word, later[i]))
			return true;
	return false;
}

int kernel_parse(const char *text, size_t len, struct kernel *ret_kernel, size_t *reterr_off,
		 size_t *reterr_len)
{
	size_t off = 0, word = word_len(text, len);
	const struct kernel_version_info *version = find_version(text, word);
	struct kernel kernel;

	*reterr_off = 0;
	*reterr_len = word;
	if (!version)
		return is_later(text, len, word) ? -EPROTONOSUPPORT : -ENOENT;
	kernel.version = (uint8_t)(version - versions);
	kernel.switches = version->switches;
	for (off = word; off < len; off += word) {
		uint32_t change;

		off++; /* the '+' */
		word = word_len(text + off, len - off);
		change = find_change(text + off, word);
		if (!change || (kernel.switches & change)) {
			*reterr_off = off;
			*reterr_len = word;
			return -EINVAL;
		}
		kernel.switches |= change;
	}
	*ret_kernel = kernel;
	return 0;
}

void kernel_name(const struct kernel *kernel, char ret_name[KERNEL_NAME_MAX_BYTES])
{
	char *end = stpcpy(ret_name, versions[kernel->version].name);

	for (unsigned int i = 0; i < KERNEL_SWITCH_COUNT; i++) {
		if (!switches[i].is_change || !(kernel->switches & SWITCH(i)))
			continue;
		*end++ = '+';
		end = stpcpy(end, switches[i].name);
	}
}

bool kernel_equal(const struct kernel *a, const struct kernel *b)
{
	return a->version == b->version && a->switches == b->switches;
}
