/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lw.h: rtnetlink's bytes, requests in and answers out, and descriptors. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>

#include "sim/library/lw.h"

struct fixture {
	struct lw_machine *machine;
	struct lw_socket *socket, *listener;
	uint32_t request[1024], answer[4096]; /* aligned */
	int len;			      /* of the answer */
	struct nlmsghdr *header;	      /* of the request */
	struct ifinfomsg *ifinfo;
};

static int start(void **state, const char *kernel, uint32_t options)
{
	static struct fixture f;
	const struct lw_config config = { .kernel = kernel };

	memset(&f, 0, sizeof(f));
	if (lw_new(&config, &f.machine, NULL) || lw_socket_new(f.machine, 0, options, &f.socket) ||
	    lw_socket_new(f.machine, RTMGRP_LINK, 0, &f.listener))
		return -1;
	*state = &f;
	return lw_link_add(f.machine, "d0", "dummy");
}

static int setup(void **state)
{
	return start(state, NULL, 0);
}

static int setup_strict(void **state)
{
	return start(state, NULL, LW_STRICT_CHK | LW_EXT_ACK);
}

static int setup_capped(void **state)
{
	return start(state, NULL, LW_CAP_ACK | LW_EXT_ACK);
}

static int setup_old(void **state)
{
	return start(state, "2.6.24", LW_EXT_ACK);
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	lw_socket_free(f->socket);
	lw_socket_free(f->listener);
	lw_free(f->machine);
	return 0;
}

/* Begins a request. */
static void ask(struct fixture *f, uint16_t type, uint16_t flags)
{
	memset(f->request, 0, sizeof(f->request));
	f->header = mnl_nlmsg_put_header(f->request);
	f->header->nlmsg_type = type;
	f->header->nlmsg_flags = NLM_F_REQUEST | flags;
	f->header->nlmsg_seq = 77;
	f->ifinfo = mnl_nlmsg_put_extra_header(f->header, sizeof(*f->ifinfo));
}

static void send_request(struct fixture *f)
{
	assert_int_equal(lw_send(f->socket, f->request, f->header->nlmsg_len), 0);
}

/* The next answer, which must be there. */
static const struct nlmsghdr *receive(struct fixture *f)
{
	const struct nlmsghdr *header = (const void *)f->answer;

	f->len = lw_recv(f->socket, f->answer, sizeof(f->answer), NULL);
	assert_true(f->len >= 16);
	assert_int_equal(header->nlmsg_seq, 77);
	assert_int_equal(header->nlmsg_pid, lw_socket_portid(f->socket));
	return header;
}

static int error_of(const struct nlmsghdr *header)
{
	assert_int_equal(header->nlmsg_type, NLMSG_ERROR);
	return *(const int32_t *)mnl_nlmsg_get_payload(header);
}

/* The attribute of that type, from an offset in the payload on; NULL: none. */
static const struct nlattr *find(const struct nlmsghdr *header, size_t offset, uint16_t type)
{
	const struct nlattr *attr = mnl_nlmsg_get_payload_offset(header, offset);
	const char *end = mnl_nlmsg_get_payload_tail(header);

	while (mnl_attr_ok(attr, (int)(end - (const char *)attr)) &&
	       mnl_attr_get_type(attr) != type)
		attr = mnl_attr_next(attr);
	return mnl_attr_ok(attr, (int)(end - (const char *)attr)) ? attr : NULL;
}

/* The extended ack's text; NULL: none. Its TLVs follow the quoted request. */
static const char *text_of(const struct nlmsghdr *header)
{
	const struct nlmsgerr *quoted = mnl_nlmsg_get_payload(header);
	size_t len = header->nlmsg_flags & NLM_F_CAPPED ? sizeof(*quoted)
							: sizeof(int32_t) + quoted->msg.nlmsg_len;
	const struct nlattr *attr = NULL;

	if (header->nlmsg_flags & NLM_F_ACK_TLVS)
		attr = find(header, len, NLMSGERR_ATTR_MSG);
	return attr ? mnl_attr_get_str(attr) : NULL;
}

