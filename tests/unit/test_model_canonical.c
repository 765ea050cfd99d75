/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical form: what has an effect is in it, and nothing has a form that is not at rest. */
#include "model_fixture.h"

#include "master_fixture.h"
#include "model/canonical.h"

struct form {
	unsigned char bytes[CANONICAL_DEVICE_MAX];
	size_t count;
};

static struct form form_of(const struct net_device *dev)
{
	struct form form = { .count = 0 };

	form.count = canonical_device(dev, 0, form.bytes);
	return form;
}

static bool is_same(const struct form *a, const struct form *b)
{
	return a->count == b->count && memcmp(a->bytes, b->bytes, a->count) == 0;
}

/* The device's form differs from what it was before STATEMENT. */
#define MATTERS(dev, STATEMENT)                                                                    \
	do {                                                                                       \
		struct form before = form_of(dev), after;                                          \
		STATEMENT;                                                                         \
		after = form_of(dev);                                                              \
		assert_false(is_same(&before, &after));                                            \
	} while (0)

/* And it does not. */
#define MATTERS_NOT(dev, STATEMENT)                                                                \
	do {                                                                                       \
		struct form before = form_of(dev), after;                                          \
		STATEMENT;                                                                         \
		after = form_of(dev);                                                              \
		assert_true(is_same(&before, &after));                                             \
	} while (0)

static void device__has_what_matters(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	MATTERS(dev, dev->state ^= 1UL << __LINK_STATE_DORMANT);
	MATTERS(dev, dev->operstate ^= 1);
	MATTERS(dev, dev->link_mode ^= 1);
	MATTERS(dev, dev->qdisc ^= 1);
	MATTERS(dev, dev->qdisc_sleeping ^= 1);
	MATTERS(dev, dev->root_qdisc ^= 1);
	MATTERS(dev, dev->rtnl_link_state ^= 1);
	MATTERS(dev, dev->flags ^= IFF_UP);
	MATTERS(dev, dev->gflags ^= IFF_PROMISC);
	MATTERS(dev, dev->promiscuity++);
	MATTERS(dev, dev->is_lag_port = true);
	MATTERS(dev, dev->is_lag_master = true);
	MATTERS(dev, dev->is_address_set = true);
	MATTERS(dev, dev->proto_down = 1);
	MATTERS(dev, dev->work_events ^= 1);
	MATTERS(dev, dev->nd_net ^= 1);
	MATTERS(dev, dev->features ^= 1);
	MATTERS(dev, dev->wanted_features ^= 1);
	MATTERS(dev, dev->vlan_features ^= 1);
	MATTERS(dev, dev->mtu++);
	MATTERS(dev, dev->tx_queue_len++);
	MATTERS(dev, dev->address++);
	MATTERS_NOT(dev, dev->carrier_up_count++);
	MATTERS_NOT(dev, dev->carrier_down_count++);
	MATTERS_NOT(dev, dev->cause++);
	MATTERS_NOT(dev, dev->link_cause++);
	MATTERS_NOT(dev, dev->work_cause++);
	MATTERS(dev, dev->reg_state = NETREG_UNREGISTERED);
	fixture_free(f);
}

static void device__has_its_place_in_the_list(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *dev = add_dummy(f, "d0");
	unsigned char first[CANONICAL_DEVICE_MAX], second[CANONICAL_DEVICE_MAX];
	uint32_t places[8];

	(void)state;
	assert_int_equal(canonical_device(dev, 1, first), canonical_device(dev, 2, second));
	assert_memory_not_equal(first, second, 16);
	dev->link_watch_event.stays = true;
	canonical_device(dev, 1, second);
	assert_memory_not_equal(first, second, 16);
	MATTERS_NOT(dev, dev->link_watch_event.stays = false); /* not on the list */
	add_dummy(f, "d1");
	lock(f);
	netif_carrier_off(find(f, "d1"));
	netif_carrier_off(dev);
	canonical_places(f->m, places);
	assert_int_equal(places[0], 0); /* lo */
	assert_int_equal(places[dev - f->m->devices], 2);
	assert_int_equal(places[find(f, "d1") - f->m->devices], 1);
	unlock(f);
	fixture_stop(f);
}

