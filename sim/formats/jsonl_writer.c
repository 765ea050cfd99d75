/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON lines, the machine interface: one object per record. The schema is
 * sim/formats/trace.schema.json. Keys may be added, none is removed.
 */
#include "sim/formats/jsonl_writer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/json.h"
#include "sim/base/xalloc.h"
#include "sim/language/names.h"

struct jsonl_writer {
	struct writer writer;
	FILE *out;
	const char *path;
};

/* Seconds with as many digits as needed, at least one. */
static void write_seconds(FILE *out, int64_t ns)
{
	char fraction[16];
	size_t len = 9;

	snprintf(fraction, sizeof(fraction), "%09" PRId64, ns % NSEC_PER_SEC);
	while (len > 1 && fraction[len - 1] == '0')
		len--;
	fprintf(out, "%" PRId64 ".%.*s", ns / NSEC_PER_SEC, (int)len, fraction);
}

static void write_flags(FILE *out, uint32_t flags)
{
	const char *separator = "";

	fputs(",\"flags\":[", out);
	for (const struct flag_name *name = flag_names; name->flag; name++) {
		if (!(flags & name->flag))
			continue;
		fprintf(out, "%s\"%s\"", separator, name->name);
		separator = ",";
	}
	fputc(']', out);
}

static void write_link(FILE *out, const struct record *record)
{
	fputs(",\"family\":\"unspec\",\"dev\":", out);
	json_write_string(out, record->dev, strlen(record->dev));
	fprintf(out, ",\"ifindex\":%" PRId32 ",\"netns\":", record->ifindex);
	json_write_string(out, record->netns, strlen(record->netns));
	write_flags(out, record->flags);
	fprintf(out, ",\"operstate\":\"%s\",\"linkmode\":\"%s\",\"qdisc\":\"%s\"",
		operstate_name(record->operstate), linkmode_name(record->linkmode),
		qdisc_name(record->qdisc));
	fprintf(out,
		",\"carrier\":%s,\"change\":%" PRIu32 ",\"carrier_up\":%" PRIu32
		",\"carrier_down\":%" PRIu32,
		record->carrier ? "true" : "false", record->change, record->carrier_up,
		record->carrier_down);
}

static void write_error(FILE *out, const struct record *record)
{
	const char *known = errno_name(record->error), *name = known ? known : "?";

	fputs(",\"errno\":", out);
	json_write_string(out, name, strlen(name));
	fputs(",\"text\":", out);
	json_write_string(out, record->text, record->text_len);
}

/* "file.lw:9"; line 0: nothing in the file caused it. */
static void write_cause(const struct jsonl_writer *jsonl, uint32_t line)
{
	char *cause = xasprintf("%s:%" PRIu32, jsonl->path, line);

	fputs(",\"cause\":", jsonl->out);
	json_write_string(jsonl->out, cause, strlen(cause));
	free(cause);
}

static void jsonl_record(struct writer *writer, const struct record *record)
{
	static const char *const types[] = {
		[RECORD_NEWLINK] = "newlink",
		[RECORD_DELLINK] = "dellink",
		[RECORD_ERROR] = "error",
		[RECORD_NOTE] = "note",
	};
	const struct jsonl_writer *jsonl = (const struct jsonl_writer *)writer;
	FILE *out = jsonl->out;

	if (record->kind == RECORD_ACTION)
		return;
	fputs("{\"t\":", out);
	write_seconds(out, record->t_ns);
	fprintf(out, ",\"jiffy\":%" PRIu64 ",\"type\":\"%s\"", record->jiffy, types[record->kind]);
	if (record_is_message(record)) {
		write_link(out, record);
	} else if (record->kind == RECORD_ERROR) {
		write_error(out, record);
	} else {
		fputs(",\"text\":", out);
		json_write_string(out, record->text, record->text_len);
	}
	write_cause(jsonl, record->line);
	fputs("}\n", out);
}

static void jsonl_flush(struct writer *writer)
{
	(void)writer; /* nothing is buffered */
}

static void jsonl_free(struct writer *writer)
{
	free(writer);
}

struct writer *jsonl_writer_new(FILE *out, const struct run_info *info)
{
	struct jsonl_writer *jsonl = xcalloc(1, sizeof(*jsonl));

	jsonl->writer.record = jsonl_record;
	jsonl->writer.flush = jsonl_flush;
	jsonl->writer.free = jsonl_free;
	jsonl->out = out;
	jsonl->path = info->scenario->source->path;
	return &jsonl->writer;
}
