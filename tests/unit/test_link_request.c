/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests as a kernel reads them; what it refuses, and how, was asked of a 6.18. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

#include "sim/rtnetlink/link_request.h"

struct asked {
	union {
		struct nlmsghdr header;
		uint8_t bytes[1024];
	};
	struct link_request request;
	struct request_ack ack;
};

static void begin(struct asked *asked, uint16_t type, uint16_t flags)
{
	struct ifinfomsg *ifinfo;

	memset(asked, 0, sizeof(*asked));
	mnl_nlmsg_put_header(asked->bytes);
	asked->header.nlmsg_type = type;
	asked->header.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	asked->header.nlmsg_seq = 7;
	asked->header.nlmsg_pid = 8;
	ifinfo = mnl_nlmsg_put_extra_header(&asked->header, sizeof(*ifinfo));
	ifinfo->ifi_index = 3;
}

static struct ifinfomsg *ifinfo_of(struct asked *asked)
{
	return mnl_nlmsg_get_payload(&asked->header);
}

static enum request_read read_as(struct asked *asked, bool is_strict)
{
	return link_request_read(asked->bytes, asked->header.nlmsg_len, is_strict, &asked->request,
				 &asked->ack);
}

static void is_refused(struct asked *asked, bool is_strict, int error, const char *text,
		       uint32_t attribute)
{
	assert_int_equal(read_as(asked, is_strict), REQUEST_REFUSED);
	assert_int_equal(asked->ack.error, error);
	assert_string_equal(asked->ack.text, text);
	assert_int_equal(asked->ack.attribute, attribute);
}

static void a_setlink_is_read(void **state)
{
	struct asked asked;

	(void)state;
	begin(&asked, RTM_SETLINK, NLM_F_ACK);
	ifinfo_of(&asked)->ifi_flags = IFF_UP;
	ifinfo_of(&asked)->ifi_change = IFF_UP;
	mnl_attr_put_strz(&asked.header, IFLA_IFNAME, "eth1");
	mnl_attr_put_u32(&asked.header, IFLA_MTU, 1400);
	mnl_attr_put_u8(&asked.header, IFLA_LINKMODE, IF_LINK_MODE_DORMANT);
	mnl_attr_put_u8(&asked.header, IFLA_CARRIER, 1);
	mnl_attr_put_u32(&asked.header, IFLA_MASTER, 9);
	mnl_attr_put_u32(&asked.header, IFLA_NET_NS_FD, 5);
	mnl_attr_put(&asked.header, IFLA_ADDRESS, 6, "\2\0\0\0\0\1");
	mnl_attr_put(&asked.header, 999, 0, NULL); /* not known: passed over */
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	assert_int_equal(asked.request.kind, REQUEST_SET);
	assert_true(asked.request.wants_ack);
	assert_int_equal(asked.request.link.ifindex, 3);
	assert_int_equal(asked.request.link.flags, IFF_UP);
	assert_int_equal(asked.request.link.change, IFF_UP);
	assert_int_equal(asked.request.link.seq, 7);
	assert_int_equal(asked.request.link.has, LINK_HAS_NAME | LINK_HAS_MTU | LINK_HAS_LINKMODE |
							 LINK_HAS_CARRIER | LINK_HAS_MASTER |
							 LINK_HAS_ADDRESS);
	assert_string_equal(asked.request.link.name, "eth1");
	assert_int_equal(asked.request.link.mtu, 1400);
	assert_int_equal(asked.request.link.linkmode, IF_LINK_MODE_DORMANT);
	assert_true(asked.request.link.carrier);
	assert_int_equal(asked.request.link.master, 9);
	assert_int_equal(asked.request.link.address_len, 6);
	assert_int_equal(asked.request.has, REQUEST_HAS_NET_NS_FD);
	assert_int_equal(asked.request.net_ns_fd, 5);
	assert_null(asked.ack.text);
}

