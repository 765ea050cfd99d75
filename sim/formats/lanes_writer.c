/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The timeline as lanes, one per device, for a mail: collects all records, then draws. */
#include "sim/formats/lanes_writer.h"

#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/name_index.h"
#include "sim/base/utf8.h"
#include "sim/base/xalloc.h"
#include "sim/formats/lanes_chart.h"
#include "sim/language/names.h"

struct lanes_writer {
	struct writer writer;
	FILE *out;
	struct run_info info;
	struct lanes lanes;
	struct name_index by_name, by_identity; /* indexes into lanes */
};

/* Returns its index. */
static size_t lane_add(struct lanes *lanes, const char *label)
{
	struct lane *lane = xcalloc(1, sizeof(*lane));

	lanes->lanes = xgrow(lanes->lanes, lanes->lanes_count, &lanes->lanes_capacity,
			     sizeof(lanes->lanes[0]));
	lane->order = lanes->lanes_count;
	lanes->lanes[lanes->lanes_count++] = lane;
	lane->name = ascii_of(label, strlen(label));
	return lane->order;
}

static void lane_rename(struct lane *lane, const char *label)
{
	char *ascii = ascii_of(label, strlen(label)), *both;

	both = xasprintf("%s, %s", lane->name, ascii);
	if (strlen(both) >= LABEL_MAX_BYTES) /* truncate after many renames */
		both[LABEL_MAX_BYTES - 1] = '\0';
	free(ascii);
	free(lane->name);
	lane->name = both;
}

static bool lane_has_ended(const struct lane *lane)
{
	return lane->messages[lane->count - 1].is_deleted;
}

/* A renamed device keeps its lane. A new device with a deleted one's name continues that lane. */
static struct lane *lane_of(struct lanes_writer *writer, const struct record *record)
{
	char label[LABEL_MAX_BYTES], identity[IDENTITY_MAX_BYTES];
	size_t *by_name, *by_identity, at;

	format_label(record->netns, record->dev, label);
	record_identity(record, identity);
	by_name = name_index_at(&writer->by_name, label);
	by_identity = name_index_at(&writer->by_identity, identity);
	at = *by_identity;
	if (at == SIZE_MAX && *by_name != SIZE_MAX && lane_has_ended(writer->lanes.lanes[*by_name]))
		at = *by_name;
	if (at == SIZE_MAX)
		at = lane_add(&writer->lanes, label);
	else if (at != *by_name)
		lane_rename(writer->lanes.lanes[at], label);
	*by_name = at;
	*by_identity = record->kind == RECORD_DELLINK ? SIZE_MAX : at;
	return writer->lanes.lanes[at];
}

static void take_message(struct lanes_writer *writer, const struct record *record)
{
	struct lane *lane = lane_of(writer, record);
	struct lane_message *message;

	lane->messages =
		xgrow(lane->messages, lane->count, &lane->capacity, sizeof(lane->messages[0]));
	message = &lane->messages[lane->count++];
	message->t_ns = record->t_ns;
	message->flags = record->flags & LINK_STATE_FLAGS_MASK;
	message->operstate = record->operstate;
	message->is_deleted = record->kind == RECORD_DELLINK;
	message->waited_ns = record->waited_ns;
}

static void take_again(struct lanes *lanes, int64_t t_ns)
{
	if (lanes->agains_count && lanes->agains_ns[lanes->agains_count - 1] == t_ns)
		return;
	lanes->agains_ns = xgrow(lanes->agains_ns, lanes->agains_count, &lanes->agains_capacity,
				 sizeof(lanes->agains_ns[0]));
	lanes->agains_ns[lanes->agains_count++] = t_ns;
}

/* An action's text with its line; an error or answer is indented below the action of that line. */
static char *note_text(const struct record *record)
{
	char *text, *ascii;
	size_t len;
	FILE *out = xmemstream(&text, &len);

	fprintf(out, "line %-3" PRIu32 " ", record->line);
	if (record->kind == RECORD_ACTION)
		record_write_action(out, record);
	else
		fprintf(out, " %s %.*s", record->kind == RECORD_ERROR ? "!" : "=",
			(int)record->text_len, record->text);
	xclose_memstream(out);
	ascii = ascii_of(text, len);
	free(text);
	return ascii;
}

/* Adds a legend line; repeats of it are counted. */
static void take_note(struct lanes *lanes, const struct record *record)
{
	struct lane_note *note = lanes->notes_count ? &lanes->notes[lanes->notes_count - 1] : NULL;
	char *text = note_text(record);

	if (note && strcmp(note->text, text) == 0) {
		note->times++;
		free(text);
		take_again(lanes, record->t_ns);
		return;
	}
	lanes->notes = xgrow(lanes->notes, lanes->notes_count, &lanes->notes_capacity,
			     sizeof(lanes->notes[0]));
	note = &lanes->notes[lanes->notes_count++];
	note->t_ns = record->t_ns;
	note->text = text;
	note->times = 1;
}

static void lanes_record(struct writer *base, const struct record *record)
{
	struct lanes_writer *writer = (struct lanes_writer *)base;

	if (record_is_message(record))
		take_message(writer, record);
	else if (record->kind == RECORD_ACTION && record->is_again)
		take_again(&writer->lanes, record->t_ns);
	else
		take_note(&writer->lanes, record);
}

static void lanes_flush(struct writer *base)
{
	(void)base; /* a lane can be drawn only when the run is over */
}

static void lanes_free(struct writer *base)
{
	struct lanes_writer *writer = (struct lanes_writer *)base;
	struct lanes *lanes = &writer->lanes;

	lanes_draw(writer->out, &writer->info, lanes);
	name_index_free(&writer->by_name);
	name_index_free(&writer->by_identity);
	for (size_t i = 0; i < lanes->lanes_count; i++) {
		free(lanes->lanes[i]->messages);
		free(lanes->lanes[i]->name);
		free(lanes->lanes[i]);
	}
	for (size_t i = 0; i < lanes->notes_count; i++)
		free(lanes->notes[i].text);
	free(lanes->lanes);
	free(lanes->notes);
	free(lanes->agains_ns);
	free(writer);
}

struct writer *lanes_writer_new(FILE *out, const struct run_info *info)
{
	struct lanes_writer *writer = xcalloc(1, sizeof(*writer));

	writer->writer.record = lanes_record;
	writer->writer.flush = lanes_flush;
	writer->writer.free = lanes_free;
	writer->out = out;
	writer->info = *info;
	return &writer->writer;
}
