/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Captures as files: what is written is read again, and wrong files are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "sim/base/xalloc.h"
#include "sim/wire/pcap_file.h"
#include "sim/wire/rtmon.h"

struct file {
	char *bytes;
	size_t len;
};

static const struct rtnl_link_message messages[] = {
	{ .ifindex = 2, .has = LINK_HAS_NAME | LINK_HAS_MTU, .name = "eth0", .mtu = 1500 },
	{ .ifindex = 2, .flags = IFF_UP, .has = LINK_HAS_NAME, .name = "eth0" },
	{ .ifindex = 2, .is_dellink = true, .has = LINK_HAS_NAME, .name = "eth0" },
};
#define MESSAGES (sizeof(messages) / sizeof(messages[0]))

/* What both formats can tell: rtmon has us, pcap ns. */
static int64_t time_of(size_t i)
{
	return (int64_t)i * 1000001000 + 5000;
}

static struct file rtmon_of_all(void)
{
	struct file file;
	FILE *out = xmemstream(&file.bytes, &file.len);

	for (size_t i = 0; i < MESSAGES; i++)
		rtmon_write(out, time_of(i), &messages[i]);
	xclose_memstream(out);
	return file;
}

static struct file pcap_of_all(void)
{
	struct file file;
	FILE *out = xmemstream(&file.bytes, &file.len);
	struct pcap_writer *pcap = pcap_writer_new(out);

	for (size_t i = 0; i < MESSAGES; i++)
		pcap_write(pcap, time_of(i), &messages[i]);
	pcap_writer_free(pcap);
	xclose_memstream(out);
	return file;
}

static void assert_all(const struct capture *capture)
{
	assert_int_equal(capture->count, MESSAGES);
	for (size_t i = 0; i < MESSAGES; i++) {
		assert_memory_equal(&capture->messages[i].message, &messages[i],
				    sizeof(messages[i]));
		assert_true(capture->messages[i].has_time);
		assert_int_equal(capture->messages[i].t_ns, time_of(i));
	}
}

static void rtmon_both_ways(void **state)
{
	struct file file = rtmon_of_all();
	struct capture capture = { .count = 0 };
	struct link_error error;

	(void)state;
	assert_true(rtmon_is(file.bytes, file.len));
	assert_false(pcap_is(file.bytes, file.len));
	assert_true(rtmon_read(file.bytes, file.len, &capture, &error));
	assert_all(&capture);
	assert_int_equal(capture.messages[0].offset, 24); /* after its time */
	capture_free(&capture);
	free(file.bytes);
}

static void pcap_both_ways(void **state)
{
	struct file file = pcap_of_all();
	struct capture capture = { .count = 0 };
	struct link_error error;

	(void)state;
	assert_true(pcap_is(file.bytes, file.len));
	assert_false(rtmon_is(file.bytes, file.len));
	assert_true(pcap_file_read(file.bytes, file.len, &capture, &error));
	assert_all(&capture);
	assert_int_equal(capture.messages[0].offset,
			 24 + 16 + 16); /* file's, record's, packet's header */
	capture_free(&capture);
	free(file.bytes);
}

/* A capture may begin before the first time, and have other messages between. */
static void others_are_passed_over(void **state)
{
	static const uint16_t types[] = { RTM_NEWADDR,	RTM_DELROUTE, RTM_NEWNEIGH, RTM_NEWRULE,
					  RTM_NEWQDISC, NLMSG_DONE,   RTM_GETLINK,  99 };
	struct file file;
	FILE *out = xmemstream(&file.bytes, &file.len);
	struct capture capture = { .count = 0 };
	struct link_error error;
	struct rtnl_link_message port = messages[0], request = messages[0];
	uint8_t bytes[LINK_MESSAGE_MAX_BYTES];
	char *text;

	(void)state;
	port.family = AF_BRIDGE;
	request.nl_flags = NLM_F_REQUEST;
	fwrite(bytes, 1, link_message_write(&messages[0], bytes), out);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		const struct nlmsghdr header = { .nlmsg_len = 16, .nlmsg_type = types[i] };

		rtmon_write_bytes(out, 1, &header, sizeof(header));
	}
	rtmon_write(out, 2, &port);
	rtmon_write(out, 3, &request);
	xclose_memstream(out);
	assert_true(rtmon_read(file.bytes, file.len, &capture, &error));
	assert_int_equal(capture.count, 1);
	assert_false(capture.messages[0].has_time);
	text = capture_passed_text(&capture);
	assert_string_equal(text, "1 address, 1 route, 1 neighbour, 1 rule, 1 qdisc, "
				  "1 bridge port, 1 control, 2 request, 1 other");
	free(text);
	capture_free(&capture);
	free(file.bytes);
}

