/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Link messages as bytes: what is written is read again, and wrong bytes are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <linux/if_arp.h>
#include <linux/rtnetlink.h>

#include "sim/rtnetlink/link_message.h"

static const struct rtnl_link_message whole = {
	.type = ARPHRD_ETHER,
	.ifindex = 7,
	.flags = IFF_UP | IFF_BROADCAST,
	.change = IFF_UP,
	.nl_flags = NLM_F_MULTI,
	.seq = 5,
	.portid = 6,
	.has = (LINK_HAS_QDISC << 1) - 1, /* all */
	.name = "interface-name1",
	.txqlen = 1000,
	.operstate = IF_OPER_UP,
	.linkmode = IF_LINK_MODE_DORMANT,
	.mtu = 9000,
	.group = 4,
	.promiscuity = 2,
	.tx_queues = 8,
	.rx_queues = 9,
	.master = 3,
	.carrier = true,
	.alias = "an alias",
	.carrier_changes = 5,
	.carrier_up = 3,
	.carrier_down = 2,
	.proto_down = true,
	.address = { 2, 0, 0, 0, 0, 1 },
	.address_len = 6,
	.broadcast = { 255, 255, 255, 255, 255, 255 },
	.broadcast_len = 6,
	.kind = "veth",
	.slave_kind = "bridge",
	.link_netnsid = 1,
	.link = 2,
	.qdisc = "noqueue",
};

struct bytes {
	_Alignas(4) uint8_t data[LINK_MESSAGE_MAX_BYTES];
	size_t len;
};

static struct bytes bytes_of(const struct rtnl_link_message *message)
{
	struct bytes bytes;

	memset(&bytes, 0, sizeof(bytes));
	bytes.len = link_message_write(message, bytes.data);
	return bytes;
}

static void assert_wrong(const struct bytes *bytes, size_t offset, const char *reason)
{
	struct rtnl_link_message message;
	struct link_error error;
	size_t len;

	assert_int_equal(link_message_read(bytes->data, bytes->len, &message, &len, &error),
			 LINK_READ_WRONG);
	assert_string_equal(error.reason, reason);
	assert_int_equal(error.offset, offset);
}

static void what_is_written_is_read(void **state)
{
	struct bytes bytes = bytes_of(&whole);
	struct rtnl_link_message message;
	struct link_error error;
	size_t len;

	(void)state;
	assert_int_equal(bytes.len & 3, 0);
	assert_int_equal(link_message_read(bytes.data, bytes.len, &message, &len, &error),
			 LINK_READ);
	assert_int_equal(len, bytes.len);
	assert_memory_equal(&message, &whole, sizeof(whole));
}

static void attributes_have_a_kernels_order(void **state)
{
	/* as a 6.18 sends them */
	static const uint16_t order[] = { 3,  13, 16, 17, 4,  27, 30, 31, 32, 10, 33,
					  20, 35, 47, 48, 39, 1,  2,  18, 37, 5,  6 };
	struct bytes bytes = bytes_of(&whole);
	size_t at = sizeof(struct nlmsghdr) + sizeof(struct ifinfomsg), i = 0;

	(void)state;
	for (; at < bytes.len; i++) {
		const struct nlattr *attr = (const struct nlattr *)(const void *)&bytes.data[at];

		assert_true(i < sizeof(order) / sizeof(order[0]));
		assert_int_equal(attr->nla_type, order[i]);
		at += (attr->nla_len + 3U) & ~3U;
	}
	assert_int_equal(i, sizeof(order) / sizeof(order[0]));
}

static void without_attributes_nothing_is_there(void **state)
{
	const struct rtnl_link_message bare = { .is_dellink = true, .ifindex = 2 };
	struct bytes bytes = bytes_of(&bare);
	struct rtnl_link_message message;
	struct link_error error;
	size_t len;

	(void)state;
	assert_int_equal(bytes.len, sizeof(struct nlmsghdr) + sizeof(struct ifinfomsg));
	assert_int_equal(link_message_read(bytes.data, bytes.len, &message, &len, &error),
			 LINK_READ);
	assert_memory_equal(&message, &bare, sizeof(bare));
}

