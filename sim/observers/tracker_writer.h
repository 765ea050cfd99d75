/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A writer that feeds a tracker. */
#ifndef LWSIM_SIM_OBSERVERS_TRACKER_WRITER_H
#define LWSIM_SIM_OBSERVERS_TRACKER_WRITER_H

#include "sim/observers/tracker.h"
#include "sim/run/writer.h"

/* Prints nothing. To be freed by writer->free(). */
struct writer *tracker_writer_new(enum observer_id only);
/* Ends the tracker at the run's end, once; valid until writer->free(). */
const struct tracker *tracker_writer_end(struct writer *writer);
/*
 * The same, with a function that is called by writer->free(), after the tracker has ended. user
 * stays the caller's.
 */
struct writer *tracker_writer_new_with(enum observer_id only,
				       void (*end)(void *user, const struct tracker *tracker),
				       void *user);
/* For tracker.changed, before the run. */
struct tracker *tracker_writer_tracker(struct writer *writer);

#endif
