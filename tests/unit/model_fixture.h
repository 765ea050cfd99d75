/* SPDX-License-Identifier: GPL-2.0-or-later */
/* For tests of the model: a machine whose every word is written into a log, which a test
 * compares with what the kernel would have said.
 *
 * A message is a line `JIFFY DEV FLAGS OPERSTATE CHANGE`, FLAGS of U (UP), R (RUNNING), L (LOWER_UP)
 * and D (DORMANT) or -, DEV net1/NAME in another namespace; with is_full `JIFFY DEV <FLAGS> OPERSTATE mode= qdisc= change= up/down=` as in the
 * recordings of a real kernel. Trace points are logged if `traced` has their bit. */
#ifndef LWSIM_TESTS_MODEL_FIXTURE_H
#define LWSIM_TESTS_MODEL_FIXTURE_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/machine.h"

#define BIT(n) (1U << (n))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define FOR_EACH(at, array) for (at = (array); at < (array) + ARRAY_SIZE(array); at++)

struct fixture {
	struct machine *m;
	char log[64 * 1024];
	size_t log_len;
	uint32_t traced; /* BIT(enum trace_point) */
	bool is_full;	 /* messages as in the recordings */
	uint32_t messages;
	struct link_message last; /* the last of them */
	uint32_t broken_calls;
	const char *broken; /* what the last call said */

	/* what the notifier veto() refuses, and with what */
	const char *veto_name;
	enum netdev_cmd veto_cmd;
	int veto_err;
	bool has_veto; /* it is registered */
};

/* A driver with nothing of its own. */
static const struct net_device_ops plain_ops __attribute__((unused)) = {
	.kind = "plain",
	.default_qdisc = QDISC_PFIFO_FAST,
};

static inline struct fixture *fixture_of(const struct net_device *dev)
{
	return dev->machine->callbacks.user;
}

static inline __attribute__((format(printf, 2, 3))) void say(struct fixture *f, const char *format,
							     ...)
{
	size_t room = sizeof(f->log) - f->log_len;
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(f->log + f->log_len, room, format, args);
	va_end(args);
	assert_in_range(len, 0, room - 1);
	f->log_len += (size_t)len;
}

static inline void forget_log(struct fixture *f)
{
	f->log_len = 0;
	f->log[0] = '\0';
	f->messages = 0;
}

/* All that was said since the last time. */
static inline void expect_log_at(struct fixture *f, const char *expected, const char *file,
				 int line)
{
	_assert_string_equal(f->log, expected, file, line);
	forget_log(f);
}
#define expect_log(f, expected) expect_log_at(f, expected, __FILE__, __LINE__)

static inline const char *operstate_word(uint64_t operstate)
{
	static const char *const words[] = { "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN",
					     "TESTING", "DORMANT",    "UP" };

	return operstate < ARRAY_SIZE(words) ? words[operstate] : "?";
}

static inline const char *qdisc_word(uint64_t qdisc)
{
	static const char *const words[] = { "noop", "noqueue", "pfifo_fast" };

	return qdisc < ARRAY_SIZE(words) ? words[qdisc] : "?";
}

static inline void say_flags(struct fixture *f, uint32_t flags)
{
	static const struct {
		uint32_t flag;
		const char *letter, *word;
	} known[] = { { IFF_UP, "U", "UP" },
		      { IFF_RUNNING, "R", "RUNNING" },
		      { IFF_LOWER_UP, "L", "LOWER_UP" },
		      { IFF_DORMANT, "D", "DORMANT" } };
	const char *comma = "";
	bool any = false;

	say(f, "%s", f->is_full ? "<" : "");
	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		if (!(flags & known[i].flag))
			continue;
		say(f, "%s%s", f->is_full ? comma : "",
		    f->is_full ? known[i].word : known[i].letter);
		comma = ",";
		any = true;
	}
	say(f, "%s", f->is_full ? ">" : any ? "" : "-");
}

