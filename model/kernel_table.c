/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernels that the model knows: the switches, and which row has which. */
#include "kernel.h"

static const struct kernel_switch_info switches[KERNEL_SWITCH_COUNT] = {
	[KERNEL_REGISTERED_ONLY] = {
		.name = "registered-only",
		.commit = "b47300168e77 net: Do not fire linkwatch events until the device is "
			  "registered",
		.release = "2.6.28",
		.effect = "carrier on or off before registration only sets the bit; before, it was "
			  "an event",
	},
	[KERNEL_SETLINK_FLAGS_ERROR] = {
		.name = "setlink-flags-error",
		.commit = "5f9021cfdc35 rtnetlink: check for errors from dev_change_flags (title and release not verified: absent in 2.6.24, there in 3.6)",
		.release = "2.6.30 or so",
		.effect = "`ip link set` fails if the flags cannot be set, for example `up` of a "
			  "VLAN on a device that is down; before, it succeeded silently",
	},
	[KERNEL_EVENTS_FIFO] = {
		.name = "events-fifo",
		.commit = "e014debecd3e linkwatch: linkwatch_forget_dev() to speedup device "
			  "dismantle",
		.release = "2.6.33",
		.effect = "a linkwatch run processes the oldest event first; 2.6.22 to 2.6.32 the "
			  "newest first (and `ip link del` then waited for a pending event, which "
			  "is not modelled)",
	},
	[KERNEL_NEWLINK_FLAGS] = {
		.name = "newlink-flags",
		.commit = "3729d5021257 rtnetlink: support specifying device flags on device creation (2.6.34), and another for `index` (3.7); both releases not verified",
		.release = "2.6.34 to 3.7",
		.effect = "`ip link add` takes `up`, `index` and the like; before, \"Operation not supported\"",
	},
	[KERNEL_STACKED_URGENT] = {
		.name = "stacked-urgent",
		.commit = "not identified: absent in 2.6.32, there in 3.6",
		.release = "2.6.33 to 3.6",
		.effect = "every event of a running device whose iflink is not its ifindex is "
			  "urgent: vlan, macvlan, ipvlan, tunnels",
	},
	[KERNEL_TIMER_SLACK] = {
		.name = "timer-slack",
		.commit = "3bbb9ec94642 timers: Introduce the concept of timer slack for legacy "
			  "timers; gone with timer-wheel",
		.release = "2.6.35",
		.effect = "a timer of 256 jiffies and more fires up to a 256th of that later: "
			  "linkwatch's second lasts 1 to 3 jiffies longer at HZ=1000, 1 at 300, none "
			  "at 250 and 100",
	},
	[KERNEL_MASTERS_BY_NETLINK] = {
		.name = "masters-by-netlink",
		.commit = "bb900b27a2f4 bridge: allow creating bridge devices with netlink, and others for `type bond` and `master`: absent in 2.6.24, there in 3.6",
		.release = "2.6.31 to 3.0",
		.effect = "`ip link add type bond` and `type bridge` work, and so does `ip link set "
			  "master`; before, \"Operation not supported\", and `master` was ignored "
			  "(brctl and ifenslave did it)",
	},
	[KERNEL_TEAM] = {
		.name = "team",
		.commit = "3d249d4ca7d0 net: introduce ethernet teaming device",
		.release = "3.3",
		.effect = "`ip link add type team` works; before, \"Operation not supported\"",
	},
	[KERNEL_STATE_AT_REGISTRATION] = {
		.name = "state-at-registration",
		.commit = "8f4cccbbd92f net: Set device operstate at registration time",
		.release = "3.7",
		.effect = "a device that is registered without carrier, or dormant, starts as DOWN, "
			  "LOWERLAYERDOWN or DORMANT; before, as UNKNOWN",
	},
	[KERNEL_MOD_DELAYED_WORK] = {
		.name = "mod-delayed-work",
		.commit = "e7c2f967445d workqueue: use mod_delayed_work() instead of __cancel + queue",
		.release = "3.7",
		.effect = "an urgent event moves linkwatch's work to the tail of the queue; before, "
			  "work that was already queued kept its place",
	},
	[KERNEL_IFLA_CARRIER] = {
		.name = "ifla-carrier",
		.commit = "9a57247f31d3 rtnl: expose carrier value with possibility to set it",
		.release = "3.9",
		.effect = "`ip link set DEV carrier on|off` sets it; before, the unknown attribute "
			  "was ignored",
	},
	[KERNEL_UPPERS_TOLD] = {
		.name = "uppers-told",
		.commit = "9ff162a8b96c net: introduce upper device lists (title not verified), and "
			  "others for NETDEV_RESEND_IGMP and NETDEV_CHANGELOWERSTATE: absent in 3.6",
		.release = "3.9 to 4.5, not verified",
		.effect = "a device sends a notification when an upper device is stacked on it, "
			  "takes it as a port or releases it, and when that upper device sees its "
			  "link change; before, none",
	},
	[KERNEL_BOND_NETLINK] = {
		.name = "bond-netlink",
		.commit = "90af231106c0 bonding: add Netlink support mode option (title and release not verified: absent in 3.6)",
		.release = "3.13",
		.effect = "`ip link add type bond` takes `mode` and `miimon`; before, both were "
			  "ignored: balance-rr and no miimon, so a slave always counts as up",
	},
	[KERNEL_SETLINK_NOTIFIES] = {
		.name = "setlink-notifies",
		.commit = "ba9989069f4e rtnl/do_setlink(): notify when a netdev is modified (title and release not verified: absent in 3.6)",
		.release = "3.18",
		.effect = "`ip link set` of alias, group, mode or protodown sends a notification; "
			  "before, none",
	},
	[KERNEL_IPVLAN] = {
		.name = "ipvlan",
		.commit = "2ad7bf363841 ipvlan: Initial check-in of the IPVLAN driver",
		.release = "3.19",
		.effect = "`ip link add type ipvlan` works; before, \"Operation not supported\"",
	},
	[KERNEL_VETH_IFLINK] = {
		.name = "veth-iflink",
		.commit = "a45253bf32bf veth: set iflink to the peer veth",
		.release = "4.1",
		.effect = "a veth counts as stacked on its peer: LOWERLAYERDOWN without carrier, "
			  "and urgent",
	},
	[KERNEL_IFLA_PROTO_DOWN] = {
		.name = "ifla-proto-down",
		.commit = "d746d707a8b9 net core: Add protodown support (title and release not verified)",
		.release = "4.2",
		.effect = "`ip link set DEV protodown on|off` is refused by drivers that lack it; "
			  "before, the unknown attribute was ignored",
	},
	[KERNEL_VRF] = {
		.name = "vrf",
		.commit = "193125dbd8eb net: Introduce VRF device driver",
		.release = "4.3",
		.effect = "`ip link add type vrf` works; before, \"Operation not supported\"",
	},
	[KERNEL_TXQLEN_TOLD] = {
		.name = "txqlen-told",
		.commit = "not identified: absent in 3.6, there in 5.10",
		.release = "4.8 (the message) to 4.16, not verified",
		.effect = "`ip link set DEV txqueuelen N` sends a notification, and deactivates and "
			  "reactivates the qdisc of a device that is up; before, neither",
	},
	[KERNEL_TIMER_WHEEL] = {
		.name = "timer-wheel",
		.commit = "500462a9de65 timers: Switch to a non-cascading wheel",
		.release = "4.8",
		.effect = "a timer fires with its bucket of the wheel: 1 jiffy late, or up to an "
			  "eighth of its delay; before, on time except for timer-slack",
	},
	[KERNEL_NEWLINK_MASTER] = {
		.name = "newlink-master",
		.commit = "not identified: absent in 3.6, there in 5.10",
		.release = "4.11, not verified",
		.effect = "`ip link add` takes `master`; before, \"Operation not supported\"",
	},
	[KERNEL_EXTACK] = {
		.name = "extack",
		.commit = "2d4bc93368f5 netlink: extended ACK reporting (title and release not verified); most words came in 4.15 and later",
		.release = "4.12",
		.effect = "a refusal may have a text, \"Error: ...\"; before, \"RTNETLINK answers: "
			  "...\"",
	},
	[KERNEL_NO_ROOM_NOOP] = {
		.name = "no-room-noop",
		.commit = "c5ad119fb6c0 net: sched: pfifo_fast use skb_array (title not verified); ended by bf6dba76d278 net: sched: fallback to qdisc noqueue if default qdisc setup fail, 5.8",
		.release = "4.16 to 5.7",
		.effect = "a device with `txqueuelen 0` before its first up gets no qdisc, so carrier on is never urgent; else it gets noqueue",
	},
	[KERNEL_VIRTNET_OFF_FIRST] = {
		.name = "virtnet-off-first",
		.commit = "bda7fab54828 virtio-net: Fix operstate for virtio when no "
			  "VIRTIO_NET_F_STATUS",
		.release = "4.17",
		.effect = "a virtio_net without F_STATUS turns its carrier off and on at probe and "
			  "so becomes UP; before, it stayed UNKNOWN",
	},
	[KERNEL_ABSENT_SKIPPED] = {
		.name = "absent-skipped",
		.commit = "124eee3f6955 net: linkwatch: add check for netdevice being present to "
			  "linkwatch_do_dev",
		.release = "4.20",
		.effect = "the event of a detached device changes its stored operstate but sends no "
			  "notification; before, it was treated as any other",
	},
	[KERNEL_LAG_URGENT] = {
		.name = "lag-urgent",
		.commit = "not identified: there in 4.19 by way of stable; for ports of a team "
			  "alone already before 4.1",
		.release = "5.0 or so",
		.effect = "every event of a running port or master of a bond or team is urgent",
	},
	[KERNEL_TUN_CARRIER] = {
		.name = "tun-carrier",
		.commit = "26d31925cd5e tun: implement carrier change (title and release not verified)",
		.release = "5.0",
		.effect = "`ip link set DEV carrier on|off` of a tun or tap, and TUNSETCARRIER; before, \"Operation not supported\" and EINVAL",
	},
	[KERNEL_MACVLAN_PROTO_DOWN] = {
		.name = "macvlan-proto-down",
		.commit = "not identified: absent in a 4.18, there in 5.10",
		.release = "5.1, not verified",
		.effect = "a macvlan takes protodown; before, \"Operation not supported\"",
	},
	[KERNEL_VLAN_BRIDGE_BINDING] = {
		.name = "vlan-bridge-binding",
		.commit = "8c8b3458d0b9 vlan: support binding link state to vlan member bridge ports "
			  "(title and release not verified: there in 5.10)",
		.release = "5.2",
		.effect = "`type vlan ... bridge_binding on`; before, it is refused: EINVAL",
	},
	[KERNEL_RUN_BUDGET] = {
		.name = "run-budget",
		.commit = "8eaf8d99a02f net: link_watch: prevent starvation when processing "
			  "linkwatch wq",
		.release = "5.3",
		.effect = "a run handles at most 100 devices (200 if it is for urgent events only), "
			  "the rest wait for the next; before, all of them",
	},
	[KERNEL_TESTING] = {
		.name = "testing",
		.commit = "eec517cdb481 net: Add IF_OPER_TESTING",
		.release = "5.8",
		.effect = "netif_testing_on() exists, and `mode testing` and `state TESTING` have "
			  "an effect",
	},
	[KERNEL_PROTO_DOWN_EXTACK] = {
		.name = "proto-down-extack",
		.commit = "829eb208e80d rtnetlink: add support for protodown reason (title and release not verified: there in 5.10)",
		.release = "5.9",
		.effect = "\"Error: Protodown not supported by device.\"; before, \"RTNETLINK answers: Operation not supported\"",
	},
	[KERNEL_BOND_INITIAL_STATE] = {
		.name = "bond-initial-state",
		.commit = "32d4c5647aad net: bonding: Notify ports about their initial state",
		.release = "5.12",
		.effect = "a bond sends a new slave's state once more after it has linked the "
			  "slave; before, only ahead of that",
	},
	[KERNEL_CARRIER_EVENT] = {
		.name = "carrier-event",
		.commit = "490dcecabbf9 mlx5: count all link events",
		.release = "5.14",
		.effect = "netif_carrier_event() counts up and down and fires one event; carrier "
			  "does not change",
	},
	[KERNEL_ABSENT_REQUEUED] = {
		.name = "absent-requeued",
		.commit = "6922110d152e net: linkwatch: fix failure to restore device state across "
			  "suspend/resume",
		.release = "5.14, and 5.4 and 5.10 by way of stable",
		.effect = "the event of a detached device waits until it is attached; before, its "
			  "notification was lost",
	},
	[KERNEL_IPVLAN_UP] = {
		.name = "ipvlan-up",
		.commit = "57fb346cc7d0 ipvlan: Add handling of NETDEV_UP events",
		.release = "5.15",
		.effect = "an ipvlan takes over the carrier of its lower device when that goes up, "
			  "too",
	},
	[KERNEL_BOND_FIRST_UP] = {
		.name = "bond-first-up",
		.commit = "0a2ff7cc8ad4 Bonding: add per-port priority for failover re-selection",
		.release = "6.0",
		.effect = "when a bond selects a new active slave, it takes the first slave that is "
			  "up; before, the active one stayed",
	},
	[KERNEL_TUN_NO_CARRIER] = {
		.name = "tun-no-carrier",
		.commit = "195624d9c26b tun: support not enabling carrier in TUNSETIFF",
		.release = "6.1",
		.effect = "TUNSETIFF with IFF_NO_CARRIER leaves a tun or tap without carrier; "
			  "before, the flag was ignored",
	},
	[KERNEL_LOWER_LOOKED_AT] = {
		.name = "lower-looked-at",
		.commit = "8c55facecd7a net: linkwatch: only report IF_OPER_LOWERLAYERDOWN if iflink is "
			  "actually down",
		.release = "6.2",
		.effect = "a device without carrier is LOWERLAYERDOWN only if the device whose "
			  "ifindex is its iflink has no carrier either, else DOWN",
	},
	[KERNEL_NETNS_EXTACK] = {
		.name = "netns-extack",
		.commit = "net: plumb extack in __dev_change_net_namespace()",
		.release = "6.15",
		.effect = "a device that cannot move to another namespace is refused with the "
			  "reason; in Debian's 6.12 by way of stable",
	},
	[KERNEL_BOND_SLAVE_ONCE_LINKED] = {
		.name = "bond-slave-once-linked",
		.commit = "8a321cf7becc net: add IFF_NO_ADDRCONF and use it in bonding to prevent ipv6 addrconf",
		.release = "6.2",
		.effect = "a new slave of a bond gets IFF_SLAVE, and counts as its port, only when "
			  "it is linked: of the notifications of an enslave only the last ones have "
			  "the flag; before, from before its open on",
	},
	[KERNEL_RENAME_WHILE_UP] = {
		.name = "rename-while-up",
		.commit = "bd039b5ea2a9 net/core: Allow live renaming when an interface is up",
		.release = "6.2",
		.effect = "`ip link set DEV name NEW` works on a device that is up; before, "
			  "\"Device or resource busy\"",
	},
	[KERNEL_EEVDF] = {
		.name = "eevdf",
		.commit = "147f3efaa241 sched/fair: Implement an EEVDF-like scheduling policy",
		.release = "6.6",
		.effect = "whoever has a CPU keeps it: a process makes its next system call before "
			  "the work that the last one queued (`ip tuntap`), and a worker runs its "
			  "next item before another worker; before, in the order of queueing",
	},
	[KERNEL_QUERY_SYNCS] = {
		.name = "query-syncs",
		.commit = "facd15dfd691 net: core: synchronize link-watch when carrier is queried",
		.release = "6.8",
		.effect = "RTM_GETLINK of one device, and reading its carrier in sysfs, first "
			  "process the device's pending event; so does `ip link set NAME`, which "
			  "queries first",
	},
	[KERNEL_IPVLAN_DOWN] = {
		.name = "ipvlan-down",
		.commit = "229783970838 ipvlan: handle NETDEV_DOWN event",
		.release = "6.10",
		.effect = "an ipvlan takes over the carrier of its lower device when that goes "
			  "down, too",
	},
	[KERNEL_LINKWATCH_UNBOUND] = {
		.name = "linkwatch-unbound",
		.commit = "3e7917c0cdad net: linkwatch: use system_unbound_wq",
		.release = "6.11, and 5.4 to 6.10 by way of stable",
		.effect = "linkwatch does not queue behind other work of the same CPU",
	},
	[KERNEL_VIRTNET_FOLLOWS_OPEN] = {
		.name = "virtnet-follows-open",
		.commit = "df28de7b0050 virtio_net: synchronize operstate with admin state on up/down; "
			  "be5dcaed694e its follow-up of 6.16, in 6.12 by way of stable",
		.release = "6.12",
		.effect = "a virtio_net has no carrier before it is opened and after it is stopped; "
			  "the host's link status is read after the open",
	},
	[KERNEL_GONE_UNSTACKED] = {
		.name = "gone-unstacked",
		.commit = "750e51603395 net: avoid potential UAF in default_operstate()",
		.release = "6.13, and 6.12 by way of stable",
		.effect = "the last event of a device that is being deleted stores DOWN, never "
			  "LOWERLAYERDOWN; no notification is sent",
	},
	[KERNEL_TEAM_VLAN_FEATURES] = {
		.name = "team-vlan-features",
		.commit = "not identified: of the series on NETIF_F_GSO_ENCAP_ALL of 2024-12, in 6.12 by way "
			  "of stable",
		.release = "6.13",
		.effect = "VLANs on a team keep features while it has no ports, and notify of "
			  "others as ports come and go",
	},
	[KERNEL_BOND_FEATURES_COMMON] = {
		.name = "bond-features-common",
		.commit = "bonding: use common function to compute the features, posted in 2025-10; in 6.12 "
			  "and 6.18 by way of stable",
		.release = "after 6.18",
		.effect = "VLANs on a bond keep features while it has no slaves, and notify of "
			  "others as slaves come and go",
	},
	[KERNEL_TEAM_FEATURES_FIRST] = {
		.name = "team-features-first",
		.commit = "team: use common function to compute the features, posted in 2025-10",
		.release = "after 6.18",
		.effect = "a team that gets a port sends a notification of its features before it "
			  "looks at the port's link; before, after it",
	},
	[KERNEL_BRIDGE_FEATURES_LAST] = {
		.name = "bridge-features-last",
		.commit = "net: bridge: use common function to compute the features, posted in 2025-10",
		.release = "after 6.18",
		.effect = "a bridge sends a notification of its features whenever a port was added "
			  "or removed, after everything else; before, for the first port, ahead of "
			  "its link, and for the last",
	},
	[KERNEL_BOND_PEERS_AFTER] = {
		.name = "bond-peers-after",
		.commit = "not identified: bond_peer_notify_may_events(), absent in 6.12, there in 7.2",
		.release = "after 6.12",
		.effect = "a bond's monitor decides whether to notify the peers after it has acted, "
			  "so they are notified when the bond comes back, before linkwatch runs",
	},
	[KERNEL_PROTO_DOWN_HOLDS] = {
		.name = "proto-down-holds",
		.commit = "99f8efac7f99 net: Do not turn on carrier when protodown is on; "
			  "9a9c0f5c6823 net: Do not unconditionally turn on carrier when turning off "
			  "protodown; both of 2026-05",
		.release = "7.2",
		.effect = "netif_carrier_on() does nothing while protodown is on; and `protodown "
			  "off` gives no carrier to a device whose lower device has none",
	},
	[KERNEL_VLAN_WORK] = {
		.name = "vlan-work",
		.commit = "not identified: netdev_work, absent in 6.18, there in 7.2",
		.release = "after 6.18",
		.effect = "a VLAN follows its real device up and down in a work item, one VLAN at a "
			  "time and after the request; before, within the request, and all that "
			  "close as a group",
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
		.effect = "do_setlink(), where `ip link set` ends, fires a linkwatch event after it has changed the flags",
		.is_change = true,
	},
	[KERNEL_IFLINK_OP_URGENT] = {
		.name = "iflink-op-urgent",
		.commit = "posted to netdev on 2020-10-01, 09/12 and 10/12 on iflink",
		.effect = "a device counts as stacked, for urgency and for LOWERLAYERDOWN, if its "
			  "driver has ndo_get_iflink(); without the change, if ifindex and iflink "
			  "differ, and across namespaces they can be equal",
		.is_change = true,
	},
	[KERNEL_LIMIT_5MS] = {
		.name = "limit-5ms",
		.commit = "posted to netdev on 2024-04-17",
		.effect = "HZ/200 in place of HZ wherever linkwatch limits: a run every 5 ms, not "
			  "every second; at HZ=100 that is 0: no limit",
		.is_change = true,
	},
	[KERNEL_OPEN_SYNCS] = {
		.name = "open-syncs",
		.commit = "not posted: lwsim's own",
		.effect = "__dev_open() processes the device's own pending event just before it sets "
			  "IFF_UP: the operstate is stored, and the message of the open has it",
		.is_change = true,
	},
};