static struct net_device *add_tun(struct fixture *f, const char *name, bool is_tap)
{
	struct tun_request request = { .is_tap = is_tap };

	copy_name(request.name, name);
	lock(f);
	assert_int_equal(tun_set_iff(f->m, &request), 0);
	unlock(f);
	return find(f, name);
}

static void device__has_its_drivers_data(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *dev, *d0 = add_dummy(f, "d0");

	(void)state;
	dev = add_veth(f, "v0", "v1");
	MATTERS(dev, dev->priv.veth.peer = NULL);
	dev = add_upper(f, LINK_KIND_VLAN, "d0.10", d0, 10);
	MATTERS(dev, dev->priv.vlan.real_dev = find(f, "v1"));
	dev = add_team(f, "t0");
	MATTERS(dev, dev->priv.team.user_carrier_enabled ^= 1);
	dev = add_tun(f, "n0", false);
	MATTERS(dev, dev->priv.tun.is_persistent ^= 1);
	dev = add_tun(f, "n1", true);
	MATTERS(dev, dev->priv.tun.has_queue ^= 1);
	dev = add_bond(f, "b0", BOND_MODE_ROUNDROBIN, 100);
	MATTERS(dev, dev->priv.bond.curr_active_slave = d0);
	MATTERS(dev, dev->priv.bond.send_peer_notif++);
	dev = add_bridge(f, "r0");
	MATTERS(dev, dev->priv.bridge.bridge_address++);
	MATTERS(dev, dev->priv.bridge.is_mtu_set_by_user ^= 1);
	lock(f);
	assert_int_equal(virtnet_probe(f->m, "e0", true, true), 0);
	settle(f);
	dev = find(f, "e0");
	MATTERS(dev, dev->priv.virtnet.has_status ^= 1);
	MATTERS(dev, dev->priv.virtnet.host_link_up ^= 1);
	MATTERS(dev, dev->priv.virtnet.status_link_up ^= 1);
	MATTERS(dev, dev->priv.virtnet.is_listening ^= 1);
	MATTERS(dev, dev->priv.virtnet.has_change ^= 1);
	fixture_free(f);
}

static void enslave(struct fixture *f, struct net_device *port, const struct net_device *master)
{
	const struct link_attrs attrs = { .has_master = true, .master = master->ifindex };

	lock(f);
	assert_int_equal(do_setlink(port, &attrs), 0);
	unlock(f);
}

/* A port is in the form of its master. */
static void device__has_its_ports(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *team = add_team(f, "t0"), *bridge = add_bridge(f, "r0");
	struct net_device *bond = add_bond(f, "b0", BOND_MODE_ROUNDROBIN, 100);
	struct link_create create = { .kind = LINK_KIND_VRF, .vrf_table = 10 };
	struct net_device *vrf, *port, *d0 = add_dummy(f, "d0");
	struct netdev_adjacent *link;

	(void)state;
	copy_name(create.name, "f0");
	assert_int_equal(new_link(f, &create), 0);
	vrf = find(f, "f0");
	MATTERS(team, enslave(f, add_dummy(f, "p0"), team));
	link = netdev_master_link(find(f, "p0"));
	MATTERS(team, link->port.team.linkup ^= 1);
	MATTERS(team, link->port.team.orig_mtu++);
	MATTERS(team, link->port.team.orig_address++);
	MATTERS(bond, enslave(f, add_dummy(f, "p1"), bond));
	link = netdev_master_link(find(f, "p1"));
	MATTERS(bond, link->port.bond.is_link_up ^= 1);
	MATTERS(bond, link->port.bond.is_link_changed ^= 1);
	MATTERS(bond, link->port.bond.is_backup ^= 1);
	MATTERS(bond, link->port.bond.perm_address++);
	MATTERS(bond, link->port.bond.orig_mtu++);
	port = add_dummy(f, "p2");
	MATTERS(bridge, enslave(f, port, bridge));
	link = netdev_master_link(port);
	MATTERS(bridge, link->port.bridge.is_forwarding ^= 1);
	MATTERS(bridge, link->port.bridge.is_listed ^= 1);
	MATTERS(vrf, enslave(f, add_dummy(f, "p3"), vrf));
	MATTERS(d0, add_upper(f, LINK_KIND_VLAN, "d0.1", d0, 1));
	fixture_free(f);
}