static inline void on_notify(void *user, const struct link_message *message)
{
	struct fixture *f = user;

	f->messages++;
	f->last = *message;
	say(f, "%u %s", (unsigned int)f->m->since_boot_j, message->is_dellink ? "DEL " : "");
	if (message->dev->nd_net)
		say(f, "net%u/", message->dev->nd_net);
	say(f, "%s ", message->dev->name);
	say_flags(f, message->ifi_flags);
	say(f, " %s", operstate_word(message->operstate));
	if (f->is_full)
		say(f, " mode=%u qdisc=%s change=%x up/down=%u/%u", message->link_mode,
		    qdisc_word(message->qdisc), message->ifi_change, message->carrier_up_count,
		    message->carrier_down_count);
	else
		say(f, " %x", message->ifi_change);
	say(f, "\n");
}

/* A jiffies value as jiffies since boot. */
static inline unsigned int since_boot(const struct fixture *f, uint64_t jiffies)
{
	return (unsigned int)jiffies_sub(&f->m->clock, jiffies, jiffies_initial(&f->m->clock));
}

static inline void on_trace(void *user, const struct trace_event *event)
{
	static const char *const clauses[] = { "not-urgent", "iflink", "lag", "up-and-down",
					       "qdisc-off" };
	static const char *const cmds[NETDEV_CMD_COUNT] = {
		[NETDEV_UP] = "UP",
		[NETDEV_DOWN] = "DOWN",
		[NETDEV_CHANGE] = "CHANGE",
		[NETDEV_REGISTER] = "REGISTER",
		[NETDEV_UNREGISTER] = "UNREGISTER",
		[NETDEV_GOING_DOWN] = "GOING_DOWN",
		[NETDEV_PRE_UP] = "PRE_UP",
		[NETDEV_POST_INIT] = "POST_INIT",
		[NETDEV_CHANGEUPPER] = "CHANGEUPPER",
		[NETDEV_CHANGELOWERSTATE] = "CHANGELOWERSTATE",
		[NETDEV_FEAT_CHANGE] = "FEAT_CHANGE",
		[NETDEV_CHANGEADDR] = "CHANGEADDR",
		[NETDEV_BONDING_FAILOVER] = "BONDING_FAILOVER",
		[NETDEV_NOTIFY_PEERS] = "NOTIFY_PEERS",
		[NETDEV_RESEND_IGMP] = "RESEND_IGMP",
	};
	static const char *const schedules[] = { "left to urgent", "mod", "queued", "pending" };
	struct fixture *f = user;
	const char *name = event->dev ? event->dev->name : "-";
	unsigned int a = (unsigned int)event->a, b = (unsigned int)event->b;

	if (!(f->traced & BIT(event->point)))
		return;
	switch (event->point) {
	case TRACE_CARRIER:
		say(f, "carrier %s %s\n", name, a ? "on" : "off");
		break;
	case TRACE_FIRE:
		say(f, "fire %s %s %s\n", name, clauses[a], b ? "new" : "again");
		break;
	case TRACE_SCHEDULE:
		say(f, "schedule %u %s\n", a, schedules[b]);
		break;
	case TRACE_RUN:
		say(f, "run %s next %u\n", a ? "full" : "urgent", since_boot(f, event->b));
		break;
	case TRACE_PUT_BACK:
		say(f, "put back %s %s\n", name, a ? "not urgent" : "absent");
		break;
	case TRACE_PUT_BACK_MORE:
		say(f, "put back %u more\n", a);
		break;
	case TRACE_OVER_BUDGET:
		say(f, "over budget %u of %u\n", a, (unsigned int)event->b);
		break;
	case TRACE_POLICY:
		say(f, "policy %s %s %s\n", name, operstate_word(a), operstate_word(b));
		break;
	case TRACE_SET_OPERSTATE:
		say(f, "set %s %s %s\n", name, operstate_word(a), operstate_word(b));
		break;
	case TRACE_QDISC:
		say(f, "qdisc %s %s %s\n", name, qdisc_word(b), qdisc_word(a));
		break;
	case TRACE_NOTIFIER:
		say(f, "notifier %s %s\n", name, cmds[a]);
		break;
	case TRACE_TIMER:
		say(f, "timer %u %u\n", since_boot(f, event->a), since_boot(f, event->b));
		break;
	case TRACE_RTNL_WAIT:
		say(f, "wait %u\n", a);
		break;
	case TRACE_FORGET:
		say(f, "forget %s %s\n", name, a ? "asked about" : "gone");
		break;
	case TRACE_POINT_COUNT:
		break;
	}
}

