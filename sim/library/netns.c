/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Network namespaces by number, and the devices in the one that calls are made in. */
#include <errno.h>

#include "sim/library/library_private.h"

struct net *lw_net(const struct lw_machine *machine)
{
	return machine->netns[machine->in_netns];
}

struct net_device *lw_device(const struct lw_machine *machine, const char *name)
{
	return __dev_get_by_name(lw_net(machine), name);
}

struct net *lw_net_of(const struct lw_machine *machine, int64_t netns)
{
	return netns >= 0 && netns <= machine->max_netns ? machine->netns[netns] : NULL;
}

/* The numbers that this place's last namespace gave and had. */
static void forget_netnsids(struct lw_machine *machine, const struct net *net)
{
	size_t place = (size_t)(net - machine->m->net_namespaces.nets);
	size_t places = (size_t)machine->max_netns + 1;

	machine->last_netnsid[place] = -1;
	for (size_t i = 0; i < places; i++) {
		machine->netnsids[place * places + i] = -1;
		machine->netnsids[i * places + place] = -1;
	}
}

static int add(struct lw_machine *machine, void *arg)
{
	struct net **ret_net = arg;

	*ret_net = copy_net_ns(machine->m);
	return *ret_net ? 0 : -ENOSPC;
}

int lw_netns_add(struct lw_machine *machine)
{
	struct net *net = NULL;
	int number = 1, err;

	while (number <= (int)machine->max_netns && machine->netns[number])
		number++;
	if (number > (int)machine->max_netns)
		return lw_fail(machine, -ENOSPC, "%u network namespaces exist", machine->max_netns);
	err = lw_locked(machine, add, &net);
	if (!err) {
		machine->netns[number] = net;
		forget_netnsids(machine, net);
	}
	err = lw_finish(machine, err);
	return err ? err : number;
}

int lw_netns_del(struct lw_machine *machine, int netns)
{
	if (!lw_net_of(machine, netns) || netns == 0)
		return lw_fail(machine, -ENOENT, "no network namespace %d", netns);
	if (netns == machine->in_netns)
		return lw_fail(machine, -EBUSY, "calls are made in network namespace %d", netns);
	for (const struct list_head *at = machine->sockets.next; at != &machine->sockets;
	     at = at->next)
		if (container_of(at, struct lw_socket, entry)->rtnl.net == machine->netns[netns])
			return lw_fail(machine, -EBUSY, "network namespace %d has a socket", netns);
	put_net(machine->netns[netns]);
	machine->netns[netns] = NULL;
	return lw_finish(machine, 0);
}

int lw_netns_enter(struct lw_machine *machine, int netns)
{
	if (!lw_net_of(machine, netns))
		return lw_fail(machine, -ENOENT, "no network namespace %d", netns);
	machine->in_netns = netns;
	return 0;
}