static void assert_no_more(struct fixture *f)
{
	assert_int_equal(lw_recv(f->socket, f->answer, sizeof(f->answer), NULL), -EAGAIN);
}

static void assert_refused(struct fixture *f, int err, const char *text)
{
	const struct nlmsghdr *header;

	send_request(f);
	header = receive(f);
	assert_int_equal(error_of(header), err);
	if (text)
		assert_string_equal(text_of(header), text);
	else
		assert_null(text_of(header));
	assert_no_more(f);
}

static void assert_acknowledged(struct fixture *f)
{
	f->header->nlmsg_flags |= NLM_F_ACK;
	assert_refused(f, 0, NULL);
}

static const char *name_in(const struct nlmsghdr *header)
{
	const struct nlattr *attr = find(header, sizeof(struct ifinfomsg), IFLA_IFNAME);

	return attr ? mnl_attr_get_str(attr) : NULL;
}

static void get_by_number_and_by_name(void **state)
{
	struct fixture *f = *state;

	ask(f, RTM_GETLINK, NLM_F_ACK);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	send_request(f);
	assert_string_equal(name_in(receive(f)), "d0");
	assert_int_equal(error_of(receive(f)), 0);
	assert_no_more(f);

	ask(f, RTM_GETLINK, 0);
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "d0");
	send_request(f);
	assert_string_equal(name_in(receive(f)), "d0");
	assert_no_more(f);

	ask(f, RTM_GETLINK, 0);
	assert_refused(f, -EINVAL, NULL);
	ask(f, RTM_GETLINK, 0);
	f->ifinfo->ifi_index = 99;
	assert_refused(f, -ENODEV, NULL);
}

static void a_dump_lists_all_and_ends_with_done(void **state)
{
	struct fixture *f = *state;
	const struct nlmsghdr *header;
	int len, count = 0;
	char name[16];

	for (int i = 1; i < 60; i++) {
		name[0] = 'd';
		name[1] = (char)('0' + i / 10);
		name[2] = (char)('0' + i % 10);
		name[3] = '\0';
		assert_int_equal(lw_link_add(f->machine, name, "dummy"), 0);
	}
	ask(f, RTM_GETLINK, NLM_F_DUMP | NLM_F_ACK);
	f->header->nlmsg_len = NLMSG_LENGTH(sizeof(struct rtgenmsg)); /* as glibc asks */
	send_request(f);
	while ((header = receive(f))->nlmsg_type != NLMSG_DONE) {
		assert_true(f->len <= 8192);
		for (len = f->len; mnl_nlmsg_ok(header, len);
		     header = mnl_nlmsg_next(header, &len)) {
			assert_int_equal(header->nlmsg_type, RTM_NEWLINK);
			assert_int_equal(header->nlmsg_flags, NLM_F_MULTI);
			assert_int_equal(((const struct ifinfomsg *)mnl_nlmsg_get_payload(header))
						 ->ifi_index,
					 ++count);
		}
	}
	assert_int_equal(count, 61);
	assert_int_equal(*(const int32_t *)mnl_nlmsg_get_payload(header), 0);
	assert_no_more(f);

	ask(f, RTM_GETADDR, NLM_F_DUMP);
	send_request(f);
	assert_int_equal(receive(f)->nlmsg_type, NLMSG_DONE);
	assert_no_more(f);
}

