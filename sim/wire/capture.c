/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A growing list of captured messages. */
#include "sim/wire/capture.h"

#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "sim/base/xalloc.h"

void capture_add(struct capture *capture, const struct captured *captured)
{
	const struct rtnl_link_message *message = &captured->message;

	if (message->nl_flags & NLM_F_REQUEST || message->family == AF_BRIDGE) {
		capture->passed[message->nl_flags & NLM_F_REQUEST ? PASSED_REQUEST
								  : PASSED_BRIDGE]++;
		return;
	}
	capture->messages = xgrow(capture->messages, capture->count, &capture->capacity,
				  sizeof(capture->messages[0]));
	capture->messages[capture->count] = *captured;
	capture->messages[capture->count++].is_after_loss = capture->has_new_loss;
	capture->has_new_loss = false;
	capture->unknown_attributes += message->unknown_attributes;
}

static enum passed_over passed_of(uint16_t nlmsg_type)
{
	if (nlmsg_type < NLMSG_MIN_TYPE)
		return PASSED_CONTROL;
	switch (nlmsg_type) {
	case RTM_NEWADDR:
	case RTM_DELADDR:
		return PASSED_ADDRESS;
	case RTM_NEWROUTE:
	case RTM_DELROUTE:
		return PASSED_ROUTE;
	case RTM_NEWNEIGH:
	case RTM_DELNEIGH:
		return PASSED_NEIGHBOUR;
	case RTM_NEWRULE:
	case RTM_DELRULE:
		return PASSED_RULE;
	case RTM_NEWQDISC:
	case RTM_DELQDISC:
	case RTM_NEWTCLASS:
	case RTM_DELTCLASS:
	case RTM_NEWTFILTER:
	case RTM_DELTFILTER:
		return PASSED_QDISC;
	case RTM_GETLINK:
	case RTM_SETLINK:
	case RTM_GETADDR:
	case RTM_GETROUTE:
	case RTM_GETNEIGH:
	case RTM_GETRULE:
	case RTM_GETQDISC:
		return PASSED_REQUEST;
	default:
		return PASSED_OTHER;
	}
}

void capture_pass(struct capture *capture, uint16_t nlmsg_type)
{
	if (nlmsg_type == NLMSG_OVERRUN) {
		capture->losses++;
		capture->has_new_loss = true;
		return;
	}
	capture->passed[passed_of(nlmsg_type)]++;
}

void capture_free(struct capture *capture)
{
	free(capture->messages);
	memset(capture, 0, sizeof(*capture));
}

char *capture_passed_text(const struct capture *capture)
{
	static const char *const names[PASSED_COUNT] = {
		[PASSED_ADDRESS] = "address",	  [PASSED_ROUTE] = "route",
		[PASSED_NEIGHBOUR] = "neighbour", [PASSED_RULE] = "rule",
		[PASSED_QDISC] = "qdisc",	  [PASSED_BRIDGE] = "bridge port",
		[PASSED_CONTROL] = "control",	  [PASSED_REQUEST] = "request",
		[PASSED_OTHER] = "other",
	};
	const char *between = "";
	char *text;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	for (unsigned int i = 0; i < PASSED_COUNT; i++) {
		if (!capture->passed[i])
			continue;
		fprintf(out, "%s%zu %s", between, capture->passed[i], names[i]);
		between = ", ";
	}
	xclose_memstream(out);
	return text;
}
