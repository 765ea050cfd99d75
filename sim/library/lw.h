/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * liblwsim: Linux's link-state machine on a virtual clock, for tests. A machine is one simulated
 * kernel; liblwsim(3) explains each function with an example.
 *
 * Functions return 0 (or what is said there), or -errno; lw_error() then has the text. They never
 * print, never end the program, and keep no state outside of a machine: threads may use different
 * machines at the same time, and one machine one after the other.
 *
 * Times are ns since the machine's boot. Devices are named as `ip` names them, in the network
 * namespace that lw_netns_enter() chose. A call that needs rtnl while it is held waits for it, as a
 * process does: virtual time passes.
 */
#ifndef LW_H
#define LW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LW_API __attribute__((visibility("default")))

#define LW_NAME_BYTES 16   /* IFNAMSIZ */
#define LW_ERROR_BYTES 256 /* longest text of an error, with its NUL */
#define LW_NEVER INT64_MAX /* a time that does not come */
#define LW_MS INT64_C(1000000)
#define LW_SEC INT64_C(1000000000)

struct lw_machine;
struct lw_socket;

#define LW_VERSION "0.2.0"
/* The library's version: LW_VERSION of its lw.h. */
LW_API const char *lw_version(void);
/* Versions of Linux, oldest first: "6.1"; NULL past the last. Each may be written VERSION+CHANGE. */
LW_API const char *lw_kernel_version(unsigned int i);

/*
 * Machines
 */

/* 0 or NULL: the default. */
struct lw_config {
	const char *kernel;    /* VERSION[+CHANGE...] as in lwsim(1); 6.1 */
	uint32_t hz;	       /* 100, 250, 300 or 1000; 250 */
	uint32_t long_bits;    /* of the kernel: 32 or 64; 64 */
	uint32_t max_devices;  /* at one time; 1024 */
	uint32_t max_netns;    /* at one time, besides the initial one; 16 */
	uint32_t max_queued;   /* datagrams in a socket's queue; 4096; Linux: about 92 */
	bool has_exact_timers; /* timers fire when they expire, not with their bucket of the wheel */
	uint8_t reserved[35];  /* 0 */
};

/*
 * Boots a machine. Its memory is allocated here, apart from sockets and what waits in their queues.
 * config NULL: all defaults. -EINVAL: ret_error (may be NULL) says what is wrong; -ENOMEM.
 * The caller frees with lw_free(), sockets first.
 */
LW_API int lw_new(const struct lw_config *config, struct lw_machine **ret_machine,
		  char ret_error[LW_ERROR_BYTES]);
LW_API void lw_free(struct lw_machine *machine); /* NULL is fine */

/* Text of the machine's last error; "": there was none. Valid until the next call. The kernel's own
 * extended ack if there is one. */
LW_API const char *lw_error(const struct lw_machine *machine);

/*
 * Time
 */

LW_API int64_t lw_now(const struct lw_machine *machine);
/* Jiffies since boot. */
LW_API uint64_t lw_jiffies(const struct lw_machine *machine);
/* When the machine acts next by itself; LW_NEVER: not until somebody else does something. */
LW_API int64_t lw_next(const struct lw_machine *machine);
/* Lets time pass until at_ns, or by ns. -EINVAL: in the past. */
LW_API int lw_run_until(struct lw_machine *machine, int64_t at_ns);
LW_API int lw_run_for(struct lw_machine *machine, int64_t ns);
/*
 * Lets time pass until the socket's queue is not empty, at most until at_ns. 1: it has something;
 * 0: at_ns has come; or with LW_NEVER: nothing more happens by itself, or not for a day.
 */
LW_API int lw_run_until_message(struct lw_socket *socket, int64_t at_ns);

/* Somebody holds rtnl for ns from now. -EBUSY: somebody holds it already. */
LW_API int lw_rtnl_hold(struct lw_machine *machine, int64_t ns);
/* Queued work starts that much after it was queued, as on a busy machine. */
LW_API int lw_worker_latency(struct lw_machine *machine, int64_t ns);

/*
 * Network namespaces have numbers; 0 is the initial one.
 */

/* Returns the number of a new namespace. -ENOSPC: max_netns exist. */
LW_API int lw_netns_add(struct lw_machine *machine);
/* Drops the name, as `ip netns del`; its devices go when queued work runs. The machine must not be
 * in it. -ENOENT */
LW_API int lw_netns_del(struct lw_machine *machine, int netns);
/* Calls from now on are made in that namespace. -ENOENT */
LW_API int lw_netns_enter(struct lw_machine *machine, int netns);

/*
 * What is known of a link: now (lw_link_get), or in a message (lw_recv_link).
 */