static void a_dump_can_be_filtered(void **state)
{
	struct fixture *f = *state;
	struct nlattr *nest;

	assert_int_equal(lw_link_add(f->machine, "br0", "bridge"), 0);
	assert_int_equal(lw_link_master(f->machine, "d0", "br0"), 0);
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	mnl_attr_put_u32(f->header, IFLA_MASTER, (uint32_t)lw_ifindex(f->machine, "br0"));
	send_request(f);
	assert_string_equal(name_in(receive(f)), "d0");
	assert_int_equal(((const struct nlmsghdr *)f->answer)->nlmsg_flags,
			 NLM_F_MULTI | NLM_F_DUMP_FILTERED);
	assert_int_equal(receive(f)->nlmsg_type, NLMSG_DONE);

	ask(f, RTM_GETLINK, NLM_F_DUMP);
	nest = mnl_attr_nest_start(f->header, IFLA_LINKINFO);
	mnl_attr_put_strz(f->header, IFLA_INFO_KIND, "bridge");
	mnl_attr_nest_end(f->header, nest);
	send_request(f);
	assert_string_equal(name_in(receive(f)), "br0");
	assert_int_equal(receive(f)->nlmsg_type, NLMSG_DONE);
	assert_no_more(f);

	for (int i = 0; i < 2; i++) { /* not of links */
		ask(f, RTM_GETLINK, NLM_F_DUMP);
		f->ifinfo->ifi_family = i ? AF_BRIDGE : AF_INET6;
		send_request(f);
		assert_int_equal(receive(f)->nlmsg_type, NLMSG_DONE);
		assert_no_more(f);
	}
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	f->ifinfo->ifi_family = AF_INET; /* has no dump of its own */
	send_request(f);
	assert_string_equal(name_in(receive(f)), "lo");
}

static void strict_checking(void **state)
{
	struct fixture *f = *state;

	ask(f, RTM_GETLINK, 0);
	f->ifinfo->ifi_index = 2;
	f->ifinfo->ifi_change = 1;
	assert_refused(f, -EINVAL, "Invalid values in header for get link request");
	ask(f, RTM_GETLINK, 0);
	f->ifinfo->ifi_index = 2;
	mnl_attr_put_u32(f->header, IFLA_MTU, 1);
	assert_refused(f, -EINVAL, "Unsupported attribute in get link request");
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	f->ifinfo->ifi_index = 2;
	assert_refused(f, -EINVAL, "Filter by device index not supported for link dumps");
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	f->ifinfo->ifi_flags = 2;
	assert_refused(f, -EINVAL, "Invalid values in header for link dump request");
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	mnl_attr_put_u32(f->header, IFLA_MTU, 1);
	assert_refused(f, -EINVAL, "Unsupported attribute in link dump request");
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	f->header->nlmsg_len = NLMSG_LENGTH(sizeof(struct rtgenmsg));
	assert_refused(f, -EINVAL, "Invalid header for link dump");
	ask(f, RTM_GETLINK, NLM_F_DUMP);
	mnl_attr_put_u32(f->header, IFLA_EXT_MASK, 1);
	send_request(f);
	assert_int_equal(receive(f)->nlmsg_type, RTM_NEWLINK);
}

/* As networkd opens a link: the notification comes first, then the ACK. */
static void setlink_notifies_then_acknowledges(void **state)
{
	struct fixture *f = *state;
	struct lw_socket *both;
	struct lw_link link;

	assert_int_equal(lw_socket_new(f->machine, RTMGRP_LINK, 0, &both), 0);
	ask(f, RTM_SETLINK, NLM_F_ACK);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	f->ifinfo->ifi_flags = f->ifinfo->ifi_change = IFF_UP;
	assert_int_equal(lw_send(both, f->request, f->header->nlmsg_len), 0);
	assert_int_equal(lw_recv_link(both, &link), 0);
	assert_int_equal(link.type, RTM_NEWLINK);
	assert_int_equal(link.seq, 0);
	assert_int_equal(link.flags & IFF_UP, IFF_UP);
	assert_int_equal(lw_recv_link(both, &link), 0);
	assert_int_equal(link.type, NLMSG_ERROR);
	assert_int_equal(link.error, 0);
	assert_int_equal(link.seq, 77);
	assert_int_equal(lw_recv_link(both, &link), -EAGAIN);
	lw_socket_free(both);
}

