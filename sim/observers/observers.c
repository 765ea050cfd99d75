/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How two kinds of daemons react to the messages: systemd-networkd, and a DHCP client that sends
 * its first DISCOVER when it sees IFF_RUNNING.
 */
#include "sim/observers/observers.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

struct daemon_writer {
	struct writer writer;
	FILE *out;
	bool *has_carrier; /* networkd: its view of each link, by ifindex */
	size_t links_count;
};

static bool *has_carrier(struct daemon_writer *daemon, int32_t ifindex)
{
	size_t i = (size_t)ifindex;

	if (i >= daemon->links_count) {
		size_t count = 2 * i + 16;

		daemon->has_carrier = xreallocarray(daemon->has_carrier, count, sizeof(bool));
		memset(daemon->has_carrier + daemon->links_count, 0, count - daemon->links_count);
		daemon->links_count = count;
	}
	return &daemon->has_carrier[i];
}

static void write_start(struct daemon_writer *daemon, const struct record *record, const char *dev)
{
	char time[FORMAT_MAX_BYTES];

	format_seconds(record->t_ns, time);
	fprintf(daemon->out, "%s %s: ", time, dev);
}

/*
 * systemd-networkd. It sets links up by ifindex (`setlink DEV up`). It considers a link usable by
 * its operstate, or by LOWER_UP if that is UNKNOWN.
 */

static void networkd_action(struct daemon_writer *daemon, const struct record *record)
{
	const struct stmt *stmt = record->stmt;
	char dev[IFNAMSIZ];

	if (stmt->kind != STMT_SETLINK || stmt->netns.prefix || !(stmt->attrs.ifi_change & IFF_UP))
		return;
	for (uint32_t i = 0; i < stmt->count; i++) {
		dev_name_at(&stmt->dev, i, dev);
		write_start(daemon, record, dev);
		fprintf(daemon->out, "bringing link %s\n",
			stmt->attrs.ifi_flags & IFF_UP ? "up" : "down");
	}
}

/* Prints the flags in networkd's order. */
static void networkd_flags(struct daemon_writer *daemon, const struct record *record)
{
	static const struct flag_name order[] = {
		{ IFF_UP, "UP" },
		{ IFF_DORMANT, "DORMANT" },
		{ IFF_LOWER_UP, "LOWER_UP" },
		{ IFF_RUNNING, "RUNNING" },
	};
	uint32_t before = record->has_before ? record->flags_before : 0;
	uint32_t changed = (record->flags ^ before) & LINK_STATE_FLAGS_MASK;

	if (!changed)
		return;
	write_start(daemon, record, record->dev);
	fputs("flags change:", daemon->out);
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (changed & order[i].flag)
			fprintf(daemon->out, " %c%s", record->flags & order[i].flag ? '+' : '-',
				order[i].name);
	fputc('\n', daemon->out);
}

static void networkd_carrier(struct daemon_writer *daemon, const struct record *record)
{
	bool *is_known = has_carrier(daemon, record->ifindex);
	bool is_usable = record->operstate == IF_OPER_UP ||
			 (record->operstate == IF_OPER_UNKNOWN && record->flags & IFF_LOWER_UP &&
			  !(record->flags & IFF_DORMANT));

	if (is_usable == *is_known)
		return;
	*is_known = is_usable;
	write_start(daemon, record, record->dev);
	fputs(is_usable ? "gained carrier\n" : "lost carrier\n", daemon->out);
}

static void networkd_record(struct writer *writer, const struct record *record)
{
	struct daemon_writer *daemon = (struct daemon_writer *)writer;

	if (record->kind == RECORD_ACTION) {
		networkd_action(daemon, record);
	} else if (!record_is_message(record) || *record->netns) {
		return; /* it only manages its own namespace */
	} else if (record->kind == RECORD_NEWLINK) {
		networkd_flags(daemon, record);
		networkd_carrier(daemon, record);
	} else {
		*has_carrier(daemon, record->ifindex) = false;
		write_start(daemon, record, record->dev);
		fputs("link removed\n", daemon->out);
	}
}

/* A DHCP client: sends DISCOVER when it sees IFF_RUNNING, and starts over after losing it. */

static void dhcp_record(struct writer *writer, const struct record *record)
{
	struct daemon_writer *daemon = (struct daemon_writer *)writer;
	uint32_t before = record->has_before ? record->flags_before : 0;
	char waited[FORMAT_MAX_BYTES];

	if (record->kind != RECORD_NEWLINK || *record->netns || record->flags & IFF_LOOPBACK)
		return;
	if (record->waited_ns >= 0) {
		write_start(daemon, record, record->dev);
		format_duration(record->waited_ns, waited);
		fprintf(daemon->out, "sends DISCOVER, %s after IFF_UP\n", waited);
	} else if (record->flags & ~before & IFF_RUNNING) {
		write_start(daemon, record, record->dev);
		fputs("RUNNING again, sends DISCOVER\n", daemon->out);
	} else if (before & ~record->flags & IFF_RUNNING) {
		write_start(daemon, record, record->dev);
		fputs("RUNNING lost, stops\n", daemon->out);
	} else if (record->flags & ~before & IFF_UP) {
		write_start(daemon, record, record->dev);
		fputs("IFF_UP, waits for IFF_RUNNING\n", daemon->out);
	}
}

static void daemon_flush(struct writer *writer)
{
	(void)writer; /* nothing is buffered */
}

static void daemon_free(struct writer *writer)
{
	free(((struct daemon_writer *)writer)->has_carrier);
	free(writer);
}

static struct writer *daemon_writer_new(FILE *out,
					void (*record)(struct writer *, const struct record *))
{
	struct daemon_writer *daemon = xcalloc(1, sizeof(*daemon));

	daemon->writer.record = record;
	daemon->writer.flush = daemon_flush;
	daemon->writer.free = daemon_free;
	daemon->out = out;
	return &daemon->writer;
}

static struct writer *networkd_writer_new(FILE *out, const struct run_info *info)
{
	(void)info;
	return daemon_writer_new(out, networkd_record);
}

static struct writer *dhcp_writer_new(FILE *out, const struct run_info *info)
{
	(void)info;
	return daemon_writer_new(out, dhcp_record);
}

const struct format observers[] = {
	{ "networkd", "what systemd-networkd logs (it opens by `setlink`)", networkd_writer_new,
	  0 },
	{ "dhcp", "when a client sends", dhcp_writer_new, 0 },
	{ NULL, NULL, NULL, 0 },
};
