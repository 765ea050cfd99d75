/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The messages of a running kernel, as rtmon's file, as pcap, or as JSON lines. */
#include "sim/wire/recording.h"

#include <inttypes.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/utsname.h>

#include "model/jiffies.h"
#include "sim/base/json.h"
#include "sim/base/version.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"
#include "sim/wire/pcap_file.h"
#include "sim/wire/rtmon.h"

struct recording {
	FILE *out;
	enum recording_format format;
	struct pcap_writer *pcap; /* RECORDING_PCAP */
};

static void write_key_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, ",\"%s\":", key);
	json_write_string(out, text, strlen(text));
}

static void write_head(FILE *out, int64_t t_ns, const char *type)
{
	fprintf(out, "{\"t\":%" PRId64 ".%09" PRId64 ",\"type\":\"%s\"", t_ns / NSEC_PER_SEC,
		t_ns % NSEC_PER_SEC, type);
}

static void write_address(FILE *out, const char *key, const uint8_t *address, uint8_t len)
{
	fprintf(out, ",\"%s\":\"", key);
	for (uint8_t i = 0; i < len; i++)
		fprintf(out, "%s%02x", i ? ":" : "", address[i]);
	fputc('"', out);
}

static void write_number(FILE *out, const struct rtnl_link_message *message, enum link_has has,
			 const char *key, int64_t value)
{
	if (message->has & has)
		fprintf(out, ",\"%s\":%" PRId64, key, value);
}

static void write_text(FILE *out, const struct rtnl_link_message *message, enum link_has has,
		       const char *key, const char *text)
{
	if (message->has & has)
		write_key_text(out, key, text);
}

static void write_flag(FILE *out, const struct rtnl_link_message *message, enum link_has has,
		       const char *key, bool value)
{
	if (message->has & has)
		fprintf(out, ",\"%s\":%s", key, value ? "true" : "false");
}

/* The keys of `run --format jsonl`, in its order, as far as the message has them. */
static void write_json(FILE *out, int64_t t_ns, const struct rtnl_link_message *message)
{
	write_head(out, t_ns, message->is_dellink ? "dellink" : "newlink");
	fprintf(out, ",\"family\":\"%s\"", message->family == AF_BRIDGE ? "bridge" : "unspec");
	write_text(out, message, LINK_HAS_NAME, "dev", message->name);
	fprintf(out, ",\"ifindex\":%" PRId32, message->ifindex);
	format_flags_json(out, message->flags);
	write_text(out, message, LINK_HAS_OPERSTATE, "operstate",
		   operstate_name(message->operstate));
	write_text(out, message, LINK_HAS_LINKMODE, "linkmode", linkmode_name(message->linkmode));
	write_text(out, message, LINK_HAS_QDISC, "qdisc", message->qdisc);
	write_flag(out, message, LINK_HAS_CARRIER, "carrier", message->carrier);
	fprintf(out, ",\"change\":%" PRIu32, message->change);
	write_number(out, message, LINK_HAS_CARRIER_UP, "carrier_up", message->carrier_up);
	write_number(out, message, LINK_HAS_CARRIER_DOWN, "carrier_down", message->carrier_down);
	write_text(out, message, LINK_HAS_KIND, "kind", message->kind);
	write_number(out, message, LINK_HAS_MTU, "mtu", message->mtu);
	if (message->has & LINK_HAS_ADDRESS)
		write_address(out, "address", message->address, message->address_len);
	write_number(out, message, LINK_HAS_MASTER, "master", message->master);
	write_number(out, message, LINK_HAS_LINK, "link", message->link);
	write_number(out, message, LINK_HAS_LINK_NETNSID, "link_netnsid", message->link_netnsid);
	write_number(out, message, LINK_HAS_TXQLEN, "txqlen", message->txqlen);
	write_number(out, message, LINK_HAS_PROMISCUITY, "promiscuity", message->promiscuity);
	write_flag(out, message, LINK_HAS_PROTO_DOWN, "proto_down", message->proto_down);
	write_number(out, message, LINK_HAS_GROUP, "group", message->group);
	write_text(out, message, LINK_HAS_ALIAS, "alias", message->alias);
	fprintf(out, ",\"answer\":%s}\n", message->nl_flags & NLM_F_MULTI ? "true" : "false");
}

static void write_bytes(struct recording *recording, int64_t t_ns, const void *bytes, size_t len)
{
	if (recording->pcap)
		pcap_write_bytes(recording->pcap, t_ns, bytes, len);
	else
		rtmon_write_bytes(recording->out, t_ns, bytes, len);
}

struct recording *recording_new(FILE *out, enum recording_format format)
{
	struct recording *recording = xcalloc(1, sizeof(*recording));
	struct utsname name;

	recording->out = out;
	recording->format = format;
	if (format == RECORDING_PCAP)
		recording->pcap = pcap_writer_new(out);
	if (format == RECORDING_JSONL) {
		uname(&name);
		fputs("{\"type\":\"recording\",\"lwsim\":\"" LWSIM_VERSION "\"", out);
		write_key_text(out, "kernel", name.release);
		fputs("}\n", out);
	}
	return recording;
}

void recording_message(struct recording *recording, int64_t t_ns, const void *bytes, size_t len)
{
	struct rtnl_link_message message;
	struct link_error error;
	size_t message_len;

	if (recording->format != RECORDING_JSONL)
		write_bytes(recording, t_ns, bytes, len);
	else if (link_message_read(bytes, len, &message, &message_len, &error) == LINK_READ)
		write_json(recording->out, t_ns, &message);
}

void recording_loss(struct recording *recording, int64_t t_ns)
{
	const struct nlmsghdr header = { .nlmsg_len = sizeof(header), .nlmsg_type = NLMSG_OVERRUN };

	if (recording->format != RECORDING_JSONL) {
		write_bytes(recording, t_ns, &header, sizeof(header));
		return;
	}
	write_head(recording->out, t_ns, "loss");
	fputs("}\n", recording->out);
}

void recording_free(struct recording *recording)
{
	if (recording->pcap)
		pcap_writer_free(recording->pcap);
	fflush(recording->out);
	free(recording);
}
