/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words and names of the scenario language, shared by its parser and the runner. */
#include "sim/language/scenario.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <stdio.h>

const char *const sysfs_attr_names[] = {
	[SYSFS_CARRIER] = "carrier",
	[SYSFS_OPERSTATE] = "operstate",
	[SYSFS_DORMANT] = "dormant",
	[SYSFS_TESTING] = "testing",
	[SYSFS_CARRIER_CHANGES] = "carrier_changes",
	[SYSFS_CARRIER_UP_COUNT] = "carrier_up_count",
	[SYSFS_CARRIER_DOWN_COUNT] = "carrier_down_count",
	[SYSFS_LINK_MODE] = "link_mode",
	[SYSFS_IFINDEX] = "ifindex",
	[SYSFS_IFLINK] = "iflink",
	[SYSFS_FLAGS] = "flags",
	[SYSFS_COUNT] = NULL,
};

const char *const dev_field_names[] = {
	[DEV_OPERSTATE] = "dev->operstate",
	[DEV_STATE] = "dev->state",
	[DEV_FLAGS] = "dev->flags",
	[DEV_LINK_MODE] = "dev->link_mode",
	[DEV_CARRIER_UP_COUNT] = "dev->carrier_up_count",
	[DEV_CARRIER_DOWN_COUNT] = "dev->carrier_down_count",
	[DEV_FIELD_COUNT] = NULL,
};

bool pattern_matches(const char *pattern, const struct kernel *kernel)
{
	char name[KERNEL_NAME_MAX_BYTES];

	kernel_name(kernel, name);
	return fnmatch(pattern, name, FNM_NOESCAPE) == 0;
}

void name_at(const struct dev_name *name, uint32_t index, char *ret_name, size_t bytes)
{
	if (name->is_range)
		snprintf(ret_name, bytes, "%s%" PRIu32 "%s", name->prefix, name->first + index,
			 name->suffix);
	else
		snprintf(ret_name, bytes, "%s", name->prefix ? name->prefix : "");
}

void dev_name_at(const struct dev_name *name, uint32_t index, char ret_name[IFNAMSIZ])
{
	name_at(name, index, ret_name, IFNAMSIZ);
}

void netns_name_at(const struct dev_name *name, uint32_t index, char ret_name[NETNS_NAME_MAX_BYTES])
{
	name_at(name, index, ret_name, NETNS_NAME_MAX_BYTES);
}

void format_label(const char *netns, const char *dev, char ret_label[LABEL_MAX_BYTES])
{
	snprintf(ret_label, LABEL_MAX_BYTES, "%s%s%s", netns, *netns ? "/" : "", dev);
}

void scenario_write_settings(const struct scenario *scenario, FILE *out)
{
	for (size_t i = 0; i < scenario->params_count; i++)
		if (scenario->params[i].is_set)
			fprintf(out, ", %s=%s", scenario->params[i].name,
				scenario->params[i].value);
}
