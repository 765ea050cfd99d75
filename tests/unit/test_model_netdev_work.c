// SPDX-License-Identifier: GPL-2.0-or-later
/* Work that 7.2 defers: a VLAN's up and down, in one work item for all. */
#include "model_fixture.h"

/* d0 with d0.5 and d0.6, all down. */
static struct fixture *two_vlans(const char *kernel)
{
	struct fixture *f = fixture_start(kernel, 100);
	struct net_device *d0 = add_dummy(f, "d0");

	add_upper(f, LINK_KIND_VLAN, "d0.5", d0, 5);
	add_upper(f, LINK_KIND_VLAN, "d0.6", d0, 6);
	run_to_j(f, 200);
	forget_log(f);
	return f;
}

static int set_up_held(struct fixture *f, const char *name, bool is_up)
{
	struct link_attrs attrs = { .ifi_flags = is_up ? IFF_UP : 0, .ifi_change = IFF_UP };

	return do_setlink(find(f, name), &attrs);
}

/* As recorded on 7.2: the change mask of a closed VLAN is 0x1; closed as a group it was 0x41. */
static void vlan__follows_from_the_work_item(void **state)
{
	struct fixture *f = two_vlans("7.2");

	(void)state;
	lock(f);
	assert_int_equal(set_up_held(f, "d0", true), 0);
	expect_log(f, "200 d0 URL UNKNOWN 1\n");
	assert_false(netif_running(find(f, "d0.5")));
	unlock(f);
	expect_log(f, "200 d0.5 URL UP 1\n200 d0.6 URL UP 1\n");
	run_to_j(f, 400);
	lock(f);
	assert_int_equal(set_up_held(f, "d0", false), 0);
	expect_log(f, "400 d0 - DOWN 1\n");
	unlock(f);
	expect_log(f, "400 d0.5 - DOWN 1\n400 d0.6 - DOWN 1\n");
	assert_true(netif_carrier_ok(find(f, "d0.5"))); /* copied from d0, which is down */
	fixture_stop(f);
}

static void vlan__follows_in_the_request_up_to_6_18(void **state)
{
	struct fixture *f = two_vlans("6.18");

	(void)state;
	lock(f);
	assert_int_equal(set_up_held(f, "d0", true), 0);
	expect_log(f, "200 d0 URL UNKNOWN 1\n200 d0.5 URL UP 1\n200 d0.6 URL UP 1\n");
	assert_int_equal(set_up_held(f, "d0", false), 0);
	expect_log(f, "200 d0 - DOWN 1\n200 d0.6 - DOWN 41\n200 d0.5 - DOWN 41\n");
	unlock(f);
	fixture_stop(f);
}

/* Requests for a VLAN itself take precedence over deferred work. */
static void vlan__own_open_and_close_cancel(void **state)
{
	struct fixture *f = two_vlans("7.2");
	struct net_device *v5 = find(f, "d0.5");

	(void)state;
	lock(f);
	set_up_held(f, "d0", true);
	assert_false(list_empty(&v5->work_node));
	set_up_held(f, "d0.5", true);
	assert_true(list_empty(&v5->work_node));
	set_up_held(f, "d0.5", false);
	forget_log(f);
	unlock(f);
	expect_log(f, "200 d0.6 URL UP 1\n");
	lock(f);
	set_up_held(f, "d0.5", true);
	set_up_held(f, "d0", false);
	assert_false(list_empty(&v5->work_node));
	set_up_held(f, "d0.5", false);
	assert_true(list_empty(&v5->work_node));
	unlock(f);
	fixture_stop(f);
}

/* The state of the device below when the work runs decides; a VLAN with loose binding only copies
 * the carrier. */
static void vlan_dev_work__goes_by_what_is_then(void **state)
{
	struct fixture *f = two_vlans("7.2");
	struct net_device *v5 = find(f, "d0.5"), *v6 = find(f, "d0.6"), *d0 = find(f, "d0");

	(void)state;
	v6->priv.vlan.is_loose = true;
	lock(f);
	set_up_held(f, "d0", true);
	set_up_held(f, "d0", false);
	forget_log(f);
	unlock(f);
	expect_log(f, ""); /* was down, is down */
	d0->state |= 1UL << __LINK_STATE_NOCARRIER;
	lock(f);
	set_up_held(f, "d0", true);
	unlock(f);
	assert_true(netif_running(v5));
	assert_false(netif_running(v6));
	assert_false(netif_carrier_ok(v6));
	link_up(f, v6);
	d0->state &= ~(1UL << __LINK_STATE_NOCARRIER);
	link_down(f, d0);
	assert_false(netif_running(v5));
	assert_true(netif_carrier_ok(v5));
	assert_true(netif_running(v6));
	assert_false(netif_carrier_ok(v6)); /* unchanged */
	fixture_stop(f);
}

