/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests as a kernel reads them. */
#include "sim/rtnetlink/link_request.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <string.h>

#include "sim/rtnetlink/link_attributes.h"

static const char policy_text[] = "Attribute failed policy validation";
static const char leftover_text[] = "bytes leftover after parsing attributes";

struct request_reader {
	const uint8_t *bytes; /* offsets count from here */
	struct link_request *request;
	struct request_ack *ack;
};

static bool refuse(struct request_reader *reader, int error, const char *text,
		   const void *attribute)
{
	reader->ack->error = error;
	reader->ack->text = text;
	reader->ack->attribute =
		attribute ? (uint32_t)((const uint8_t *)attribute - reader->bytes) : 0;
	return false;
}

/* A value that is longer than its type is cut, as the kernel does; a shorter one is refused. */
static bool take_number(struct request_reader *reader, const struct nlattr *attr, void *ret_value,
			size_t size)
{
	if (mnl_attr_get_payload_len(attr) < size)
		return refuse(reader, ERANGE, policy_text, attr);
	memcpy(ret_value, mnl_attr_get_payload(attr), size);
	return true;
}

/* A text may lack its NUL. A kind that is too long is cut, a name or an alias is refused. */
static bool take_text(struct request_reader *reader, const struct nlattr *attr, char *ret_text,
		      size_t size)
{
	const char *text = mnl_attr_get_payload(attr);
	size_t len = mnl_attr_get_payload_len(attr);
	bool is_kind = size == LINK_KIND_MAX_BYTES;

	if (!len)
		return refuse(reader, ERANGE, policy_text, attr);
	len -= text[len - 1] == '\0';
	if (len >= size && !is_kind)
		return refuse(reader, ERANGE, policy_text, attr);
	len = strnlen(text, len < size ? len : size - 1);
	memcpy(ret_text, text, len);
	memset(ret_text + len, 0, size - len);
	return true;
}

/* Into the fields that requests share with messages. */
static bool take_link_value(struct request_reader *reader, const struct nlattr *attr,
			    const struct link_attribute *to, struct rtnl_link_message *ret_link)
{
	char *value = (char *)ret_link + to->at;
	uint8_t byte = 0;

	ret_link->has |= to->has;
	switch (to->kind) {
	case LINK_U8:
		if (!take_number(reader, attr, &byte, 1))
			return false;
		if (to->has & (LINK_HAS_CARRIER | LINK_HAS_PROTO_DOWN))
			*(bool *)value = byte;
		else
			*(uint8_t *)value = byte;
		return true;
	case LINK_U32:
		return take_number(reader, attr, value, sizeof(uint32_t));
	case LINK_TEXT:
		return take_text(reader, attr, value, to->size);
	default:
		if (mnl_attr_get_payload_len(attr) > to->size)
			return refuse(reader, ERANGE, policy_text, attr);
		((uint8_t *)ret_link)[to->len_at] = (uint8_t)mnl_attr_get_payload_len(attr);
		memcpy(value, mnl_attr_get_payload(attr), mnl_attr_get_payload_len(attr));
		return true;
	}
}

typedef bool (*take_fn)(struct request_reader *reader, const struct nlattr *attr, void *user);

/* Where a length is wrong, the kernel stops, and warns. */
static bool each_attribute(struct request_reader *reader, const void *from, const void *end,
			   take_fn take, void *user)
{
	const struct nlattr *attr = from;

	while (mnl_attr_ok(attr, (int)((const uint8_t *)end - (const uint8_t *)attr))) {
		if (!take(reader, attr, user))
			return false;
		attr = mnl_attr_next(attr);
	}
	if ((const uint8_t *)attr < (const uint8_t *)end)
		reader->ack->text = leftover_text;
	return true;
}

static bool each_nested(struct request_reader *reader, const struct nlattr *nest, take_fn take,
			void *user)
{
	const uint8_t *from = mnl_attr_get_payload(nest);
	size_t len = mnl_attr_get_payload_len(nest);

	if (len && len < sizeof(struct nlattr))
		return refuse(reader, ERANGE, policy_text, nest);
	return each_attribute(reader, from, from + len, take, user);
}

