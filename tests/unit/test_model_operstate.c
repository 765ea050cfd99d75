// SPDX-License-Identifier: GPL-2.0-or-later
/* The operstate in full: the driver's bits, the effect of link_mode, and what userspace may set.
 * Letters in the tables are in the order of the states' numbers: */
#include "model_fixture.h"

#define LETTERS "?NDLTMU" /* UNKNOWN NOTPRESENT DOWN LOWERLAYERDOWN TESTING DORMANT UP */

static uint8_t state_of(char letter)
{
	const char *at = strchr(LETTERS, letter);

	assert_non_null(at);
	return (uint8_t)(at - LETTERS);
}

static int one_more(const struct net_device *dev)
{
	return dev->ifindex + 1;
}

static const struct net_device_ops stacked_ops = {
	.kind = "stacked",
	.default_qdisc = QDISC_NOQUEUE,
	.ndo_get_iflink = one_more,
};

static void set_bits(struct net_device *dev, bool testing, bool no_carrier, bool dormant)
{
	dev->state &= ~(1UL << __LINK_STATE_TESTING | 1UL << __LINK_STATE_NOCARRIER |
			1UL << __LINK_STATE_DORMANT);
	dev->state |= (unsigned long)testing << __LINK_STATE_TESTING |
		      (unsigned long)no_carrier << __LINK_STATE_NOCARRIER |
		      (unsigned long)dormant << __LINK_STATE_DORMANT;
}

static void rfc2863_policy__truth_table(void **state)
{
	static const char defaults[2][2][2][3] = {
		/* [testing][no carrier][dormant]: iflink is ifindex, is not */
		{ { "UU", "MM" }, { "DL", "DL" } },
		{ { "TT", "TT" }, { "TT", "TT" } },
	};
	static const struct {
		uint8_t mode;
		const char *up; /* result for each stored operstate, where the default is UP */
	} modes[] = {
		{ IF_LINK_MODE_DEFAULT, "UUUUUUU" },
		{ IF_LINK_MODE_DORMANT, "MMMMMMU" }, /* already UP: link_mode is ignored */
		{ IF_LINK_MODE_TESTING, "TTTTTTU" },
		{ 3, "UUUUUUU" },
		{ 255, "UUUUUUU" },
	};
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *devs[2] = { add_device(f, "own", &plain_ops),
				       add_device(f, "stacked", &stacked_ops) };
	unsigned int cases = 0;

	(void)state;
	for (unsigned int n = 0; n < 16 * ARRAY_SIZE(modes) * 7; n++, cases++) {
		bool testing = n & 1, no_carrier = n & 2, dormant = n & 4, is_stacked = n & 8;
		size_t mode = n / 16 % ARRAY_SIZE(modes), stored = n / 16 / ARRAY_SIZE(modes);
		struct net_device *dev = devs[is_stacked];
		char result = defaults[testing][no_carrier][dormant][is_stacked];

		set_bits(dev, testing, no_carrier, dormant);
		dev->link_mode = modes[mode].mode;
		dev->operstate = (uint8_t)stored;
		assert_int_equal(default_operstate(dev), state_of(result));
		if (result == 'U')
			result = modes[mode].up[stored];
		rfc2863_policy(dev);
		assert_int_equal(dev->operstate, state_of(result));
	}
	assert_int_equal(cases, 560);
	devs[0]->operstate = IF_OPER_UP;
	devs[1]->operstate = IF_OPER_UP;
	fixture_stop(f);
}

static void rfc2863_policy__is_traced_with_before_and_after(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_device(f, "d", &plain_ops);

	(void)state;
	forget_log(f);
	f->traced = BIT(TRACE_POLICY);
	dev->link_mode = IF_LINK_MODE_DORMANT;
	rfc2863_policy(dev);
	rfc2863_policy(dev);
	set_bits(dev, false, true, false);
	rfc2863_policy(dev);
	expect_log(f, "policy d UNKNOWN DORMANT\npolicy d DORMANT DORMANT\n"
		      "policy d DORMANT DOWN\n");
	fixture_stop(f);
}

