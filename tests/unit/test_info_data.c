/* SPDX-License-Identifier: GPL-2.0-or-later */
/* IFLA_INFO_DATA of each kind, in liblwsim's answers. */
#include <arpa/inet.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>

#include "sim/library/lw.h"

struct fixture {
	struct lw_machine *machine;
	struct lw_socket *socket;
	uint32_t bytes[1024];	       /* aligned */
	const struct nlattr *data[64]; /* of IFLA_INFO_DATA, by type */
	unsigned int count;
};

static int setup(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	*state = &f;
	if (lw_new(NULL, &f.machine, NULL) || lw_socket_new(f.machine, 0, 0, &f.socket))
		return -1;
	return lw_link_add(f.machine, "d0", "dummy");
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	lw_socket_free(f->socket);
	lw_free(f->machine);
	return 0;
}

static int take_data(const struct nlattr *attr, void *user)
{
	struct fixture *f = user;

	f->data[mnl_attr_get_type(attr)] = attr;
	f->count++;
	return MNL_CB_OK;
}

static int take_info(const struct nlattr *attr, void *user)
{
	if (mnl_attr_get_type(attr) == IFLA_INFO_DATA)
		assert_int_equal(mnl_attr_parse_nested(attr, take_data, user), MNL_CB_OK);
	return MNL_CB_OK;
}

static int take_attribute(const struct nlattr *attr, void *user)
{
	if (mnl_attr_get_type(attr) == IFLA_LINKINFO)
		assert_int_equal(mnl_attr_parse_nested(attr, take_info, user), MNL_CB_OK);
	return MNL_CB_OK;
}

/* Asks for the link and takes what its IFLA_INFO_DATA has. */
static void get(struct fixture *f, const char *name)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(f->bytes);

	header->nlmsg_type = RTM_GETLINK;
	header->nlmsg_flags = NLM_F_REQUEST;
	mnl_nlmsg_put_extra_header(header, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(header, IFLA_IFNAME, name);
	assert_int_equal(lw_send(f->socket, header, header->nlmsg_len), 0);
	memset(f->data, 0, sizeof(f->data));
	f->count = 0;
	assert_true(lw_recv(f->socket, f->bytes, sizeof(f->bytes), NULL) > 0);
	assert_int_equal(header->nlmsg_type, RTM_NEWLINK);
	assert_int_equal(mnl_attr_parse(header, sizeof(struct ifinfomsg), take_attribute, f),
			 MNL_CB_OK);
}

/* Begins a request for a device on d0, up to its IFLA_INFO_DATA. */
static struct nlmsghdr *begin(struct fixture *f, const char *kind, const char *name,
			      struct nlattr **ret_info, struct nlattr **ret_data)
{
	struct nlmsghdr *header;

	memset(f->bytes, 0, sizeof(f->bytes));
	header = mnl_nlmsg_put_header(f->bytes);
	header->nlmsg_type = RTM_NEWLINK;
	header->nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK;
	mnl_nlmsg_put_extra_header(header, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(header, IFLA_IFNAME, name);
	mnl_attr_put_u32(header, IFLA_LINK, (uint32_t)lw_ifindex(f->machine, "d0"));
	*ret_info = mnl_attr_nest_start(header, IFLA_LINKINFO);
	mnl_attr_put_strz(header, IFLA_INFO_KIND, kind);
	*ret_data = mnl_attr_nest_start(header, IFLA_INFO_DATA);
	return header;
}

/* Sends it. Returns the answer's error. */
static int finish(struct fixture *f, struct nlmsghdr *header, struct nlattr *info,
		  struct nlattr *data)
{
	mnl_attr_nest_end(header, data);
	mnl_attr_nest_end(header, info);
	assert_int_equal(lw_send(f->socket, header, header->nlmsg_len), 0);
	assert_true(lw_recv(f->socket, f->bytes, sizeof(f->bytes), NULL) > 0);
	assert_int_equal(header->nlmsg_type, NLMSG_ERROR);
	return *(const int *)mnl_nlmsg_get_payload(header);
}

/* Creates a macvlan or ipvlan with a mode. Returns the answer's error. */
static int create(struct fixture *f, const char *kind, const char *name, size_t mode_bytes,
		  uint32_t mode)
{
	struct nlattr *info, *data;
	struct nlmsghdr *header = begin(f, kind, name, &info, &data);

	mnl_attr_put(header, 1, mode_bytes, &mode); /* IFLA_MACVLAN_MODE, IFLA_IPVLAN_MODE */
	return finish(f, header, info, data);
}

static void vlan(void **state)
{
	struct fixture *f = *state;
	const struct ifla_vlan_flags *flags;

	assert_int_equal(lw_link_add_vlan(f->machine, "v0", "d0", 7), 0);
	get(f, "v0");
	assert_int_equal(f->count, 3);
	assert_int_equal(mnl_attr_get_u16(f->data[IFLA_VLAN_ID]), 7);
	assert_int_equal(mnl_attr_get_u16(f->data[IFLA_VLAN_PROTOCOL]), htons(0x8100));
	flags = mnl_attr_get_payload(f->data[IFLA_VLAN_FLAGS]);
	assert_int_equal(flags->flags, VLAN_FLAG_REORDER_HDR);
	assert_int_equal(flags->mask, 0xffffffff);
}

static void vlan_flags(void **state)
{
	static const uint32_t given[] = { VLAN_FLAG_LOOSE_BINDING, VLAN_FLAG_BRIDGE_BINDING };
	struct fixture *f = *state;
	const struct ifla_vlan_flags *flags;
	struct nlattr *info, *data;
	struct nlmsghdr *header;

	for (uint16_t i = 0; i < 2; i++) {
		const struct ifla_vlan_flags asked = { .flags = given[i], .mask = given[i] };
		const char *name = i ? "v1" : "v0";

		header = begin(f, "vlan", name, &info, &data);
		mnl_attr_put_u16(header, IFLA_VLAN_ID, i);
		mnl_attr_put_u16(header, IFLA_VLAN_PROTOCOL, htons(0x88a8));
		mnl_attr_put(header, IFLA_VLAN_FLAGS, sizeof(asked), &asked);
		assert_int_equal(finish(f, header, info, data), 0);
		get(f, name);
		flags = mnl_attr_get_payload(f->data[IFLA_VLAN_FLAGS]);
		assert_int_equal(flags->flags, VLAN_FLAG_REORDER_HDR | given[i]);
		assert_int_equal(mnl_attr_get_u16(f->data[IFLA_VLAN_PROTOCOL]), htons(0x88a8));
	}
}

static void vrf(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add_vrf(f->machine, "vrf0", 1234), 0);
	get(f, "vrf0");
	assert_int_equal(f->count, 1);
	assert_int_equal(mnl_attr_get_u32(f->data[IFLA_VRF_TABLE]), 1234);
}