static bool take_vlan(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;
	struct ifla_vlan_flags flags;

	(void)user;
	switch (mnl_attr_get_type(attr)) {
	case IFLA_VLAN_ID:
		request->has |= REQUEST_HAS_VLAN_ID;
		return take_number(reader, attr, &request->vlan_id, sizeof(request->vlan_id));
	case IFLA_VLAN_PROTOCOL:
		request->has |= REQUEST_HAS_VLAN_PROTOCOL;
		if (!take_number(reader, attr, &request->vlan_protocol,
				 sizeof(request->vlan_protocol)))
			return false;
		request->vlan_protocol = ntohs(request->vlan_protocol);
		return true;
	case IFLA_VLAN_FLAGS:
		request->has |= REQUEST_HAS_VLAN_FLAGS;
		if (!take_number(reader, attr, &flags, sizeof(flags)))
			return false;
		request->vlan_flags = flags.flags;
		request->vlan_flags_mask = flags.mask;
		return true;
	default:
		return true;
	}
}

static bool take_vrf(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;

	(void)user;
	if (mnl_attr_get_type(attr) != IFLA_VRF_TABLE)
		return true;
	request->has |= REQUEST_HAS_VRF_TABLE;
	return take_number(reader, attr, &request->vrf_table, sizeof(request->vrf_table));
}

static bool take_bond(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;

	(void)user;
	switch (mnl_attr_get_type(attr)) {
	case IFLA_BOND_MODE:
		request->has |= REQUEST_HAS_BOND_MODE;
		return take_number(reader, attr, &request->bond_mode, sizeof(request->bond_mode));
	case IFLA_BOND_MIIMON:
		request->has |= REQUEST_HAS_BOND_MIIMON;
		return take_number(reader, attr, &request->bond_miimon,
				   sizeof(request->bond_miimon));
	default:
		return true;
	}
}

static bool take_macvlan(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;

	(void)user;
	if (mnl_attr_get_type(attr) != IFLA_MACVLAN_MODE)
		return true;
	request->has |= REQUEST_HAS_MODE;
	return take_number(reader, attr, &request->mode, sizeof(request->mode));
}

static bool take_ipvlan(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;
	uint16_t mode = 0;

	(void)user;
	if (mnl_attr_get_type(attr) != IFLA_IPVLAN_MODE)
		return true;
	request->has |= REQUEST_HAS_MODE;
	if (!take_number(reader, attr, &mode, sizeof(mode)))
		return false;
	request->mode = mode;
	return true;
}

static bool take_kind(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	const struct link_attribute *to =
		link_attribute_find(link_info_attributes, mnl_attr_get_type(attr));

	return !to || take_link_value(reader, attr, to, user);
}

/* The attributes of a link, of the request itself or of a veth's peer. */
static bool take_shared(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	const struct link_attribute *to = link_attribute_of(mnl_attr_get_type(attr));

	return !to || take_link_value(reader, attr, to, user);
}

static bool take_peer(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;
	const uint8_t *payload = mnl_attr_get_payload(attr);
	struct ifinfomsg ifinfo;

	(void)user;
	if (mnl_attr_get_type(attr) != VETH_INFO_PEER)
		return true;
	request->has |= REQUEST_HAS_PEER;
	if (!take_number(reader, attr, &ifinfo, sizeof(ifinfo)))
		return false;
	request->peer.ifindex = ifinfo.ifi_index;
	request->peer.flags = ifinfo.ifi_flags;
	request->peer.change = ifinfo.ifi_change;
	return each_attribute(reader, payload + sizeof(ifinfo),
			      payload + mnl_attr_get_payload_len(attr), take_shared,
			      &request->peer);
}

/* By the kind, wherever that stands. */
static bool take_info_data(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	static const struct {
		const char *kind;
		take_fn take;
	} kinds[] = {
		{ "vlan", take_vlan }, { "vrf", take_vrf },	    { "bond", take_bond },
		{ "veth", take_peer }, { "macvlan", take_macvlan }, { "ipvlan", take_ipvlan },
	};

	(void)user;
	if (mnl_attr_get_type(attr) != IFLA_INFO_DATA)
		return true;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].kind, reader->request->link.kind) == 0)
			return each_nested(reader, attr, kinds[i].take, NULL);
	return true;
}

