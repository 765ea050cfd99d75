// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

/* Creates a dummy in a namespace with that number; 0: any. */
static int try_to_add(struct fixture *f, struct net *net, const char *name, int32_t ifindex)
{
	struct link_create create = {
		.kind = LINK_KIND_DUMMY,
		.net = net,
		.attrs = { .new_ifindex = ifindex },
	};

	copy_name(create.name, name);
	return new_link(f, &create);
}

static struct net_device *add_in(struct fixture *f, struct net *net, const char *name,
				 int32_t ifindex)
{
	assert_int_equal(try_to_add(f, net, name, ifindex), 0);
	return find_in(net, name);
}

/* A veth pair with its first end in the initial namespace. */
static struct net_device *add_pair(struct fixture *f, const char *name, int32_t ifindex,
				   const char *peer, int32_t peer_ifindex, struct net *peer_net)
{
	struct link_create create = {
		.kind = LINK_KIND_VETH,
		.attrs = { .new_ifindex = ifindex },
		.peer_attrs = { .new_ifindex = peer_ifindex, .net = peer_net },
	};

	copy_name(create.name, name);
	copy_name(create.peer_name, peer);
	assert_int_equal(new_link(f, &create), 0);
	return find(f, name);
}

static void drop_net(struct fixture *f, struct net *net)
{
	put_net(net);
	settle(f);
}

static void copy_net_ns__has_a_lo_and_names_and_numbers_of_its_own(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *d = add_dummy(f, "d"), *other = add_in(f, net, "d", 0);

	(void)state;
	expect_log(f, "0 net1/lo - DOWN ffffffff\n"
		      "0 d - DOWN ffffffff\n"
		      "0 net1/d - DOWN ffffffff\n");
	assert_int_equal(find_in(net, "lo")->ifindex, 1);
	assert_int_equal(d->ifindex, 2);
	assert_int_equal(other->ifindex, 2);
	assert_ptr_equal(dev_net(d), init_net(f->m));
	assert_ptr_equal(dev_net(other), net);
	assert_ptr_equal(__dev_get_by_index(net, 2), other);
	assert_ptr_equal(dev_get_by_index(f->m, 2), d);
	assert_null(__dev_get_by_name(net, "e"));
	assert_null(__dev_get_by_index(net, 3));
	assert_int_equal(try_to_add(f, net, "d", 0), -EEXIST);
	fixture_stop(f);
}

static void copy_net_ns__only_as_many_as_there_may_be(void **state)
{
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64,
					 .max_devices = 1,
					 .max_nets = 2 };
	struct fixture *f = fixture_start_with(&config);
	struct net *first;

	(void)state;
	assert_non_null(net_peek(f->m));
	first = net_peek(f->m);
	assert_ptr_equal(add_net(f), first);
	/* names that collide in the only two buckets */
	add_in(f, first, "a", 0);
	assert_null(__dev_get_by_name(first, "b"));
	assert_null(dev_get_by_name(f->m, "a"));
	assert_null(dev_get_by_index(f->m, 2));
	add_net(f);
	assert_null(net_peek(f->m));
	lock(f);
	assert_null(copy_net_ns(f->m));
	unlock(f);
	drop_net(f, first);
	assert_ptr_equal(net_peek(f->m), first);
	fixture_stop(f);
}

static void dev_get_by_index__finds_each_lo_among_colliding_ones(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_nets = 2
	};
	struct fixture *f = fixture_start_with(&config); /* with two buckets */
	struct net *nets[] = { init_net(f->m), add_net(f), add_net(f) };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(nets); i++) {
		assert_ptr_equal(__dev_get_by_index(nets[i], 1), find_in(nets[i], "lo"));
		assert_ptr_equal(dev_net(find_in(nets[i], "lo")), nets[i]);
	}
	fixture_stop(f);
}

static void copy_net_ns__needs_room_for_its_lo(void **state)
{
	struct machine_config config = {
		.kernel = kernel_named("6.1"), .hz = 100, .long_bits = 64, .max_nets = 1
	};
	struct fixture *f = fixture_start_with(&config);

	(void)state;
	refuse(f, "lo", NETDEV_POST_INIT, -EPERM);
	lock(f);
	assert_null(copy_net_ns(f->m));
	unlock(f);
	f->veto_err = 0;
	add_device(f, "d", &plain_ops); /* takes the slot that this lo would need */
	lock(f);
	assert_null(copy_net_ns(f->m));
	unlock(f);
	fixture_stop(f);
}