static void device__may_not_fit(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *d0 = add_dummy(f, "d0");
	unsigned char bytes[CANONICAL_DEVICE_MAX];
	char name[IFNAMSIZ];

	(void)state;
	for (uint16_t id = 1; id <= 250; id++) {
		snprintf(name, sizeof(name), "d0.%u", id);
		add_upper(f, LINK_KIND_VLAN, name, d0, id);
	}
	assert_int_equal(canonical_device(d0, 0, bytes), 0);
	fixture_stop(f);
}

/* Without room for links no device is stacked, and no address matters. */
static void address__matters_to_stacks_only(void **state)
{
	const struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 250, .long_bits = 64, .max_devices = 4
	};
	struct fixture *f = fixture_start_with(&config);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	MATTERS_NOT(dev, dev->address++);
	fixture_stop(f);
}

static void only_a_machine_at_rest_has_a_form(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct work_struct *const works[] = { &f->m->netdev_work.work, &f->m->net_namespaces.work };
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	settle(f);
	assert_null(canonical_refusal(f->m));
	f->m->rtnl.is_locked = true;
	assert_string_equal(canonical_refusal(f->m), "rtnl is held");
	f->m->rtnl.is_locked = false;
	f->m->rtnl.waiting = 1;
	assert_string_equal(canonical_refusal(f->m), "rtnl is held");
	f->m->rtnl.waiting = 0;
	for (size_t i = 0; i < ARRAY_SIZE(works); i++) {
		works[i]->is_pending = true;
		assert_string_equal(canonical_refusal(f->m), "work is in progress");
		works[i]->is_pending = false;
		works[i]->is_running = true;
		assert_string_equal(canonical_refusal(f->m), "work is in progress");
		works[i]->is_running = false;
		works[i]->reruns = true;
		assert_string_equal(canonical_refusal(f->m), "work is in progress");
		works[i]->reruns = false;
	}
	netif_carrier_off(dev);
	assert_string_equal(canonical_refusal(f->m), "work is held up by a worker latency");
	settle(f);
	f->m->worker_latency_ns = 1;
	assert_string_equal(canonical_refusal(f->m), "work is held up by a worker latency");
	f->m->worker_latency_ns = 0;
	run_to_ns(f, 4000001);
	assert_string_equal(canonical_refusal(f->m), "it is not the start of a jiffy");
	run_to_j(f, 2);
	assert_null(canonical_refusal(f->m));
	f->m->clock.long_bits = 32;
	assert_string_equal(canonical_refusal(f->m), "32-bit jiffies wrap");
	f->m->clock.long_bits = 64;
	f->m->is_broken = true;
	assert_string_equal(canonical_refusal(f->m), "an invariant is broken");
	fixture_free(f);
}

/* By the levels of the wheel: 63 jiffies, 504, ... */
static void period__is_that_of_the_longest_delays_level(void **state)
{
	struct fixture *f = fixture_start("6.1", 1000), *old = fixture_start("3.7", 250);

	(void)state;
	assert_int_equal(canonical_delay_max_j(f->m), 1000);
	assert_int_equal(canonical_period_j(f->m, 62), 1);
	assert_int_equal(canonical_period_j(f->m, 63), 8);
	assert_int_equal(canonical_period_j(f->m, 503), 8);
	assert_int_equal(canonical_period_j(f->m, 504), 64);
	assert_int_equal(canonical_period_j(f->m, 1000), 64);
	add_bond(f, "b0", BOND_MODE_ROUNDROBIN, 5000);
	add_bond(f, "b1", BOND_MODE_ROUNDROBIN, 100);
	assert_int_equal(canonical_delay_max_j(f->m), 5000);
	f->m->timers.is_exact = true;
	assert_int_equal(canonical_period_j(f->m, 5000), 1);
	assert_int_equal(canonical_period_j(old->m, 250), 1);
	assert_int_equal(canonical_period_j(old->m, 256), 0);
	fixture_free(f);
	fixture_free(old);
}

static void machine_form(const struct machine *m, unsigned char ret_bytes[64])
{
	assert_true(canonical_machine_bytes(m) <= 64);
	memset(ret_bytes, 0, 64);
	canonical_machine(m, canonical_period_j(m, canonical_delay_max_j(m)), ret_bytes,
			  canonical_machine_bytes(m));
}

