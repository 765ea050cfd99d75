/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that expectations compare, and their text. */
#include "sim/run/expect_value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "sim/language/names.h"

void value_format_flags(uint64_t flags, char ret_text[VALUE_MAX_BYTES])
{
	char names[FORMAT_MAX_BYTES];

	format_link_flags((uint32_t)flags, names);
	snprintf(ret_text, VALUE_MAX_BYTES, "<%s>", names);
}

/* "6 (PRESENT NOCARRIER)" */
static void format_state(uint64_t state, char ret_text[VALUE_MAX_BYTES])
{
	static const char *const bits[] = { "START",   "PRESENT", "NOCARRIER", "LINKWATCH_PENDING",
					    "DORMANT", "TESTING" };
	char *end = ret_text + sprintf(ret_text, "%" PRIu64 " (", state);

	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (state & (1U << i))
			end += sprintf(end, "%s ", bits[i]);
	strcpy(end[-1] == ' ' ? end - 1 : end, end[-1] == ' ' ? ")" : "none)");
}

void value_format(const struct expect *expect, uint64_t value, char ret_text[VALUE_MAX_BYTES])
{
	bool is_state = expect->kind == EXPECT_OPERSTATE ||
			(expect->kind == EXPECT_FIELD && expect->field == DEV_OPERSTATE);

	if (is_state)
		strcpy(ret_text, operstate_name((uint8_t)value));
	else if (expect->kind == EXPECT_FLAGS)
		value_format_flags(value, ret_text);
	else if (expect->kind == EXPECT_CARRIER)
		strcpy(ret_text, value ? "on" : "off");
	else if (expect->kind == EXPECT_RUNNING)
		strcpy(ret_text, value ? "yes" : "no");
	else if (expect->kind == EXPECT_LINKMODE)
		strcpy(ret_text, linkmode_name((uint8_t)value));
	else if (expect->kind == EXPECT_FIELD && expect->field == DEV_STATE)
		format_state(value, ret_text);
	else
		snprintf(ret_text, VALUE_MAX_BYTES, "%" PRIu64, value);
}

static uint64_t field_value(const struct net_device *dev, enum dev_field field)
{
	const uint64_t values[DEV_FIELD_COUNT] = {
		[DEV_OPERSTATE] = dev->operstate,
		[DEV_STATE] = dev->state,
		[DEV_FLAGS] = dev->flags,
		[DEV_LINK_MODE] = dev->link_mode,
		[DEV_CARRIER_UP_COUNT] = dev->carrier_up_count,
		[DEV_CARRIER_DOWN_COUNT] = dev->carrier_down_count,
	};

	return values[field];
}

uint64_t value_of(const struct net_device *dev, const struct expect *expect)
{
	struct link_message message;

	rtnl_fill_ifinfo(dev, &message);
	if (expect->kind == EXPECT_OPERSTATE)
		return message.operstate;
	if (expect->kind == EXPECT_FLAGS)
		return message.ifi_flags & LINK_STATE_FLAGS_MASK;
	if (expect->kind == EXPECT_CARRIER)
		return message.carrier;
	if (expect->kind == EXPECT_RUNNING)
		return !!(message.ifi_flags & IFF_RUNNING);
	if (expect->kind == EXPECT_LINKMODE)
		return message.link_mode;
	return field_value(dev, expect->field);
}