static void net_next__passes_over_what_is_gone(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *a = add_net(f), *b = add_net(f);

	(void)state;
	assert_ptr_equal(net_next(f->m, NULL), init_net(f->m));
	assert_ptr_equal(net_next(f->m, init_net(f->m)), a);
	assert_ptr_equal(net_next(f->m, a), b);
	assert_null(net_next(f->m, b));
	drop_net(f, a);
	assert_ptr_equal(net_next(f->m, init_net(f->m)), b);
	assert_ptr_equal(add_net(f), a);
	fixture_stop(f);
}

static void rtnl_newlink__a_number_can_be_asked_for(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct link_create create = { .kind = LINK_KIND_TEAM,
				      .name = "t",
				      .attrs = { .new_ifindex = 9, .net = net } };

	(void)state;
	add_in(f, init_net(f->m), "a", 3);
	/* the number decides whether the device exists, not the name */
	assert_int_equal(try_to_add(f, NULL, "b", 3), -EEXIST);
	assert_int_equal(try_to_add(f, NULL, "a", 4), -EEXIST);
	assert_int_equal(add_dummy(f, "b")->ifindex, 2);
	assert_int_equal(add_dummy(f, "c")->ifindex, 4); /* 3 is taken */
	add_in(f, net, "d", 9);
	forget_log(f);
	/* free here, taken there: with and without an ndo_uninit */
	assert_int_equal(new_link(f, &create), -EBUSY);
	create.kind = LINK_KIND_DUMMY;
	assert_int_equal(new_link(f, &create), -EBUSY);
	expect_log(f, "");
	create.attrs.new_ifindex = 0;
	assert_int_equal(new_link(f, &create), 0);
	assert_int_equal(find_in(net, "t")->ifindex, 2);
	fixture_stop(f);
}

static void dev_change_net_namespace__closes_leaves_and_comes_anew(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *d = add_dummy(f, "d");

	(void)state;
	link_up(f, d);
	carrier(f, d, false);
	forget_log(f);
	f->traced = BIT(TRACE_NOTIFIER);
	assert_int_equal(move_link(f, d, net), 0);
	expect_log(f, "notifier d GOING_DOWN\n"
		      "0 d - DOWN 41\n"
		      "notifier d DOWN\n"
		      "notifier d UNREGISTER\n"
		      "0 DEL d - DOWN ffffffff\n"
		      "notifier d REGISTER\n"
		      "0 net1/d - DOWN ffffffff\n");
	f->traced = 0;
	assert_null(dev_get_by_name(f->m, "d"));
	assert_ptr_equal(find_in(net, "d"), d);
	assert_int_equal(d->ifindex, 2);
	assert_int_equal(d->operstate, IF_OPER_DOWN);
	assert_int_equal(d->carrier_down_count, 1);
	assert_int_equal(d->reg_state, NETREG_REGISTERED);
	assert_int_equal(move_link(f, d, net), 0); /* already there */
	link_up(f, d);
	expect_log(f, "0 net1/d U DOWN 1\n");
	fixture_stop(f);
}

static void dev_change_net_namespace__of_names_and_numbers_that_are_taken(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *d = add_dummy(f, "d"), *e = add_dummy(f, "e");
	struct link_attrs attrs = { .net = net, .new_ifindex = 2 };

	(void)state;
	add_in(f, net, "d", 0);
	assert_int_equal(move_link(f, d, net), -EEXIST);
	assert_int_equal(set_link(f, e, &attrs), -EBUSY);
	attrs.new_ifindex = 7;
	assert_int_equal(set_link(f, e, &attrs), 0);
	assert_int_equal(e->ifindex, 7);
	lock(f);
	assert_int_equal(dev_change_net_namespace(d, net, "e", 0), -EEXIST);
	assert_int_equal(dev_change_net_namespace(d, net, "f", 0), 0);
	unlock(f);
	assert_ptr_equal(find_in(net, "f"), d);
	assert_int_equal(d->ifindex, 3); /* 2 is taken there */
	fixture_stop(f);
}

static void dev_change_net_namespace__not_of_what_belongs_to_one(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct link_create create = { .kind = LINK_KIND_TEAM, .name = "t" };
	struct net *net = add_net(f);

	(void)state;
	assert_int_equal(new_link(f, &create), 0);
	assert_int_equal(move_link(f, find(f, "lo"), net), -EINVAL);
	assert_int_equal(move_link(f, find(f, "t"), net), -EINVAL);
	fixture_stop(f);
}

/* Since 6.15, and in Debian's 6.12. */
static void dev_change_net_namespace__says_why_not(void **state)
{
	struct fixture *f = fixture_start("6.12", 100);
	struct net *net = add_net(f);

	(void)state;
	add_dummy(f, "d");
	assert_int_equal(move_link(f, find(f, "d"), net), 0);
	assert_int_equal(move_link(f, add_dummy(f, "d"), net), -EEXIST);
	assert_string_equal(f->m->extack,
			    "An interface with the same name exists in the target netns");
	assert_int_equal(move_link(f, find(f, "lo"), net), -EINVAL);
	assert_string_equal(f->m->extack, "The interface netns is immutable");
	fixture_stop(f);
}