static void set_every_attribute(void **state)
{
	struct fixture *f = *state;
	struct lw_link link;
	int netns = lw_netns_add(f->machine);

	assert_int_equal(lw_link_add(f->machine, "br0", "bridge"), 0);
	ask(f, RTM_NEWLINK, 0);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "d1");
	mnl_attr_put_u32(f->header, IFLA_MTU, 1300);
	mnl_attr_put_u32(f->header, IFLA_TXQLEN, 5);
	mnl_attr_put_u8(f->header, IFLA_LINKMODE, 1);
	mnl_attr_put_u8(f->header, IFLA_CARRIER, 0);
	mnl_attr_put(f->header, IFLA_ADDRESS, 6, "\2\0\0\0\0\7");
	mnl_attr_put_u32(f->header, IFLA_MASTER, (uint32_t)lw_ifindex(f->machine, "br0"));
	assert_acknowledged(f);
	assert_int_equal(lw_link_get(f->machine, "d1", &link), 0);
	assert_int_equal(link.mtu, 1300);
	assert_int_equal(link.txqlen, 5);
	assert_int_equal(link.linkmode, 1);
	assert_false(link.has_carrier);
	assert_int_equal(link.address[5], 7);
	assert_int_equal(link.master, lw_ifindex(f->machine, "br0"));

	ask(f, RTM_SETLINK, 0);
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "d1");
	mnl_attr_put_u32(f->header, IFLA_MASTER, 0);
	mnl_attr_put_u32(f->header, IFLA_NET_NS_FD, (uint32_t)netns);
	assert_acknowledged(f);
	assert_int_equal(lw_link_get(f->machine, "d1", &link), -ENODEV);
	ask(f, RTM_SETLINK, 0);
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "br0");
	mnl_attr_put_u32(f->header, IFLA_NET_NS_FD, 9);
	assert_refused(f, -EBADF, NULL);
	ask(f, RTM_SETLINK, 0);
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "br0");
	mnl_attr_put_u32(f->header, IFLA_NET_NS_PID, 9);
	assert_refused(f, -ESRCH, NULL);
}

/* Begins RTM_NEWLINK for a new device with IFLA_LINKINFO. */
static struct nlattr *ask_new(struct fixture *f, const char *name, const char *kind)
{
	struct nlattr *info;

	ask(f, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);
	if (name)
		mnl_attr_put_strz(f->header, IFLA_IFNAME, name);
	info = mnl_attr_nest_start(f->header, IFLA_LINKINFO);
	mnl_attr_put_strz(f->header, IFLA_INFO_KIND, kind);
	return info;
}

static void end_nest(struct fixture *f, struct nlattr *nest)
{
	mnl_attr_nest_end(f->header, nest);
}

