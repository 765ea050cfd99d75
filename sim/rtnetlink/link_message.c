/* SPDX-License-Identifier: GPL-2.0-or-later */
/* RTM_NEWLINK and RTM_DELLINK as bytes, by the tables of link_attributes.c. */
#include "sim/rtnetlink/link_message.h"

#include <assert.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "sim/rtnetlink/link_attributes.h"

static void put_all(struct nlmsghdr *header, const struct link_attribute *table,
		    const struct rtnl_link_message *message)
{
	for (const struct link_attribute *to = table; to->has; to++) {
		const char *value = (const char *)message + to->at;

		if (!(message->has & to->has))
			continue;
		switch (to->kind) {
		case LINK_U8:
			mnl_attr_put(header, to->type, 1, value);
			break;
		case LINK_U32:
			mnl_attr_put(header, to->type, sizeof(uint32_t), value);
			break;
		case LINK_TEXT:
			mnl_attr_put_strz(header, to->type, value);
			break;
		case LINK_ADDRESS:
		case LINK_DATA:
			mnl_attr_put(header, to->type, ((const uint8_t *)message)[to->len_at],
				     value);
			break;
		}
	}
}

size_t link_message_write(const struct rtnl_link_message *message,
			  uint8_t ret_bytes[LINK_MESSAGE_MAX_BYTES])
{
	union { /* aligned as libmnl wants it */
		struct nlmsghdr header;
		uint8_t bytes[LINK_MESSAGE_MAX_BYTES];
	} buffer;
	struct nlmsghdr *header;
	struct ifinfomsg *ifinfo;

	memset(&buffer, 0, sizeof(buffer)); /* libmnl leaves the bytes that align attributes */
	header = mnl_nlmsg_put_header(buffer.bytes);
	ifinfo = mnl_nlmsg_put_extra_header(header, sizeof(*ifinfo));
	header->nlmsg_type = message->is_dellink ? RTM_DELLINK : RTM_NEWLINK;
	header->nlmsg_flags = message->nl_flags;
	header->nlmsg_seq = message->seq;
	header->nlmsg_pid = message->portid;
	ifinfo->ifi_family = message->family;
	ifinfo->ifi_type = message->type;
	ifinfo->ifi_index = message->ifindex;
	ifinfo->ifi_flags = message->flags;
	ifinfo->ifi_change = message->change;
	put_all(header, link_attributes, message);
	if (message->has & (LINK_HAS_KIND | LINK_HAS_SLAVE_KIND)) {
		/* like the kernel, without NLA_F_NESTED, which libmnl would set */
		struct nlattr *nest = mnl_nlmsg_get_payload_tail(header);

		mnl_attr_put(header, IFLA_LINKINFO, 0, NULL);
		put_all(header, link_info_attributes, message);
		mnl_attr_nest_end(header, nest);
	}
	put_all(header, link_attributes_after_info, message);
	assert(header->nlmsg_len <= LINK_MESSAGE_MAX_BYTES);
	memcpy(ret_bytes, buffer.bytes, header->nlmsg_len);
	return header->nlmsg_len;
}

/* What is being read. */
struct reader {
	const uint8_t *bytes; /* offsets count from here */
	struct rtnl_link_message *message;
	struct link_error *error;
};

static bool wrong(struct reader *reader, const void *at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static bool wrong(struct reader *reader, const void *at, const char *format, ...)
{
	va_list args;

	reader->error->offset = (size_t)((const uint8_t *)at - reader->bytes);
	va_start(args, format);
	vsnprintf(reader->error->reason, sizeof(reader->error->reason), format, args);
	va_end(args);
	return false;
}

static bool read_number(struct reader *reader, const struct nlattr *attr,
			const struct link_attribute *to, size_t size)
{
	size_t len = mnl_attr_get_payload_len(attr);
	char *value = (char *)reader->message + to->at;

	if (len != size)
		return wrong(reader, attr, "attribute %u has %zu bytes, expected %zu", to->type,
			     len, size);
	if (to->has & (LINK_HAS_CARRIER | LINK_HAS_PROTO_DOWN)) /* bool */
		*(bool *)value = mnl_attr_get_u8(attr) != 0;
	else
		memcpy(value, mnl_attr_get_payload(attr), size);
	return true;
}

static bool read_text(struct reader *reader, const struct nlattr *attr,
		      const struct link_attribute *to)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) < 0)
		return wrong(reader, attr, "attribute %u is a text without its final NUL",
			     to->type);
	if (strlen(mnl_attr_get_str(attr)) >= to->size)
		return wrong(reader, attr,
			     "attribute %u is a text of %zu bytes, expected at most %zu", to->type,
			     len, to->size);
	strcpy((char *)reader->message + to->at, mnl_attr_get_str(attr));
	return true;
}

