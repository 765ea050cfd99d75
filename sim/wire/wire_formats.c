/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The messages of a run as rtmon's file or pcap. */
#include "sim/wire/wire_formats.h"

#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/wire/pcap_file.h"
#include "sim/wire/record_message.h"
#include "sim/wire/rtmon.h"

struct wire_writer {
	struct writer writer;
	FILE *out;
	struct pcap_writer *pcap; /* NULL: rtmon's format */
	struct listener listener;
};

static void wire_record(struct writer *writer, const struct record *record)
{
	struct wire_writer *wire = (struct wire_writer *)writer;
	struct rtnl_link_message message;

	if (!listener_hears(&wire->listener, record))
		return;
	record_message(record, &wire->listener, &message);
	if (wire->pcap)
		pcap_write(wire->pcap, record->t_ns, &message);
	else
		rtmon_write(wire->out, record->t_ns, &message);
}

static void wire_flush(struct writer *writer)
{
	(void)writer; /* nothing is buffered but by stdio */
}

static void wire_free(struct writer *writer)
{
	struct wire_writer *wire = (struct wire_writer *)writer;

	if (wire->pcap)
		pcap_writer_free(wire->pcap);
	listener_end(&wire->listener);
	free(wire);
}

static struct writer *rtmon_new(FILE *out, const struct run_info *info)
{
	struct wire_writer *wire = xcalloc(1, sizeof(*wire));

	(void)info;
	wire->writer.record = wire_record;
	wire->writer.flush = wire_flush;
	wire->writer.free = wire_free;
	wire->out = out;
	return &wire->writer;
}

static struct writer *pcap_new(FILE *out, const struct run_info *info)
{
	struct wire_writer *wire = (struct wire_writer *)rtmon_new(out, info);

	wire->pcap = pcap_writer_new(out);
	return &wire->writer;
}

const struct format wire_formats[] = {
	{ .name = "rtmon", .writer_new = rtmon_new, .is_data = true },
	{ .name = "pcap", .writer_new = pcap_new, .is_data = true },
	{ .name = NULL },
};