static void create_every_kind(void **state)
{
	static const char *const plain[] = { "dummy", "bridge", "bond", "team", "veth" };
	struct fixture *f = *state;
	struct nlattr *info, *data, *peer;
	struct lw_link link;
	uint32_t d0 = (uint32_t)lw_ifindex(f->machine, "d0");

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		char name[16];

		end_nest(f, ask_new(f, NULL, plain[i]));
		assert_acknowledged(f);
		strcpy(stpcpy(name, plain[i]), "0");
		assert_int_equal(lw_link_get(f->machine, name, &link), 0);
		assert_string_equal(link.kind, plain[i]);
	}
	assert_int_equal(lw_link_get(f->machine, "veth1", &link), 0);

	info = ask_new(f, "v0", "veth");
	data = mnl_attr_nest_start(f->header, IFLA_INFO_DATA);
	peer = mnl_attr_nest_start(f->header, VETH_INFO_PEER);
	mnl_nlmsg_put_extra_header(f->header, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "v1");
	mnl_attr_nest_end(f->header, peer);
	mnl_attr_nest_end(f->header, data);
	mnl_attr_nest_end(f->header, info);
	assert_acknowledged(f);
	assert_int_equal(lw_link_get(f->machine, "v1", &link), 0);

	info = ask_new(f, "d0.7", "vlan");
	data = mnl_attr_nest_start(f->header, IFLA_INFO_DATA);
	mnl_attr_put_u16(f->header, IFLA_VLAN_ID, 7);
	mnl_attr_nest_end(f->header, data);
	mnl_attr_nest_end(f->header, info);
	mnl_attr_put_u32(f->header, IFLA_LINK, d0);
	assert_acknowledged(f);
	assert_int_equal(lw_link_get(f->machine, "d0.7", &link), 0);
	assert_int_equal(link.link, d0);

	info = ask_new(f, "mv0", "macvlan");
	mnl_attr_nest_end(f->header, info);
	mnl_attr_put_u32(f->header, IFLA_LINK, d0);
	assert_acknowledged(f);

	info = ask_new(f, "b1", "bond");
	data = mnl_attr_nest_start(f->header, IFLA_INFO_DATA);
	mnl_attr_put_u8(f->header, IFLA_BOND_MODE, 1);
	mnl_attr_put_u32(f->header, IFLA_BOND_MIIMON, 100);
	mnl_attr_nest_end(f->header, data);
	mnl_attr_nest_end(f->header, info);
	assert_acknowledged(f);
	assert_true(lw_next(f->machine) < LW_NEVER || lw_link_up(f->machine, "b1") == 0);

	info = ask_new(f, "vrf0", "vrf");
	data = mnl_attr_nest_start(f->header, IFLA_INFO_DATA);
	mnl_attr_put_u32(f->header, IFLA_VRF_TABLE, 9);
	mnl_attr_nest_end(f->header, data);
	mnl_attr_nest_end(f->header, info);
	assert_acknowledged(f);
}

static void what_cannot_be_created(void **state)
{
	struct fixture *f = *state;

	end_nest(f, ask_new(f, "x0", "wireguard"));
	assert_refused(f, -EOPNOTSUPP, "Unknown device type");
	end_nest(f, ask_new(f, "x0", "vlan"));
	assert_refused(f, -EINVAL, "8021q: VLAN properties not specified");
	end_nest(f, ask_new(f, "x0", "vrf"));
	assert_refused(f, -EINVAL, "VRF table id is missing");
	end_nest(f, ask_new(f, "x0", "macvlan"));
	assert_refused(f, -EINVAL, NULL);
	end_nest(f, ask_new(f, "d0", "dummy"));
	assert_refused(f, -EEXIST, NULL);
	end_nest(f, ask_new(f, "d0", "dummy"));
	f->header->nlmsg_flags = NLM_F_REQUEST | NLM_F_REPLACE;
	assert_refused(f, -EOPNOTSUPP, NULL);
	end_nest(f, ask_new(f, "x0", "dummy"));
	f->header->nlmsg_flags = NLM_F_REQUEST;
	assert_refused(f, -ENODEV, NULL);
	end_nest(f, ask_new(f, "x0", "dummy"));
	f->ifinfo->ifi_index = -1;
	assert_refused(f, -EINVAL, "ifindex can't be negative");
	ask(f, RTM_NEWADDR, NLM_F_CREATE);
	assert_refused(f, -EOPNOTSUPP, NULL);
	ask(f, RTM_NEWLINK, NLM_F_CREATE); /* iproute2's probe */
	assert_refused(f, -EOPNOTSUPP, "Unknown device type");
}

