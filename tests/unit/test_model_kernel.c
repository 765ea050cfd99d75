// SPDX-License-Identifier: GPL-2.0-or-later
#include "model_fixture.h"

#define CHANGES                                                                                    \
	(KERNEL_SWITCH(KERNEL_URGENT_EVENT) | KERNEL_SWITCH(KERNEL_SETLINK_EVENT) |                \
	 KERNEL_SWITCH(KERNEL_IFLINK_OP_URGENT) | KERNEL_SWITCH(KERNEL_LIMIT_5MS) |                \
	 KERNEL_SWITCH(KERNEL_OPEN_SYNCS))

static int parse(const char *text, struct kernel *ret_kernel, size_t *reterr_off,
		 size_t *reterr_len)
{
	/* not NUL-terminated, so that a read beyond it is detected */
	size_t len = strlen(text);
	char *exact = malloc(len + !len);
	int err;

	assert_non_null(exact);
	memcpy(exact, text, len);
	err = kernel_parse(exact, len, ret_kernel, reterr_off, reterr_len);
	free(exact);
	return err;
}

static void kernel_parse__reads_what_kernel_name_writes(void **state)
{
	static const struct {
		const char *text, *name;
		bool has_urgent, has_setlink;
	} cases[] = {
		{ "5.8", "5.8", 0, 0 },
		{ "6.1", "6.1", 0, 0 },
		{ "5.8+urgent-event", "5.8+urgent-event", 1, 0 },
		{ "6.1+setlink-event", "6.1+setlink-event", 0, 1 },
		{ "6.1+urgent-event+setlink-event", "6.1+urgent-event+setlink-event", 1, 1 },
		{ "6.1+setlink-event+urgent-event", "6.1+urgent-event+setlink-event", 1, 1 },
		{ "7.2+iflink-op-urgent", "7.2+iflink-op-urgent", 0, 0 },
		{ "2.6.24+limit-5ms+iflink-op-urgent+setlink-event+urgent-event",
		  "2.6.24+urgent-event+setlink-event+iflink-op-urgent+limit-5ms", 1, 1 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char name[KERNEL_NAME_MAX_BYTES];
		struct kernel kernel, again;
		size_t off, len;

		assert_int_equal(parse(cases[i].text, &kernel, &off, &len), 0);
		kernel_name(&kernel, name);
		assert_string_equal(name, cases[i].name);
		assert_int_equal(kernel_has(&kernel, KERNEL_URGENT_EVENT), cases[i].has_urgent);
		assert_int_equal(kernel_has(&kernel, KERNEL_SETLINK_EVENT), cases[i].has_setlink);
		assert_int_equal(parse(name, &again, &off, &len), 0);
		assert_true(kernel_equal(&kernel, &again));
	}
}

static void kernel_parse__says_what_is_wrong_and_where(void **state)
{
	static const struct {
		const char *text;
		int err;
		size_t off, len;
	} cases[] = {
		{ "", -ENOENT, 0, 0 },
		{ "6", -ENOENT, 0, 1 },
		{ "6.10", -ENOENT, 0, 4 },
		{ "2.4", -ENOENT, 0, 3 },
		{ "2.6.2", -ENOENT, 0, 5 },
		{ "7.20", -ENOENT, 0, 4 },
		{ "2.4+urgent-event", -ENOENT, 0, 3 },
		{ "+urgent-event", -ENOENT, 0, 0 },
		{ "src", -ENOENT, 0, 3 },
		{ "src:", -ENOENT, 0, 4 }, /* not a name that the model can parse */
		{ "6.1+", -EINVAL, 4, 0 },
		{ "6.1+urgent-even", -EINVAL, 4, 11 },
		{ "6.1+urgent-event ", -EINVAL, 4, 13 },
		{ "6.1++urgent-event", -EINVAL, 4, 0 },
		{ "6.1+urgent-event+nonsense+setlink-event", -EINVAL, 17, 8 },
		{ "6.1+urgent-event+setlink-event+urgent-event", -EINVAL, 31, 12 },
		{ "5.8+carrier-event", -EINVAL, 4, 13 }, /* a switch, but not a change */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct kernel kernel = { .switches = 0x5a5a, .version = 99 };
		size_t off = 99, len = 99;

		assert_int_equal(parse(cases[i].text, &kernel, &off, &len), cases[i].err);
		assert_int_equal(off, cases[i].off);
		assert_int_equal(len, cases[i].len);
		assert_int_equal(kernel.switches, 0x5a5a); /* not clobbered */
		assert_int_equal(kernel.version, 99);
	}
}

static void kernel_parse__reads_no_further_than_len(void **state)
{
	struct kernel kernel;
	size_t off, len;

	(void)state;
	assert_int_equal(kernel_parse("6.1+urgent-event", 3, &kernel, &off, &len), 0);
	assert_false(kernel_has(&kernel, KERNEL_URGENT_EVENT));
	assert_int_equal(kernel_parse("6.1 5.8", 3, &kernel, &off, &len), 0);
}

static void versions__have_what_was_merged_by_then(void **state)
{
	static const struct {
		enum kernel_switch which;
		const char *rows; /* oldest first, as in kernel_version_info() */
	} cases[] = {
		/*			      2.6.24, 3.7, 4.19, 5.4, 5.8, 5.10, 5.15, 6.1, 6.2,
					      6.8, 6.12, 6.16, 6.18, 7.2 */
		{ KERNEL_REGISTERED_ONLY, "-*************" },
		{ KERNEL_SETLINK_FLAGS_ERROR, "-*************" },
		{ KERNEL_EVENTS_FIFO, "-*************" },
		{ KERNEL_NEWLINK_FLAGS, "-*************" },
		{ KERNEL_STACKED_URGENT, "-*************" },
		{ KERNEL_TIMER_SLACK, "-*------------" }, /* until the wheel, 4.8 */
		{ KERNEL_MASTERS_BY_NETLINK, "-*************" },
		{ KERNEL_TEAM, "-*************" },
		{ KERNEL_STATE_AT_REGISTRATION, "-*************" },
		{ KERNEL_MOD_DELAYED_WORK, "-*************" },
		{ KERNEL_IFLA_CARRIER, "--************" },
		{ KERNEL_UPPERS_TOLD, "--************" },
		{ KERNEL_BOND_NETLINK, "--************" },
		{ KERNEL_SETLINK_NOTIFIES, "--************" },
		{ KERNEL_IPVLAN, "--************" },
		{ KERNEL_VETH_IFLINK, "--************" },
		{ KERNEL_IFLA_PROTO_DOWN, "--************" },
		{ KERNEL_VRF, "--************" },
		{ KERNEL_TXQLEN_TOLD, "--************" },
		{ KERNEL_TIMER_WHEEL, "--************" },
		{ KERNEL_NEWLINK_MASTER, "--************" },
		{ KERNEL_EXTACK, "--************" },
		{ KERNEL_NO_ROOM_NOOP, "--**----------" }, /* until 5.8 */
		{ KERNEL_VIRTNET_OFF_FIRST, "--************" },
		{ KERNEL_ABSENT_SKIPPED, "---***********" },
		{ KERNEL_LAG_URGENT, "--************" }, /* 4.19: stable */
		{ KERNEL_TUN_CARRIER, "---***********" },
		{ KERNEL_MACVLAN_PROTO_DOWN, "---***********" },
		{ KERNEL_VLAN_BRIDGE_BINDING, "---***********" },
		{ KERNEL_RUN_BUDGET, "---***********" },
		{ KERNEL_TESTING, "----**********" },
		{ KERNEL_PROTO_DOWN_EXTACK, "-----*********" },
		{ KERNEL_BOND_INITIAL_STATE, "------********" },
		{ KERNEL_CARRIER_EVENT, "------********" },
		{ KERNEL_ABSENT_REQUEUED, "---*-*********" }, /* 5.4, 5.10: stable */
		{ KERNEL_IPVLAN_UP, "------********" },
		{ KERNEL_BOND_FIRST_UP, "-------*******" },
		{ KERNEL_TUN_NO_CARRIER, "-------*******" },
		{ KERNEL_LOWER_LOOKED_AT, "--------******" },
		{ KERNEL_BOND_SLAVE_ONCE_LINKED, "--------******" },
		{ KERNEL_RENAME_WHILE_UP, "--------******" },
		{ KERNEL_EEVDF, "---------*****" },
		{ KERNEL_QUERY_SYNCS, "---------*****" },
		{ KERNEL_IPVLAN_DOWN, "----------****" },
		{ KERNEL_LINKWATCH_UNBOUND, "---*-***--****" }, /* stable, but no ended series */
		{ KERNEL_VIRTNET_FOLLOWS_OPEN, "----------****" },
		{ KERNEL_GONE_UNSTACKED, "----------****" },	   /* 6.12: from stable */
		{ KERNEL_NETNS_EXTACK, "----------****" },	   /* 6.12: from stable */
		{ KERNEL_TEAM_VLAN_FEATURES, "----------****" },   /* 6.12: from stable */
		{ KERNEL_BOND_FEATURES_COMMON, "----------*-**" }, /* stable, but no ended series */
		{ KERNEL_TEAM_FEATURES_FIRST, "-------------*" },
		{ KERNEL_BRIDGE_FEATURES_LAST, "-------------*" },
		{ KERNEL_BOND_PEERS_AFTER, "-------------*" },
		{ KERNEL_PROTO_DOWN_HOLDS, "-------------*" },
		{ KERNEL_VLAN_WORK, "-------------*" },
		{ KERNEL_URGENT_EVENT, "--------------" },
		{ KERNEL_SETLINK_EVENT, "--------------" },
		{ KERNEL_IFLINK_OP_URGENT, "--------------" },
		{ KERNEL_LIMIT_5MS, "--------------" },
		{ KERNEL_OPEN_SYNCS, "--------------" },
	};

	(void)state;
	assert_int_equal(ARRAY_SIZE(cases), KERNEL_SWITCH_COUNT);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char rows[32] = "";

		for (unsigned int row = 0; kernel_version_info(row); row++)
			strcat(rows,
			       kernel_version_info(row)->switches & KERNEL_SWITCH(cases[i].which)
				       ? "*"
				       : "-");
		assert_string_equal(rows, cases[i].rows);
	}
}

