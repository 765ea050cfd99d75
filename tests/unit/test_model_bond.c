// SPDX-License-Identifier: GPL-2.0-or-later
#include "master_fixture.h"

static struct net_device *active_slave(const struct net_device *bond)
{
	return bond->priv.bond.curr_active_slave;
}

/* b0 in the given mode with d0 and d1, all up and at rest at jiffy 300. */
static struct fixture *start_on(const char *kernel, enum bond_mode mode, uint32_t miimon)
{
	struct fixture *f = fixture_start(kernel, 100);
	struct net_device *bond = add_bond(f, "b0", mode, miimon);

	join(f, add_dummy(f, "d0"), bond);
	join(f, add_dummy(f, "d1"), bond);
	link_up(f, bond);
	run_to_j(f, 300);
	forget_log(f);
	return f;
}

static struct fixture *start(enum bond_mode mode, uint32_t miimon)
{
	return start_on("6.1", mode, miimon);
}

/* traces/bond.6.1.trace, line by line up to the first failover and back */
static void active_backup__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0, *d0, *d1;

	(void)state;
	run_to_ms(f, 1005);
	b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);
	d0 = add_dummy(f, "d0");
	d1 = add_dummy(f, "d1");
	run_to_ms(f, 1105);
	join(f, d0, b0);
	run_to_ms(f, 1205);
	join(f, d1, b0);
	run_to_ms(f, 1305);
	link_up(f, b0);
	run_to_ms(f, 3005);
	expect_log(f, "100 b0 - DOWN ffffffff\n"
		      "100 d0 - DOWN ffffffff\n"
		      "100 d1 - DOWN ffffffff\n"
		      "110 b0 - DOWN 0\n"
		      "110 d0 - DOWN 0\n"
		      "110 d0 URL UNKNOWN 41\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 b0 - DOWN 0\n"
		      "110 d0 URL UNKNOWN 0\n"
		      "110 b0 - DOWN 0\n"
		      "120 d1 - DOWN 0\n"
		      "120 d1 URL UNKNOWN 41\n"
		      "120 d1 URL UNKNOWN 0\n"
		      "120 d1 URL UNKNOWN 0\n"
		      "120 d1 URL UNKNOWN 0\n"
		      "120 d1 URL UNKNOWN 0\n"
		      "120 b0 - DOWN 0\n"
		      "130 b0 UL DOWN 1\n"
		      "208 b0 URL UP 0\n");
	carrier_of(f, d0, false);
	run_to_ms(f, 3505);
	expect_log(f, "300 d0 U DOWN 0\n"
		      "306 d0 U DOWN 0\n"
		      "306 d0 U DOWN 0\n"
		      "306 d1 URL UNKNOWN 0\n"
		      "306 b0 URL UP 0\n"
		      "306 b0 URL UP 0\n"
		      "308 b0 URL UP 0\n");
	carrier_of(f, d1, false);
	run_to_ms(f, 5005);
	expect_log(f, "350 d1 U DOWN 0\n"
		      "361 d1 U DOWN 0\n"
		      "361 d1 U DOWN 0\n"
		      "361 b0 U DOWN 0\n");
	carrier_of(f, d1, true);
	run_to_ms(f, 7005);
	expect_log(f, "500 d1 URL UP 0\n"
		      "504 d1 URL UP 0\n"
		      "504 d1 URL UP 0\n"
		      "504 b0 U DOWN 0\n"
		      "504 b0 URL UP 0\n"
		      "506 b0 URL UP 0\n");
	fixture_stop(f);
}

