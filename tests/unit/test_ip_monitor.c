/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the text of `ip monitor` says, field by field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_arp.h>

#include "sim/wire/capture_file.h"
#include "sim/wire/ip_monitor.h"

struct read {
	struct source *source;
	struct capture capture;
	struct diags diags;
	bool is_good;
};

static void read_text(struct read *read, const char *text)
{
	memset(read, 0, sizeof(*read));
	read->source = source_from_text("text", text, strlen(text));
	diags_init(&read->diags, read->source);
	read->is_good = ip_monitor_read(read->source, &read->capture, &read->diags);
}

static void read_free(struct read *read)
{
	capture_free(&read->capture);
	diags_free(&read->diags);
	source_free(read->source);
}

static void test_fields(void **state)
{
	const struct rtnl_link_message *message;
	struct read read;

	(void)state;
	read_text(
		&read,
		"[2024-04-03T12:20:49.365932] 5: eth0.2@eth0: "
		"<NO-CARRIER,BROADCAST,MULTICAST,PROMISC,UP,LOWER_UP,M-DOWN> mtu 1496 qdisc "
		"noqueue master br0 state LOWERLAYERDOWN mode DORMANT group 7 qlen 500\n"
		"    link/ether 02:00:00:00:00:1f brd ff:ff:ff:ff:ff:ff promiscuity 1  allmulti 0\n"
		"    vlan protocol 802.1Q id 2 <REORDER_HDR>\n"
		"    bridge_slave state disabled\n"
		"    alias left port  \n");
	assert_true(read.is_good);
	assert_int_equal(read.capture.count, 1);
	assert_true(read.capture.messages[0].has_time);
	assert_int_equal(read.capture.messages[0].t_ns, INT64_C(1712146849365932000));
	assert_int_equal(read.capture.messages[0].line, 1);
	assert_string_equal(read.capture.messages[0].link_name, "eth0");
	assert_string_equal(read.capture.messages[0].master_name, "br0");
	message = &read.capture.messages[0].message;
	assert_false(message->is_dellink);
	assert_int_equal(message->ifindex, 5);
	assert_string_equal(message->name, "eth0.2");
	assert_int_equal(message->flags,
			 IFF_BROADCAST | IFF_MULTICAST | IFF_PROMISC | IFF_UP | IFF_LOWER_UP);
	assert_int_equal(message->mtu, 1496);
	assert_string_equal(message->qdisc, "noqueue");
	assert_int_equal(message->operstate, IF_OPER_LOWERLAYERDOWN);
	assert_int_equal(message->linkmode, IF_LINK_MODE_DORMANT);
	assert_int_equal(message->group, 7);
	assert_int_equal(message->txqlen, 500);
	assert_int_equal(message->promiscuity, 1);
	assert_int_equal(message->type, ARPHRD_ETHER);
	assert_int_equal(message->address_len, 6);
	assert_int_equal(message->address[5], 0x1f);
	assert_string_equal(message->kind, "vlan");
	assert_string_equal(message->slave_kind, "bridge");
	assert_string_equal(message->alias, "left port");
	read_free(&read);
}

/* `ip` leaves out RUNNING, and says NO-CARRIER of UP without it. */
static void test_running(void **state)
{
	struct read read;

	(void)state;
	read_text(&read, "2: a: <UP,LOWER_UP> mtu 1 state UP\n"
			 "2: a: <NO-CARRIER,UP> mtu 1 state DOWN\n"
			 "2: a: <UP> mtu 1 state UP\n"
			 "2: a: <LOWER_UP> mtu 1 state DOWN\n"
			 "2: a: <UP,40000> mtu 1 state UP\n");
	assert_true(read.is_good);
	assert_int_equal(read.capture.messages[0].message.flags,
			 IFF_UP | IFF_LOWER_UP | IFF_RUNNING);
	assert_int_equal(read.capture.messages[1].message.flags, IFF_UP);
	assert_int_equal(read.capture.messages[2].message.flags, IFF_UP | IFF_RUNNING);
	assert_int_equal(read.capture.messages[3].message.flags, IFF_LOWER_UP);
	assert_int_equal(read.capture.messages[4].message.flags, IFF_UP | IFF_RUNNING | 0x40000);
	assert_false(read.capture.messages[0].has_time);
	read_free(&read);
}