static void dev_change_net_namespace__those_upon_it_stay(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *d = add_dummy(f, "d"), *e = add_dummy(f, "e"), *v, *m, *i;

	(void)state;
	v = add_upper(f, LINK_KIND_VLAN, "v", d, 5);
	m = add_upper(f, LINK_KIND_MACVLAN, "m", d, 0);
	i = add_upper(f, LINK_KIND_IPVLAN, "i", e, 0);
	assert_int_equal(move_link(f, e, net), 0);
	assert_int_equal(move_link(f, d, net), 0);
	assert_ptr_equal(find(f, "v"), v);
	assert_ptr_equal(find(f, "m"), m);
	assert_ptr_equal(find(f, "i"), i);
	/* they follow it in the other namespace */
	link_up(f, d);
	run_to_ms(f, 5000);
	forget_log(f);
	carrier(f, d, false);
	expect_log(f, "500 net1/d U DOWN 0\n"
		      "500 v U LOWERLAYERDOWN 0\n");
	fixture_stop(f);
}

static void rtnl_newlink__what_is_below_is_looked_up_where_the_request_comes_from(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *d = add_in(f, net, "d", 5);
	static const enum link_kind kinds[] = { LINK_KIND_VLAN, LINK_KIND_MACVLAN };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct link_create create = upper_create(kinds[i], "u", d, 2);

		assert_int_equal(new_link(f, &create), -ENODEV);
		create.net = net;
		assert_int_equal(new_link(f, &create), 0);
		assert_ptr_equal(dev_net(find_in(net, "u")), net);
		create.attrs.net = init_net(f->m);
		create.vlan_id = 3;
		copy_name(create.name, "w");
		assert_int_equal(new_link(f, &create), 0);
		assert_int_equal(dev_get_iflink(find(f, "w")), 5);
		assert_int_equal(delete_link_of(f, find_in(net, "u")), 0);
		assert_int_equal(delete_link_of(f, find(f, "w")), 0);
	}
	fixture_stop(f);
}

/* Whether carrier loss of the end with that number is urgent. */
static bool is_loss_urgent(int32_t ifindex, int32_t peer_ifindex)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *v = add_pair(f, "v", ifindex, "w", peer_ifindex, net);
	bool is_urgent;

	link_up(f, v);
	link_up(f, find_in(net, "w"));
	run_to_ms(f, 5000);
	use_up_the_second(f);
	link_down(f, find_in(net, "w"));
	forget_log(f);
	settle(f);
	is_urgent = v->operstate != IF_OPER_UP;
	fixture_stop(f);
	return is_urgent;
}

static void linkwatch__compares_numbers_whatever_their_namespaces(void **state)
{
	(void)state;
	assert_true(is_loss_urgent(78, 99));
	assert_false(is_loss_urgent(77, 77));
}

/* The state of the end in the initial namespace without carrier, if a device there has its peer's
 * number. */
static uint8_t state_beside(const char *kernel, bool has_namesake, bool has_carrier)
{
	struct fixture *f = fixture_start(kernel, 100);
	struct net *net = add_net(f);
	struct net_device *v = add_pair(f, "v", 78, "w", 99, net);
	uint8_t operstate;

	if (has_namesake && !has_carrier)
		carrier(f, add_in(f, init_net(f->m), "d", 99), false);
	else if (has_namesake)
		add_in(f, init_net(f->m), "d", 99);
	link_up(f, v);
	linkwatch_fire_event(v);
	settle(f);
	operstate = v->operstate;
	fixture_stop(f);
	return operstate;
}

static void default_operstate__looks_below_in_its_own_namespace(void **state)
{
	(void)state;
	assert_int_equal(state_beside("6.1", false, false), IF_OPER_LOWERLAYERDOWN);
	assert_int_equal(state_beside("6.2", false, false), IF_OPER_DOWN);
	assert_int_equal(state_beside("6.2", true, true), IF_OPER_DOWN);
	assert_int_equal(state_beside("6.2", true, false), IF_OPER_LOWERLAYERDOWN);
}

static void tun_set_iff__makes_it_where_the_process_is(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct tun_request request = { .net = add_net(f), .name = "tap", .is_tap = true };

	(void)state;
	lock(f);
	assert_int_equal(tun_set_iff(f->m, &request), 0);
	unlock(f);
	assert_null(dev_get_by_name(f->m, "tap"));
	assert_ptr_equal(dev_net(find_in(request.net, "tap")), request.net);
	drop_net(f, request.net);
	assert_null(dev_get_by_name(f->m, "tap"));
	fixture_stop(f);
}