static void miimon_0__a_slave_is_up_whatever_its_carrier(void **state)
{
	struct fixture *f = start(BOND_MODE_XOR, 0);
	struct net_device *b0 = find(f, "b0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	assert_true(netif_carrier_ok(b0));
	carrier_of(f, d0, false);
	carrier_of(f, d1, false);
	run_to_j(f, 600);
	assert_true(netif_carrier_ok(b0));
	assert_false(work_next_ns(f->m, &(int64_t){ 0 }));
	leave(f, d0);
	assert_true(netif_carrier_ok(b0));
	leave(f, d1);
	assert_false(netif_carrier_ok(b0));
	fixture_stop(f);
}

/* The cause is the line that changed the slave, not the one that started the monitor. */
static void miimon__tells_because_of_who_changed_the_slave(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	f->m->cause = 11;
	link_down(f, d1);
	f->m->cause = 12;
	carrier_of(f, d0, false);
	run_to_j(f, 330);
	assert_false(netif_carrier_ok(find(f, "b0")));
	assert_int_equal(f->last.cause, 12);
	f->m->cause = 13;
	link_up(f, d1);
	run_to_j(f, 345);
	assert_true(netif_carrier_ok(find(f, "b0")));
	assert_int_equal(f->last.cause, 13);
	fixture_stop(f);
}

static void miimon__a_slave_that_is_down_or_without_carrier_counts_not(void **state)
{
	struct fixture *f = start(BOND_MODE_XOR, 100);
	struct net_device *b0 = find(f, "b0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	carrier_of(f, d0, false);
	link_down(f, d1);
	assert_true(netif_carrier_ok(b0));
	run_to_j(f, 330);
	assert_false(netif_carrier_ok(b0));
	link_up(f, d1);
	run_to_j(f, 360);
	assert_true(netif_carrier_ok(b0));
	link_down(f, b0); /* stops the monitor */
	carrier_of(f, d1, false);
	link_down(f, d1);
	link_down(f, d0);
	run_to_j(f, 600);
	assert_true(netif_carrier_ok(b0));
	fixture_stop(f);
}

/* A slave without carrier joins with its link down. */
static void enslave__without_carrier(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b1 = add_bond(f, "b1", BOND_MODE_XOR, 100);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");

	(void)state;
	carrier_of(f, d0, false);
	join(f, d0, b0);
	assert_false(netif_carrier_ok(b0));
	assert_null(active_slave(b0));
	carrier_of(f, d1, false);
	join(f, d1, b1);
	assert_null(active_slave(b1));
	assert_int_equal(d0->flags & (IFF_UP | IFF_SLAVE), IFF_UP | IFF_SLAVE);
	assert_true(d0->is_lag_port && b0->is_lag_master);
	assert_int_equal(d0->address, b0->address);
	fixture_stop(f);
}

/* Recorded on 5.10 and 6.1: one more message once it is linked. */
static void slave__is_told_of_when_it_is_linked_since_5_12(void **state)
{
	static const struct {
		const char *kernel, *log;
	} cases[] = {
		{ "5.10", "0 b0 - DOWN 0\n"
			  "0 d0 - DOWN 0\n"
			  "0 d0 URL UNKNOWN 41\n"
			  "0 d0 URL UNKNOWN 0\n"
			  "0 d0 URL UNKNOWN 0\n"
			  "0 b0 - DOWN 0\n" },
		{ "5.15", "0 b0 - DOWN 0\n"
			  "0 d0 - DOWN 0\n"
			  "0 d0 URL UNKNOWN 41\n"
			  "0 d0 URL UNKNOWN 0\n"
			  "0 d0 URL UNKNOWN 0\n"
			  "0 d0 URL UNKNOWN 0\n"
			  "0 b0 - DOWN 0\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start(cases[i].kernel, 100);
		struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 0);
		struct net_device *d0 = add_dummy(f, "d0");

		forget_log(f);
		join(f, d0, b0);
		expect_log(f, cases[i].log);
		fixture_stop(f);
	}
}

/* Choosing the active slave while the bond is up. */
static void active_slave__is_the_first_up_since_6_0(void **state)
{
	static const struct {
		const char *kernel, *active;
	} cases[] = { { "5.15", "d1" }, { "6.1", "d0" } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = start_on(cases[i].kernel, BOND_MODE_ACTIVEBACKUP, 100);
		struct net_device *b0 = find(f, "b0"), *d0 = find(f, "d0");

		carrier_of(f, d0, false);
		run_to_j(f, 330);
		assert_string_equal(active_slave(b0)->name, "d1");
		carrier_of(f, d0, true);
		run_to_j(f, 360);
		assert_string_equal(active_slave(b0)->name, "d1"); /* there is one */
		join(f, add_dummy(f, "d2"), b0);
		assert_string_equal(active_slave(b0)->name, cases[i].active);
		carrier_of(f, d0, false);
		carrier_of(f, find(f, "d1"), false);
		run_to_j(f, 390);
		assert_string_equal(active_slave(b0)->name, "d2");
		fixture_stop(f);
	}
}

static void release__of_the_active_slave_makes_another_one_active(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");

	(void)state;
	leave(f, d0);
	expect_log(f, "300 d0 URL UNKNOWN 0\n" /* a backup now */
		      "300 d0 URL UNKNOWN 0\n"
		      "300 d1 URL UNKNOWN 0\n" /* active now */
		      "300 b0 URL UP 0\n"      /* failover */
		      "300 b0 URL UP 0\n"      /* peers are notified */
		      "300 b0 URL UP 0\n"      /* features */
		      "300 d0 - DOWN 41\n"
		      "300 d0 - DOWN 0\n");
	assert_ptr_equal(active_slave(b0), d1);
	assert_int_equal(d0->flags & IFF_SLAVE, 0);
	assert_false(d0->is_lag_port);
	run_to_j(f, 305);
	forget_log(f);
	leave(f, d1);
	expect_log(f, "305 d1 URL UNKNOWN 0\n"
		      "305 d1 URL UNKNOWN 0\n"
		      "305 b0 UR UP 0\n" /* b0 has no address any more */
		      "305 b0 UR UP 0\n"
		      "305 d1 - DOWN 41\n"
		      "305 d1 - DOWN 0\n"
		      "305 b0 U DOWN 0\n");
	assert_null(active_slave(b0));
	fixture_stop(f);
}

static void release__of_a_backup_changes_nothing(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);

	(void)state;
	leave(f, find(f, "d1"));
	expect_log(f, "300 d1 URL UNKNOWN 0\n"
		      "300 b0 URL UP 0\n"
		      "300 d1 - DOWN 41\n"
		      "300 d1 - DOWN 0\n");
	assert_string_equal(active_slave(find(f, "b0"))->name, "d0");
	assert_int_not_equal(find(f, "d1")->address, find(f, "b0")->address); /* restored */
	fixture_stop(f);
}

static void dellink__of_slave_and_bond(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0"), *d1 = find(f, "d1");

	(void)state;
	assert_int_equal(delete_link_of(f, find(f, "d0")), 0);
	assert_ptr_equal(active_slave(b0), d1);
	join(f, add_dummy(f, "d2"), b0);
	run_to_j(f, 450);
	forget_log(f);
	assert_int_equal(delete_link_of(f, b0), 0);
	expect_log(f, "450 b0 - DOWN 41\n"
		      "450 d1 URL UNKNOWN 0\n"
		      "450 d1 URL UNKNOWN 0\n"
		      "450 d1 - DOWN 41\n"
		      "450 d1 - DOWN 0\n"
		      "450 d2 URL UNKNOWN 0\n"
		      "450 d2 - DOWN 41\n"
		      "450 d2 - DOWN 0\n"
		      "450 DEL b0 - DOWN ffffffff\n");
	for (int i = 0; i < 20; i++) { /* its memory is reused */
		b0 = add_bond(f, "b0", BOND_MODE_XOR, 100);
		assert_int_equal(delete_link_of(f, b0), 0);
	}
	fixture_stop(f);
}

/* Recorded on 5.10, 6.1, 6.12 and 7.2: the bond's urgent run comes before the slave is finished
 * off, finds its event, and leaves a run for the end of the second, which then starts another one. */
static void slave_deleted__uses_the_next_second_up(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *v0 = add_veth(f, "v0", "v1"), *d0 = add_dummy(f, "d0");
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 0);

	(void)state;
	run_to_ms(f, 5265);
	link_up(f, b0);
	run_to_ms(f, 6445);
	link_up(f, v0);
	join(f, find(f, "v1"), b0);
	run_to_ms(f, 7105);
	assert_int_equal(delete_link_of(f, v0), 0);
	run_to_ms(f, 7325);
	link_up(f, d0);
	run_to_ms(f, 7675);
	forget_log(f);
	carrier_of(f, d0, false);
	run_to_ms(f, 9000);
	expect_log(f, "848 d0 U DOWN 0\n");
	fixture_stop(f);
}