static void macvlan(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add_on(f->machine, "mv0", "macvlan", "d0"), 0);
	get(f, "mv0");
	assert_int_equal(f->count, 2);
	assert_int_equal(mnl_attr_get_u32(f->data[IFLA_MACVLAN_MODE]), MACVLAN_MODE_VEPA);
	assert_int_equal(mnl_attr_get_u16(f->data[IFLA_MACVLAN_FLAGS]), 0);
	assert_int_equal(create(f, "macvlan", "mv1", 4, MACVLAN_MODE_BRIDGE), 0);
	get(f, "mv1");
	assert_int_equal(mnl_attr_get_u32(f->data[IFLA_MACVLAN_MODE]), MACVLAN_MODE_BRIDGE);
	assert_int_equal(create(f, "macvlan", "mv2", 4, 3), -EINVAL);
	assert_int_equal(create(f, "macvlan", "mv2", 2, 4), -ERANGE);
	assert_int_equal(create(f, "macvlan", "mv1", 4, MACVLAN_MODE_VEPA), -EOPNOTSUPP);
}

static void ipvlan(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add_on(f->machine, "iv0", "ipvlan", "d0"), 0);
	get(f, "iv0");
	assert_int_equal(f->count, 2);
	assert_int_equal(mnl_attr_get_u16(f->data[IFLA_IPVLAN_MODE]), IPVLAN_MODE_L3);
	assert_int_equal(create(f, "ipvlan", "iv1", 2, IPVLAN_MODE_L2), 0);
	get(f, "iv1");
	assert_int_equal(mnl_attr_get_u16(f->data[IFLA_IPVLAN_MODE]), IPVLAN_MODE_L2);
	assert_int_equal(create(f, "ipvlan", "iv2", 1, 1), -ERANGE);
}

static void bond(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add_bond(f->machine, "b0", 1, 100), 0);
	assert_int_equal(lw_link_up(f->machine, "b0"), 0);
	get(f, "b0");
	assert_int_equal(f->count, 2);
	assert_int_equal(mnl_attr_get_u8(f->data[IFLA_BOND_MODE]), 1);
	assert_int_equal(mnl_attr_get_u32(f->data[IFLA_BOND_MIIMON]), 100);
	assert_int_equal(lw_link_master(f->machine, "d0", "b0"), 0);
	assert_int_equal(lw_run_for(f->machine, LW_SEC), 0);
	get(f, "b0");
	assert_int_equal(mnl_attr_get_u32(f->data[IFLA_BOND_ACTIVE_SLAVE]),
			 lw_ifindex(f->machine, "d0"));
}

/* veth and dummy have no IFLA_INFO_DATA in Linux either. */
static void none(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(lw_link_add_veth(f->machine, "v0", "v1"), 0);
	get(f, "v0");
	assert_int_equal(f->count, 0);
	get(f, "d0");
	assert_int_equal(f->count, 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(vlan),   TEST(vlan_flags), TEST(vrf),  TEST(macvlan),
		TEST(ipvlan), TEST(bond),	TEST(none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
