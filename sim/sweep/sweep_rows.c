/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads and writes rows as CSV and JSON lines. */
#include "sim/sweep/sweep_rows.h"

#include <inttypes.h>
#include <string.h>

#include "sim/base/json.h"

/* Milliseconds, with as many decimals as needed. */
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

/* Columns after the parameters. */
static const char *const columns[] = {
	"run",		 "kernel", "wait_ms",	 "never",	    "wait_device",
	"notifications", "lie_ms", "lie_device", "failed_commands", NULL,
};

/* Further columns with --as. */
static const char *const observer_columns[] = { "as",	    "late_ms",	    "late_device",
						"wrong_ms", "wrong_device", NULL };

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
	fputs("kernel,wait_ms,wait_device,never,notifications,lie_ms,lie_device,failed_commands",
	      out);
	for (size_t i = 0; sweep->options->observer && observer_columns[i]; i++)
		fprintf(out, ",%s", observer_columns[i]);
	fputc('\n', out);
}

static void csv_observer(FILE *out, const struct sweep_row *row)
{
	fprintf(out, ",%s,", row->observer);
	write_ms(out, row->observed.late_ns);
	fputc(',', out);
	write_field(out, row->observed.late_dev);
	fputc(',', out);
	write_ms(out, row->observed.wrong_ns);
	fputc(',', out);
	write_field(out, row->observed.wrong_dev);
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
	fprintf(out, ",%u", measures->failed_commands);
	if (row->observer)
		csv_observer(out, row);
	fputc('\n', out);
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

static void jsonl_observer(FILE *out, const struct sweep_row *row)
{
	fprintf(out, ",\"as\":\"%s\",\"late_ms\":", row->observer);
	write_ms(out, row->observed.late_ns);
	fputs(",\"late_device\":", out);
	write_string_or_null(out, row->observed.late_dev);
	fputs(",\"wrong_ms\":", out);
	write_ms(out, row->observed.wrong_ns);
	fputs(",\"wrong_device\":", out);
	write_string_or_null(out, row->observed.wrong_dev);
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
	fprintf(out, ",\"failed_commands\":%u", measures->failed_commands);
	if (row->observer)
		jsonl_observer(out, row);
	fputs("}\n", out);
}

/* -- either ------------------------------------------------------------------------------ */

write_row_fn sweep_row_writer(enum sweep_format format)
{
	return format == SWEEP_JSONL ? jsonl_row : csv_row;
}

static const char *column_find(const char *const *of, const char *name)
{
	for (size_t i = 0; of[i]; i++)
		if (strcmp(of[i], name) == 0)
			return of[i];
	return NULL;
}

const char *sweep_rows_clash(enum sweep_format format, const struct sweep *sweep)
{
	const char *found = NULL;

	for (size_t i = 0; i < sweep->varies_count && format == SWEEP_CSV && !found; i++) {
		found = column_find(columns, sweep->varies[i].name);
		if (!found && sweep->options->observer)
			found = column_find(observer_columns, sweep->varies[i].name);
	}
	return found;
}

void sweep_rows_head(FILE *out, enum sweep_format format, const struct sweep *sweep)
{
	if (format == SWEEP_CSV)
		csv_head(out, sweep);
}

uint64_t sweep_row_run(enum sweep_format format, const char *row)
{
	uint64_t run;

	if (sscanf(row, format == SWEEP_JSONL ? "{\"run\":%" PRIu64 "," : "%" PRIu64 ",", &run) !=
	    1)
		return 0;
	return run;
}

/* The CSV field after the one at `at`; NULL: none. */
static const char *field_next(const char *at)
{
	bool is_quoted = false;

	if (!at)
		return NULL;
	for (; *at && (is_quoted || *at != ','); at++)
		if (*at == '"')
			is_quoted = !is_quoted;
	return *at ? at + 1 : NULL;
}

/*
 * The text after these JSON keys; NULL: not found. A string cannot contain them, because its quotes
 * are escaped.
 */
static const char *behind(const char *text, const char *keys)
{
	const char *found = text ? strstr(text, keys) : NULL;

	return found ? found + strlen(keys) : NULL;
}

/* Reads milliseconds, as written by write_ms(), into ns. */
static bool ms_read(const char *text, int64_t *ret_ns)
{
	int64_t place_ns = 1000000, ns = 0;

	for (; *text >= '0' && *text <= '9' && ns <= SCENARIO_MAX_NS / 100; text++)
		ns = ns * 10 + (*text - '0') * place_ns;
	if (*text == '.')
		for (text++; *text >= '0' && *text <= '9'; text++) {
			place_ns /= 10;
			ns += (*text - '0') * place_ns;
		}
	*ret_ns = ns;
	return *text == ',';
}

bool sweep_row_wait(enum sweep_format format, const char *row, size_t varies_count, int64_t *ret_ns)
{
	const char *wait = row, *never;
	bool has_wait;

	if (format == SWEEP_JSONL) {
		wait = behind(behind(row, "},\"kernel\":"), ",\"wait_ms\":");
		never = behind(wait, ",\"never\":");
	} else {
		for (size_t i = 0; i < varies_count + 2; i++) /* after the run and the kernel */
			wait = field_next(wait);
		never = field_next(field_next(wait));
	}
	if (!never || *never < '0' || *never > '9')
		return false;
	has_wait = *wait >= '0' && *wait <= '9';
	if (*never != '0')
		*ret_ns = WAIT_NEVER;
	else if (!has_wait)
		*ret_ns = WAIT_NONE;
	return *never != '0' || !has_wait || ms_read(wait, ret_ns);
}

bool sweep_row_observed(enum sweep_format format, const char *row, size_t varies_count,
			int64_t *ret_late_ns, int64_t *ret_wrong_ns)
{
	const char *late = row, *wrong;

	if (format == SWEEP_JSONL) {
		late = behind(behind(row, ",\"as\":"), ",\"late_ms\":");
		wrong = behind(late, ",\"wrong_ms\":");
	} else {
		for (size_t i = 0; columns[i]; i++)
			late = field_next(late);
		for (size_t i = 0; i < varies_count + 1; i++) /* the values, and `as` */
			late = field_next(late);
		wrong = field_next(field_next(late));
	}
	return late && wrong && ms_read(late, ret_late_ns) && ms_read(wrong, ret_wrong_ns);
}
