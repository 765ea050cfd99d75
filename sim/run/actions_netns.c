/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Executes `ip netns`. */
#include <errno.h>

#include "sim/language/names.h"
#include "sim/run/actions_calls.h"
#include "sim/run/netns.h"

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
			  errno_text(-err));
	else
		call_end(call, 0, NULL);
}

/*
 * Adding takes rtnl, because it registers the new `lo`. Deleting leaves the cleanup to queued work.
 */
void ip_netns_start(struct call *call)
{
	bool is_add = call->stmt->kind == STMT_IP_NETNS_ADD;
	int error = is_add ? EEXIST : ENOENT;
	char name[NETNS_NAME_MAX_BYTES];

	netns_name_at(&call->stmt->target, call->index, name);
	if (is_add == (netns_find(call->runner, name) != NULL)) {
		call_fail(call, error, "Cannot %s namespace file \"/run/netns/%s\": %s",
			  is_add ? "create" : "remove", name, errno_text(error));
	} else if (is_add) {
		call_with_rtnl(call, ip_netns_add_locked);
	} else {
		netns_del(call->runner, name);
		call_end(call, 0, NULL);
	}
}