static void assert_machine_differs(const struct machine *m, const unsigned char before[64])
{
	unsigned char after[64];

	machine_form(m, after);
	assert_memory_not_equal(after, before, 64);
}

static void machine__has_times_from_now_on(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
	unsigned char before[64], after[64];

	(void)state;
	run_to_j(f, 8 * 100);
	machine_form(f->m, before);
	run_to_j(f, 8 * 101); /* nothing is pending: the same, a period later */
	machine_form(f->m, after);
	assert_memory_equal(after, before, 64);
	run_to_j(f, 8 * 101 + 1);
	assert_machine_differs(f->m, before);
	run_to_j(f, 8 * 101 + 8);
	f->m->linkwatch.work.work.is_pending = true; /* work that would never run */
	assert_machine_differs(f->m, before);
	f->m->linkwatch.work.work.is_pending = false;
	run_to_j(f, 8 * 104);
	lock(f);
	dev_open(d0);
	dev_open(d1);
	unlock(f);
	netif_carrier_off(d0); /* its full run sets the next one */
	settle(f);
	assert_machine_differs(f->m, before);
	machine_form(f->m, before);
	netif_carrier_off(d1); /* a timer */
	settle(f);
	assert_machine_differs(f->m, before);
	machine_form(f->m, before);
	run_to_j(f, 8 * 105);
	assert_machine_differs(f->m, before);
	fixture_stop(f);
}

/* Timers of several owners: each with its place among all. */
static void machine__has_the_timers_of_bonds(void **state)
{
	struct fixture *f = fixture_start("6.1", 250);
	struct net_device *bond = add_bond(f, "b0", BOND_MODE_ROUNDROBIN, 100);
	struct net_device *gone = add_bond(f, "b1", BOND_MODE_ROUNDROBIN, 100);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
	size_t both = canonical_machine_bytes(f->m);
	unsigned char before[64];

	(void)state;
	lock(f);
	assert_int_equal(rtnl_dellink(gone), 0);
	unlock(f);
	assert_int_equal(both - canonical_machine_bytes(f->m), 18);
	run_to_j(f, 800);
	machine_form(f->m, before);
	lock(f);
	dev_open(bond);
	dev_open(d0);
	dev_open(d1);
	unlock(f);
	run_to_j(f, 800 + 64 * 8);
	assert_machine_differs(f->m, before);
	netif_carrier_off(d0);
	netif_carrier_off(d1);
	settle(f);
	netif_carrier_on(d1);
	settle(f);
	netif_carrier_off(d1);
	settle(f);
	assert_machine_differs(f->m, before);
	fixture_stop(f);
}

/* A link_watch.c that shows nothing of itself. */
static void file_bind(struct linkwatch_file *file, struct machine *m)
{
	(void)file;
	(void)m;
}

static void file_look(const struct linkwatch_file *file, struct linkwatch_view *ret_view)
{
	(void)file;
	memset(ret_view, 0, sizeof(*ret_view));
}

static void machine__of_a_file_without_work_or_list(void **state)
{
	struct linkwatch_file file = { .bind = file_bind, .look = file_look };
	const struct machine_config config = { .kernel = kernel_named("6.1"),
					       .hz = 250,
					       .long_bits = 64,
					       .max_devices = 4,
					       .linkwatch_file = &file };
	struct fixture *f = fixture_start_with(&config);
	uint32_t places[8] = { 7 };
	unsigned char form[64];

	(void)state;
	machine_form(f->m, form);
	canonical_places(f->m, places);
	assert_int_equal(places[0], 0);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(device__has_what_matters),
		cmocka_unit_test(device__has_its_place_in_the_list),
		cmocka_unit_test(device__has_its_drivers_data),
		cmocka_unit_test(device__has_its_ports),
		cmocka_unit_test(device__may_not_fit),
		cmocka_unit_test(address__matters_to_stacks_only),
		cmocka_unit_test(only_a_machine_at_rest_has_a_form),
		cmocka_unit_test(period__is_that_of_the_longest_delays_level),
		cmocka_unit_test(machine__has_times_from_now_on),
		cmocka_unit_test(machine__has_the_timers_of_bonds),
		cmocka_unit_test(machine__of_a_file_without_work_or_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