#define HAS(which) KERNEL_SWITCH(KERNEL_##which)

/* What a mainline release introduced, all later ones have too. */
#define IN_2_6_24 UINT64_C(0)
#define IN_3_7                                                                                     \
	(IN_2_6_24 | HAS(SETLINK_FLAGS_ERROR) | HAS(NEWLINK_FLAGS) | HAS(MASTERS_BY_NETLINK) |     \
	 HAS(REGISTERED_ONLY) | HAS(EVENTS_FIFO) | HAS(STACKED_URGENT) | HAS(TEAM) |               \
	 HAS(STATE_AT_REGISTRATION) | HAS(MOD_DELAYED_WORK))
#define IN_4_19                                                                                    \
	(IN_3_7 | HAS(UPPERS_TOLD) | HAS(BOND_NETLINK) | HAS(SETLINK_NOTIFIES) |                   \
	 HAS(IFLA_PROTO_DOWN) | HAS(TXQLEN_TOLD) | HAS(NEWLINK_MASTER) | HAS(EXTACK) |             \
	 HAS(IFLA_CARRIER) | HAS(IPVLAN) | HAS(VETH_IFLINK) | HAS(VRF) | HAS(TIMER_WHEEL) |        \
	 HAS(VIRTNET_OFF_FIRST))
