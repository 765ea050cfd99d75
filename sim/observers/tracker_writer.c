/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Feeds a tracker with a run. */
#include "sim/observers/tracker_writer.h"

#include <stdlib.h>

#include "sim/base/xalloc.h"

struct tracker_writer {
	struct writer writer;
	struct tracker tracker;
	const struct machine *machine; /* NULL: no decision yet, so nothing to track */
	int64_t now_ns;
	bool is_over;
	void (*end)(void *user, const struct tracker *tracker);
	void *user;
};

static void writer_record(struct writer *writer, const struct record *record)
{
	tracker_record(&((struct tracker_writer *)writer)->tracker, record);
}

static void writer_trace(struct writer *writer, const struct machine *m,
			 const struct trace_event *event, const char *netns)
{
	struct tracker_writer *own = (struct tracker_writer *)writer;

	own->machine = m;
	tracker_trace(&own->tracker, m, event, netns);
}

/* The machine does not live as long as the writer. */
static void writer_flush(struct writer *writer)
{
	struct tracker_writer *own = (struct tracker_writer *)writer;

	if (own->machine)
		own->now_ns = own->machine->now_ns;
}

const struct tracker *tracker_writer_end(struct writer *writer)
{
	struct tracker_writer *own = (struct tracker_writer *)writer;

	if (!own->is_over)
		tracker_end(&own->tracker, own->now_ns);
	own->is_over = true;
	return &own->tracker;
}

static void writer_free(struct writer *writer)
{
	struct tracker_writer *own = (struct tracker_writer *)writer;

	if (own->end)
		own->end(own->user, tracker_writer_end(writer));
	tracker_free(&own->tracker);
	free(own);
}

struct writer *tracker_writer_new_with(enum observer_id only,
				       void (*end)(void *user, const struct tracker *tracker),
				       void *user)
{
	struct tracker_writer *own = xcalloc(1, sizeof(*own));

	own->writer.record = writer_record;
	own->writer.trace = writer_trace;
	own->writer.flush = writer_flush;
	own->writer.free = writer_free;
	own->end = end;
	own->user = user;
	tracker_init(&own->tracker, only);
	return &own->writer;
}

struct writer *tracker_writer_new(enum observer_id only)
{
	return tracker_writer_new_with(only, NULL, NULL);
}

struct tracker *tracker_writer_tracker(struct writer *writer)
{
	return &((struct tracker_writer *)writer)->tracker;
}
