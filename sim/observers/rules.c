/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The daemons' rules, a row each, with its source. Most follow messages. Two poll: they start when the
 * device is set up, and stop at the first look that finds it usable; they never learn that it is down
 * again. What they see is the last message. (Since 6.8 their query would also flush the device's
 * pending event; write it in the scenario, as `getlink DEV`.)
 */
#include "sim/observers/rules.h"

#include <limits.h>

#define MS INT64_C(1000000)

struct rule {
	const char *text;
	uint32_t flags;					      /* all of these, and then: */
	bool (*has_state)(uint32_t flags, uint8_t operstate); /* NULL: any */
	/* offset from IFF_UP of a poll, counted from 0; -1: it has given up. NULL: it listens */
	int64_t (*poll_ns)(unsigned int poll);
};

static bool is_operstate_up(uint32_t flags, uint8_t operstate)
{
	(void)flags;
	return operstate == IF_OPER_UP;
}

/* For a driver that never sets the operstate, networkd relies on the flags. */
static bool is_networkd_carrier(uint32_t flags, uint8_t operstate)
{
	const uint32_t wanted = IFF_LOWER_UP | IFF_RUNNING;

	return operstate == IF_OPER_UP ||
	       (operstate == IF_OPER_UNKNOWN && (flags & (wanted | IFF_DORMANT)) == wanted);
}

static int64_t cni_poll_ns(unsigned int poll)
{
	static const int64_t at_ns[] = { 0, 50 * MS, 550 * MS, 1550 * MS, 2550 * MS };

	return poll < sizeof(at_ns) / sizeof(at_ns[0]) ? at_ns[poll] : -1;
}

#define SELFTESTS_POLLS 600 /* INTERFACE_TIMEOUT */

static int64_t selftests_poll_ns(unsigned int poll)
{
	return poll < SELFTESTS_POLLS ? poll * 1000 * MS : -1;
}

static const struct rule rules[OBSERVER_COUNT] = {
	/* systemd, src/shared/netif-util.c, netif_has_carrier() */
	[OBSERVER_NETWORKD] = {
		.text = "UP, or UNKNOWN LOWER_UP",
		.has_state = is_networkd_carrier,
	},
	/*
	 * dhcpcd, src/if-linux.c, link_netlink(): IFF_RUNNING is LINK_UP for dhcpcd_handlecarrier(), in
	 * src/dhcpcd.c, which also wants IFF_UP; no message has IFF_RUNNING without it
	 */
	[OBSERVER_DHCP] = {
		.text = "RUNNING",
		.flags = IFF_RUNNING,
	},
	/* FRR, lib/if.c, if_is_operative(); https://github.com/FRRouting/frr/pull/15082, 2024 */
	[OBSERVER_FRR] = {
		.text = "UP RUNNING LOWER_UP",
		.flags = IFF_UP | IFF_RUNNING | IFF_LOWER_UP,
	},
	/* the same function before that change */
	[OBSERVER_FRR_BEFORE_15082] = {
		.text = "UP RUNNING",
		.flags = IFF_UP | IFF_RUNNING,
	},
	/*
	 * SONiC, sonic-swss, portsyncd/linksync.cpp, LinkSync::onMsg();
	 * https://github.com/sonic-net/sonic-swss/pull/1568, 2021 (before: LOWER_UP)
	 */
	[OBSERVER_SONIC] = {
		.text = "RUNNING",
		.flags = IFF_RUNNING,
	},
	/*
	 * OpenWrt netifd, system-linux.c, cb_rtnl_event(): at each message it reads the `carrier` file,
	 * which says what LOWER_UP of that message says
	 */
	[OBSERVER_NETIFD] = {
		.text = "LOWER_UP",
		.flags = IFF_LOWER_UP,
	},
	/* wicked, `ifstatus`; https://github.com/openSUSE/wicked/pull/882, 2021 (before: no RUNNING) */
	[OBSERVER_WICKED] = {
		.text = "UP LOWER_UP RUNNING",
		.flags = IFF_UP | IFF_LOWER_UP | IFF_RUNNING,
	},
	/*
	 * CNI plugins, pkg/link, WaitForOperStateUp(), of the bridge plugin: after 0, 50, 500, 1000
	 * and 1000 ms; then an error
	 */
	[OBSERVER_CNI] = {
		.text = "state UP, in 5 polls",
		.has_state = is_operstate_up,
		.poll_ns = cni_poll_ns,
	},
	/* keepalived, keepalived/include/vrrp_if.h, FLAGS_UP(), for update_interface_flags() */
	[OBSERVER_KEEPALIVED] = {
		.text = "UP RUNNING",
		.flags = IFF_UP | IFF_RUNNING,
	},
	/* Linux, tools/testing/selftests/net/forwarding/lib.sh, setup_wait_dev_with_timeout() */
	[OBSERVER_SELFTESTS] = {
		.text = "state UP, polled each 1s",
		.has_state = is_operstate_up,
		.poll_ns = selftests_poll_ns,
	},
};