/* The monitor keeps running without slaves, for slaves that join later. */
static void miimon__waits_for_slaves(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_XOR, 30), *d0 = add_dummy(f, "d0");

	(void)state;
	link_up(f, b0);
	carrier_of(f, d0, false);
	run_to_j(f, 100);
	join(f, d0, b0);
	carrier_of(f, d0, true);
	assert_false(netif_carrier_ok(b0));
	run_to_j(f, 105);
	assert_true(netif_carrier_ok(b0));
	fixture_stop(f);
}

/* The monitor and the request to rejoin groups retry a jiffy later. */
static void rtnl_held__work_tries_again(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0"), *d0 = find(f, "d0");

	(void)state;
	run_to_j(f, 304);
	netif_carrier_off(d0);
	settle(f);
	lock(f);
	run_to_j(f, 320);
	assert_ptr_equal(active_slave(b0), d0);
	unlock(f);
	run_to_j(f, 322);
	assert_string_equal(active_slave(b0)->name, "d1");
	forget_log(f);
	lock(f);
	run_to_j(f, 330);
	expect_log(f, "");
	unlock(f);
	run_to_j(f, 334);
	expect_log(f, "332 b0 URL UP 0\n");
	fixture_stop(f);
}

static void round_robin__joins_groups_anew_with_another_slave(void **state)
{
	struct fixture *f = start(BOND_MODE_ROUNDROBIN, 100);
	struct net_device *b0 = find(f, "b0");

	(void)state;
	f->traced = BIT(TRACE_NOTIFIER);
	assert_string_equal(active_slave(b0)->name, "d0");
	leave(f, find(f, "d0"));
	assert_string_equal(active_slave(b0)->name, "d1");
	forget_log(f);
	run_to_j(f, 310);
	expect_log(f, "notifier b0 RESEND_IGMP\n302 b0 URL UP 0\n");
	carrier_of(f, find(f, "d1"), false);
	run_to_j(f, 330);
	assert_null(active_slave(b0));
	carrier_of(f, find(f, "d1"), true);
	run_to_j(f, 350);
	assert_string_equal(active_slave(b0)->name, "d1");
	leave(f, find(f, "d1"));
	link_down(f, b0); /* before it is due */
	forget_log(f);
	run_to_j(f, 400);
	expect_log(f, "");
	fixture_stop(f);
}

