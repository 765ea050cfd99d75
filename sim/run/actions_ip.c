/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executes `ip link`, requests by ifindex (setlink, getlink) and ifconfig. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/language/names.h"
#include "sim/run/actions_calls.h"
#include "sim/run/gaps.h"
#include "sim/run/sysfs.h"

/* Ends the call with rtnetlink's extended ack if there is one, else with the errno's text. */
static void call_rtnetlink_answer(struct call *call, int err)
{
	const char *extack = machine_of(call)->extack;

	machine_of(call)->extack = NULL;
	if (err && extack) {
		gaps_note_uses(call->runner, call->stmt, KERNEL_USE_WORDS);
		call_fail(call, -err, "Error: %s.", extack);
	} else {
		call_answer(call, err);
	}
}

static void ip_link_add_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct link_create create = call->stmt->create;
	int err;

	(void)n;
	memcpy(create.name, call->dev, sizeof(create.name));
	if (call->stmt->peer.prefix)
		dev_name_at(&call->stmt->peer, call->index, create.peer_name);
	if (call->stmt->is_index_range)
		create.attrs.new_ifindex += (int32_t)call->index;
	if (call->stmt->is_id_range)
		create.vlan_id = (uint16_t)(create.vlan_id + call->index);
	create.net = call->net;
	create.link = call->link;
	create.attrs.net = call->target;
	create.attrs.master = call->master;
	create.peer_attrs.net = call->peer_target;
	err = call->has_no_process ? -ESRCH : rtnl_newlink(m, &create);
	rtnl_unlock(m);
	call_rtnetlink_answer(call, err);
}

static void ip_link_change_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = __dev_get_by_index(call->net, call->ifindex);
	struct link_attrs attrs = call->stmt->attrs;
	int err = -ENODEV; /* deleted since the lookup */

	(void)n;
	attrs.net = call->target;
	attrs.master = call->master;
	dev_name_at(&call->stmt->new_name, call->index, attrs.ifname);
	if (dev && call->stmt->kind == STMT_IP_LINK_DEL)
		err = rtnl_dellink(dev);
	else if (dev)
		err = call->has_no_process ? -ESRCH : do_setlink(dev, &attrs);
	rtnl_unlock(m);
	call_rtnetlink_answer(call, err);
}

/* A name whose ifindex ip looks up, in the order of ip's lookups. */
struct question {
	const struct dev_name *name;
	int32_t *ret_ifindex;
};

static unsigned int ip_link_questions(struct call *call, struct question ret_questions[3])
{
	const struct stmt *stmt = call->stmt;
	unsigned int count = 0;

	if (stmt->master.prefix)
		ret_questions[count++] = (struct question){ &stmt->master, &call->master };
	if (stmt->link.prefix)
		ret_questions[count++] = (struct question){ &stmt->link, &call->link };
	if (stmt->kind != STMT_IP_LINK_ADD)
		ret_questions[count++] = (struct question){ &stmt->dev, &call->ifindex };
	return count;
}

static void ip_link_ask_locked(struct machine *m, void *arg, uint64_t n);

void ip_link_go_on(struct call *call)
{
	struct question questions[3];

	if (call->asked < ip_link_questions(call, questions))
		call_with_rtnl(call, ip_link_ask_locked);
	else if (call->stmt->kind == STMT_IP_LINK_ADD)
		call_with_rtnl(call, ip_link_add_locked);
	else
		call_with_rtnl(call, ip_link_change_locked);
}

static void ip_link_ask_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct question questions[3];
	struct net_device *dev;
	char name[IFNAMSIZ];

	(void)n;
	ip_link_questions(call, questions);
	dev_name_at(questions[call->asked].name, call->index, name);
	dev = __dev_get_by_name(call->net, name);
	if (dev)
		linkwatch_query_dev(dev);
	rtnl_unlock(m);
	if (dev) {
		*questions[call->asked++].ret_ifindex = dev->ifindex;
		ip_link_go_on(call);
	} else if (questions[call->asked].name == &call->stmt->master) {
		call_fail(call, ENODEV, "Error: argument \"%s\" is wrong: Device does not exist",
			  name);
	} else {
		call_fail(call, ENODEV, "Cannot find device \"%s\"", name);
	}
}

void setlink_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = call_dev(call), *master = NULL;
	struct link_attrs attrs = call->stmt->attrs;
	char name[IFNAMSIZ];
	int err = -ENODEV;

	(void)n;
	if (call->stmt->master.prefix) { /* it has the master's ifindex too, maybe stale */
		dev_name_at(&call->stmt->master, call->index, name);
		master = __dev_get_by_name(call->net, name);
		attrs.master = master ? master->ifindex : INT32_MAX;
	}
	attrs.net = call->target;
	dev_name_at(&call->stmt->new_name, call->index, attrs.ifname);
	if (dev)
		err = call->has_no_process ? -ESRCH : do_setlink(dev, &attrs);
	rtnl_unlock(m);
	call_rtnetlink_answer(call, err);
}

void getlink_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = call_dev(call);
	char *text = NULL;

	(void)n;
	if (dev) {
		linkwatch_query_dev(dev);
		text = getlink_text(dev);
	}
	rtnl_unlock(m);
	if (text)
		call_note(call, text);
	free(text);
	call_answer(call, dev ? 0 : -ENODEV);
}

static void ifconfig_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	struct net_device *dev = call_dev(call);
	int err = dev ? dev_ifsioc_set_flags(dev, call->flags) : -ENODEV;

	(void)n;
	rtnl_unlock(m);
	if (err)
		call_fail(call, -err, "SIOCSIFFLAGS: %s", errno_text(-err));
	else
		call_end(call, 0, NULL);
}

void ifconfig_start(struct call *call)
{
	struct net_device *dev = call_dev(call);

	if (!dev) {
		call_fail(call, ENODEV, "%s: ERROR while getting interface flags: %s", call->dev,
			  errno_text(ENODEV));
		return;
	}
	call->flags = dev_get_flags(dev) & 0xffff;
	if (call->stmt->is_up)
		call->flags |= IFF_UP | IFF_RUNNING;
	else
		call->flags &= ~(uint32_t)IFF_UP;
	call_with_rtnl(call, ifconfig_locked);
}
