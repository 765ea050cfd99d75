/* SPDX-License-Identifier: GPL-2.0-or-later */
/* When a DHCP client sends DISCOVER: when it sees IFF_RUNNING; it starts over after losing it. */
#include "sim/language/format.h"
#include "sim/observers/daemon.h"

static void dhcp_record(struct writer *writer, const struct record *record)
{
	struct daemon_writer *daemon = (struct daemon_writer *)writer;
	uint32_t before = record->has_before ? record->flags_before : 0;
	char waited[FORMAT_MAX_BYTES];

	if (record->kind != RECORD_NEWLINK || *record->netns || record->flags & IFF_LOOPBACK)
		return;
	if (record->waited_ns >= 0) {
		daemon_write_start(daemon, record, record->dev);
		format_duration(record->waited_ns, waited);
		fprintf(daemon->out, "sends DISCOVER, %s after IFF_UP\n", waited);
	} else if (record->flags & ~before & IFF_RUNNING) {
		daemon_write_start(daemon, record, record->dev);
		fputs("RUNNING again, sends DISCOVER\n", daemon->out);
	} else if (before & ~record->flags & IFF_RUNNING) {
		daemon_write_start(daemon, record, record->dev);
		fputs("RUNNING lost, stops\n", daemon->out);
	} else if (record->flags & ~before & IFF_UP) {
		daemon_write_start(daemon, record, record->dev);
		fputs("IFF_UP, waits for IFF_RUNNING\n", daemon->out);
	}
}

struct writer *dhcp_writer_new(FILE *out, const struct run_info *info)
{
	(void)info;
	return daemon_writer_new(out, dhcp_record);
}
