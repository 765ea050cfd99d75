/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a message says, in few words. */
#include "describe.h"

#include <string.h>

#include "format.h"
#include "names.h"

void record_describe(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES])
{
	uint32_t before = record->has_before ? record->flags_before : 0;
	char *end = ret_text;

	*end = '\0';
	if (record->kind == RECORD_DELLINK) {
		strcpy(ret_text, "deleted");
		return;
	}
	for (unsigned int i = 0; i < LINK_STATE_FLAGS; i++)
		if ((record->flags ^ before) & flag_names[i].flag)
			end += sprintf(end, "%c%s ", record->flags & flag_names[i].flag ? '+' : '-',
				       flag_names[i].name);
	if (!record->has_before || record->operstate != record->operstate_before)
		strcpy(end, operstate_name(record->operstate));
	else if (end != ret_text)
		end[-1] = '\0';
	else
		strcpy(ret_text, "(no change)");
}

void record_describe_whole(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES])
{
	char flags[FORMAT_MAX_BYTES];

	format_link_flags(record->flags, flags);
	sprintf(ret_text, "%s<%s> state %s", record->kind == RECORD_DELLINK ? "deleted " : "",
		flags, operstate_name(record->operstate));
}