#define IN_5_4                                                                                     \
	(IN_4_19 | HAS(VLAN_BRIDGE_BINDING) | HAS(TUN_CARRIER) | HAS(MACVLAN_PROTO_DOWN) |         \
	 HAS(ABSENT_SKIPPED) | HAS(LAG_URGENT) | HAS(RUN_BUDGET))
#define IN_5_8 (IN_5_4 | HAS(TESTING))
#define IN_5_10 (IN_5_8 | HAS(PROTO_DOWN_EXTACK))
#define IN_5_15                                                                                    \
	(IN_5_10 | HAS(BOND_INITIAL_STATE) | HAS(CARRIER_EVENT) | HAS(IPVLAN_UP) |                 \
	 HAS(ABSENT_REQUEUED))
#define IN_6_1 (IN_5_15 | HAS(BOND_FIRST_UP) | HAS(TUN_NO_CARRIER))
#define IN_6_2 (IN_6_1 | HAS(BOND_SLAVE_ONCE_LINKED) | HAS(LOWER_LOOKED_AT) | HAS(RENAME_WHILE_UP))
#define IN_6_8 (IN_6_2 | HAS(EEVDF) | HAS(QUERY_SYNCS))
#define IN_6_12 (IN_6_8 | HAS(IPVLAN_DOWN) | HAS(LINKWATCH_UNBOUND) | HAS(VIRTNET_FOLLOWS_OPEN))
#define IN_6_16 (IN_6_12 | HAS(GONE_UNSTACKED) | HAS(NETNS_EXTACK) | HAS(TEAM_VLAN_FEATURES))
#define IN_7_2                                                                                     \
	(IN_6_16 | HAS(BOND_FEATURES_COMMON) | HAS(TEAM_FEATURES_FIRST) |                          \
	 HAS(BRIDGE_FEATURES_LAST) | HAS(BOND_PEERS_AFTER) | HAS(PROTO_DOWN_HOLDS) |               \
	 HAS(VLAN_WORK))

