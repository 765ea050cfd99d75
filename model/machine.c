/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine: its memory, its clock, and what is next. */
#include "machine.h"

#include <stdlib.h>
#include <string.h>

#define MAX_WAITERS_DEFAULT 1024U

/* A multiple of what anything in the arena has to be aligned to. */
static size_t round_up(size_t bytes)
{
	return (bytes + 63) & ~(size_t)63;
}

static uint32_t power_of_two_from(uint32_t least)
{
	uint32_t n = 1;

	while (n < least)
		n *= 2;
	return n;
}

static void bond_works_init(struct machine *m, struct bond_work *works, uint32_t count)
{
	INIT_LIST_HEAD(&m->free_bond_works);
	for (uint32_t i = 0; i < count; i++)
		list_add_tail(&works[i].free, &m->free_bond_works);
}

/* Devices come last: a copy then ends with those in use. They, the links and the lists of links are not touched before they are
 * needed. */
struct machine *machine_new(const struct machine_config *config)
{
	uint32_t waiters = config->max_waiters ? config->max_waiters : MAX_WAITERS_DEFAULT;
	uint32_t nets_count = config->max_nets + 1, max_devices = config->max_devices + nets_count;
	uint32_t buckets = power_of_two_from(max_devices / 2 + 1); /* two in each */
	size_t name_hash = round_up(sizeof(struct machine));
	size_t index_hash = round_up(name_hash + buckets * sizeof(struct net_device *));
	size_t macvlan_hash = round_up(index_hash + buckets * sizeof(struct net_device *));
	size_t spare = round_up(macvlan_hash + buckets * sizeof(struct net_device *));
	size_t links = round_up(spare + waiters * sizeof(struct rtnl_waiter));
	size_t lists = round_up(links + config->max_links * sizeof(struct netdev_adjacent));
	uint32_t lists_count =
		config->max_links > max_devices / 2 ? max_devices : 2 * config->max_links;
	size_t bonds = round_up(lists + lists_count * sizeof(struct netdev_adj_lists));
	size_t nets = round_up(bonds + config->max_bonds * sizeof(struct bond_work));
	size_t devices = round_up(nets + nets_count * sizeof(struct net));
	size_t bytes = devices + max_devices * sizeof(struct net_device);
	struct machine *m;
	char *arena;

	if (!jiffies_clock_is_valid(config->hz, config->long_bits))
		return NULL;
	arena = aligned_alloc(64, round_up(bytes));
	if (!arena)
		return NULL;
	memset(arena, 0, links);
	memset(arena + bonds, 0, devices - bonds);

	m = (struct machine *)(void *)arena;
	m->name_hash = (struct net_device **)(void *)(arena + name_hash);
	m->index_hash = (struct net_device **)(void *)(arena + index_hash);
	m->macvlan_hash = (struct net_device **)(void *)(arena + macvlan_hash);
	m->devices = (struct net_device *)(void *)(arena + devices);
	m->max_devices = max_devices;
	m->max_waiters = waiters;
	m->hash_mask = buckets - 1;
	m->clock.hz = config->hz;
	m->clock.long_bits = config->long_bits;
	m->kernel = config->kernel;
	m->jiffies = jiffies_at(&m->clock, 0);
	timer_base_init(&m->timers, config->timers_exact, m->jiffies);
	for (unsigned int wq = 0; wq < WQ_COUNT; wq++)
		INIT_LIST_HEAD(&m->workqueues[wq].items);
	rtnl_init(&m->rtnl, (struct rtnl_waiter *)(void *)(arena + spare), waiters);
	netdev_adj_pool_init(&m->adj_pool, (struct netdev_adjacent *)(void *)(arena + links),
			     config->max_links, (struct netdev_adj_lists *)(void *)(arena + lists),
			     lists_count);
	bond_works_init(m, (struct bond_work *)(void *)(arena + bonds), config->max_bonds);
	linkwatch_init(m, config->linkwatch_file);
	netdev_work_init(&m->netdev_work);
	/* in the order in which the parts of a kernel without modules start */
	register_netdevice_notifier(m, rtnetlink_event);
	register_netdevice_notifier(m, bond_device_event);
	register_netdevice_notifier(m, ipvlan_device_event);
	register_netdevice_notifier(m, macvlan_device_event);
	register_netdevice_notifier(m, team_device_event);
	register_netdevice_notifier(m, vrf_device_event);
	register_netdevice_notifier(m, br_device_event);
	register_netdevice_notifier(m, vlan_device_event);
	net_namespaces_init(m, (struct net *)(void *)(arena + nets), config->max_nets);
	return m;
}