static inline void on_broken(void *user, const char *what)
{
	struct fixture *f = user;

	f->broken_calls++;
	f->broken = what;
}

static inline struct kernel kernel_named(const char *name)
{
	struct kernel kernel = { 0 };
	size_t off, len;

	assert_int_equal(kernel_parse(name, strlen(name), &kernel, &off, &len), 0);
	return kernel;
}

static inline struct fixture *fixture_start_with(const struct machine_config *config)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct machine_callbacks callbacks = {
		.notify = on_notify, .trace = on_trace, .broken = on_broken, .user = f
	};

	assert_non_null(f);
	f->m = machine_new(config);
	assert_non_null(f->m);
	machine_set_callbacks(f->m, &callbacks);
	return f;
}

static inline struct fixture *fixture_start(const char *kernel, uint32_t hz)
{
	struct machine_config config = {
		.kernel = kernel_named(kernel),
		.hz = hz,
		.long_bits = 64,
		.max_devices = 256,
		.max_links = 512,
		.max_bonds = 8,
		.max_nets = 2,
	};

	return fixture_start_with(&config);
}

static inline void fixture_free(struct fixture *f)
{
	machine_free(f->m);
	free(f);
}

/* No test may leave a machine behind that is not sound, unless it breaks it on purpose. */
static inline void fixture_stop(struct fixture *f)
{
	const char *what = machine_verify(f->m);

	assert_string_equal(what ? what : "sound", "sound");
	assert_string_equal(f->broken ? f->broken : "sound", "sound");
	fixture_free(f);
}

/* Time goes on to ns, and everything due on the way is done. */
static inline void run_to_ns(struct fixture *f, int64_t ns)
{
	int64_t next;

	while ((next = machine_next_ns(f->m)) <= ns) {
		machine_advance(f->m, next);
		machine_settle(f->m);
	}
	machine_advance(f->m, ns);
	machine_settle(f->m);
}

static inline void run_to_j(struct fixture *f, uint64_t since_boot_j)
{
	run_to_ns(f, jiffies_start_ns(&f->m->clock, since_boot_j));
}

static inline void run_to_ms(struct fixture *f, int64_t ms)
{
	run_to_ns(f, ms * 1000000);
}

static inline void settle(struct fixture *f)
{
	machine_settle(f->m);
}

static inline void lock(struct fixture *f)
{
	assert_false(f->m->rtnl.is_locked);
	f->m->rtnl.is_locked = true;
}

/* Who held the lock has left the kernel. */
static inline void unlock(struct fixture *f)
{
	rtnl_unlock(f->m);
	machine_settle(f->m);
}

static inline struct net_device *find(const struct fixture *f, const char *name)
{
	struct net_device *dev = dev_get_by_name(f->m, name);

	assert_non_null(dev);
	return dev;
}

static inline struct net_device *add_device(struct fixture *f, const char *name,
					    const struct net_device_ops *ops)
{
	struct net_device *dev;

	lock(f);
	dev = alloc_netdev(f->m, name, ops);
	assert_non_null(dev);
	assert_int_equal(register_netdevice(dev), 0);
	unlock(f);
	return dev;
}

static inline int new_link(struct fixture *f, const struct link_create *create)
{
	int err;

	lock(f);
	err = rtnl_newlink(f->m, create);
	unlock(f);
	return err;
}

static inline struct net *add_net(struct fixture *f)
{
	struct net *net;

	lock(f);
	net = copy_net_ns(f->m);
	unlock(f);
	assert_non_null(net);
	return net;
}

static inline struct net_device *find_in(const struct net *net, const char *name)
{
	struct net_device *dev = __dev_get_by_name(net, name);

	assert_non_null(dev);
	return dev;
}

static inline void copy_name(char ret_name[IFNAMSIZ], const char *name)
{
	assert_in_range(snprintf(ret_name, IFNAMSIZ, "%s", name), 0, IFNAMSIZ - 1);
}

