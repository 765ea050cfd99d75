/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a message says, in few words. */
#include "sim/run/describe.h"

#include <string.h>

#include "sim/language/format.h"
#include "sim/language/names.h"

bool record_is_again(const struct record *record)
{
	return record->kind == RECORD_NEWLINK && record->has_before &&
	       record->operstate == record->operstate_before &&
	       !((record->flags ^ record->flags_before) & LINK_STATE_FLAGS_MASK);
}

void record_describe(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES])
{
	uint32_t before = record->has_before ? record->flags_before : 0;
	char *end = ret_text;

	if (record->kind == RECORD_DELLINK || record_is_again(record)) {
		strcpy(ret_text, record->kind == RECORD_DELLINK ? "deleted" : "(no change)");
		return;
	}
	*end = '\0';
	for (unsigned int i = 0; i < LINK_STATE_FLAGS; i++)
		if ((record->flags ^ before) & flag_names[i].flag)
			end += sprintf(end, "%c%s ", record->flags & flag_names[i].flag ? '+' : '-',
				       flag_names[i].name);
	if (!record->has_before || record->operstate != record->operstate_before)
		strcpy(end, operstate_name(record->operstate));
	else
		end[-1] = '\0'; /* some flag did */
}

void record_describe_whole(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES])
{
	char flags[FORMAT_MAX_BYTES];

	format_link_flags(record->flags, flags);
	sprintf(ret_text, "%s<%s> state %s", record->kind == RECORD_DELLINK ? "deleted " : "",
		flags, operstate_name(record->operstate));
}