static void linkwatch_init_dev__takes_in_what_was_said_before_registration(void **state)
{
	static const struct {
		bool testing, no_carrier, dormant, is_stacked;
		char result;
	} cases[] = {
		{ 0, 0, 0, 0, '?' }, { 0, 0, 0, 1, '?' }, { 0, 1, 0, 0, 'D' }, { 0, 1, 0, 1, 'L' },
		{ 0, 0, 1, 0, 'M' }, { 0, 1, 1, 0, 'D' }, { 1, 0, 0, 0, 'T' }, { 1, 1, 1, 1, 'T' },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct fixture *f = fixture_start("6.1", 100);
		struct net_device *dev =
			alloc_netdev(f->m, "d", cases[i].is_stacked ? &stacked_ops : &plain_ops);

		lock(f);
		set_bits(dev, cases[i].testing, cases[i].no_carrier, cases[i].dormant);
		assert_int_equal(register_netdevice(dev), 0);
		assert_int_equal(dev->operstate, state_of(cases[i].result));
		unlock(f);
		expect_log(f, "0 d - DOWN ffffffff\n"); /* not running: DOWN, whatever is stored */
		fixture_stop(f);
	}
}

/* For each state that userspace requests: the result for each stored state. */
static const struct {
	char asked;
	const char *result;    /* neither of the driver's bits set */
	const char *with_bits; /* dormant or testing set */
} transitions[] = {
	{ '?', "?NDLTMU", "?NDLTMU" }, { 'N', "?NDLTMU", "?NDLTMU" }, { 'D', "?NDLTMU", "?NDLTMU" },
	{ 'L', "?NDLTMU", "?NDLTMU" }, { 'T', "TNDLTMT", "TNDLTMT" }, { 'M', "MNDLTMM", "MNDLTMM" },
	{ 'U', "UNDLUUU", "?NDLTMU" },
};

static void set_operstate__transitions_in_full(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *up = add_device(f, "u", &plain_ops);
	struct net_device *down = add_device(f, "d", &plain_ops);

	(void)state;
	link_up(f, up);
	for (unsigned int n = 0; n < 7 * 7 * 8; n++) {
		size_t asked = n / 7 % 7;
		uint8_t stored = (uint8_t)(n % 7);
		bool testing = n / 49 & 1, no_carrier = n / 49 & 2, dormant = n / 49 & 4;
		uint8_t expected =
			state_of(testing || dormant ? transitions[asked].with_bits[stored]
						    : transitions[asked].result[stored]);

		set_bits(up, testing, no_carrier, dormant); /* the carrier does not matter */
		set_bits(down, testing, no_carrier, dormant);
		up->operstate = stored;
		down->operstate = stored;
		forget_log(f);
		assert_int_equal(set_operstate_of(f, down, state_of(transitions[asked].asked)), 0);
		assert_int_equal(f->messages, 0);
		assert_int_equal(down->operstate, expected);
		assert_int_equal(set_operstate_of(f, up, state_of(transitions[asked].asked)), 0);
		assert_int_equal(up->operstate, expected);
		assert_int_equal(f->messages, expected != stored);
		if (f->messages) {
			assert_int_equal(f->last.operstate, expected);
			assert_int_equal(f->last.ifi_change, 0);
		}
	}
	assert_int_equal(set_operstate_of(f, up, 7), 0); /* no such state: ignored, too */
	assert_int_equal(set_operstate_of(f, up, 255), 0);
	assert_int_equal(f->m->linkwatch.work.work.is_pending, false); /* no event, either */
	fixture_stop(f);
}

static void set_operstate__is_traced_and_told_after_the_notifiers(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *dev = add_dummy(f, "d0");

	(void)state;
	link_up(f, dev);
	forget_log(f);
	f->traced = BIT(TRACE_SET_OPERSTATE) | BIT(TRACE_NOTIFIER);
	set_operstate_of(f, dev, IF_OPER_DORMANT);
	set_operstate_of(f, dev, IF_OPER_DOWN);
	expect_log(f, "set d0 UNKNOWN DORMANT\nnotifier d0 CHANGE\n0 d0 UL DORMANT 0\n"
		      "set d0 DORMANT DORMANT\n");
	fixture_stop(f);
}

