/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rtmon's files. */
#include "sim/wire/rtmon.h"

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <string.h>

#include "model/jiffies.h"

/* iproute2's message with the time of the next: two numbers, s and us. */
#define NLMSG_TSTAMP 15

/* struct nlmsghdr and the two numbers */
#define TSTAMP_BYTES 24

void rtmon_write_bytes(FILE *out, int64_t t_ns, const void *bytes, size_t len)
{
	struct {
		struct nlmsghdr header;
		uint32_t sec, usec;
	} stamp = {
		.header = { .nlmsg_type = NLMSG_TSTAMP, .nlmsg_len = TSTAMP_BYTES },
		.sec = (uint32_t)(t_ns / NSEC_PER_SEC),
		.usec = (uint32_t)(t_ns % NSEC_PER_SEC / 1000),
	};

	_Static_assert(sizeof(stamp) == TSTAMP_BYTES, "iproute2 reads as many");
	fwrite(&stamp, sizeof(stamp), 1, out);
	fwrite(bytes, 1, len, out);
}

void rtmon_write(FILE *out, int64_t t_ns, const struct rtnl_link_message *message)
{
	uint8_t bytes[LINK_MESSAGE_MAX_BYTES];

	rtmon_write_bytes(out, t_ns, bytes, link_message_write(message, bytes));
}

bool rtmon_is(const void *bytes, size_t len)
{
	struct nlmsghdr header;

	if (len < sizeof(header))
		return false;
	memcpy(&header, bytes, sizeof(header));
	return header.nlmsg_len >= sizeof(header) && header.nlmsg_len <= UINT16_MAX &&
	       (header.nlmsg_type == NLMSG_TSTAMP ||
		(header.nlmsg_type >= RTM_BASE && header.nlmsg_type <= RTM_MAX));
}

/* The time that a NLMSG_TSTAMP says; false: it is none, or too short. */
static bool read_time(const void *bytes, struct captured *ret_captured)
{
	const struct nlmsghdr *header = bytes;
	const uint32_t *numbers = mnl_nlmsg_get_payload(header);

	if (header->nlmsg_type != NLMSG_TSTAMP || header->nlmsg_len < TSTAMP_BYTES)
		return false;
	ret_captured->has_time = true;
	ret_captured->t_ns = numbers[0] * NSEC_PER_SEC + numbers[1] * INT64_C(1000);
	return true;
}

bool rtmon_read(const void *bytes, size_t len, struct capture *capture,
		struct link_error *ret_error)
{
	const uint8_t *start = bytes;
	struct captured next = { .has_time = false };
	size_t message_len;

	for (size_t at = 0; at < len; at += message_len) {
		const struct nlmsghdr *header = (const void *)&start[at];

		next.offset = at;
		switch (link_message_read(header, len - at, &next.message, &message_len,
					  ret_error)) {
		case LINK_READ_WRONG:
			ret_error->offset += at;
			return false;
		case LINK_READ_OTHER:
			if (read_time(header, &next))
				continue;
			capture_pass(capture, header->nlmsg_type);
			break;
		case LINK_READ:
			capture_add(capture, &next);
			break;
		}
		next = (struct captured){ .has_time = false };
	}
	return true;
}