/* A wrong length is refused, with the attribute's place. */
static void attributes_are_validated(void **state)
{
	struct fixture *f = *state;
	const struct nlmsghdr *header;
	const struct nlattr *attr;

	ask(f, RTM_SETLINK, 0);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	mnl_attr_put_u8(f->header, IFLA_MTU, 1);
	send_request(f);
	header = receive(f);
	assert_int_equal(error_of(header), -ERANGE);
	assert_string_equal(text_of(header), "Attribute failed policy validation");
	attr = find(header, sizeof(int32_t) + f->header->nlmsg_len, NLMSGERR_ATTR_OFFS);
	assert_non_null(attr);
	assert_int_equal(mnl_attr_get_u32(attr), sizeof(*header) + sizeof(struct ifinfomsg));
	ask(f, RTM_SETLINK, 0);
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "a-name-too-long-");
	assert_refused(f, -ERANGE, "Attribute failed policy validation");
	ask(f, RTM_SETLINK, 0);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	mnl_attr_put(f->header, IFLA_ADDRESS, 3, "abc");
	assert_refused(f, -EINVAL, NULL);
	ask(f, RTM_SETLINK, 0);
	f->header->nlmsg_len = NLMSG_LENGTH(4);
	assert_refused(f, -EINVAL, "Invalid header length");
	ask(f, RTM_SETLINK, 0);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	mnl_attr_put_u32(f->header, IFLA_MTU, 70000);
	mnl_attr_put_u32(f->header, IFLA_TXQLEN, 1);
	f->header->nlmsg_len -= 4; /* the last attribute does not fit: it is ignored */
	f->header->nlmsg_flags |= NLM_F_ACK;
	send_request(f);
	assert_int_equal(error_of(receive(f)), 0);
}

static void a_capped_ack_quotes_the_header_only(void **state)
{
	struct fixture *f = *state;
	const struct nlmsghdr *header;

	end_nest(f, ask_new(f, "x0", "wireguard"));
	send_request(f);
	header = receive(f);
	assert_int_equal(error_of(header), -EOPNOTSUPP);
	assert_int_equal(header->nlmsg_flags, NLM_F_CAPPED | NLM_F_ACK_TLVS);
	assert_string_equal(text_of(header), "Unknown device type");
}

static void delete_and_a_batch(void **state)
{
	struct fixture *f = *state;
	uint32_t both[64];
	size_t len;

	ask(f, RTM_DELLINK, NLM_F_ACK);
	mnl_attr_put_strz(f->header, IFLA_IFNAME, "d0");
	len = f->header->nlmsg_len;
	memcpy(both, f->request, len);
	memcpy((char *)both + len, f->request, len);
	memset((char *)both + 2 * len, 0, 12); /* `ip` sends zeros behind */
	assert_int_equal(lw_send(f->socket, both, 2 * len + 12), 0);
	assert_int_equal(error_of(receive(f)), 0);
	assert_int_equal(error_of(receive(f)), -ENODEV);
	assert_no_more(f);
	assert_int_equal(lw_send(f->socket, both, 15), 0);
	assert_int_equal(lw_send(f->socket, NULL, 0), 0);
	ask(f, RTM_GETLINK, 0);
	f->header->nlmsg_flags = 0; /* no request */
	send_request(f);
	ask(f, NLMSG_NOOP, 0);
	send_request(f);
	assert_no_more(f);
}

/* The same wrong VLAN, without and with a text. */
static void old_kernels_have_no_text(void **state)
{
	static const char *const texts[] = { NULL, "8021q: Invalid VLAN id" };
	struct fixture *f = *state;

	for (int i = 0; i < 2; i++) {
		struct nlattr *info = ask_new(f, "d0.0", "vlan"), *data;

		data = mnl_attr_nest_start(f->header, IFLA_INFO_DATA);
		mnl_attr_put_u16(f->header, IFLA_VLAN_ID, 4095);
		mnl_attr_nest_end(f->header, data);
		mnl_attr_nest_end(f->header, info);
		mnl_attr_put_u32(f->header, IFLA_LINK, (uint32_t)lw_ifindex(f->machine, "d0"));
		assert_refused(f, -ERANGE, texts[i]);
		ask(f, RTM_SETLINK, 0);
		f->header->nlmsg_len = NLMSG_LENGTH(4);
		assert_refused(f, -EINVAL, i ? "Invalid header length" : NULL);
		teardown(state);
		assert_int_equal(setup_strict(state), 0);
	}
}