bool observer_is_up(enum observer_id id, uint32_t flags, uint8_t operstate)
{
	const struct rule *rule = &rules[id];

	return (flags & rule->flags) == rule->flags &&
	       (!rule->has_state || rule->has_state(flags, operstate));
}

const char *observer_rule(enum observer_id id)
{
	return rules[id].text;
}

static void opinion_set(struct opinion *opinion, bool is_up, int64_t now_ns)
{
	if (opinion->is_up == is_up)
		return;
	opinion->is_up = is_up;
	opinion->has_changed = true;
	opinion->since_ns = now_ns;
}

bool observer_polls(enum observer_id id)
{
	return rules[id].poll_ns != NULL;
}

/* INT64_MAX: none. */
static int64_t next_poll_ns(enum observer_id id, const struct opinion *opinion)
{
	int64_t after_ns;

	if (!opinion->is_polling)
		return INT64_MAX;
	after_ns = rules[id].poll_ns(opinion->polls);
	return after_ns < 0 ? INT64_MAX : opinion->polling_since_ns + after_ns;
}

void opinion_pass(enum observer_id id, struct opinion *opinion, int64_t now_ns)
{
	int64_t at_ns;

	while ((at_ns = next_poll_ns(id, opinion)) <= now_ns) {
		opinion->polls++;
		if (!observer_is_up(id, opinion->flags, opinion->operstate))
			continue;
		opinion_set(opinion, true, at_ns);
		opinion->is_polling = false;
	}
}

/* A program that polls is started when the device is set up. */
static void polling_message(struct opinion *opinion, const struct record *record)
{
	bool was_up = opinion->has_message && opinion->flags & IFF_UP;

	if (!was_up && record->flags & IFF_UP) {
		opinion_set(opinion, false, record->t_ns);
		opinion->is_polling = true;
		opinion->polling_since_ns = record->t_ns;
		opinion->polls = 0;
	} else if (!(record->flags & IFF_UP)) {
		opinion->is_polling = false;
	}
}

void opinion_message(enum observer_id id, struct opinion *opinion, const struct record *record)
{
	opinion_pass(id, opinion, record->t_ns - 1);
	if (record->kind == RECORD_DELLINK) {
		opinion_set(opinion, false, record->t_ns);
		opinion->is_polling = false;
		opinion->has_message = false;
		return;
	}
	if (rules[id].poll_ns)
		polling_message(opinion, record);
	else
		opinion_set(opinion, observer_is_up(id, record->flags, record->operstate),
			    record->t_ns);
	opinion->has_message = true;
	opinion->flags = record->flags;
	opinion->operstate = record->operstate;
}

const struct observer_calls observer_calls = {
	.message = opinion_message,
	.pass = opinion_pass,
	.rule = observer_rule,
};