/* The data may stand before the kind. */
static void what_a_kind_has(void **state)
{
	const struct ifla_vlan_flags flags = { .flags = 1, .mask = 3 };
	struct asked asked;
	struct nlattr *info, *data;

	(void)state;
	begin(&asked, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	info = mnl_attr_nest_start(&asked.header, IFLA_LINKINFO);
	data = mnl_attr_nest_start(&asked.header, IFLA_INFO_DATA);
	mnl_attr_put_u16(&asked.header, IFLA_VLAN_ID, 5);
	mnl_attr_put_u16(&asked.header, IFLA_VLAN_PROTOCOL, 0xa888); /* 802.1ad, big-endian */
	mnl_attr_put(&asked.header, IFLA_VLAN_FLAGS, sizeof(flags), &flags);
	mnl_attr_nest_end(&asked.header, data);
	mnl_attr_put(&asked.header, IFLA_INFO_KIND, 4, "vlan"); /* without a NUL */
	mnl_attr_nest_end(&asked.header, info);
	mnl_attr_put_u32(&asked.header, IFLA_LINK, 2);
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	assert_int_equal(asked.request.kind, REQUEST_NEW);
	assert_string_equal(asked.request.link.kind, "vlan");
	assert_int_equal(asked.request.link.link, 2);
	assert_int_equal(asked.request.has,
			 REQUEST_HAS_VLAN_ID | REQUEST_HAS_VLAN_PROTOCOL | REQUEST_HAS_VLAN_FLAGS);
	assert_int_equal(asked.request.vlan_id, 5);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	assert_int_equal(asked.request.vlan_protocol, 0x88a8);
#endif
	assert_int_equal(asked.request.vlan_flags, 1);
	assert_int_equal(asked.request.vlan_flags_mask, 3);
}

static void a_veth_has_a_peer(void **state)
{
	const struct ifinfomsg peer = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP };
	struct asked asked;
	struct nlattr *info, *data, *nest;

	(void)state;
	begin(&asked, RTM_NEWLINK, NLM_F_CREATE);
	info = mnl_attr_nest_start(&asked.header, IFLA_LINKINFO);
	mnl_attr_put_strz(&asked.header, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(&asked.header, IFLA_INFO_DATA);
	nest = mnl_attr_nest_start(&asked.header, VETH_INFO_PEER);
	memcpy(mnl_nlmsg_put_extra_header(&asked.header, sizeof(peer)), &peer, sizeof(peer));
	mnl_attr_put_strz(&asked.header, IFLA_IFNAME, "peer0");
	mnl_attr_nest_end(&asked.header, nest);
	mnl_attr_nest_end(&asked.header, data);
	mnl_attr_nest_end(&asked.header, info);
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	assert_int_equal(asked.request.has, REQUEST_HAS_PEER);
	assert_int_equal(asked.request.peer.flags, IFF_UP);
	assert_string_equal(asked.request.peer.name, "peer0");
	nest->nla_len = 12; /* too short for its header */
	assert_int_equal(read_as(&asked, false), REQUEST_REFUSED);
	assert_int_equal(asked.ack.error, ERANGE);
}

static void wrong_values_are_refused(void **state)
{
	static const char wrong[] = "Attribute failed policy validation";
	static const struct {
		uint16_t type, len;
	} cases[] = {
		{ IFLA_MTU, 2 },	{ IFLA_OPERSTATE, 0 },	{ IFLA_IFNAME, 0 },
		{ IFLA_IFNAME, 17 },	{ IFLA_IFALIAS, 256 },	{ IFLA_LINKINFO, 3 },
		{ IFLA_TXQLEN, 1 },	{ IFLA_MASTER, 1 },	{ IFLA_ADDRESS, 40 },
		{ IFLA_PROTO_DOWN, 0 }, { IFLA_NET_NS_PID, 2 },
	};
	static const char text[256] = "xxxxxxxxxxxxxxxxxxxxxxx";
	struct asked asked;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		begin(&asked, RTM_SETLINK, 0);
		mnl_attr_put(&asked.header, cases[i].type, cases[i].len, text);
		if (cases[i].type == IFLA_IFALIAS)
			memset(&asked.bytes[36], 'x', 256);
		is_refused(&asked, false, ERANGE, wrong, 32);
	}
	/* too long a number is cut, a text needs no NUL */
	begin(&asked, RTM_SETLINK, 0);
	mnl_attr_put(&asked.header, IFLA_MTU, 8, "\1\0\0\0\0\0\0\0");
	mnl_attr_put(&asked.header, IFLA_IFNAME, 15, text);
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	assert_string_equal(asked.request.link.name, "xxxxxxxxxxxxxxx");
}

static void leftover_bytes_are_a_warning(void **state)
{
	struct asked asked;

	(void)state;
	begin(&asked, RTM_SETLINK, 0);
	asked.header.nlmsg_len += 3;
	assert_int_equal(read_as(&asked, true), REQUEST_READ);
	assert_string_equal(asked.ack.text, "bytes leftover after parsing attributes");
	assert_int_equal(asked.ack.error, 0);
}

static void a_strict_getlink(void **state)
{
	struct asked asked;

	(void)state;
	begin(&asked, RTM_GETLINK, 0);
	ifinfo_of(&asked)->ifi_flags = 1;
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	assert_int_equal(asked.request.kind, REQUEST_GET);
	is_refused(&asked, true, EINVAL, "Invalid values in header for get link request", 0);
	begin(&asked, RTM_GETLINK, 0);
	mnl_attr_put_u32(&asked.header, IFLA_MTU, 0);
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	is_refused(&asked, true, EINVAL, "Unsupported attribute in get link request", 0);
	begin(&asked, RTM_GETLINK, 0);
	mnl_attr_put_strz(&asked.header, IFLA_IFNAME, "lo");
	mnl_attr_put_u32(&asked.header, IFLA_EXT_MASK, 8);
	assert_int_equal(read_as(&asked, true), REQUEST_READ);
	assert_int_equal(asked.request.ext_mask, 8);
	asked.header.nlmsg_len = 20;
	is_refused(&asked, false, EINVAL, "Invalid header for get link", 0);
}