static void a_loss_is_before_the_next(void **state)
{
	const struct nlmsghdr overrun = { .nlmsg_len = 16, .nlmsg_type = NLMSG_OVERRUN };
	struct file file;
	FILE *out = xmemstream(&file.bytes, &file.len);
	struct capture capture = { .count = 0 };
	struct link_error error;

	(void)state;
	rtmon_write(out, 1, &messages[0]);
	rtmon_write_bytes(out, 2, &overrun, sizeof(overrun));
	rtmon_write(out, 3, &messages[1]);
	rtmon_write(out, 4, &messages[2]);
	xclose_memstream(out);
	assert_true(rtmon_read(file.bytes, file.len, &capture, &error));
	assert_int_equal(capture.losses, 1);
	assert_int_equal(capture.count, 3);
	assert_false(capture.messages[0].is_after_loss);
	assert_true(capture.messages[1].is_after_loss);
	assert_false(capture.messages[2].is_after_loss);
	capture_free(&capture);
	free(file.bytes);
}

typedef bool (*read_fn)(const void *bytes, size_t len, struct capture *capture,
			struct link_error *ret_error);

static void assert_wrong(read_fn read, const struct file *file, size_t len, size_t kept,
			 size_t offset, const char *reason)
{
	struct capture capture = { .count = 0 };
	struct link_error error;

	assert_false(read(file->bytes, len, &capture, &error));
	assert_string_equal(error.reason, reason);
	assert_int_equal(error.offset, offset);
	assert_int_equal(capture.count, kept);
	capture_free(&capture);
}

static void a_cut_rtmon_file_is_refused(void **state)
{
	struct file file = rtmon_of_all();

	(void)state;
	assert_wrong(rtmon_read, &file, file.len - 4, 2, file.len - 44,
		     "a message of 44 bytes where 40 are left");
	assert_wrong(rtmon_read, &file, 30, 0, 24, "6 bytes are left, too few for a message");
	free(file.bytes);
}

static void wrong_pcap_files_are_refused(void **state)
{
	struct file file = pcap_of_all();
	uint32_t *const numbers = (uint32_t *)(void *)file.bytes;
	const uint32_t link_type = numbers[5];

	(void)state;
	assert_wrong(pcap_file_read, &file, 0, 0, 0, "the file is empty");
	assert_wrong(pcap_file_read, &file, 10, 0, 0,
		     "truncated dump file; tried to read 24 file header bytes, only got 6");
	assert_wrong(pcap_file_read, &file, file.len - 1, 2, file.len - 76,
		     "truncated dump file; tried to read 60 captured bytes, only got 59");
	numbers[5] = 1;
	assert_wrong(pcap_file_read, &file, file.len, 0, 0, "link type EN10MB, expected NETLINK");
	numbers[5] = link_type;
	numbers[9]++; /* the first packet's length on the wire */
	assert_wrong(pcap_file_read, &file, file.len, 0, 40, "a packet of 69 bytes was cut to 68");
	numbers[9]--;
	numbers[14] = 15; /* the first message's length */
	assert_wrong(pcap_file_read, &file, file.len, 0, 56,
		     "a message of 15 bytes, expected at least 16");
	free(file.bytes);
}

static void the_other_byte_order_is_refused(void **state)
{
	struct file file = pcap_of_all();
	uint32_t *const numbers = (uint32_t *)(void *)file.bytes;

	(void)state;
	for (size_t i = 0; i < 6; i++)
		numbers[i] = __builtin_bswap32(numbers[i]);
	numbers[1] = numbers[1] << 16 | numbers[1] >> 16; /* two numbers of 16 bits */
	assert_wrong(pcap_file_read, &file, file.len, 0, 0,
		     "from a machine of the other byte order");
	free(file.bytes);
}

static void other_netlink_families_are_passed_over(void **state)
{
	struct file file = pcap_of_all();
	struct capture capture = { .count = 0 };
	struct link_error error;

	(void)state;
	file.bytes[24 + 16 + 15] = 16; /* the first packet's protocol: generic netlink */
	assert_true(pcap_file_read(file.bytes, file.len, &capture, &error));
	assert_int_equal(capture.count, MESSAGES - 1);
	assert_int_equal(capture.passed[PASSED_OTHER], 1);
	capture_free(&capture);
	free(file.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rtmon_both_ways),
		cmocka_unit_test(pcap_both_ways),
		cmocka_unit_test(others_are_passed_over),
		cmocka_unit_test(a_loss_is_before_the_next),
		cmocka_unit_test(a_cut_rtmon_file_is_refused),
		cmocka_unit_test(wrong_pcap_files_are_refused),
		cmocka_unit_test(the_other_byte_order_is_refused),
		cmocka_unit_test(other_netlink_families_are_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
