/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a capture holds: the link messages in order, and how many others were passed over. */
#ifndef LWSIM_SIM_WIRE_CAPTURE_H
#define LWSIM_SIM_WIRE_CAPTURE_H

#include "sim/rtnetlink/link_message.h"

struct captured {
	bool has_time;
	int64_t t_ns;	    /* since the epoch of the capture; 0 if it has no times */
	uint64_t offset;    /* where the file has it: of its first byte; of a text's line */
	uint32_t line;	    /* from 1, of a text; 0: not a text */
	bool is_after_loss; /* messages were lost before it */
	struct rtnl_link_message message;
};

/* Messages that say nothing of links. */
enum passed_over {
	PASSED_ADDRESS,
	PASSED_ROUTE,
	PASSED_NEIGHBOUR,
	PASSED_RULE,
	PASSED_QDISC,	/* and classes, filters */
	PASSED_BRIDGE,	/* link messages of family AF_BRIDGE */
	PASSED_CONTROL, /* NLMSG_DONE, NLMSG_ERROR, ... */
	PASSED_REQUEST, /* for nlmon: what programs sent to the kernel */
	PASSED_OTHER,
	PASSED_COUNT
};

/* Zeroed is empty. The owner calls capture_free(). */
struct capture {
	struct captured *messages;
	size_t count, capacity;
	size_t passed[PASSED_COUNT];
	size_t unknown_attributes; /* of all messages */
	bool has_new_loss;	   /* for capture_add(): the next message comes after a loss */
	size_t losses;		   /* NLMSG_OVERRUN: how often the capture misses messages */
};

/*
 * Appends a copy, and counts its unknown attributes. Passes over, and counts, a bridge port's own
 * message and a program's request. The kernel's answers to dumps are kept: NLM_F_MULTI in
 * message.nl_flags tells them from notifications.
 */
void capture_add(struct capture *capture, const struct captured *captured);
/* Counts a message that is none of a link, by its nlmsg_type; NLMSG_OVERRUN is a loss. */
void capture_pass(struct capture *capture, uint16_t nlmsg_type);
void capture_free(struct capture *capture);

/* "3 address, 1 route": what was passed over; "" if nothing was. The caller frees. */
char *capture_passed_text(const struct capture *capture);

#endif