void machine_free(struct machine *m)
{
	free(m);
}

void machine_set_callbacks(struct machine *m, const struct machine_callbacks *callbacks)
{
	m->callbacks = *callbacks;
}

/* What of the arena was ever in use: up to the last such waiter, and from `rest` on. */
struct in_use {
	size_t waiters_end, rest, rest_bytes;
};

/* Of the machine as `copy` has it, whose pointers point into m and not into the copy. */
static struct in_use in_use_of(const struct machine *m, const struct machine *copy)
{
	const char *arena = (const char *)m;
	const struct rtnl_waiter *waiters = copy->rtnl.spare;
	const char *devices_end = (const char *)(copy->devices + copy->devices_used);
	size_t rest = round_up((size_t)((const char *)(waiters + copy->max_waiters) - arena));

	return (struct in_use){
		.waiters_end = (size_t)((const char *)(waiters + copy->rtnl.spare_used) - arena),
		.rest = rest,
		.rest_bytes = (size_t)(devices_end - arena) - rest,
	};
}

size_t machine_save_bytes(const struct machine *m)
{
	const struct linkwatch_file *file = m->linkwatch.file;
	const struct in_use in_use = in_use_of(m, m);

	return in_use.waiters_end + in_use.rest_bytes + (file ? file->state_bytes : 0);
}

void machine_save(const struct machine *m, void *ret_copy)
{
	const struct linkwatch_file *file = m->linkwatch.file;
	const struct in_use in_use = in_use_of(m, m);
	char *to = ret_copy;

	memcpy(to, m, in_use.waiters_end);
	to += in_use.waiters_end;
	memcpy(to, (const char *)m + in_use.rest, in_use.rest_bytes);
	if (file && file->save)
		file->save(file, to + in_use.rest_bytes);
}

void machine_restore(struct machine *m, const void *copy)
{
	struct linkwatch_file *file = m->linkwatch.file;
	const struct in_use in_use = in_use_of(m, copy);
	const char *from = copy;

	memcpy(m, from, in_use.waiters_end);
	from += in_use.waiters_end;
	memcpy((char *)m + in_use.rest, from, in_use.rest_bytes);
	if (file && file->restore)
		file->restore(file, from + in_use.rest_bytes);
}

void machine_broken(struct machine *m, const char *what)
{
	if (m->is_broken)
		return;
	m->is_broken = true;
	if (m->callbacks.broken)
		m->callbacks.broken(m->callbacks.user, what);
}

static int64_t min_ns(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* When jiffies, now or later, has that value. */
static int64_t jiffies_value_ns(const struct machine *m, uint64_t value)
{
	uint64_t ahead_j = jiffies_sub(&m->clock, value, m->jiffies);

	if (!time_after(&m->clock, value, m->jiffies))
		return m->now_ns;
	return jiffies_start_ns(&m->clock, m->since_boot_j + ahead_j);
}

int64_t machine_next_ns(const struct machine *m)
{
	int64_t next = INT64_MAX, work;
	uint64_t expiry;

	if (m->is_broken)
		return INT64_MAX;
	if (timer_next_expiry(&m->timers, &expiry))
		next = jiffies_value_ns(m, expiry);
	if (m->rtnl.is_held_until)
		next = min_ns(next, m->rtnl.held_until_ns);
	if (work_next_ns(m, &work))
		next = min_ns(next, work);
	return next;
}

void machine_advance(struct machine *m, int64_t now_ns)
{
	if (now_ns < m->now_ns || now_ns > machine_next_ns(m)) {
		machine_broken(m, "the clock was set back, or past something due");
		return;
	}
	m->now_ns = now_ns;
	m->since_boot_j = jiffies_of_ns(&m->clock, now_ns);
	m->jiffies = jiffies_at(&m->clock, m->since_boot_j);
}

/* More than all devices and all waiters together can have to do at one instant. */
static uint64_t settle_steps_max(const struct machine *m)
{
	return 1024 + 8 * ((uint64_t)m->max_devices + m->max_waiters);
}

void machine_settle(struct machine *m)
{
	uint64_t steps = 0;

	if (m->is_broken)
		return;
	run_timers(m);
	rtnl_expire(m);
	machine_check(m);
	while (!m->is_broken && (rtnl_next(m) || work_start_next(m) || netdev_run_todo(m))) {
		machine_check(m);
		if (++steps > settle_steps_max(m))
			machine_broken(m, "the machine does not come to rest");
	}
}