/* The other switches of a row were backported by stable, or reverted later. */
static const struct kernel_version_info versions[] = {
	{ .name = "2.6.24", .package = "mainline 2.6.24", .switches = IN_2_6_24 },
	{ .name = "3.7", .package = "mainline 3.7", .switches = IN_3_7 | HAS(TIMER_SLACK) },
	{ .name = "4.19",
	  .package = "mainline 4.19, its newest stable",
	  .switches = IN_4_19 | HAS(LAG_URGENT) | HAS(NO_ROOM_NOOP) },
	{ .name = "5.4",
	  .package = "mainline 5.4, its newest stable",
	  .switches = IN_5_4 | HAS(NO_ROOM_NOOP) | HAS(ABSENT_REQUEUED) | HAS(LINKWATCH_UNBOUND) },
	{ .name = "5.8", .package = "mainline 5.8", .switches = IN_5_8 },
	{ .name = "5.10",
	  .package = "Debian linux-source-5.10, 5.10.262",
	  .switches = IN_5_10 | HAS(ABSENT_REQUEUED) | HAS(LINKWATCH_UNBOUND) },
	{ .name = "5.15",
	  .package = "mainline 5.15, its newest stable",
	  .switches = IN_5_15 | HAS(LINKWATCH_UNBOUND) },
	{ .name = "6.1",
	  .package = "Debian linux-source-6.1, 6.1.192",
	  .switches = IN_6_1 | HAS(LINKWATCH_UNBOUND) },
	{ .name = "6.2", .package = "mainline 6.2", .switches = IN_6_2 },
	{ .name = "6.8", .package = "mainline 6.8", .switches = IN_6_8 },
	{ .name = "6.12",
	  .package = "Debian linux-source-6.12, 6.12.117",
	  .switches = IN_6_12 | HAS(GONE_UNSTACKED) | HAS(NETNS_EXTACK) | HAS(TEAM_VLAN_FEATURES) |
		      HAS(BOND_FEATURES_COMMON) },
	{ .name = "6.16", .package = "mainline 6.16", .switches = IN_6_16 },
	{ .name = "6.18",
	  .package = "mainline 6.18, its newest stable",
	  .switches = IN_6_16 | HAS(BOND_FEATURES_COMMON) },
	{ .name = "7.2", .package = "Debian linux-source-7.2, 7.2.12", .switches = IN_7_2 },
};

const struct kernel_version_info *kernel_version_info(unsigned int row)
{
	return row < sizeof(versions) / sizeof(versions[0]) ? &versions[row] : NULL;
}

const struct kernel_switch_info *kernel_switch_info(unsigned int kernel_switch)
{
	return kernel_switch < KERNEL_SWITCH_COUNT ? &switches[kernel_switch] : NULL;
}