static inline struct net_device *add_dummy(struct fixture *f, const char *name)
{
	struct link_create create = { .kind = LINK_KIND_DUMMY };

	copy_name(create.name, name);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static inline struct net_device *add_veth(struct fixture *f, const char *name, const char *peer)
{
	struct link_create create = { .kind = LINK_KIND_VETH };

	copy_name(create.name, name);
	copy_name(create.peer_name, peer);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

/* On a device below; id is a vlan's. */
static inline struct link_create upper_create(enum link_kind kind, const char *name,
					      const struct net_device *lower, uint16_t id)
{
	struct link_create create = {
		.kind = kind, .link = lower->ifindex, .vlan_id = id, .vlan_proto = 0x8100
	};

	copy_name(create.name, name);
	return create;
}

static inline struct net_device *add_upper(struct fixture *f, enum link_kind kind, const char *name,
					   const struct net_device *lower, uint16_t id)
{
	struct link_create create = upper_create(kind, name, lower, id);

	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static inline int delete_link_of(struct fixture *f, struct net_device *dev)
{
	int err;

	lock(f);
	err = rtnl_dellink(dev);
	unlock(f);
	return err;
}

static inline int set_link(struct fixture *f, struct net_device *dev,
			   const struct link_attrs *attrs)
{
	int err;

	lock(f);
	err = do_setlink(dev, attrs);
	unlock(f);
	return err;
}

static inline int move_link(struct fixture *f, struct net_device *dev, struct net *net)
{
	struct link_attrs attrs = { .net = net };

	return set_link(f, dev, &attrs);
}

static inline int set_flags(struct fixture *f, struct net_device *dev, uint32_t flags,
			    uint32_t change)
{
	struct link_attrs attrs = { .ifi_flags = flags, .ifi_change = change };

	return set_link(f, dev, &attrs);
}

static inline void link_up(struct fixture *f, struct net_device *dev)
{
	assert_int_equal(set_flags(f, dev, IFF_UP, IFF_UP), 0);
}

static inline void link_down(struct fixture *f, struct net_device *dev)
{
	assert_int_equal(set_flags(f, dev, 0, IFF_UP), 0);
}

static inline int set_operstate_of(struct fixture *f, struct net_device *dev, uint8_t operstate)
{
	struct link_attrs attrs = { .has_operstate = true, .operstate = operstate };

	return set_link(f, dev, &attrs);
}

static inline int set_linkmode_of(struct fixture *f, struct net_device *dev, uint8_t linkmode)
{
	struct link_attrs attrs = { .has_linkmode = true, .linkmode = linkmode };

	return set_link(f, dev, &attrs);
}

static inline int set_mtu(struct fixture *f, struct net_device *dev, uint32_t mtu)
{
	struct link_attrs attrs = { .has_mtu = true, .mtu = mtu };

	return set_link(f, dev, &attrs);
}

/* A driver that says so from an interrupt. */
static inline void carrier(struct fixture *f, struct net_device *dev, bool is_on)
{
	if (is_on)
		netif_carrier_on(dev);
	else
		netif_carrier_off(dev);
	machine_settle(f->m);
}

/* Brings the limit into effect: linkwatch's next full run is a second from now. */
static inline void use_up_the_second(struct fixture *f)
{
	linkwatch_run_queue(f->m);
	machine_settle(f->m);
	forget_log(f);
}

/* A notifier block that refuses what the test says; behind those of the machine. */
static inline int veto(struct net_device *dev, enum netdev_cmd cmd)
{
	const struct fixture *f = fixture_of(dev);

	return f->veto_err && cmd == f->veto_cmd && strcmp(dev->name, f->veto_name) == 0
		       ? f->veto_err
		       : 0;
}

static inline void refuse(struct fixture *f, const char *name, enum netdev_cmd cmd, int err)
{
	if (!f->has_veto)
		assert_int_equal(register_netdevice_notifier(f->m, veto), 0);
	f->has_veto = true;
	f->veto_name = name;
	f->veto_cmd = cmd;
	f->veto_err = err;
}

#endif