static void a_strict_dump(void **state)
{
	struct asked asked;

	(void)state;
	begin(&asked, RTM_GETLINK, NLM_F_DUMP);
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	assert_int_equal(asked.request.kind, REQUEST_DUMP);
	is_refused(&asked, true, EINVAL, "Filter by device index not supported for link dumps", 0);
	ifinfo_of(&asked)->ifi_index = 0;
	assert_int_equal(read_as(&asked, true), REQUEST_READ);
	mnl_attr_put_u32(&asked.header, IFLA_MASTER, 2);
	assert_int_equal(read_as(&asked, true), REQUEST_READ);
	mnl_attr_put(&asked.header, 999, 0, NULL);
	is_refused(&asked, true, EINVAL, "Unknown attribute type", 40);
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	asked.header.nlmsg_len = 17; /* as glibc asks */
	assert_int_equal(read_as(&asked, false), REQUEST_READ);
	is_refused(&asked, true, EINVAL, "Invalid header for link dump", 0);
}

static void what_is_no_request(void **state)
{
	struct asked asked;

	(void)state;
	begin(&asked, RTM_NEWLINK, NLM_F_ACK);
	asked.header.nlmsg_len = 16; /* iproute2's probe */
	assert_int_equal(read_as(&asked, true), REQUEST_EMPTY);
	assert_true(asked.request.wants_ack);
	asked.header.nlmsg_len = 20;
	is_refused(&asked, true, EINVAL, "Invalid header length", 0);
	asked.header.nlmsg_type = RTM_GETADDR;
	assert_int_equal(read_as(&asked, true), REQUEST_OTHER);
	begin(&asked, RTM_DELLINK, 0);
	assert_int_equal(read_as(&asked, true), REQUEST_READ);
	assert_int_equal(asked.request.kind, REQUEST_DEL);
	asked.header.nlmsg_flags = 0;
	assert_int_equal(read_as(&asked, true), REQUEST_EMPTY);
	asked.header.nlmsg_len = 15;
	assert_int_equal(read_as(&asked, true), REQUEST_NOTHING);
	asked.header.nlmsg_len = 40;
	assert_int_equal(link_request_read(asked.bytes, 36, true, &asked.request, &asked.ack),
			 REQUEST_NOTHING);
}

static void acks(void **state)
{
	const struct ack_options plain = { .has_ext_ack = false },
				 extended = { .has_ext_ack = true },
				 capped = { .has_ext_ack = true, .is_capped = true };
	union {
		struct nlmsghdr header;
		uint8_t bytes[1024 + REQUEST_ACK_MAX_BYTES];
	} answer;
	const struct nlmsgerr *error = (const void *)&answer.bytes[sizeof(answer.header)];
	struct request_ack success = { .error = 0 };
	struct asked asked;
	const struct nlattr *attr;

	(void)state;
	begin(&asked, RTM_SETLINK, 0);
	mnl_attr_put_u16(&asked.header, IFLA_MTU, 1);
	is_refused(&asked, false, ERANGE, "Attribute failed policy validation", 32);

	assert_int_equal(request_ack_write(asked.bytes, &asked.ack, &plain, answer.bytes), 60);
	assert_int_equal(answer.header.nlmsg_type, NLMSG_ERROR);
	assert_int_equal(answer.header.nlmsg_flags, 0);
	assert_int_equal(answer.header.nlmsg_seq, 7);
	assert_int_equal(answer.header.nlmsg_pid, 8);
	assert_int_equal(error->error, -ERANGE);
	assert_memory_equal(&error->msg, asked.bytes, asked.header.nlmsg_len);

	assert_int_equal(request_ack_write(asked.bytes, &asked.ack, &extended, answer.bytes),
			 60 + 40 + 8);
	assert_int_equal(answer.header.nlmsg_flags, NLM_F_ACK_TLVS);
	attr = (const struct nlattr *)(const void *)&answer.bytes[60];
	assert_int_equal(mnl_attr_get_type(attr), NLMSGERR_ATTR_MSG);
	assert_string_equal(mnl_attr_get_str(attr), "Attribute failed policy validation");
	attr = mnl_attr_next(attr);
	assert_int_equal(mnl_attr_get_type(attr), NLMSGERR_ATTR_OFFS);
	assert_int_equal(mnl_attr_get_u32(attr), 32);

	assert_int_equal(request_ack_write(asked.bytes, &asked.ack, &capped, answer.bytes),
			 36 + 40 + 8);
	assert_int_equal(answer.header.nlmsg_flags, NLM_F_CAPPED | NLM_F_ACK_TLVS);

	assert_int_equal(request_ack_write(asked.bytes, &success, &extended, answer.bytes), 36);
	assert_int_equal(answer.header.nlmsg_flags, NLM_F_CAPPED);
	assert_int_equal(error->error, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_setlink_is_read),
		cmocka_unit_test(what_a_kind_has),
		cmocka_unit_test(a_veth_has_a_peer),
		cmocka_unit_test(wrong_values_are_refused),
		cmocka_unit_test(leftover_bytes_are_a_warning),
		cmocka_unit_test(a_strict_getlink),
		cmocka_unit_test(a_strict_dump),
		cmocka_unit_test(what_is_no_request),
		cmocka_unit_test(acks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