static void kernel_version_info__lists_the_rows(void **state)
{
	const struct kernel_version_info *info;
	struct kernel usual = kernel_default();
	char name[KERNEL_NAME_MAX_BYTES];
	unsigned int row;

	(void)state;
	for (row = 0; (info = kernel_version_info(row)) != NULL; row++) {
		struct kernel kernel = kernel_named(info->name);

		assert_int_equal(kernel.version, row);
		assert_int_equal(kernel.switches, info->switches);
		assert_true(strlen(info->package) > 0);
		/* the longest name fits */
		kernel.switches |= CHANGES;
		kernel_name(&kernel, name);
		assert_true(strlen(name) < KERNEL_NAME_MAX_BYTES);
	}
	assert_int_equal(row, 14);
	assert_null(kernel_version_info(row + 1));
	assert_string_equal(kernel_version_info(usual.version)->name, "6.1");
	assert_int_equal(usual.switches, kernel_version_info(usual.version)->switches);
}

static void kernel_switch_info__tells_changes_from_what_was_merged(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < KERNEL_SWITCH_COUNT; i++) {
		const struct kernel_switch_info *info = kernel_switch_info(i);

		assert_true(strlen(info->name) > 0 && strlen(info->commit) > 0);
		assert_true(strlen(info->effect) > 0);
		assert_int_equal(info->is_change, !!(CHANGES & KERNEL_SWITCH(i)));
		assert_int_equal(info->release == NULL, info->is_change);
	}
	assert_null(kernel_switch_info(i));
	assert_null(kernel_switch_info(~0U));
}

static void kernel_equal__is_of_version_and_switches(void **state)
{
	struct kernel a = kernel_named("6.1"), b = a;

	(void)state;
	assert_true(kernel_equal(&a, &b));
	b.switches |= KERNEL_SWITCH(KERNEL_URGENT_EVENT);
	assert_false(kernel_equal(&a, &b));
	b = a;
	b.version = 0; /* the same switches under another name */
	assert_false(kernel_equal(&a, &b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kernel_parse__reads_what_kernel_name_writes),
		cmocka_unit_test(kernel_parse__says_what_is_wrong_and_where),
		cmocka_unit_test(kernel_parse__reads_no_further_than_len),
		cmocka_unit_test(versions__have_what_was_merged_by_then),
		cmocka_unit_test(kernel_version_info__lists_the_rows),
		cmocka_unit_test(kernel_switch_info__tells_changes_from_what_was_merged),
		cmocka_unit_test(kernel_equal__is_of_version_and_switches),
	};

	return cmocka_run_group_tests_name("kernel", tests, NULL, NULL);
}
