/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `ip netns`, and the namespaces that a command opens. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/run/call.h"

static void ip_netns_add_locked(struct machine *m, void *arg, uint64_t n)
{
	struct call *call = arg;
	char name[NETNS_NAME_MAX_BYTES];
	int err;

	(void)n;
	netns_name_at(&call->stmt->target, call->index, name);
	err = netns_add(call->runner, name);
	rtnl_unlock(m);
	if (err)
		call_fail(call, -err, "Failed to create a new network namespace \"%s\": %s", name,
			  strerror(-err));
	else
		call_end(call, 0, NULL);
}

/* A new namespace's `lo` is registered, which takes rtnl; one that goes is left to work. */
void ip_netns_start(struct call *call)
{
	bool is_add = call->stmt->kind == STMT_IP_NETNS_ADD;
	int error = is_add ? EEXIST : ENOENT;
	char name[NETNS_NAME_MAX_BYTES];

	netns_name_at(&call->stmt->target, call->index, name);
	if (is_add == (netns_find(call->runner, name) != NULL)) {
		call_fail(call, error, "Cannot %s namespace file \"/run/netns/%s\": %s",
			  is_add ? "create" : "remove", name, strerror(error));
	} else if (is_add) {
		call_with_rtnl(call, ip_netns_add_locked);
	} else {
		netns_del(call->runner, name);
		call_end(call, 0, NULL);
	}
}

/* `netns NS`: a name, or the number of a process, of which there is but one. False: ip refuses it. */
static bool target_take(struct call *call, const struct dev_name *name, struct net **ret_net)
{
	char text[NETNS_NAME_MAX_BYTES], *end;
	long pid;

	if (!name->prefix)
		return true;
	netns_name_at(name, call->index, text);
	*ret_net = netns_find(call->runner, text);
	pid = strtol(text, &end, 0);
	if (!*ret_net && !*end && pid == 1)
		*ret_net = init_net(machine_of(call));
	if (*ret_net)
		get_net(*ret_net);
	else
		call->has_no_process = true;
	return *ret_net || !*end;
}

bool call_opens_nets(struct call *call)
{
	const struct stmt *stmt = call->stmt;
	const struct dev_name *wrong = NULL;
	char name[NETNS_NAME_MAX_BYTES];

	netns_name_at(&stmt->netns, call->index, name);
	call->net = netns_find(call->runner, name);
	if (!call->net) {
		call_fail(call, ENOENT, "Cannot open network namespace \"%s\": %s", name,
			  strerror(ENOENT));
		return false;
	}
	get_net(call->net);
	if (stmt->kind == STMT_IP_NETNS_ADD || stmt->kind == STMT_IP_NETNS_DEL)
		return true;
	if (!target_take(call, &stmt->target, &call->target))
		wrong = &stmt->target;
	else if (!target_take(call, &stmt->peer_target, &call->peer_target))
		wrong = &stmt->peer_target;
	if (!wrong)
		return true;
	netns_name_at(wrong, call->index, name);
	call_fail(call, EINVAL, "Error: argument \"%s\" is wrong: Invalid \"netns\" value", name);
	return false;
}

void call_closes_nets(struct call *call)
{
	struct net *const nets[] = { call->net, call->target, call->peer_target };

	for (size_t i = 0; i < sizeof(nets) / sizeof(nets[0]); i++)
		if (nets[i])
			put_net(nets[i]);
}
