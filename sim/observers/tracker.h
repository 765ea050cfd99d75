/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Follows a run: which devices are usable, and which daemons think so. A device is usable while it is
 * IFF_UP and has carrier, unless its operstate is DORMANT or TESTING. Loopback devices are left out.
 */
#ifndef LWSIM_SIM_OBSERVERS_TRACKER_H
#define LWSIM_SIM_OBSERVERS_TRACKER_H

#include "model/machine.h"
#include "sim/base/name_index.h"
#include "sim/observers/rules.h"

/* One daemon that follows one device. */
struct follower {
	struct opinion opinion;
	bool is_wrong; /* since wrong_since_ns, opinion.is_up is not what the device is */
	int64_t wrong_since_ns;
	int64_t down_ns; /* the longest that it said down of a usable device */
	int64_t up_ns;	 /* the longest that it said up of a device that was not usable */
};

struct tracked {
	char label[LABEL_MAX_BYTES]; /* [NETNS/]DEV, with its latest name */
	bool has_message;
	/* the device itself */
	bool is_up, has_carrier;
	uint8_t operstate;
	bool is_usable, has_changed; /* is_usable changed at since_ns */
	int64_t since_ns;
	struct follower followers[OBSERVER_COUNT];
};

struct tracker {
	struct tracked *devices; /* in the order of their first event */
	size_t count, capacity;
	struct name_index by_identity; /* indexes into devices */
	/*
	 * called for each change of an opinion, at its since_ns; that of a program that polls is
	 * only called with the device's next event. NULL: not needed
	 */
	void (*changed)(void *user, const struct tracked *device, enum observer_id id);
	void *user;
	enum observer_id only; /* the one that is followed; OBSERVER_COUNT: all */
};

/* The longest times of any device; a device that was neither late nor wrong has none. */
struct observer_measures {
	int64_t late_ns; /* said down of a usable device */
	char late_dev[LABEL_MAX_BYTES];
	int64_t wrong_ns; /* said up of one that was not usable */
	char wrong_dev[LABEL_MAX_BYTES];
};

void tracker_init(struct tracker *tracker, enum observer_id only);
void tracker_free(struct tracker *tracker);
/* As in struct writer. */
void tracker_record(struct tracker *tracker, const struct record *record);
void tracker_trace(struct tracker *tracker, const struct machine *m,
		   const struct trace_event *event, const char *netns);
/* At the end of the run: lets time pass until then, and ends what is wrong. */
void tracker_end(struct tracker *tracker, int64_t end_ns);
/* After tracker_end(), of the one daemon that is followed. device: only that one; NULL: all. */
void tracker_measure(const struct tracker *tracker, const char *device,
		     struct observer_measures *ret_measures);

#endif