static void put_net__takes_what_is_in_it_along(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *v =
		add_pair(f, "v", 0, "w", 7, net); /* 7 is ignored because v's is not given */
	struct net_device *d = add_dummy(f, "d");
	struct link_create create = upper_create(LINK_KIND_VLAN, "u", d, 2);

	(void)state;
	create.attrs.net = net;
	assert_int_equal(find_in(net, "w")->ifindex, 2);
	assert_int_equal(new_link(f, &create), 0);
	add_pair(f, "x", 0, "y", 0, net);
	assert_int_equal(move_link(f, find(f, "x"), net), 0); /* both ends are in net now */
	link_up(f, v);
	get_net(net);
	put_net(net);
	forget_log(f);
	drop_net(f, net);
	expect_log(f, "0 d - DOWN 0\n"
		      "0 v - DOWN 41\n"
		      "0 DEL net1/x - DOWN ffffffff\n"
		      "0 DEL net1/y - DOWN ffffffff\n"
		      "0 DEL net1/u - DOWN ffffffff\n"
		      "0 DEL net1/w - DOWN ffffffff\n"
		      "0 DEL v - DOWN ffffffff\n"
		      "0 DEL net1/lo - DOWN ffffffff\n");
	assert_null(dev_get_by_name(f->m, "v"));
	fixture_stop(f);
}

static void put_net__waits_for_rtnl(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *a = add_net(f), *b = add_net(f);

	(void)state;
	forget_log(f);
	lock(f);
	drop_net(f, a);
	drop_net(f, b); /* after b */
	expect_log(f, "");
	unlock(f);
	expect_log(f, "0 DEL net1/lo - DOWN ffffffff\n"
		      "0 DEL net2/lo - DOWN ffffffff\n");
	fixture_stop(f);
}

/* Namespaces dropped together: the last is cleaned up first. */
static void put_net__cleans_up_several_at_once(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *a = add_net(f), *b = add_net(f);

	(void)state;
	forget_log(f);
	put_net(a);
	drop_net(f, b);
	expect_log(f, "0 DEL net2/lo - DOWN ffffffff\n"
		      "0 DEL net1/lo - DOWN ffffffff\n");
	fixture_stop(f);
}

static void put_net__what_rtnetlink_has_not_made_goes_home(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net *net = add_net(f);
	struct net_device *a = add_device(f, "a", &plain_ops);
	struct net_device *b = add_device(f, "b", &plain_ops);
	struct net_device *c = add_device(f, "c", &plain_ops);
	struct link_attrs to_12 = { .net = net, .new_ifindex = 12 };

	(void)state;
	assert_int_equal(move_link(f, a, net), 0);
	assert_int_equal(set_link(f, b, &to_12), 0);
	assert_int_equal(move_link(f, c, net), 0);
	add_dummy(f, "b");
	add_dummy(f, "c");
	add_dummy(f, "dev4");
	add_dummy(f, "dev0");
	drop_net(f, net);
	assert_ptr_equal(find(f, "a"), a);
	assert_ptr_equal(find(f, "dev12"), b);
	assert_ptr_equal(find(f, "dev1"), c); /* dev4 and dev0 are taken */
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copy_net_ns__has_a_lo_and_names_and_numbers_of_its_own),
		cmocka_unit_test(copy_net_ns__only_as_many_as_there_may_be),
		cmocka_unit_test(dev_get_by_index__finds_each_lo_among_colliding_ones),
		cmocka_unit_test(copy_net_ns__needs_room_for_its_lo),
		cmocka_unit_test(net_next__passes_over_what_is_gone),
		cmocka_unit_test(rtnl_newlink__a_number_can_be_asked_for),
		cmocka_unit_test(dev_change_net_namespace__closes_leaves_and_comes_anew),
		cmocka_unit_test(dev_change_net_namespace__of_names_and_numbers_that_are_taken),
		cmocka_unit_test(dev_change_net_namespace__not_of_what_belongs_to_one),
		cmocka_unit_test(dev_change_net_namespace__says_why_not),
		cmocka_unit_test(dev_change_net_namespace__those_upon_it_stay),
		cmocka_unit_test(
			rtnl_newlink__what_is_below_is_looked_up_where_the_request_comes_from),
		cmocka_unit_test(linkwatch__compares_numbers_whatever_their_namespaces),
		cmocka_unit_test(default_operstate__looks_below_in_its_own_namespace),
		cmocka_unit_test(tun_set_iff__makes_it_where_the_process_is),
		cmocka_unit_test(put_net__takes_what_is_in_it_along),
		cmocka_unit_test(put_net__waits_for_rtnl),
		cmocka_unit_test(put_net__cleans_up_several_at_once),
		cmocka_unit_test(put_net__what_rtnetlink_has_not_made_goes_home),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
