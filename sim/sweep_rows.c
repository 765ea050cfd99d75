/* SPDX-License-Identifier: GPL-2.0-or-later */
/* CSV and JSON lines. */
#include "sweep_rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "xalloc.h"

/* Milliseconds, with as many digits as there are. */
static void write_ms(FILE *out, int64_t ns)
{
	int64_t part_ns = ns % 1000000;

	fprintf(out, "%" PRId64, ns / 1000000);
	if (part_ns)
		fputc('.', out);
	for (int64_t place_ns = 100000; part_ns; place_ns /= 10) {
		fputc((int)('0' + part_ns / place_ns), out);
		part_ns %= place_ns;
	}
}

static bool has_wait(const struct measures *measures)
{
	return *measures->wait_dev && !measures->never;
}

/* -- CSV -------------------------------------------------------------------------------- */

/* Columns besides the parameters'. */
static const char *const columns[] = {
	"run",		 "kernel", "wait_ms",	 "never",	    "wait_device",
	"notifications", "lie_ms", "lie_device", "failed_commands", NULL,
};

static void write_field(FILE *out, const char *text)
{
	if (!strpbrk(text, "\",\r\n")) {
		fputs(text, out);
		return;
	}
	fputc('"', out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', out);
		fputc(*text, out);
	}
	fputc('"', out);
}

static void csv_head(FILE *out, const struct sweep *sweep)
{
	fputs("run,", out);
	for (size_t i = 0; i < sweep->varies_count; i++) {
		write_field(out, sweep->varies[i].name);
		fputc(',', out);
	}
	fputs("kernel,wait_ms,wait_device,never,notifications,lie_ms,lie_device,failed_commands\n",
	      out);
}

static void csv_row(FILE *out, const struct sweep_row *row)
{
	const struct measures *measures = &row->measures;

	fprintf(out, "%" PRIu64 ",", row->run);
	for (size_t i = 0; i < row->varies_count; i++) {
		write_field(out, row->values[i]);
		fputc(',', out);
	}
	write_field(out, row->kernel);
	fputc(',', out);
	if (has_wait(measures))
		write_ms(out, measures->wait_ns);
	fputc(',', out);
	write_field(out, measures->wait_dev);
	fprintf(out, ",%zu,%zu,", measures->never, measures->notifications);
	write_ms(out, measures->lie.longest_ns);
	fputc(',', out);
	write_field(out, measures->lie.dev);
	fprintf(out, ",%u\n", measures->failed_commands);
}

/* -- JSON lines -------------------------------------------------------------------------- */

static void write_string(FILE *out, const char *text)
{
	json_write_string(out, text, strlen(text));
}

static void write_string_or_null(FILE *out, const char *text)
{
	if (*text)
		write_string(out, text);
	else
		fputs("null", out);
}

static void jsonl_row(FILE *out, const struct sweep_row *row)
{
	const struct measures *measures = &row->measures;

	fprintf(out, "{\"run\":%" PRIu64 ",\"params\":{", row->run);
	for (size_t i = 0; i < row->varies_count; i++) {
		if (i)
			fputc(',', out);
		write_string(out, row->varies[i].name);
		fputc(':', out);
		write_string(out, row->values[i]);
	}
	fputs("},\"kernel\":", out);
	write_string(out, row->kernel);
	fputs(",\"wait_ms\":", out);
	if (has_wait(measures))
		write_ms(out, measures->wait_ns);
	else
		fputs("null", out);
	fputs(",\"wait_device\":", out);
	write_string_or_null(out, measures->wait_dev);
	fprintf(out, ",\"never\":%zu,\"notifications\":%zu,\"lie_ms\":", measures->never,
		measures->notifications);
	write_ms(out, measures->lie.longest_ns);
	fputs(",\"lie_device\":", out);
	write_string_or_null(out, measures->lie.dev);
	fprintf(out, ",\"failed_commands\":%u}\n", measures->failed_commands);
}

/* -- either ------------------------------------------------------------------------------ */

write_row_fn sweep_row_writer(enum format format)
{
	return format == FORMAT_JSONL ? jsonl_row : csv_row;
}

const char *sweep_rows_clash(enum format format, const struct sweep *sweep)
{
	for (size_t i = 0; i < sweep->varies_count && format == FORMAT_CSV; i++)
		for (size_t j = 0; columns[j]; j++)
			if (strcmp(sweep->varies[i].name, columns[j]) == 0)
				return columns[j];
	return NULL;
}

void sweep_rows_head(FILE *out, enum format format, const struct sweep *sweep)
{
	if (format == FORMAT_CSV)
		csv_head(out, sweep);
}

/* The same words for both: sscanf() reads them back. */
#define CSV_PART                                                                                   \
	"# lwsim sweep, part %" PRIu64 "/%" PRIu64 ", combinations %" PRIu64 ", kernels %" PRIu64  \
	", sweep %" PRIx64
#define JSONL_PART                                                                                 \
	"{\"part\":%" PRIu64 ",\"parts\":%" PRIu64 ",\"combinations\":%" PRIu64                    \
	",\"kernels\":%" PRIu64 ",\"sweep\":\"%" PRIx64 "\"}"

void sweep_part_write(FILE *out, const struct sweep_part *part)
{
	fprintf(out, part->format == FORMAT_JSONL ? JSONL_PART : CSV_PART, part->part, part->parts,
		part->combinations, part->kernels, part->number);
	fputc('\n', out);
}

/* Whether a part is written as this line: nothing more stands in it. */
static bool is_written_as(const struct sweep_part *part, const char *line)
{
	char *text = NULL;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	bool is_same;

	sweep_part_write(out, part);
	fclose(out);
	is_same = strcmp(text, line) == 0;
	free(text);
	return is_same;
}

bool sweep_part_read(const char *line, struct sweep_part *ret_part)
{
	static const struct {
		enum format format;
		const char *text;
	} formats[] = { { FORMAT_CSV, CSV_PART }, { FORMAT_JSONL, JSONL_PART } };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		*ret_part = (struct sweep_part){ .format = formats[i].format };
		if (sscanf(line, formats[i].text, &ret_part->part, &ret_part->parts,
			   &ret_part->combinations, &ret_part->kernels, &ret_part->number) == 5 &&
		    ret_part->part && ret_part->part <= ret_part->parts &&
		    ret_part->parts <= SWEEP_PARTS_MAX &&
		    ret_part->combinations <= SWEEP_COMBINATIONS_MAX &&
		    is_written_as(ret_part, line))
			return true;
	}
	return false;
}

uint64_t sweep_part_size(const struct sweep_part *part)
{
	uint64_t first = part->part - 1;

	return first < part->combinations ? (part->combinations - first - 1) / part->parts + 1 : 0;
}

uint64_t sweep_row_run(enum format format, const char *row)
{
	uint64_t run;

	if (sscanf(row, format == FORMAT_JSONL ? "{\"run\":%" PRIu64 "," : "%" PRIu64 ",", &run) !=
	    1)
		return 0;
	return run;
}