/* Skips devices that are being deleted or are detached. */
static void netdev_work__leaves_out_who_is_gone(void **state)
{
	struct fixture *f = two_vlans("7.2");
	struct net_device *v5 = find(f, "d0.5"), *v6 = find(f, "d0.6");

	(void)state;
	lock(f);
	set_up_held(f, "d0", true);
	assert_int_equal(rtnl_dellink(v5), 0);
	assert_true(list_empty(&v5->work_node));
	netdev_work_sched(v5, 1);
	assert_true(list_empty(&v5->work_node));
	netif_device_detach(v6);
	forget_log(f);
	unlock(f);
	expect_log(f, "");
	assert_true(list_empty(&v6->work_node)); /* not tried again */
	netif_device_attach(v6);
	fixture_stop(f);
}

/* Two requests before the worker runs, each with its own cause. */
static void netdev_work__knows_who_asked(void **state)
{
	struct fixture *f = two_vlans("7.2");
	struct net_device *e0 = add_dummy(f, "e0");

	(void)state;
	add_upper(f, LINK_KIND_VLAN, "e0.7", e0, 7);
	lock(f);
	f->m->cause = 11;
	set_up_held(f, "d0", true);
	f->m->cause = 22;
	set_up_held(f, "e0", true);
	set_up_held(f, "e0", true); /* already on the list */
	unlock(f);
	assert_int_equal(f->last.cause, 22);
	assert_string_equal(f->last.dev->name, "e0.7");
	assert_true(netif_running(find(f, "d0.6")));
	fixture_stop(f);
}

/* rtnl is held: the work sleeps, and is queued again meanwhile. */
static void netdev_work__waits_for_rtnl(void **state)
{
	struct fixture *f = two_vlans("7.2");
	struct netdev_work *work = &f->m->netdev_work;

	(void)state;
	lock(f);
	set_up_held(f, "d0", true);
	forget_log(f);
	rtnl_hold(f->m, 300 * INT64_C(1000000));
	settle(f);
	expect_log(f, "");
	assert_true(work->work.is_running);
	set_up_held(f, "d0", true); /* the holder continues, and the filters are set */
	settle(f);
	assert_true(work->work.is_pending);
	run_to_j(f, 230);
	expect_log(f, "230 d0.5 URL UP 1\n230 d0.6 URL UP 1\n");
	assert_false(work->work.is_running);
	assert_false(work->work.is_pending);
	fixture_stop(f);
}

/*
 * As recorded on 7.2: the filters of a dummy or a VLAN are set by the same work item, which is
 * queued before the events that the close fires. So devices on top are closed before linkwatch
 * runs, and one run handles both.
 */
static void dev_set_rx_mode__queues_the_work_first(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *d0 = add_dummy(f, "d0"), *outer, *inner;

	(void)state;
	outer = add_upper(f, LINK_KIND_VLAN, "d0.5", d0, 5);
	inner = add_upper(f, LINK_KIND_VLAN, "d0.5.7", outer, 7);
	link_up(f, d0);
	run_to_j(f, 300);
	assert_true(netif_running(inner));
	link_down(f, outer);
	assert_int_equal(outer->operstate, IF_OPER_DOWN); /* d0 has carrier */
	assert_int_equal(inner->operstate, IF_OPER_LOWERLAYERDOWN);
	fixture_stop(f);
}

static void dev_set_rx_mode__only_of_who_is_up_and_there(void **state)
{
	struct fixture *f = fixture_start("7.2", 100);
	struct net_device *d0 = add_dummy(f, "d0"), *plain = add_device(f, "p", &plain_ops);
	const struct work_struct *work = &f->m->netdev_work.work;

	(void)state;
	dev_set_rx_mode(d0);
	assert_false(work->is_pending);
	link_up(f, d0);
	link_up(f, plain);
	assert_false(work->is_pending);
	dev_set_rx_mode(plain);
	assert_false(work->is_pending);
	netif_device_detach(d0);
	dev_set_rx_mode(d0);
	assert_false(work->is_pending);
	netif_device_attach(d0);
	dev_set_rx_mode(d0);
	assert_true(work->is_pending);
	settle(f);
	fixture_stop(f);
}

static void netdev_work__leaves_out_who_is_absent(void **state)
{
	struct fixture *f = two_vlans("7.2");

	(void)state;
	link_up(f, find(f, "d0"));
	run_to_j(f, 400);
	forget_log(f);
	lock(f);
	assert_int_equal(set_up_held(f, "d0", false), 0);
	netif_device_detach(find(f, "d0.5"));
	unlock(f);
	expect_log(f, "400 d0 - DOWN 1\n400 d0.6 - DOWN 1\n");
	assert_true(find(f, "d0.5")->flags & IFF_UP);
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(netdev_work__leaves_out_who_is_absent),
		cmocka_unit_test(vlan__follows_from_the_work_item),
		cmocka_unit_test(vlan__follows_in_the_request_up_to_6_18),
		cmocka_unit_test(vlan__own_open_and_close_cancel),
		cmocka_unit_test(vlan_dev_work__goes_by_what_is_then),
		cmocka_unit_test(netdev_work__leaves_out_who_is_gone),
		cmocka_unit_test(netdev_work__knows_who_asked),
		cmocka_unit_test(netdev_work__waits_for_rtnl),
		cmocka_unit_test(dev_set_rx_mode__queues_the_work_first),
		cmocka_unit_test(dev_set_rx_mode__only_of_who_is_up_and_there),
	};

	return cmocka_run_group_tests_name("netdev_work", tests, NULL, NULL);
}
