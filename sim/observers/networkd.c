/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What systemd-networkd logs. It sets links up by ifindex (`setlink DEV up`). When it considers a link
 * usable is in rules.c.
 */
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/names.h"
#include "sim/observers/daemon.h"
#include "sim/observers/rules.h"

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

static void networkd_action(struct daemon_writer *daemon, const struct record *record)
{
	const struct stmt *stmt = record->stmt;
	char dev[IFNAMSIZ];

	if (stmt->kind != STMT_SETLINK || stmt->netns.prefix || !(stmt->attrs.ifi_change & IFF_UP))
		return;
	for (uint32_t i = 0; i < stmt->count; i++) {
		dev_name_at(&stmt->dev, i, dev);
		daemon_write_start(daemon, record, dev);
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
	daemon_write_start(daemon, record, record->dev);
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
	bool is_usable = observer_is_up(OBSERVER_NETWORKD, record->flags, record->operstate);

	if (is_usable == *is_known)
		return;
	*is_known = is_usable;
	daemon_write_start(daemon, record, record->dev);
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
		daemon_write_start(daemon, record, record->dev);
		fputs("link removed\n", daemon->out);
	}
}

struct writer *networkd_writer_new(FILE *out, const struct run_info *info)
{
	(void)info;
	return daemon_writer_new(out, networkd_record);
}
