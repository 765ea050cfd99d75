/* SPDX-License-Identifier: GPL-2.0-or-later */
/* pcap files of netlink messages, by libpcap. */
#include "sim/wire/pcap_file.h"

#include <arpa/inet.h>
#include <linux/if_arp.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <pcap/pcap.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/xalloc.h"

#define NETLINK_SNAPLEN 262144 /* what tcpdump has */

/* Before each packet's messages; the numbers are in network byte order. */
struct netlink_packet_header {
	uint16_t type;	 /* PACKET_* */
	uint16_t device; /* ARPHRD_NETLINK */
	uint8_t unused[10];
	uint16_t protocol; /* NETLINK_ROUTE, ... */
};

struct pcap_writer {
	pcap_t *pcap;
	pcap_dumper_t *dumper;
	FILE *out;
};

struct pcap_writer *pcap_writer_new(FILE *out)
{
	struct pcap_writer *writer = xcalloc(1, sizeof(*writer));

	writer->out = out;
	writer->pcap = pcap_open_dead_with_tstamp_precision(DLT_NETLINK, NETLINK_SNAPLEN,
							    PCAP_TSTAMP_PRECISION_NANO);
	if (!writer->pcap)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	/* fails only if it cannot write the header: then `out` has the error */
	writer->dumper = pcap_dump_fopen(writer->pcap, out);
	return writer;
}

void pcap_write_bytes(struct pcap_writer *pcap, int64_t t_ns, const void *bytes, size_t len)
{
	const struct netlink_packet_header head = {
		.type = htons(PACKET_OUTGOING),
		.device = htons(ARPHRD_NETLINK),
		.protocol = htons(NETLINK_ROUTE),
	};
	struct pcap_pkthdr record = {
		.ts = { .tv_sec = t_ns / NSEC_PER_SEC,
			.tv_usec = t_ns % NSEC_PER_SEC }, /* ns, by the file's precision */
		.caplen = (uint32_t)(sizeof(head) + len),
		.len = (uint32_t)(sizeof(head) + len),
	};
	uint8_t *packet;

	if (!pcap->dumper)
		return;
	packet = xmalloc(record.caplen);
	memcpy(packet, &head, sizeof(head));
	memcpy(packet + sizeof(head), bytes, len);
	pcap_dump((u_char *)pcap->dumper, &record, packet);
	free(packet);
}

void pcap_write(struct pcap_writer *pcap, int64_t t_ns, const struct rtnl_link_message *message)
{
	uint8_t bytes[LINK_MESSAGE_MAX_BYTES];

	pcap_write_bytes(pcap, t_ns, bytes, link_message_write(message, bytes));
}

/* The dumper is `out` itself, to libpcap; pcap_dump_close() would close it. */
void pcap_writer_free(struct pcap_writer *pcap)
{
	fflush(pcap->out);
	pcap_close(pcap->pcap);
	free(pcap);
}

bool pcap_is(const void *bytes, size_t len)
{
	/* with us, with ns, each in both byte orders; pcapng */
	static const uint32_t magics[] = { 0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1,
					   0x0a0d0d0a };
	uint32_t magic;

	if (len < sizeof(magic))
		return false;
	memcpy(&magic, bytes, sizeof(magic));
	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++)
		if (magic == magics[i])
			return true;
	return false;
}

__attribute__((format(printf, 3, 4))) static bool wrong(struct link_error *error, size_t offset,
							const char *format, ...)
{
	va_list args;

	error->offset = offset;
	va_start(args, format);
	vsnprintf(error->reason, sizeof(error->reason), format, args);
	va_end(args);
	return false;
}

/* The messages of one packet. `offset` is where the file has them. */
static bool read_messages(struct capture *capture, const uint8_t *messages, size_t len,
			  struct captured *captured, struct link_error *error)
{
	uint64_t offset = captured->offset;
	size_t message_len;

	for (size_t at = 0; at < len; at += message_len) {
		const struct nlmsghdr *header = (const void *)&messages[at];

		captured->offset = offset + at;
		switch (link_message_read(header, len - at, &captured->message, &message_len,
					  error)) {
		case LINK_READ_WRONG:
			error->offset += captured->offset;
			return false;
		case LINK_READ_OTHER:
			capture_pass(capture, header->nlmsg_type);
			break;
		case LINK_READ:
			capture_add(capture, captured);
			break;
		}
	}
	return true;
}

static bool read_packet(struct capture *capture, const struct pcap_pkthdr *record,
			const uint8_t *packet, size_t offset, struct link_error *error)
{
	struct captured captured = {
		.has_time = true,
		.t_ns = record->ts.tv_sec * NSEC_PER_SEC + record->ts.tv_usec,
		.offset = offset + sizeof(struct netlink_packet_header),
	};
	struct netlink_packet_header head;
	uint8_t *messages;
	size_t len;
	bool is_good;

	if (record->caplen < record->len)
		return wrong(error, offset, "a packet of %u bytes was cut to %u", record->len,
			     record->caplen);
	if (record->caplen < sizeof(head))
		return wrong(error, offset, "a packet of %u bytes, expected at least %zu",
			     record->caplen, sizeof(head));
	memcpy(&head, packet, sizeof(head));
	if (ntohs(head.protocol) != NETLINK_ROUTE) {
		capture->passed[PASSED_OTHER]++;
		return true;
	}
	len = record->caplen - sizeof(head);
	messages = xmalloc(len ? len : 1); /* aligned */
	memcpy(messages, packet + sizeof(head), len);
	is_good = read_messages(capture, messages, len, &captured, error);
	free(messages);
	return is_good;
}

static bool read_packets(pcap_t *pcap, struct capture *capture, struct link_error *error)
{
	struct pcap_pkthdr *record;
	const uint8_t *packet;

	if (pcap_datalink(pcap) != DLT_NETLINK) {
		const char *name = pcap_datalink_val_to_name(pcap_datalink(pcap));

		return wrong(error, 0, "link type %s, expected NETLINK", name ? name : "unknown");
	}
	if (pcap_is_swapped(pcap))
		return wrong(error, 0, "from a machine of the other byte order");
	for (;;) {
		long before = ftell(pcap_file(pcap));
		int result = pcap_next_ex(pcap, &record, &packet);
		long after = ftell(pcap_file(pcap));

		if (result == PCAP_ERROR_BREAK)
			return true;
		if (result != 1)
			return wrong(error, (size_t)before, "%s", pcap_geterr(pcap));
		/* a pcapng block goes on after its packet: the place is then somewhat late */
		if (!read_packet(capture, record, packet, (size_t)after - record->caplen, error))
			return false;
	}
}

bool pcap_file_read(const void *bytes, size_t len, struct capture *capture,
		    struct link_error *ret_error)
{
	char text[PCAP_ERRBUF_SIZE];
	FILE *in;
	pcap_t *pcap;
	bool is_good;

	if (!len)
		return wrong(ret_error, 0, "the file is empty");
	in = fmemopen((void *)(uintptr_t)bytes, len, "rb");
	if (!in)
		out_of_memory(); /* GCOVR_EXCL_LINE: no memory */
	pcap = pcap_fopen_offline_with_tstamp_precision(in, PCAP_TSTAMP_PRECISION_NANO, text);
	if (!pcap) {
		fclose(in);
		return wrong(ret_error, 0, "%s", text);
	}
	is_good = read_packets(pcap, capture, ret_error);
	pcap_close(pcap); /* closes `in`, too */
	return is_good;
}