static bool take_attribute(struct request_reader *reader, const struct nlattr *attr, void *user)
{
	struct link_request *request = reader->request;

	switch (mnl_attr_get_type(attr)) {
	case IFLA_NET_NS_PID:
		request->has |= REQUEST_HAS_NET_NS_PID;
		return take_number(reader, attr, &request->net_ns_pid, sizeof(uint32_t));
	case IFLA_NET_NS_FD:
		request->has |= REQUEST_HAS_NET_NS_FD;
		return take_number(reader, attr, &request->net_ns_fd, sizeof(uint32_t));
	case IFLA_NEW_IFINDEX:
		request->has |= REQUEST_HAS_NEW_IFINDEX;
		return take_number(reader, attr, &request->new_ifindex, sizeof(int32_t));
	case IFLA_EXT_MASK:
		request->has |= REQUEST_HAS_EXT_MASK;
		return take_number(reader, attr, &request->ext_mask, sizeof(uint32_t));
	case IFLA_LINKINFO:
		return each_nested(reader, attr, take_kind, &request->link) &&
		       each_nested(reader, attr, take_info_data, NULL);
	default:
		return take_shared(reader, attr, user);
	}
}

/* What a strict RTM_GETLINK refuses in its header, before anything else. */
static bool is_header_good(struct request_reader *reader, const struct ifinfomsg *ifinfo)
{
	bool is_dump = reader->request->kind == REQUEST_DUMP;

	if (ifinfo->ifi_type || ifinfo->ifi_flags || ifinfo->ifi_change)
		return refuse(reader, EINVAL,
			      is_dump ? "Invalid values in header for link dump request"
				      : "Invalid values in header for get link request",
			      NULL);
	if (is_dump && ifinfo->ifi_index)
		return refuse(reader, EINVAL, "Filter by device index not supported for link dumps",
			      NULL);
	return true;
}

/* What it refuses besides wrong values. */
static bool are_attributes_good(struct request_reader *reader, const void *attributes,
				const void *end)
{
	bool is_dump = reader->request->kind == REQUEST_DUMP;
	const struct nlattr *attr = attributes;

	for (; mnl_attr_ok(attr, (int)((const uint8_t *)end - (const uint8_t *)attr));
	     attr = mnl_attr_next(attr)) {
		switch (mnl_attr_get_type(attr)) {
		case IFLA_EXT_MASK:
		case IFLA_TARGET_NETNSID:
			break;
		case IFLA_MASTER:
		case IFLA_LINKINFO:
			if (!is_dump)
				return refuse(reader, EINVAL,
					      "Unsupported attribute in get link request", NULL);
			break;
		case IFLA_IFNAME:
		case IFLA_ALT_IFNAME:
			if (!is_dump)
				break;
			/* fall through */
		default:
			if (mnl_attr_get_type(attr) > IFLA_MAX)
				return refuse(reader, EINVAL, "Unknown attribute type", attr);
			return refuse(reader, EINVAL,
				      is_dump ? "Unsupported attribute in link dump request"
					      : "Unsupported attribute in get link request",
				      NULL);
		}
	}
	if ((const uint8_t *)attr < (const uint8_t *)end)
		return refuse(reader, EINVAL, leftover_text, NULL);
	return true;
}

