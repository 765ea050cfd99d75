/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine's messages, as logged by the oracle and by a run of the model. */
#ifndef LWSIM_TESTS_PROPERTY_MESSAGE_H
#define LWSIM_TESTS_PROPERTY_MESSAGE_H

#include <stdint.h>

enum message_kind {
	NEWLINK,
	DELLINK,
	HEARD_UP,
	HEARD_DOWN,
	HEARD_CHANGE
};

/* One RTM_NEWLINK or RTM_DELLINK; or a call of the notifier chain, of which only jiffy, kind and slot
 * are kept. Must be zeroed before it is filled in: compare_messages() compares the bytes. */
struct message {
	uint64_t jiffy; /* since boot */
	enum message_kind kind;
	int slot;
	int32_t ifindex;
	uint32_t operstate, mode, qdisc, carrier;
	uint32_t flags; /* mask of UP, RUNNING, LOWER_UP, DORMANT */
	uint32_t change, up_count, down_count;
};

#endif
