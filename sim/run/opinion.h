/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a daemon thinks of a device. The daemons' rules are in sim/observers/, which this room does
 * not know: a run is given them, for `expect AS says DEV up`.
 */
#ifndef LWSIM_SIM_RUN_OPINION_H
#define LWSIM_SIM_RUN_OPINION_H

#include "sim/language/names.h"
#include "sim/run/trace.h"

/* All zero: the daemon has not heard of the device. */
struct opinion {
	bool is_up;	  /* it would use the device */
	bool has_changed; /* is_up was set or cleared at since_ns */
	int64_t since_ns;
	/* of the last message; a program that polls looks at this */
	bool has_message;
	uint32_t flags;
	uint8_t operstate;
	/* for programs that poll */
	bool is_polling;
	int64_t polling_since_ns;
	unsigned int polls; /* since then */
};

struct observer_calls {
	/* The device has a message, at record->t_ns. */
	void (*message)(enum observer_id id, struct opinion *opinion, const struct record *record);
	/* Time has passed until now_ns, which is included. */
	void (*pass)(enum observer_id id, struct opinion *opinion, int64_t now_ns);
	/* What it takes for up: "RUNNING". */
	const char *(*rule)(enum observer_id id);
};

#endif