static void test_links(void **state)
{
	struct read read;

	(void)state;
	read_text(&read, "2: a@NONE: <> mtu 1 state DOWN\n"
			 "3: b@if7: <> mtu 1 state DOWN\n"
			 "4: c@a: <> mtu 1 state DOWN\n"
			 "5: d: <> mtu 1 state DOWN\n");
	assert_true(read.is_good);
	assert_true(read.capture.messages[0].message.has & LINK_HAS_LINK);
	assert_int_equal(read.capture.messages[0].message.link, 0);
	assert_int_equal(read.capture.messages[1].message.link, 7);
	assert_false(read.capture.messages[2].message.has & LINK_HAS_LINK);
	assert_string_equal(read.capture.messages[2].link_name, "a");
	assert_false(read.capture.messages[3].message.has & LINK_HAS_LINK);
	assert_string_equal(read.capture.messages[3].link_name, "");
	read_free(&read);
}

/* A time on a line of its own is that of the next message only. */
static void test_times(void **state)
{
	struct read read;

	(void)state;
	read_text(&read, "Timestamp: Thu Jan  1 00:00:01 1970 5 usec\n"
			 "Deleted 2: a: <> mtu 1 state DOWN\n"
			 "2: b: <> mtu 1 state DOWN\n");
	assert_true(read.is_good);
	assert_true(read.capture.messages[0].message.is_dellink);
	assert_int_equal(read.capture.messages[0].t_ns, 1000005000);
	assert_false(read.capture.messages[1].has_time);
	read_free(&read);
}

static void test_passed_over(void **state)
{
	struct read read;

	(void)state;
	read_text(&read, "# a comment\n"
			 "2: a    inet 10.0.0.1/24 scope global a\n"
			 "       valid_lft forever preferred_lft forever\n"
			 "10.0.0.0/24 dev a proto kernel scope link\n"
			 "Deleted default via 10.0.0.2 dev a\n"
			 "10.0.0.2 dev a lladdr 02:00:00:00:00:01 STALE\n"
			 "0:\tfrom all lookup local\n"
			 "qdisc fq_codel 0: dev a root\n"
			 "2: a: <> mtu 1 state DOWN\n");
	assert_true(read.is_good);
	assert_int_equal(read.capture.count, 1);
	assert_int_equal(read.diags.count, 0);
	assert_int_equal(read.capture.passed[PASSED_ADDRESS], 1);
	assert_int_equal(read.capture.passed[PASSED_ROUTE], 2);
	assert_int_equal(read.capture.passed[PASSED_NEIGHBOUR], 1);
	assert_int_equal(read.capture.passed[PASSED_RULE], 1);
	assert_int_equal(read.capture.passed[PASSED_QDISC], 1);
	read_free(&read);
}

static void test_kinds_of_files(void **state)
{
	const uint32_t stamp[] = { 24, 15, 0, 0, 1, 0 }, pcap[] = { 0xa1b2c3d4, 0, 0, 0, 0, 253 };

	(void)state;
	assert_int_equal(capture_kind_of("2: a: <> state DOWN\n", 20), CAPTURE_TEXT);
	assert_int_equal(capture_kind_of("", 0), CAPTURE_TEXT);
	assert_int_equal(capture_kind_of(stamp, sizeof(stamp)), CAPTURE_RTMON);
	assert_int_equal(capture_kind_of(pcap, sizeof(pcap)), CAPTURE_PCAP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),	    cmocka_unit_test(test_running),
		cmocka_unit_test(test_links),	    cmocka_unit_test(test_times),
		cmocka_unit_test(test_passed_over), cmocka_unit_test(test_kinds_of_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
