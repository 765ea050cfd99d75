/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of network namespaces, as /run/netns has them. */
#include "sim/run/netns.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"

/* An existing or deleted namespace. Never freed during the run: records point to its name. */
struct netns {
	char name[NETNS_NAME_MAX_BYTES];
	struct net *net; /* NULL: deleted */
};

static struct netns *entry_find(const struct runner *runner, const char *name)
{
	const size_t *place = name_index_find(&runner->netns_by_name, name);

	return place ? runner->netns[*place] : NULL;
}

struct net *netns_find(const struct runner *runner, const char *name)
{
	const struct netns *entry;

	if (!*name)
		return init_net(runner->machine);
	entry = entry_find(runner, name);
	return entry ? entry->net : NULL;
}

static size_t net_place(const struct runner *runner, const struct net *net)
{
	return (size_t)(net - init_net(runner->machine));
}

const char *netns_name(const struct runner *runner, const struct net *net)
{
	size_t place = net_place(runner, net);

	return place < runner->net_names_count ? runner->net_names[place] : "";
}

/*
 * Names the next namespace before it is created, so that messages sent while it is set up carry its
 * name.
 */
static void name_next(struct runner *runner, const char *name)
{
	const struct net *next = net_peek(runner->machine);
	size_t place = next ? net_place(runner, next) : 0;

	if (!next)
		return;
	for (; runner->net_names_count <= place; runner->net_names_count++) {
		runner->net_names =
			xgrow(runner->net_names, runner->net_names_count,
			      &runner->net_names_capacity, sizeof(runner->net_names[0]));
		runner->net_names[runner->net_names_count] = "";
	}
	runner->net_names[place] = name;
}

int netns_add(struct runner *runner, const char *name)
{
	struct netns *entry = entry_find(runner, name);

	if (!entry) {
		runner->netns = xgrow(runner->netns, runner->netns_count, &runner->netns_capacity,
				      sizeof(runner->netns[0]));
		entry = xcalloc(1, sizeof(*entry));
		strcpy(entry->name, name);
		*name_index_at(&runner->netns_by_name, name) = runner->netns_count;
		runner->netns[runner->netns_count++] = entry;
	}
	name_next(runner, entry->name);
	entry->net = copy_net_ns(runner->machine);
	return entry->net ? 0 : -ENOSPC;
}

void netns_del(struct runner *runner, const char *name)
{
	struct netns *entry = entry_find(runner, name);

	put_net(entry->net);
	entry->net = NULL;
}

void netns_free(struct runner *runner)
{
	for (size_t i = 0; i < runner->netns_count; i++)
		free(runner->netns[i]);
	free(runner->netns);
	name_index_free(&runner->netns_by_name);
	free(runner->net_names);
}

struct saved_netns {
	struct net **nets; /* of the first netns_count entries */
	const char **net_names;
	size_t netns_count, net_names_count;
};

struct saved_netns *netns_save(const struct runner *runner)
{
	struct saved_netns *saved = xcalloc(1, sizeof(*saved));

	saved->netns_count = runner->netns_count;
	saved->net_names_count = runner->net_names_count;
	saved->nets = xcalloc(saved->netns_count, sizeof(saved->nets[0]));
	saved->net_names = xcalloc(saved->net_names_count, sizeof(saved->net_names[0]));
	for (size_t i = 0; i < saved->netns_count; i++)
		saved->nets[i] = runner->netns[i]->net;
	for (size_t i = 0; i < saved->net_names_count; i++)
		saved->net_names[i] = runner->net_names[i];
	return saved;
}

/* A namespace that was not there yet is as a deleted one. */
void netns_restore(struct runner *runner, const struct saved_netns *saved)
{
	for (size_t i = 0; i < runner->netns_count; i++)
		runner->netns[i]->net = i < saved->netns_count ? saved->nets[i] : NULL;
	for (size_t i = 0; i < saved->net_names_count; i++)
		runner->net_names[i] = saved->net_names[i];
	runner->net_names_count = saved->net_names_count;
}

void netns_saved_free(struct saved_netns *saved)
{
	free(saved->nets);
	free(saved->net_names);
	free(saved);
}
