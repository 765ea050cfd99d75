/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the observers. */
#include "sim/observers/daemon.h"

#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"

void daemon_write_start(struct daemon_writer *daemon, const struct record *record, const char *dev)
{
	char time[FORMAT_MAX_BYTES];

	format_seconds(record->t_ns, time);
	fprintf(daemon->out, "%s %s: ", time, dev);
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

struct writer *daemon_writer_new(FILE *out, void (*record)(struct writer *, const struct record *))
{
	struct daemon_writer *daemon = xcalloc(1, sizeof(*daemon));

	daemon->writer.record = record;
	daemon->writer.flush = daemon_flush;
	daemon->writer.free = daemon_free;
	daemon->out = out;
	return &daemon->writer;
}
