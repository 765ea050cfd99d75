/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * JSON lines, the machine interface: one object per record. The schema is
 * sim/formats/trace.schema.json. Keys may be added, none is removed.
 */
#include "sim/formats/jsonl_writer.h"

#include <inttypes.h>
#include <linux/if_arp.h>
#include <stdlib.h>
#include <string.h>

#include "model/jiffies.h"
#include "sim/base/json.h"
#include "sim/base/version.h"
#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/language/names.h"

struct jsonl_writer {
	struct writer writer;
	FILE *out;
	const char *path;
};

void jsonl_write_seconds(FILE *out, int64_t ns)
{
	char fraction[16];
	size_t len = 9;

	snprintf(fraction, sizeof(fraction), "%09" PRId64, ns % NSEC_PER_SEC);
	while (len > 1 && fraction[len - 1] == '0')
		len--;
	fprintf(out, "%" PRId64 ".%.*s", ns / NSEC_PER_SEC, (int)len, fraction);
}

static void write_address(FILE *out, uint64_t address)
{
	const char *separator = "\"";

	for (int shift = 40; shift >= 0; shift -= 8) {
		fprintf(out, "%s%02x", separator, (unsigned int)(address >> shift & 0xff));
		separator = ":";
	}
	fputc('"', out);
}

/* Those that no device or namespace has are null. */
static void write_attributes(FILE *out, const struct record *record)
{
	fprintf(out, ",\"kind\":\"%s\",\"mtu\":%" PRIu32, record->driver, record->mtu);
	fputs(",\"address\":", out);
	if (record->type != ARPHRD_NONE)
		write_address(out, record->address);
	else
		fputs("null", out);
	fputs(",\"master\":", out);
	if (record->master)
		fprintf(out, "%" PRId32, record->master);
	else
		fputs("null", out);
	fputs(",\"link\":", out);
	if (record->has_link)
		fprintf(out, "%" PRId32, record->link);
	else
		fputs("null", out);
	fputs(",\"link_netns\":", out);
	if (record->link_netns)
		json_write_string(out, record->link_netns, strlen(record->link_netns));
	else
		fputs("null", out);
	fprintf(out, ",\"txqlen\":%" PRIu32 ",\"promiscuity\":%" PRIu32 ",\"proto_down\":%s",
		record->txqlen, record->promiscuity, record->proto_down ? "true" : "false");
}

static void write_link(FILE *out, const struct record *record)
{
	fputs(",\"family\":\"unspec\",\"dev\":", out);
	json_write_string(out, record->dev, strlen(record->dev));
	fprintf(out, ",\"ifindex\":%" PRId32 ",\"netns\":", record->ifindex);
	json_write_string(out, record->netns, strlen(record->netns));
	format_flags_json(out, record->flags);
	fprintf(out, ",\"operstate\":\"%s\",\"linkmode\":\"%s\",\"qdisc\":\"%s\"",
		operstate_name(record->operstate), linkmode_name(record->linkmode),
		qdisc_name(record->qdisc));
	fprintf(out,
		",\"carrier\":%s,\"change\":%" PRIu32 ",\"carrier_up\":%" PRIu32
		",\"carrier_down\":%" PRIu32,
		record->carrier ? "true" : "false", record->change, record->carrier_up,
		record->carrier_down);
	write_attributes(out, record);
}

static void write_error(FILE *out, const struct record *record)
{
	const char *known = errno_name(record->error), *name = known ? known : "?";

	fputs(",\"errno\":", out);
	json_write_string(out, name, strlen(name));
	fputs(",\"text\":", out);
	json_write_string(out, record->text, record->text_len);
}

/* The statement's first line; in a repeat, which iteration. */
static void write_action(FILE *out, const struct record *record)
{
	const char *newline = memchr(record->text, '\n', record->text_len);

	fputs(",\"text\":", out);
	json_write_string(out, record->text,
			  newline ? (size_t)(newline - record->text) : record->text_len);
	if (record->repeat)
		fprintf(out, ",\"turn\":%" PRIu32 ",\"turns\":%" PRIu32, record->turn,
			record->repeat->block.times);
}

/* "file.lw:9"; line 0: nothing in the file caused it. */
static void write_cause(const struct jsonl_writer *jsonl, uint32_t line)
{
	char *cause = xasprintf("%s:%" PRIu32, jsonl->path, line);

	fputs(",\"cause\":", jsonl->out);
	json_write_string(jsonl->out, cause, strlen(cause));
	free(cause);
}

static void write_header(const struct jsonl_writer *jsonl, const struct run_info *info)
{
	FILE *out = jsonl->out;
	char kernel[KERNEL_NAME_MAX_BYTES];

	kernel_name(info->kernel, kernel);
	fputs("{\"t\":0.0,\"jiffy\":0,\"type\":\"header\",\"lwsim\":\"" LWSIM_VERSION
	      "\",\"kernel\":",
	      out);
	json_write_string(out, kernel, strlen(kernel));
	fprintf(out, ",\"hz\":%" PRIu32 ",\"file\":", info->scenario->hz);
	json_write_string(out, jsonl->path, strlen(jsonl->path));
	write_cause(jsonl, 0);
	fputs("}\n", out);
}

static void jsonl_record(struct writer *writer, const struct record *record)
{
	static const char *const types[] = {
		[RECORD_ACTION] = "action",   [RECORD_NEWLINK] = "newlink",
		[RECORD_DELLINK] = "dellink", [RECORD_ERROR] = "error",
		[RECORD_NOTE] = "note",
	};
	const struct jsonl_writer *jsonl = (const struct jsonl_writer *)writer;
	FILE *out = jsonl->out;

	fputs("{\"t\":", out);
	jsonl_write_seconds(out, record->t_ns);
	fprintf(out, ",\"jiffy\":%" PRIu64 ",\"type\":\"%s\"", record->jiffy, types[record->kind]);
	if (record_is_message(record)) {
		write_link(out, record);
	} else if (record->kind == RECORD_ACTION) {
		write_action(out, record);
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
	write_header(jsonl, info);
	return &jsonl->writer;
}