/* libmnl's own receive, on the descriptor. */
static void descriptors(void **state)
{
	struct fixture *f = *state;
	int fd = lw_socket_fd(f->listener, LW_FD_NETLINK);
	struct mnl_socket *nl;
	ssize_t len;

	if (fd == -EPROTONOSUPPORT || fd == -EAFNOSUPPORT || fd == -EPERM)
		skip();
	assert_true(fd >= 0);
	assert_int_equal(lw_socket_fd(f->listener, LW_FD_NETLINK), -EBUSY);
	nl = mnl_socket_fdopen(fd);
	assert_non_null(nl);
	len = mnl_socket_recvfrom(nl, f->answer, sizeof(f->answer)); /* of d0, from the queue */
	assert_true(len > 0);
	assert_string_equal(name_in((const void *)f->answer), "d0");
	assert_int_equal(mnl_socket_recvfrom(nl, f->answer, sizeof(f->answer)), -1);
	assert_int_equal(errno, EAGAIN);

	ask(f, RTM_GETLINK, NLM_F_DUMP);
	assert_int_equal(send(fd, f->request, f->header->nlmsg_len, 0), f->header->nlmsg_len);
	assert_int_equal(lw_socket_serve(f->listener), 0);
	len = mnl_socket_recvfrom(nl, f->answer, sizeof(f->answer));
	assert_int_equal(
		mnl_cb_run(f->answer, (size_t)len, 77, lw_socket_portid(f->listener), NULL, NULL),
		MNL_CB_OK);
	len = mnl_socket_recvfrom(nl, f->answer, sizeof(f->answer));
	assert_int_equal(
		mnl_cb_run(f->answer, (size_t)len, 77, lw_socket_portid(f->listener), NULL, NULL),
		MNL_CB_STOP);
	mnl_socket_close(nl);
	assert_int_equal(lw_link_up(f->machine, "d0"), 0); /* nobody reads: no harm */
}

static void unix_descriptors(void **state)
{
	struct fixture *f = *state;
	int fd = lw_socket_fd(f->socket, LW_FD_UNIX);

	assert_true(fd >= 0);
	ask(f, RTM_SETLINK, NLM_F_ACK);
	f->ifinfo->ifi_index = lw_ifindex(f->machine, "d0");
	f->ifinfo->ifi_change = IFF_UP;
	assert_int_equal(send(fd, f->request, f->header->nlmsg_len, 0), f->header->nlmsg_len);
	assert_int_equal(lw_run_for(f->machine, LW_MS), 0);
	assert_true(recv(fd, f->answer, sizeof(f->answer), 0) > 16);
	assert_int_equal(error_of((const void *)f->answer), 0);
	close(fd);
	assert_int_equal(lw_socket_fd(f->listener, (enum lw_fd)3), -EINVAL);
	assert_int_equal(lw_socket_new(f->machine, 2, 0, &(struct lw_socket *){ NULL }), -EINVAL);
}

int main(void)
{
#define TEST(test, setup) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(get_by_number_and_by_name, setup),
		TEST(a_dump_lists_all_and_ends_with_done, setup),
		TEST(a_dump_can_be_filtered, setup),
		TEST(strict_checking, setup_strict),
		TEST(setlink_notifies_then_acknowledges, setup),
		TEST(set_every_attribute, setup),
		TEST(create_every_kind, setup),
		TEST(what_cannot_be_created, setup_strict),
		TEST(attributes_are_validated, setup_strict),
		TEST(a_capped_ack_quotes_the_header_only, setup_capped),
		TEST(delete_and_a_batch, setup),
		TEST(old_kernels_have_no_text, setup_old),
		TEST(descriptors, setup),
		TEST(unix_descriptors, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