/* traces/dormant.6.1.trace, line by line */
static void link_mode__as_the_real_kernel_has_it(void **state)
{
	struct fixture *f = fixture_start("6.1", 100);
	struct net_device *d0, *lo = find(f, "lo");

	(void)state;
	f->is_full = true;
	run_to_ms(f, 1005);
	d0 = add_dummy(f, "d0");
	run_to_ms(f, 1105);
	set_linkmode_of(f, d0, IF_LINK_MODE_DORMANT);
	run_to_ms(f, 1205);
	link_up(f, d0);
	run_to_ms(f, 1505);
	carrier(f, d0, false);
	run_to_ms(f, 2805);
	carrier(f, d0, true);
	expect_log(
		f,
		"100 d0 <> DOWN mode=0 qdisc=noop change=ffffffff up/down=0/0\n"
		"120 d0 <UP,RUNNING,LOWER_UP> UNKNOWN mode=1 qdisc=noqueue change=1 up/down=0/0\n"
		"150 d0 <UP> DOWN mode=1 qdisc=noqueue change=0 up/down=0/1\n"
		"280 d0 <UP,LOWER_UP> DORMANT mode=1 qdisc=noqueue change=0 up/down=1/1\n");
	run_to_ms(f, 3205);
	set_operstate_of(f, d0, IF_OPER_UP);
	run_to_ms(f, 3505);
	set_operstate_of(f, d0, IF_OPER_DORMANT);
	run_to_ms(f, 4005);
	set_operstate_of(f, d0, IF_OPER_UP);
	run_to_ms(f, 4505);
	set_linkmode_of(f, d0, IF_LINK_MODE_DEFAULT);
	run_to_ms(f, 5005);
	carrier(f, d0, false);
	run_to_ms(f, 5105);
	carrier(f, d0, true);
	expect_log(f,
		   "320 d0 <UP,RUNNING,LOWER_UP> UP mode=1 qdisc=noqueue change=0 up/down=1/1\n"
		   "350 d0 <UP,LOWER_UP> DORMANT mode=1 qdisc=noqueue change=0 up/down=1/1\n"
		   "400 d0 <UP,RUNNING,LOWER_UP> UP mode=1 qdisc=noqueue change=0 up/down=1/1\n"
		   "450 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=1/1\n"
		   "500 d0 <UP> DOWN mode=0 qdisc=noqueue change=0 up/down=1/2\n"
		   "510 d0 <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=2/2\n");
	run_to_ms(f, 7005);
	set_operstate_of(f, d0, IF_OPER_DORMANT);
	run_to_ms(f, 7505);
	set_operstate_of(f, d0, IF_OPER_DOWN);
	run_to_ms(f, 8005);
	link_up(f, lo);
	run_to_ms(f, 8105);
	set_operstate_of(f, lo, IF_OPER_UP);
	run_to_ms(f, 9005);
	expect_log(
		f,
		"700 d0 <UP,LOWER_UP> DORMANT mode=0 qdisc=noqueue change=0 up/down=2/2\n"
		"800 lo <UP,RUNNING,LOWER_UP> UNKNOWN mode=0 qdisc=noqueue change=1 up/down=0/0\n"
		"810 lo <UP,RUNNING,LOWER_UP> UP mode=0 qdisc=noqueue change=0 up/down=0/0\n");
	fixture_stop(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc2863_policy__truth_table),
		cmocka_unit_test(rfc2863_policy__is_traced_with_before_and_after),
		cmocka_unit_test(linkwatch_init_dev__takes_in_what_was_said_before_registration),
		cmocka_unit_test(set_operstate__transitions_in_full),
		cmocka_unit_test(set_operstate__is_traced_and_told_after_the_notifiers),
		cmocka_unit_test(link_mode__as_the_real_kernel_has_it),
	};

	return cmocka_run_group_tests_name("operstate", tests, NULL, NULL);
}