static bool read_address(struct reader *reader, const struct nlattr *attr,
			 const struct link_attribute *to)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len > to->size)
		return wrong(reader, attr,
			     "attribute %u is an address of %zu bytes, expected at most %zu",
			     to->type, len, to->size);
	memcpy((char *)reader->message + to->at, mnl_attr_get_payload(attr), len);
	((uint8_t *)reader->message)[to->len_at] = (uint8_t)len;
	return true;
}

static bool read_value(struct reader *reader, const struct nlattr *attr,
		       const struct link_attribute *to)
{
	if (!to) {
		reader->message->unknown_attributes++;
		return true;
	}
	if (reader->message->has & to->has)
		return wrong(reader, attr, "attribute %u is there twice", to->type);
	reader->message->has |= to->has;
	switch (to->kind) {
	case LINK_TEXT:
		return read_text(reader, attr, to);
	case LINK_ADDRESS:
		return read_address(reader, attr, to);
	default:
		return read_number(reader, attr, to, to->kind == LINK_U8 ? 1 : sizeof(uint32_t));
	}
}

/* As mnl_attr_for_each(), which ends silently where a length is wrong. */
static bool read_all(struct reader *reader, const struct nlattr *attr, const uint8_t *end,
		     bool is_info)
{
	while ((const uint8_t *)attr < end) {
		uint16_t type;

		if (!mnl_attr_ok(attr, (int)(end - (const uint8_t *)attr))) {
			size_t left = (size_t)(end - (const uint8_t *)attr);

			if (left < sizeof(*attr))
				return wrong(reader, attr,
					     "%zu bytes are left, too few for an attribute", left);
			return wrong(reader, attr, "an attribute of %u bytes where %zu are left",
				     attr->nla_len, left);
		}
		type = mnl_attr_get_type(attr);
		if (is_info) {
			if (!read_value(reader, attr,
					link_attribute_find(link_info_attributes, type)))
				return false;
		} else if (type == IFLA_LINKINFO) {
			const uint8_t *payload = mnl_attr_get_payload(attr);

			if (!read_all(reader, (const struct nlattr *)payload,
				      payload + mnl_attr_get_payload_len(attr), true))
				return false;
		} else {
			if (!read_value(reader, attr, link_attribute_of(type)))
				return false;
		}
		attr = mnl_attr_next(attr);
	}
	return true;
}

/* Whether the header's length fits. */
static bool is_whole(struct reader *reader, const struct nlmsghdr *header, size_t len)
{
	if (len < sizeof(*header))
		return wrong(reader, header, "%zu bytes are left, too few for a message", len);
	if (header->nlmsg_len < sizeof(*header))
		return wrong(reader, header, "a message of %u bytes, expected at least %zu",
			     header->nlmsg_len, sizeof(*header));
	if (header->nlmsg_len > len)
		return wrong(reader, header, "a message of %u bytes where %zu are left",
			     header->nlmsg_len, len);
	return true;
}

enum link_read link_message_read(const void *bytes, size_t len,
				 struct rtnl_link_message *ret_message, size_t *ret_len,
				 struct link_error *ret_error)
{
	const struct nlmsghdr *header = bytes;
	struct reader reader = { .bytes = bytes, .message = ret_message, .error = ret_error };
	const struct ifinfomsg *ifinfo;

	assert(((uintptr_t)bytes & 3) == 0);
	memset(ret_message, 0, sizeof(*ret_message));
	if (!is_whole(&reader, header, len))
		return LINK_READ_WRONG;
	/* the last message of a datagram may lack the bytes that align the next */
	*ret_len = ((size_t)header->nlmsg_len + 3) & ~(size_t)3;
	if (*ret_len > len)
		*ret_len = len;
	if (header->nlmsg_type != RTM_NEWLINK && header->nlmsg_type != RTM_DELLINK)
		return LINK_READ_OTHER;
	if (mnl_nlmsg_get_payload_len(header) < sizeof(*ifinfo)) {
		wrong(&reader, header, "a link message of %u bytes, expected at least %zu",
		      header->nlmsg_len, sizeof(*header) + sizeof(*ifinfo));
		return LINK_READ_WRONG;
	}
	ifinfo = mnl_nlmsg_get_payload(header);
	ret_message->is_dellink = header->nlmsg_type == RTM_DELLINK;
	ret_message->nl_flags = header->nlmsg_flags;
	ret_message->seq = header->nlmsg_seq;
	ret_message->portid = header->nlmsg_pid;
	ret_message->family = ifinfo->ifi_family;
	ret_message->type = ifinfo->ifi_type;
	ret_message->ifindex = ifinfo->ifi_index;
	ret_message->flags = ifinfo->ifi_flags;
	ret_message->change = ifinfo->ifi_change;
	if (!read_all(&reader, mnl_nlmsg_get_payload_offset(header, sizeof(*ifinfo)),
		      (const uint8_t *)bytes + header->nlmsg_len, false))
		return LINK_READ_WRONG;
	return LINK_READ;
}