static bool read_body(struct request_reader *reader, const struct nlmsghdr *header, bool is_strict)
{
	struct link_request *request = reader->request;
	const struct ifinfomsg *ifinfo = mnl_nlmsg_get_payload(header);
	bool is_get = request->kind == REQUEST_GET || request->kind == REQUEST_DUMP;
	const uint8_t *end = reader->bytes + header->nlmsg_len, *attributes;

	if (mnl_nlmsg_get_payload_len(header) < sizeof(*ifinfo)) {
		if (request->kind == REQUEST_DUMP && !is_strict)
			return true; /* glibc sends a byte, the family */
		return refuse(reader, EINVAL,
			      request->kind == REQUEST_DUMP ? "Invalid header for link dump"
			      : is_get			    ? "Invalid header for get link"
							    : "Invalid header length",
			      NULL);
	}
	request->link.family = ifinfo->ifi_family;
	request->link.type = ifinfo->ifi_type;
	request->link.ifindex = ifinfo->ifi_index;
	request->link.flags = ifinfo->ifi_flags;
	request->link.change = ifinfo->ifi_change;
	if (is_get && is_strict && !is_header_good(reader, ifinfo))
		return false;
	attributes = mnl_nlmsg_get_payload_offset(header, sizeof(*ifinfo));
	if (!each_attribute(reader, attributes, end, take_attribute, &request->link)) {
		if (request->kind != REQUEST_DUMP || is_strict)
			return false;
		*reader->ack = (struct request_ack){ .error = 0 }; /* a dump ignores them */
	}
	return !is_get || !is_strict || are_attributes_good(reader, attributes, end);
}

enum request_read link_request_read(const void *bytes, size_t len, bool is_strict,
				    struct link_request *ret_request, struct request_ack *ret_ack)
{
	const struct nlmsghdr *header = bytes;
	struct request_reader reader = { .bytes = bytes, .request = ret_request, .ack = ret_ack };

	assert(((uintptr_t)bytes & 3) == 0);
	memset(ret_request, 0, sizeof(*ret_request));
	memset(ret_ack, 0, sizeof(*ret_ack));
	if (len < sizeof(*header) || header->nlmsg_len < sizeof(*header) || header->nlmsg_len > len)
		return REQUEST_NOTHING;
	ret_request->wants_ack = header->nlmsg_flags & NLM_F_ACK;
	ret_request->link.nl_flags = header->nlmsg_flags;
	ret_request->link.seq = header->nlmsg_seq;
	ret_request->link.portid = header->nlmsg_pid;
	switch (header->nlmsg_type) {
	case RTM_GETLINK:
		ret_request->kind = header->nlmsg_flags & NLM_F_DUMP ? REQUEST_DUMP : REQUEST_GET;
		break;
	case RTM_SETLINK:
		ret_request->kind = REQUEST_SET;
		break;
	case RTM_NEWLINK:
		ret_request->kind = REQUEST_NEW;
		break;
	case RTM_DELLINK:
		ret_request->kind = REQUEST_DEL;
		break;
	default:
		return REQUEST_OTHER;
	}
	if (!(header->nlmsg_flags & NLM_F_REQUEST) || header->nlmsg_len < sizeof(*header) + 1)
		return REQUEST_EMPTY;
	return read_body(&reader, header, is_strict) ? REQUEST_READ : REQUEST_REFUSED;
}

size_t request_ack_write(const void *request, const struct request_ack *ack,
			 const struct ack_options *options, uint8_t *ret_bytes)
{
	const struct nlmsghdr *asked = request;
	bool is_capped = !ack->error || options->is_capped;
	size_t repeated = is_capped ? sizeof(*asked) : asked->nlmsg_len;
	struct nlmsghdr *header;
	struct nlmsgerr *error;

	memset(ret_bytes, 0, repeated + REQUEST_ACK_MAX_BYTES);
	header = mnl_nlmsg_put_header(ret_bytes);
	header->nlmsg_type = NLMSG_ERROR;
	header->nlmsg_seq = asked->nlmsg_seq;
	header->nlmsg_pid = asked->nlmsg_pid;
	error = mnl_nlmsg_put_extra_header(header, sizeof(error->error) + repeated);
	error->error = -ack->error;
	memcpy(&error->msg, request, repeated);
	if (is_capped)
		header->nlmsg_flags |= NLM_F_CAPPED;
	if (!options->has_ext_ack || !ack->text)
		return header->nlmsg_len;
	header->nlmsg_flags |= NLM_F_ACK_TLVS;
	mnl_attr_put_strz(header, NLMSGERR_ATTR_MSG, ack->text);
	if (ack->attribute)
		mnl_attr_put_u32(header, NLMSGERR_ATTR_OFFS, ack->attribute);
	return header->nlmsg_len;
}
