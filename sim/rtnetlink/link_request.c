/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests for links, read from bytes. */
#include "sim/rtnetlink/link_request.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <string.h>

enum value_kind {
	VALUE_U8,
	VALUE_U32,
	VALUE_TEXT,    /* `size` with its NUL, which need not be in the attribute */
	VALUE_ADDRESS, /* at most `size` */
	VALUE_SEEN,    /* only its presence counts */
};

struct rule {
	uint16_t type;
	uint8_t kind; /* enum value_kind */
	uint32_t has; /* enum request_has */
	size_t at;    /* in struct request_values */
	size_t size;
};

#define FIELD(field) offsetof(struct request_values, field)
#define RULE(type_, kind_, has_, field)                                                            \
	{                                                                                          \
		type_, kind_, has_, FIELD(field), sizeof(((struct request_values *)0)->field)      \
	}

static const struct rule rules[] = {
	RULE(IFLA_IFNAME, VALUE_TEXT, REQUEST_HAS_NAME, name),
	RULE(IFLA_ADDRESS, VALUE_ADDRESS, REQUEST_HAS_ADDRESS, address),
	RULE(IFLA_MTU, VALUE_U32, REQUEST_HAS_MTU, mtu),
	RULE(IFLA_TXQLEN, VALUE_U32, REQUEST_HAS_TXQLEN, txqlen),
	RULE(IFLA_OPERSTATE, VALUE_U8, REQUEST_HAS_OPERSTATE, operstate),
	RULE(IFLA_LINKMODE, VALUE_U8, REQUEST_HAS_LINKMODE, linkmode),
	RULE(IFLA_CARRIER, VALUE_U8, REQUEST_HAS_CARRIER, carrier),
	RULE(IFLA_MASTER, VALUE_U32, REQUEST_HAS_MASTER, master),
	RULE(IFLA_GROUP, VALUE_U32, REQUEST_HAS_GROUP, group),
	{ IFLA_IFALIAS, VALUE_SEEN, REQUEST_HAS_ALIAS, 0, 0 },
	RULE(IFLA_PROTO_DOWN, VALUE_U8, REQUEST_HAS_PROTO_DOWN, proto_down),
	RULE(IFLA_NET_NS_PID, VALUE_U32, REQUEST_HAS_NETNS_PID, netns_pid),
	RULE(IFLA_NET_NS_FD, VALUE_U32, REQUEST_HAS_NETNS_FD, netns_fd),
	RULE(IFLA_NEW_IFINDEX, VALUE_U32, REQUEST_HAS_NEW_IFINDEX, new_ifindex),
	RULE(IFLA_LINK, VALUE_U32, REQUEST_HAS_LINK, link),
	RULE(IFLA_TARGET_NETNSID, VALUE_U32, REQUEST_HAS_TARGET_NETNSID, target_netnsid),
	RULE(IFLA_EXT_MASK, VALUE_U32, REQUEST_HAS_EXT_MASK, ext_mask),
};

struct reader {
	const struct nlmsghdr *header;
	struct request_error *error;
};

static int refuse(const struct reader *reader, const struct nlattr *attr)
{
	reader->error->text = "Attribute failed policy validation";
	reader->error->offset = (uint32_t)((const char *)attr - (const char *)reader->header);
	return -ERANGE;
}

/* Copies a value of at least `size` bytes; more are ignored, as the kernel does with old types. */
static int read_fixed(const struct reader *reader, const struct nlattr *attr, void *ret_value,
		      size_t size)
{
	if (mnl_attr_get_payload_len(attr) < size)
		return refuse(reader, attr);
	memcpy(ret_value, mnl_attr_get_payload(attr), size);
	return 0;
}

static int read_text(const struct reader *reader, const struct nlattr *attr, char *ret_text,
		     size_t size)
{
	size_t len = strnlen(mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));

	if (len >= size)
		return refuse(reader, attr);
	memcpy(ret_text, mnl_attr_get_payload(attr), len);
	ret_text[len] = '\0';
	return 0;
}

static const struct rule *rule_of(uint16_t type)
{
	for (const struct rule *rule = rules; rule < rules + sizeof(rules) / sizeof(rules[0]);
	     rule++)
		if (rule->type == type)
			return rule;
	return NULL;
}

static int read_value(const struct reader *reader, const struct nlattr *attr,
		      struct request_values *values)
{
	const struct rule *rule = rule_of(mnl_attr_get_type(attr));
	char *value = rule ? (char *)values + rule->at : NULL;

	if (!rule) {
		values->has |= REQUEST_HAS_OTHER;
		return 0;
	}
	values->has |= rule->has;
	switch (rule->kind) {
	case VALUE_TEXT:
		return read_text(reader, attr, value, rule->size);
	case VALUE_ADDRESS:
		values->address_len = mnl_attr_get_payload_len(attr);
		if (values->address_len > rule->size)
			return refuse(reader, attr);
		memcpy(value, mnl_attr_get_payload(attr), values->address_len);
		return 0;
	case VALUE_SEEN:
		return 0;
	default:
		return read_fixed(reader, attr, value, rule->size);
	}
}

/* The attributes of a nest, or of a message after its header. Ends at one that does not fit. */
#define FOR_EACH_ATTR(at, start, end)                                                              \
	for ((at) = (start); mnl_attr_ok(at, (int)((const char *)(end) - (const char *)(at)));     \
	     (at) = mnl_attr_next(at))