/* Peers are notified once the slave's own event was processed: here, once it is attached. */
static void notify_peers__waits_for_the_slaves_event(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0"), *d1 = find(f, "d1");

	(void)state;
	netif_device_detach(d1);
	netif_carrier_off(d1);
	netif_carrier_on(d1);
	settle(f);
	f->traced = BIT(TRACE_NOTIFIER);
	leave(f, find(f, "d0"));
	assert_null(strstr(f->log, "NOTIFY_PEERS"));
	assert_int_equal(b0->priv.bond.send_peer_notif, 1);
	netif_device_attach(d1);
	linkwatch_run_queue(f->m);
	forget_log(f);
	run_to_j(f, 320);
	assert_non_null(strstr(f->log, "notifier b0 NOTIFY_PEERS\n"));
	assert_int_equal(b0->priv.bond.send_peer_notif, 0);
	fixture_stop(f);
}

/* The bond has carrier again, but linkwatch has not sent a message yet. */
static void notify_peers__when_the_bond_comes_back(void **state)
{
	static const struct {
		const char *kernel;
		bool is_told;
	} cases[] = { { "6.1", false }, { "7.2", true } };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = start_on(cases[i].kernel, BOND_MODE_ACTIVEBACKUP, 100);
		struct net_device *b0 = find(f, "b0");

		carrier_of(f, find(f, "d0"), false);
		carrier_of(f, find(f, "d1"), false);
		run_to_j(f, 330);
		assert_false(netif_carrier_ok(b0));
		carrier_of(f, find(f, "d1"), true);
		forget_log(f);
		run_to_j(f, 350);
		assert_true(netif_carrier_ok(b0));
		assert_int_equal(strstr(f->log, " b0 UL DOWN 0\n") != NULL, cases[i].is_told);
		fixture_stop(f);
	}
}