static void other_messages_are_passed(void **state)
{
	struct bytes bytes = bytes_of(&whole);
	struct rtnl_link_message message;
	struct link_error error;
	size_t len;

	(void)state;
	((struct nlmsghdr *)(void *)bytes.data)->nlmsg_type = RTM_NEWADDR;
	assert_int_equal(link_message_read(bytes.data, bytes.len, &message, &len, &error),
			 LINK_READ_OTHER);
	assert_int_equal(len, bytes.len);
}

static void unknown_attributes_are_counted(void **state)
{
	struct bytes bytes = bytes_of(&whole);
	struct rtnl_link_message message;
	struct link_error error;
	size_t len;

	(void)state;
	((struct nlattr *)(void *)&bytes.data[32])->nla_type = 999; /* in place of the name */
	assert_int_equal(link_message_read(bytes.data, bytes.len, &message, &len, &error),
			 LINK_READ);
	assert_int_equal(message.unknown_attributes, 1);
	assert_false(message.has & LINK_HAS_NAME);
}

static void wrong_lengths_are_refused(void **state)
{
	struct bytes bytes = bytes_of(&whole);
	struct nlmsghdr *header = (struct nlmsghdr *)(void *)bytes.data;
	struct nlattr *first = (struct nlattr *)(void *)&bytes.data[32];

	(void)state;
	bytes.len = 15;
	assert_wrong(&bytes, 0, "15 bytes are left, too few for a message");
	bytes.len = 100;
	header->nlmsg_len = 104;
	assert_wrong(&bytes, 0, "a message of 104 bytes where 100 are left");
	header->nlmsg_len = 8;
	assert_wrong(&bytes, 0, "a message of 8 bytes, expected at least 16");
	header->nlmsg_len = 20;
	assert_wrong(&bytes, 0, "a link message of 20 bytes, expected at least 32");
	header->nlmsg_len = 34;
	assert_wrong(&bytes, 32, "2 bytes are left, too few for an attribute");
	header->nlmsg_len = 48;
	assert_wrong(&bytes, 32, "an attribute of 20 bytes where 16 are left");
	header->nlmsg_len = 52;
	first->nla_len = 3;
	assert_wrong(&bytes, 32, "an attribute of 3 bytes where 20 are left");
	first->nla_len = 19;
	assert_wrong(&bytes, 32, "attribute 3 is a text without its final NUL");
	first->nla_len = 20;
	first->nla_type = 4;
	assert_wrong(&bytes, 32, "attribute 4 has 16 bytes, expected 4");
}

static void a_name_must_fit(void **state)
{
	struct bytes bytes = bytes_of(&whole);
	struct nlmsghdr *header = (struct nlmsghdr *)(void *)bytes.data;
	struct nlattr *first = (struct nlattr *)(void *)&bytes.data[32];

	(void)state;
	header->nlmsg_len = 60;
	first->nla_len = 28;
	memset(first + 1, 'x', 20);
	((char *)(first + 1))[20] = '\0';
	memset((char *)(first + 1) + 21, 0, 3);
	assert_wrong(&bytes, 32, "attribute 3 is a text of 24 bytes, expected at most 16");
}

static void an_attribute_comes_once(void **state)
{
	struct bytes bytes = bytes_of(&whole);

	(void)state;
	((struct nlattr *)(void *)&bytes.data[52])->nla_type = IFLA_MTU; /* in place of TXQLEN */
	assert_wrong(&bytes, 76, "attribute 4 is there twice");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(attributes_have_a_kernels_order),
		cmocka_unit_test(without_attributes_nothing_is_there),
		cmocka_unit_test(other_messages_are_passed),
		cmocka_unit_test(unknown_attributes_are_counted),
		cmocka_unit_test(wrong_lengths_are_refused),
		cmocka_unit_test(a_name_must_fit),
		cmocka_unit_test(an_attribute_comes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
