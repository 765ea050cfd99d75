// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

static int try_to_register(struct fixture *f, const char *name)
{
	struct net_device *dev = alloc_netdev(f->m, name, &plain_ops);
	int err;

	lock(f);
	err = register_netdevice(dev);
	if (err)
		free_netdev(dev);
	unlock(f);
	return err;
}

/* A machine for that many devices besides `lo`; 0 or 1: all names and numbers share a bucket. */
static struct fixture *start_small(uint32_t max_devices)
{
	struct machine_config config = { .kernel = kernel_named("6.1"),
					 .hz = 100,
					 .long_bits = 64,
					 .max_devices = max_devices };

	return fixture_start_with(&config);
}

static void dev_valid_name__as_the_kernel_has_it(void **state)
{
	static const struct {
		const char *name;
		bool is_valid;
	} cases[] = {
		{ "eth0", true },
		{ "a", true },
		{ "123456789012345", true },
		{ "1234567890123456", false },
		{ "", false },
		{ ".", false },
		{ "..", false },
		{ "...", true },
		{ "a/b", false },
		{ "a:1", false },
		{ "a b", false },
		{ "a\tb", false },
		{ "a\nb", false },
		{ "a\vb", false },
		{ "a\fb", false },
		{ "a\rb", false },
		{ "eth0.5", true },
		{ "\xc3\xa9", true },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(dev_valid_name(cases[i].name), cases[i].is_valid);
}

static void dev_get_by_name_and_index__find_among_colliding_ones(void **state)
{
	for (uint32_t max = 2; max <= 256; max += 254) {
		struct fixture *f = start_small(max);
		struct net_device *lo = find(f, "lo"), *a, *b;

		(void)state;
		a = add_device(f, "a", &plain_ops);
		b = add_device(f, "b", &plain_ops);
		assert_int_equal(lo->ifindex, 1);
		assert_int_equal(a->ifindex, 2);
		assert_int_equal(b->ifindex, 3);
		assert_ptr_equal(dev_get_by_name(f->m, "lo"), lo);
		assert_ptr_equal(dev_get_by_name(f->m, "a"), a);
		assert_ptr_equal(dev_get_by_name(f->m, "b"), b);
		assert_null(dev_get_by_name(f->m, "c"));
		assert_ptr_equal(dev_get_by_index(f->m, 1), lo);
		assert_ptr_equal(dev_get_by_index(f->m, 2), a);
		assert_ptr_equal(dev_get_by_index(f->m, 3), b);
		assert_null(dev_get_by_index(f->m, 4));
		assert_null(dev_get_by_index(f->m, 0));
		assert_null(dev_get_by_index(f->m, -1));
		/* the oldest is the first in the list */
		assert_ptr_equal(init_net(f->m)->dev_base_head.next, &lo->dev_list);
		assert_ptr_equal(lo->dev_list.next, &a->dev_list);
		assert_ptr_equal(a->dev_list.next, &b->dev_list);
		assert_ptr_equal(b->dev_list.next, &init_net(f->m)->dev_base_head);
		fixture_stop(f);
	}
}

/* Whichever is deleted, the others stay in their bucket: 3 devices and `lo` share 2. */
static void rtnl_dellink__leaves_colliding_ones_findable(void **state)
{
	static const char *const names[] = { "a", "b", "c" };

	(void)state;
	for (unsigned int first = 0; first < 3; first++) {
		struct fixture *f = start_small(3);

		for (unsigned int i = 0; i < 3; i++)
			add_dummy(f, names[i]);
		for (unsigned int gone = 1; gone <= 3; gone++) {
			delete_link_of(f, find(f, names[(first + gone - 1) % 3]));
			for (unsigned int i = gone; i < 3; i++) {
				const char *name = names[(first + i) % 3];

				assert_ptr_equal(dev_get_by_index(f->m, find(f, name)->ifindex),
						 find(f, name));
			}
			find(f, "lo");
			assert_null(dev_get_by_name(f->m, names[(first + gone - 1) % 3]));
		}
		fixture_stop(f);
	}
}

static void alloc_netdev__has_room_for_max_devices_and_reuses_it(void **state)
{
	struct fixture *f = start_small(2);

	(void)state;
	for (int round = 0; round < 3; round++) {
		struct net_device *a = add_dummy(f, "a");
		struct link_create c = { .kind = LINK_KIND_DUMMY, .name = "c" };

		add_dummy(f, "b");
		assert_null(alloc_netdev(f->m, "c", &plain_ops));
		assert_int_equal(new_link(f, &c), -ENOMEM);
		assert_int_equal(a->ifindex, 2 + 3 * round); /* a number is never reused */
		a->operstate = IF_OPER_UP;
		delete_link_of(f, a);
		assert_null(dev_get_by_name(f->m, "a"));
		assert_null(dev_get_by_index(f->m, 2 + 3 * round));
		a = add_dummy(f, "a"); /* the same memory, fully cleared */
		assert_int_equal(a->operstate, IF_OPER_UNKNOWN);
		delete_link_of(f, a);
		delete_link_of(f, find(f, "b"));
	}
	fixture_stop(f);
}

static void free_netdev__null_is_fine(void **state)
{
	(void)state;
	free_netdev(NULL);
}

static void register_netdevice__refuses_bad_and_taken_names(void **state)
{
	struct fixture *f = start_small(2);

	(void)state;
	for (int i = 0; i < 5; i++) { /* and leaks neither of the two slots */
		assert_int_equal(try_to_register(f, "a b"), -EINVAL);
		assert_int_equal(try_to_register(f, ""), -EINVAL);
		assert_int_equal(try_to_register(f, "lo"), -EEXIST);
	}
	expect_log(f, "");
	assert_int_equal(try_to_register(f, "a"), 0);
	assert_int_equal(find(f, "a")->ifindex, 2);
	assert_int_equal(try_to_register(f, "a"), -EEXIST);
	fixture_stop(f);
}

static void register_netdevice__tells_after_the_notifiers(void **state)
{
	struct fixture *f = start_small(4);
	struct net_device *dev = alloc_netdev(f->m, "d", &plain_ops);

	(void)state;
	f->traced = BIT(TRACE_NOTIFIER);
	assert_int_equal(dev->reg_state, NETREG_UNINITIALIZED);
	assert_false(netif_device_present(dev));
	lock(f);
	assert_int_equal(register_netdevice(dev), 0);
	expect_log(f, "notifier d POST_INIT\nnotifier d REGISTER\n0 d - DOWN ffffffff\n");
	unlock(f);
	assert_int_equal(dev->reg_state, NETREG_REGISTERED);
	assert_true(netif_device_present(dev));
	fixture_stop(f);
}

static void register_netdevice__vetoed_at_post_init_never_was(void **state)
{
	struct fixture *f = start_small(1);

	(void)state;
	refuse(f, "d", NETDEV_POST_INIT, -EPERM);
	f->traced = BIT(TRACE_NOTIFIER);
	assert_int_equal(try_to_register(f, "d"), -EPERM);
	expect_log(f, "notifier d POST_INIT\n");
	assert_null(dev_get_by_name(f->m, "d"));
	refuse(f, "d", NETDEV_POST_INIT, 0);
	assert_int_equal(try_to_register(f, "d"), 0);
	fixture_stop(f);
}

/* Its RTM_DELLINK has no RTM_NEWLINK before it, as in the kernel. */
static void register_netdevice__vetoed_at_register_is_dismantled(void **state)
{
	struct fixture *f = start_small(1);

	(void)state;
	refuse(f, "d", NETDEV_REGISTER, -ENOBUFS);
	f->traced = BIT(TRACE_NOTIFIER);
	assert_int_equal(try_to_register(f, "d"), -ENOBUFS);
	expect_log(f, "notifier d POST_INIT\nnotifier d REGISTER\nnotifier d UNREGISTER\n"
		      "0 DEL d - DOWN ffffffff\n");
	assert_null(dev_get_by_name(f->m, "d"));
	refuse(f, "d", NETDEV_REGISTER, 0);
	assert_int_equal(try_to_register(f, "d"), 0);
	fixture_stop(f);
}

static void unregister_netdevice_many__goes_step_by_step(void **state)
{
	struct fixture *f = start_small(4);
	struct net_device *a = add_dummy(f, "a"), *b = add_dummy(f, "b"), *c = add_dummy(f, "c");
	struct list_head list_kill;

	(void)state;
	link_up(f, a);
	link_up(f, c);
	forget_log(f);
	f->traced = BIT(TRACE_NOTIFIER);
	f->is_full = true;
	INIT_LIST_HEAD(&list_kill);
	lock(f);
	linkwatch_fire_event(c);
	linkwatch_fire_event(a);
	unregister_netdevice_queue(a, &list_kill);
	unregister_netdevice_queue(b, &list_kill);
	unregister_netdevice_queue(c, &list_kill);
	unregister_netdevice_many(&list_kill);
	expect_log(f, "notifier a GOING_DOWN\nnotifier c GOING_DOWN\n"
		      "0 a <> DOWN mode=0 qdisc=noqueue change=41 up/down=0/0\nnotifier a DOWN\n"
		      "0 c <> DOWN mode=0 qdisc=noqueue change=41 up/down=0/0\nnotifier c DOWN\n"
		      "notifier a UNREGISTER\n"
		      "0 DEL a <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		      "notifier b UNREGISTER\n"
		      "0 DEL b <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		      "notifier c UNREGISTER\n"
		      "0 DEL c <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n");
	assert_true(list_empty(&list_kill));
	assert_int_equal(a->reg_state, NETREG_UNREGISTERING);
	free_netdev(a); /* left to netdev_run_todo() */
	assert_int_equal(a->reg_state, NETREG_UNREGISTERING);
	f->traced = BIT(TRACE_POLICY);
	unlock(f);
	/* processed by the work, which runs before they are finished; no message */
	expect_log(f, "policy c UNKNOWN UP\npolicy a UNKNOWN UP\n");
	f->traced = 0;
	assert_int_equal(a->reg_state, NETREG_UNREGISTERED);
	assert_true(list_empty(&f->m->rtnl.todo));
	for (int i = 0; i < 4; i++) /* each slot exists exactly once */
		add_dummy(f, (const char *[]){ "p", "q", "r", "s" }[i]);
	assert_null(alloc_netdev(f->m, "t", &plain_ops));
	fixture_stop(f);
}

/* The event of a device that is being deleted is processed without a message;
 * traces/delpending.6.1.trace. */
static void netdev_run_todo__consumes_a_pending_event(void **state)
{
	struct fixture *f = start_small(4);
	struct net_device *d0, *d1;

	(void)state;
	run_to_ms(f, 1005);
	d0 = add_dummy(f, "d0");
	d1 = add_dummy(f, "d1");
	run_to_ms(f, 1105);
	link_up(f, d0);
	link_up(f, d1);
	forget_log(f);
	f->is_full = true;
	run_to_ms(f, 3005);
	carrier(f, d0, false);
	run_to_ms(f, 3105);
	carrier(f, d1, false);
	run_to_ms(f, 3205);
	delete_link_of(f, d1);
	run_to_ms(f, 3305);
	carrier(f, d0, true);
	expect_log(f,
		   "300 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=0/1\n"
		   "320 d1 <> DOWN mode=0 qdisc=noqueue change=41 up/down=0/1\n"
		   "320 DEL d1 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/1\n"
		   "330 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n");
	run_to_ms(f, 3405);
	carrier(f, d0, false);
	run_to_ms(f, 3505);
	link_down(f, d0);
	run_to_ms(f, 3605);
	link_up(f, d0);
	run_to_ms(f, 5005);
	expect_log(f, "350 d0 <> DOWN mode=0 qdisc=noqueue change=1 up/down=1/2\n"
		      "360 d0 <UP,RUNNING> UP mode=0 qdisc=noqueue change=1 up/down=1/2\n"
		      "401 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=1/2\n");
	fixture_stop(f);
}

/* linkwatch still processes the event of a deleted device: no message, but its policy is applied. */
static void netdev_run_todo__lets_linkwatch_finish(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d = add_dummy(f, "d");

	(void)state;
	link_up(f, d);
	use_up_the_second(f);
	carrier(f, d, false);
	f->traced = BIT(TRACE_POLICY);
	assert_int_equal(delete_link_of(f, d), 0);
	expect_log(f, "0 d - DOWN 41\n0 DEL d - DOWN ffffffff\npolicy d UNKNOWN DOWN\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dev_valid_name__as_the_kernel_has_it),
		cmocka_unit_test(dev_get_by_name_and_index__find_among_colliding_ones),
		cmocka_unit_test(rtnl_dellink__leaves_colliding_ones_findable),
		cmocka_unit_test(alloc_netdev__has_room_for_max_devices_and_reuses_it),
		cmocka_unit_test(free_netdev__null_is_fine),
		cmocka_unit_test(register_netdevice__refuses_bad_and_taken_names),
		cmocka_unit_test(register_netdevice__tells_after_the_notifiers),
		cmocka_unit_test(register_netdevice__vetoed_at_post_init_never_was),
		cmocka_unit_test(register_netdevice__vetoed_at_register_is_dismantled),
		cmocka_unit_test(unregister_netdevice_many__goes_step_by_step),
		cmocka_unit_test(netdev_run_todo__consumes_a_pending_event),
		cmocka_unit_test(netdev_run_todo__lets_linkwatch_finish),
	};

	return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