static const struct net_device_ops strange_ops = {
	.kind = "strange",
	.is_no_ethernet = true,
};

static void slave__must_be_fit_for_it(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0"), *d2 = add_dummy(f, "d2"), *d3 = add_dummy(f, "d3");
	struct net_device *m2 = add_upper(f, LINK_KIND_MACVLAN, "m2", d2, 0);
	struct net_device *b1 = add_bond(f, "b1", BOND_MODE_XOR, 0);

	(void)state;
	d3->flags |= IFF_MASTER;
	expect_refusal(f, d3, b0, -EPERM, "Device type (master device) cannot be enslaved");
	d3->flags &= ~(uint32_t)IFF_MASTER;
	expect_refusal(f, d2, b0, -EBUSY, "Device is in use and cannot be enslaved");
	expect_refusal(f, b1, b1, -EPERM, "Cannot enslave bond to itself");
	link_up(f, d3);
	expect_refusal(f, d3, b0, -EPERM, "Device can not be enslaved while up");
	expect_refusal(f, find(f, "lo"), b0, -EINVAL, "Device type is different from other slaves");
	expect_refusal(f, find(f, "lo"), b1, -EADDRNOTAVAIL, NULL);
	expect_refusal(f, add_device(f, "x", &strange_ops), b1, -EOPNOTSUPP,
		       "a bond of devices that are no Ethernet is not there yet in this lwsim");
	assert_false(m2->is_lag_port || d3->is_lag_port);
	join(f, b1, b0); /* a bond can be one */
	fixture_stop(f);
}

/* By then it may have the bond's address and be open. */
static void slave__that_cannot_be_linked_is_as_before(void **state)
{
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64,
					 .max_devices = 8,
					 .max_links = 1,
					 .max_bonds = 1 };
	struct fixture *f = fixture_start_with(&config);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
	uint64_t address = d0->address;

	(void)state;
	refuse(f, "d0", NETDEV_PRE_UP, -EPERM);
	expect_refusal(f, d0, b0, -EPERM, NULL);
	assert_int_equal(d0->address, address);
	assert_int_equal(d0->flags & (IFF_UP | IFF_SLAVE), 0);
	assert_int_not_equal(b0->address, address); /* another random one */
	refuse(f, "d0", NETDEV_PRE_UP, 0);
	netif_device_detach(d0);
	expect_refusal(f, d0, b0, -ENODEV, NULL); /* takes no address */
	netif_device_attach(d0);
	assert_int_equal(dev_set_mac_address(b0, 1000), 0);
	refuse(f, "d0", NETDEV_PRE_UP, -EPERM);
	expect_refusal(f, d0, b0, -EPERM, NULL);
	assert_int_equal(b0->address, 1000); /* was not the slave's, so it stays */
	refuse(f, "d0", NETDEV_PRE_UP, 0);
	join(f, d0, b0);
	assert_int_equal(d0->address, 1000);
	forget_log(f);
	expect_refusal(f, d1, b0, -ENOMEM, NULL); /* the only link is in use */
	expect_log(f, "0 d1 - DOWN 0\n"
		      "0 d1 URL UNKNOWN 41\n"
		      "0 d1 URL UNKNOWN 0\n"
		      "0 d1 URL UNKNOWN 0\n"
		      "0 d1 - DOWN 41\n"
		      "0 d1 - DOWN 0\n");
	assert_false(d1->is_lag_port);
	assert_int_equal(b0->address, 1000);
	leave(f, d0);
	assert_int_equal(d0->address, address);
	assert_false(b0->is_address_set); /* random again: it takes the address of its next slave */
	fixture_stop(f);
}