struct lw_link {
	int64_t time_ns; /* of the message, or now */
	uint64_t jiffy;	 /* of the message, or now; since boot */
	/* RTM_NEWLINK, RTM_DELLINK, NLMSG_ERROR, NLMSG_DONE, or another type */
	uint16_t type;
	uint16_t nl_flags;    /* NLM_F_* */
	uint32_t seq, portid; /* 0: a notification */
	int32_t error;	      /* of NLMSG_ERROR: 0 (an ACK) or -errno */
	int32_t ifindex;
	char name[LW_NAME_BYTES];
	uint32_t flags;	   /* IFF_* */
	uint32_t change;   /* ifi_change */
	uint8_t operstate; /* IF_OPER_*: IFLA_OPERSTATE */
	uint8_t linkmode;  /* IF_LINK_MODE_* */
	bool has_carrier;  /* IFLA_CARRIER */
	bool is_proto_down;
	uint32_t mtu, txqlen, promiscuity;
	uint32_t carrier_up, carrier_down; /* IFLA_CARRIER_UP_COUNT, _DOWN_COUNT */
	int32_t master, link;		   /* ifindex; 0: none */
	uint8_t address[6];
	/* of lw_link_get() only */
	uint8_t stored_operstate; /* dev->operstate */
	bool is_pending;	  /* an event of it is on linkwatch's list */
	char kind[LW_NAME_BYTES]; /* "veth"; "": no rtnl_link_ops */
	char qdisc[LW_NAME_BYTES];
	uint8_t reserved[32];
};

/* What rtnetlink would say of a device now. Looking changes nothing. -ENODEV */
LW_API int lw_link_get(const struct lw_machine *machine, const char *name,
		       struct lw_link *ret_link);
/* The device's ifindex. -ENODEV */
LW_API int lw_ifindex(const struct lw_machine *machine, const char *name);

/*
 * What `ip link` does. As the real one, each first asks for the devices it names, which since
 * Linux 6.8 makes linkwatch process their events. -ENODEV: no such device.
 */

/* kind: dummy, bridge, team, bond (mode balance-rr). */
LW_API int lw_link_add(struct lw_machine *machine, const char *name, const char *kind);
LW_API int lw_link_add_veth(struct lw_machine *machine, const char *name, const char *peer);
LW_API int lw_link_add_vlan(struct lw_machine *machine, const char *name, const char *link,
			    uint16_t id);
/* kind: macvlan, ipvlan. */
LW_API int lw_link_add_on(struct lw_machine *machine, const char *name, const char *kind,
			  const char *link);
LW_API int lw_link_add_vrf(struct lw_machine *machine, const char *name, uint32_t table);
/* mode: IFLA_BOND_MODE: 0 balance-rr, 1 active-backup, 2 balance-xor; miimon_ms 0: none. */
LW_API int lw_link_add_bond(struct lw_machine *machine, const char *name, uint8_t mode,
			    uint32_t miimon_ms);
LW_API int lw_link_del(struct lw_machine *machine, const char *name);

LW_API int lw_link_up(struct lw_machine *machine, const char *name);
LW_API int lw_link_down(struct lw_machine *machine, const char *name);
/* `ip link set NAME master MASTER`; NULL: nomaster. */
LW_API int lw_link_master(struct lw_machine *machine, const char *name, const char *master);
LW_API int lw_link_state(struct lw_machine *machine, const char *name, uint8_t operstate);
LW_API int lw_link_mode(struct lw_machine *machine, const char *name, uint8_t linkmode);
LW_API int lw_link_carrier(struct lw_machine *machine, const char *name, bool has_carrier);
LW_API int lw_link_protodown(struct lw_machine *machine, const char *name, bool is_down);
LW_API int lw_link_mtu(struct lw_machine *machine, const char *name, uint32_t mtu);
LW_API int lw_link_txqlen(struct lw_machine *machine, const char *name, uint32_t len);
LW_API int lw_link_address(struct lw_machine *machine, const char *name, const uint8_t address[6]);
LW_API int lw_link_rename(struct lw_machine *machine, const char *name, const char *new_name);
LW_API int lw_link_netns(struct lw_machine *machine, const char *name, int netns);

/*
 * What other programs do
 */

/* RTM_SETLINK by number, without a question first, as systemd-networkd sends it. */
LW_API int lw_setlink_flags(struct lw_machine *machine, int ifindex, uint32_t flags,
			    uint32_t change);
/* RTM_GETLINK by number: since Linux 6.8 linkwatch then processes its event. */
LW_API int lw_getlink(struct lw_machine *machine, int ifindex, struct lw_link *ret_link);
/* SIOCSIFFLAGS, as `ifconfig NAME up|down`. */
LW_API int lw_ifconfig(struct lw_machine *machine, const char *name, bool is_up);
/* /dev/net/tun: TUNSETIFF (creates the device, or attaches to it), TUNSETPERSIST, TUNSETCARRIER,
 * close. -EBUSY: a process has it open. */
LW_API int lw_tun_set_iff(struct lw_machine *machine, const char *name, bool is_tap,
			  bool is_carrier_off);