static const void *end_of(const struct nlattr *attr)
{
	return (const char *)mnl_attr_get_payload(attr) + mnl_attr_get_payload_len(attr);
}

/* A struct ifinfomsg and the attributes behind it, but for IFLA_LINKINFO, which *ret_info gets. */
static int read_link(const struct reader *reader, const void *bytes, const void *end,
		     struct request_values *values, const struct nlattr **ret_info)
{
	const struct ifinfomsg *ifinfo = bytes;
	const struct nlattr *attr;
	const struct nlattr *alt = NULL;

	if ((const char *)end - (const char *)bytes < (ptrdiff_t)sizeof(*ifinfo)) {
		reader->error->text = "Invalid header length";
		return -EINVAL;
	}
	values->family = ifinfo->ifi_family;
	values->type = ifinfo->ifi_type;
	values->ifindex = ifinfo->ifi_index;
	values->flags = ifinfo->ifi_flags;
	values->change = ifinfo->ifi_change;
	FOR_EACH_ATTR(attr, (const struct nlattr *)(const void *)(ifinfo + 1), end)
	{
		int err = 0;

		if (mnl_attr_get_type(attr) == IFLA_LINKINFO)
			*ret_info = attr;
		else if (mnl_attr_get_type(attr) == IFLA_ALT_IFNAME)
			alt = attr;
		else
			err = read_value(reader, attr, values);
		if (err)
			return err;
	}
	if (!alt || values->has & REQUEST_HAS_NAME)
		return 0;
	values->has |= REQUEST_HAS_NAME;
	return read_text(reader, alt, values->name, sizeof(values->name));
}

static int read_vlan(const struct reader *reader, const struct nlattr *attr,
		     struct link_request *request)
{
	struct ifla_vlan_flags flags;
	uint16_t protocol;
	int err;

	switch (mnl_attr_get_type(attr)) {
	case IFLA_VLAN_ID:
		return read_fixed(reader, attr, &request->vlan_id, sizeof(request->vlan_id));
	case IFLA_VLAN_PROTOCOL:
		err = read_fixed(reader, attr, &protocol, sizeof(protocol));
		if (!err)
			request->vlan_protocol = ntohs(protocol);
		return err;
	case IFLA_VLAN_FLAGS:
		err = read_fixed(reader, attr, &flags, sizeof(flags));
		if (!err)
			request->vlan_flags = flags.flags & flags.mask;
		return err;
	default:
		return 0;
	}
}

static int read_bond(const struct reader *reader, const struct nlattr *attr,
		     struct link_request *request)
{
	if (mnl_attr_get_type(attr) == IFLA_BOND_MODE)
		return read_fixed(reader, attr, &request->bond_mode, sizeof(request->bond_mode));
	if (mnl_attr_get_type(attr) == IFLA_BOND_MIIMON)
		return read_fixed(reader, attr, &request->bond_miimon,
				  sizeof(request->bond_miimon));
	return 0;
}

static int read_datum(const struct reader *reader, const struct nlattr *attr,
		      struct link_request *request)
{
	const struct nlattr *info = NULL;

	if (strcmp(request->kind, "vlan") == 0)
		return read_vlan(reader, attr, request);
	if (strcmp(request->kind, "bond") == 0)
		return read_bond(reader, attr, request);
	if (strcmp(request->kind, "vrf") == 0 && mnl_attr_get_type(attr) == IFLA_VRF_TABLE)
		return read_fixed(reader, attr, &request->vrf_table, sizeof(request->vrf_table));
	if (strcmp(request->kind, "veth") == 0 && mnl_attr_get_type(attr) == VETH_INFO_PEER) {
		request->has_peer = true;
		return read_link(reader, mnl_attr_get_payload(attr), end_of(attr), &request->peer,
				 &info);
	}
	return 0;
}

static int read_info(const struct reader *reader, const struct nlattr *info,
		     struct link_request *request)
{
	const struct nlattr *attr, *data = NULL;

	FOR_EACH_ATTR(attr, (const struct nlattr *)mnl_attr_get_payload(info), end_of(info))
	{
		int err = 0;

		if (mnl_attr_get_type(attr) == IFLA_INFO_KIND) {
			request->values.has |= REQUEST_HAS_KIND;
			err = read_text(reader, attr, request->kind, sizeof(request->kind));
		} else if (mnl_attr_get_type(attr) == IFLA_INFO_DATA) {
			request->values.has |= REQUEST_HAS_DATA;
			data = attr;
		}
		if (err)
			return err;
	}
	if (!data)
		return 0;
	FOR_EACH_ATTR(attr, (const struct nlattr *)mnl_attr_get_payload(data), end_of(data))
	{
		int err = read_datum(reader, attr, request);

		if (err)
			return err;
	}
	return 0;
}

int link_request_read(const struct nlmsghdr *header, struct link_request *ret_request,
		      struct request_error *ret_error)
{
	const struct reader reader = { .header = header, .error = ret_error };
	const struct nlattr *info = NULL;
	int err;

	memset(ret_request, 0, sizeof(*ret_request));
	*ret_error = (struct request_error){ 0 };
	ret_request->header = *header;
	err = read_link(&reader, mnl_nlmsg_get_payload(header),
			(const char *)header + header->nlmsg_len, &ret_request->values, &info);
	if (!err && info)
		err = read_info(&reader, info, ret_request);
	return err;
}