/* It keeps its address, so an active-backup bond follows it; as another slave it is refused later. */
static void ipvlan__sets_fail_over_mac(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *b0 = add_bond(f, "b0", BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b1 = add_bond(f, "b1", BOND_MODE_XOR, 100);
	struct net_device *d0 = add_dummy(f, "d0"), *d1 = add_dummy(f, "d1");
	struct net_device *low = add_dummy(f, "low");
	struct net_device *i0 = add_upper(f, LINK_KIND_IPVLAN, "i0", low, 0);
	uint64_t address0 = d0->address, address1 = d1->address;

	(void)state;
	expect_refusal(f, i0, b1, -EOPNOTSUPP, NULL);
	join(f, d1, b0);
	expect_refusal(f, i0, b0, -EOPNOTSUPP,
		       "Slave device does not support setting the MAC address, but fail_over_mac "
		       "is not set to active");
	leave(f, d1);
	expect_refusal(f, i0, b0, -EINVAL, NULL);
	assert_true(b0->priv.bond.is_fail_over_mac);
	expect_refusal(f, i0, b0, -EINVAL, NULL);
	join(f, d0, b0);
	join(f, d1, b0);
	assert_int_equal(d0->address, address0);
	assert_int_equal(d1->address, address1);
	assert_int_equal(b0->address, address0);
	lock(f);
	assert_int_equal(dev_set_mac_address(b0, 1000), 0); /* no effect */
	unlock(f);
	assert_int_equal(b0->address, address0);
	leave(f, d0);
	assert_int_equal(b0->address, address1);
	assert_int_equal(d0->address, address0);
	fixture_stop(f);
}

static void set_mac_address__of_all_slaves_or_none(void **state)
{
	struct fixture *f = start(BOND_MODE_XOR, 0);
	struct net_device *b0 = find(f, "b0"), *d0 = find(f, "d0"), *d1 = find(f, "d1");
	uint64_t address = b0->address;

	(void)state;
	lock(f);
	assert_int_equal(dev_set_mac_address(b0, 1000), 0);
	expect_log(f, "300 d0 URL UNKNOWN 0\n300 d1 URL UNKNOWN 0\n300 b0 URL UP 0\n");
	assert_int_equal(b0->address, 1000);
	assert_int_equal(d1->address, 1000);
	netif_device_detach(d1);
	assert_int_equal(dev_set_mac_address(b0, address), -ENODEV);
	expect_log(f, "300 d0 URL UNKNOWN 0\n300 d0 URL UNKNOWN 0\n");
	assert_int_equal(d0->address, 1000);
	assert_int_equal(b0->address, 1000);
	unlock(f);
	fixture_stop(f);
}

/* Events of a bond go to the devices on it and to its master. */
static void events__go_upwards(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0"), *b1 = add_bond(f, "b1", BOND_MODE_XOR, 0);
	struct link_create team = { .kind = LINK_KIND_TEAM, .name = "team0" };

	(void)state;
	assert_int_equal(new_link(f, &team), 0);
	link_up(f, b1);
	link_down(f, b0);
	join(f, b0, b1);
	link_down(f, b1);
	join(f, b1, find(f, "team0"));
	add_upper(f, LINK_KIND_VLAN, "b0.5", b0, 5);
	run_to_j(f, 305);
	f->traced = BIT(TRACE_NOTIFIER);
	leave(f, find(f, "d0"));
	assert_non_null(strstr(f->log, "notifier b0.5 BONDING_FAILOVER\n"));
	assert_non_null(strstr(f->log, "notifier b0.5 NOTIFY_PEERS\n"));
	assert_non_null(strstr(f->log, "notifier b1 FEAT_CHANGE\n"));
	assert_non_null(strstr(f->log, "notifier team0 FEAT_CHANGE\n"));
	forget_log(f);
	run_to_j(f, 308);
	expect_log(f, "notifier b0 RESEND_IGMP\n"
		      "307 b0 URL UP 0\n"
		      "notifier b1 RESEND_IGMP\n"
		      "307 b1 URL UP 0\n"
		      "notifier team0 RESEND_IGMP\n"
		      "307 team0 - DOWN 0\n"
		      "notifier b0.5 RESEND_IGMP\n"
		      "307 b0.5 - DOWN 0\n");
	fixture_stop(f);
}

static void macvlan__is_told_of_a_failover(void **state)
{
	struct fixture *f = start(BOND_MODE_ACTIVEBACKUP, 100);
	struct net_device *b0 = find(f, "b0");

	(void)state;
	add_upper(f, LINK_KIND_MACVLAN, "m0", b0, 0);
	f->traced = BIT(TRACE_NOTIFIER);
	leave(f, find(f, "d0"));
	assert_non_null(strstr(f->log, "notifier m0 BONDING_FAILOVER\n"));
	assert_non_null(strstr(f->log, "notifier m0 NOTIFY_PEERS\n"));
	fixture_stop(f);
}

static void newlink__that_fails_leaves_nothing(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_create create = { .kind = LINK_KIND_BOND, .name = "b0" };

	(void)state;
	refuse(f, "b0", NETDEV_POST_INIT, -EPERM);
	for (int round = 0; round < 20; round++)
		assert_int_equal(new_link(f, &create), -EPERM);
	refuse(f, "b0", NETDEV_POST_INIT, 0);
	for (int i = 0; i < 8; i++) {
		create.name[1] = (char)('0' + i);
		assert_int_equal(new_link(f, &create), 0);
	}
	create.name[1] = '8';
	assert_int_equal(new_link(f, &create), -ENOMEM); /* there is memory for eight */
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(active_backup__as_the_real_kernel_has_it),
		cmocka_unit_test(miimon_0__a_slave_is_up_whatever_its_carrier),
		cmocka_unit_test(miimon__tells_because_of_who_changed_the_slave),
		cmocka_unit_test(miimon__a_slave_that_is_down_or_without_carrier_counts_not),
		cmocka_unit_test(enslave__without_carrier),
		cmocka_unit_test(slave__is_told_of_when_it_is_linked_since_5_12),
		cmocka_unit_test(active_slave__is_the_first_up_since_6_0),
		cmocka_unit_test(release__of_the_active_slave_makes_another_one_active),
		cmocka_unit_test(release__of_a_backup_changes_nothing),
		cmocka_unit_test(dellink__of_slave_and_bond),
		cmocka_unit_test(slave_deleted__uses_the_next_second_up),
		cmocka_unit_test(miimon__waits_for_slaves),
		cmocka_unit_test(rtnl_held__work_tries_again),
		cmocka_unit_test(round_robin__joins_groups_anew_with_another_slave),
		cmocka_unit_test(notify_peers__waits_for_the_slaves_event),
		cmocka_unit_test(notify_peers__when_the_bond_comes_back),
		cmocka_unit_test(slave__must_be_fit_for_it),
		cmocka_unit_test(slave__that_cannot_be_linked_is_as_before),
		cmocka_unit_test(ipvlan__sets_fail_over_mac),
		cmocka_unit_test(set_mac_address__of_all_slaves_or_none),
		cmocka_unit_test(events__go_upwards),
		cmocka_unit_test(macvlan__is_told_of_a_failover),
		cmocka_unit_test(newlink__that_fails_leaves_nothing),
	};

	return cmocka_run_group_tests_name("bond", tests, NULL, NULL);
}