LW_API int lw_tun_set_persist(struct lw_machine *machine, const char *name, bool is_persistent);
LW_API int lw_tun_set_carrier(struct lw_machine *machine, const char *name, bool has_carrier);
LW_API int lw_tun_close(struct lw_machine *machine, const char *name);

/*
 * What drivers do. -EOPNOTSUPP: the kernel does not have the function.
 */

LW_API int lw_carrier_on(struct lw_machine *machine, const char *name);
LW_API int lw_carrier_off(struct lw_machine *machine, const char *name);
LW_API int lw_carrier_event(struct lw_machine *machine, const char *name);
LW_API int lw_dormant_on(struct lw_machine *machine, const char *name);
LW_API int lw_dormant_off(struct lw_machine *machine, const char *name);
LW_API int lw_testing_on(struct lw_machine *machine, const char *name);
LW_API int lw_testing_off(struct lw_machine *machine, const char *name);
LW_API int lw_device_detach(struct lw_machine *machine, const char *name);
LW_API int lw_device_attach(struct lw_machine *machine, const char *name);
LW_API int lw_dev_open(struct lw_machine *machine, const char *name);
LW_API int lw_dev_close(struct lw_machine *machine, const char *name);
LW_API int lw_linkwatch_fire_event(struct lw_machine *machine, const char *name);

/* A virtio_net device appears. has_status: the host offers VIRTIO_NET_F_STATUS. */
LW_API int lw_virtnet_probe(struct lw_machine *machine, const char *name, bool has_status,
			    bool is_link_up);
/* The virtio host changes the link bit and interrupts. -EOPNOTSUPP: not virtio_net. */
LW_API int lw_virtnet_config_changed(struct lw_machine *machine, const char *name, bool is_link_up);

/*
 * NETLINK_ROUTE sockets: rtnetlink's bytes, at the machine's time
 */

enum lw_socket_option {
	LW_STRICT_CHK = 1, /* NETLINK_GET_STRICT_CHK */
	LW_EXT_ACK = 2,	   /* NETLINK_EXT_ACK */
	LW_CAP_ACK = 4,	   /* NETLINK_CAP_ACK */
};

/* Opens a socket in the machine's namespace; groups: RTMGRP_LINK or 0; options: enum
 * lw_socket_option. The caller frees with lw_socket_free(). -ENOMEM */
LW_API int lw_socket_new(struct lw_machine *machine, uint32_t groups, uint32_t options,
			 struct lw_socket **ret_socket);
LW_API void lw_socket_free(struct lw_socket *socket); /* NULL is fine */
/* Its groups and options from now on, as bind() and setsockopt() change them. -EINVAL */
LW_API int lw_socket_set(struct lw_socket *socket, uint32_t groups, uint32_t options);
/* The port id that answers carry. */
LW_API uint32_t lw_socket_portid(const struct lw_socket *socket);

/* Handles one datagram of requests; answers and notifications are in the queue on return, or come
 * as time passes. RTM_GETLINK (also NLM_F_DUMP), RTM_NEWLINK, RTM_SETLINK, RTM_DELLINK; what else
 * there is answers a dump with nothing, and other requests with EOPNOTSUPP. 0, or -ENOMEM. */
LW_API int lw_send(struct lw_socket *socket, const void *bytes, size_t len);

/*
 * Takes the oldest datagram from the queue. Returns its length: if it is more than size, the rest
 * is lost. ret_time_ns may be NULL. -EAGAIN: the queue is empty; -ENOBUFS, once: the queue or the
 * memory was full, and all that came since then, until the queue is empty, is lost.
 */
LW_API int lw_recv(struct lw_socket *socket, void *ret_bytes, size_t size, int64_t *ret_time_ns);
/* The same for one message of a datagram, read. Do not use both halfway through a datagram. */
LW_API int lw_recv_link(struct lw_socket *socket, struct lw_link *ret_link);

/* For code that wants a file descriptor. */
enum lw_fd {
	LW_FD_NETLINK = 1, /* NETLINK_USERSOCK: addresses are struct sockaddr_nl */
	LW_FD_UNIX = 2,	   /* AF_UNIX, SOCK_SEQPACKET: where there is no netlink */
};

/*
 * A connected descriptor that receives what the socket's queue would, and whose sends are requests.
 * Not blocking, close-on-exec; the caller closes it. Messages come from a port id that is not 0, and
 * requests are sent by send() or write(), not to an address. Every call that lets time pass or does
 * something moves datagrams; lw_socket_serve() does just that. What the descriptor's buffer does not
 * take stays in the queue. Returns the descriptor, or -errno.
 */
LW_API int lw_socket_fd(struct lw_socket *socket, enum lw_fd kind);
/* Handles requests that were sent to the descriptor, and passes on what waits. -ENOBUFS, once:
 * messages for it were lost. (recv() on a kernel's socket would fail with that.) */
LW_API int lw_socket_serve(struct lw_socket *socket);

#ifdef __cplusplus
}
#endif

#endif
