/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Collects diagnostics and prints them with the source line and carets. */
#include "sim/language/diag.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"

/* Of a longer source line, only a window of this size is shown. */
#define EXCERPT_MAX_BYTES 100U

const char *severity_name(enum severity severity)
{
	static const char *const names[] = {
		[SEVERITY_ERROR] = "error",
		[SEVERITY_WARNING] = "warning",
		[SEVERITY_NOTE] = "note",
		[SEVERITY_FAIL] = "fail",
	};

	return names[severity];
}

void diags_init(struct diags *diags, const struct source *source)
{
	*diags = (struct diags){ .source = source };
}

void diags_free(struct diags *diags)
{
	size_t i;

	for (i = 0; i < diags->count; i++)
		free(diags->items[i].text);
	free(diags->items);
	diags_init(diags, diags->source);
}

/* Orders by position in the file; diagnostics without a span are last. */
static bool diag_is_after(const struct diag *a, const struct diag *b)
{
	if (a->has_span && b->has_span)
		return a->span.off > b->span.off;
	return b->has_span && !a->has_span;
}

/*
 * If enough errors are kept, replaces the one furthest down, provided the new one is before it. The
 * parser finds some errors only after it has read all lines.
 */
static struct diag *error_replace(struct diags *diags, const struct diag *diag)
{
	struct diag *last = NULL;
	size_t i;

	for (i = 0; i < diags->count; i++)
		if (diags->items[i].severity == SEVERITY_ERROR &&
		    (!last || !diag_is_after(last, &diags->items[i])))
			last = &diags->items[i];
	if (!diag_is_after(last, diag))
		return NULL;
	free(last->text);
	return last;
}

void diag_add(struct diags *diags, enum severity severity, struct span span, const char *format,
	      ...)
{
	struct diag diag = {
		.severity = severity,
		.has_span = span.off != SPAN_NONE.off,
		.span = span,
	};
	struct diag *place = NULL;
	va_list args;

	if (severity == SEVERITY_ERROR && diags->errors++ >= DIAG_MAX_ERRORS) {
		place = error_replace(diags, &diag);
		if (!place)
			return;
	}
	va_start(args, format);
	diag.text = xvasprintf(format, args);
	va_end(args);
	if (!place) {
		diags->items =
			xgrow(diags->items, diags->count, &diags->capacity, sizeof(*diags->items));
		place = &diags->items[diags->count++];
	}
	*place = diag;
}

static bool is_continuation(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

/* Narrows [*start, *end) to a window around `from`, without splitting characters. */
static void window_choose(const char *text, uint32_t len, uint32_t from, uint32_t *start,
			  uint32_t *end)
{
	unsigned int i;

	*start = from > EXCERPT_MAX_BYTES / 2 ? from - EXCERPT_MAX_BYTES / 2 : 0;
	if (*start > len - EXCERPT_MAX_BYTES)
		*start = len - EXCERPT_MAX_BYTES;
	*end = *start + EXCERPT_MAX_BYTES;
	for (i = 0; i < 3 && is_continuation(text[*start]); i++)
		++*start;
	for (i = 0; i < 3 && *end < len && is_continuation(text[*end]); i++)
		--*end;
}

static void excerpt_print(FILE *out, const struct source *source, const struct span *span)
{
	uint32_t line, col, len, from, to, start = 0, end, i;
	const char *text, *shown;
	size_t shown_len;
	bool has_caret = false;

	source_position(source, span->off, &line, &col);
	text = source_line(source, line, &len);
	from = col - 1;
	to = span->len < len ? from + span->len : len;
	end = len;
	if (len > EXCERPT_MAX_BYTES)
		window_choose(text, len, from, &start, &end);

	fprintf(out, "%5u |%s%s", line, len ? " " : "", start ? "..." : "");
	text_print(out, text + start, end - start);
	fprintf(out, "%s\n      | %s", end < len ? "..." : "", start ? "   " : "");
	for (i = start; i < end && (i < from || i < to);) {
		if (i >= from)
			has_caret = true;
		fputc(i >= from ? '^' : text[i] == '\t' ? '\t' : ' ', out);
		i += (uint32_t)text_step(text + i, end - i, &shown, &shown_len);
	}
	fputs(has_caret ? "\n" : "^\n", out);
}

/* Bytes of the path, with the blank behind it, that the text begins with: "PATH: cannot be written". */
static size_t path_len(const char *text)
{
	size_t len = strcspn(text, " ");

	return memchr(text, '/', len) ? len + (text[len] == ' ') : 0;
}

static void item_print(FILE *out, const struct source *source, enum severity severity,
		       const struct span *span, const char *text)
{
	struct wrap wrap = { .out = out, .columns = WRAP_COLUMNS, .indent = WRAP_MESSAGE_INDENT };
	uint32_t line, col;

	if (source)
		text_print(out, source->path, strlen(source->path));
	if (span) {
		source_position(source, span->off, &line, &col);
		wrap.column = (unsigned int)fprintf(out, ":%u:%u: ", line, col);
	} else if (source) {
		wrap.column = (unsigned int)fprintf(out, ": ");
	}
	wrap.column += (unsigned int)fprintf(out, "%s: ", severity_name(severity));
	text_print(out, text, path_len(text));
	wrap_text(&wrap, text + path_len(text));
	wrap_end(&wrap);
	if (span)
		excerpt_print(out, source, span);
}

void diag_print(FILE *out, const struct source *source, enum severity severity,
		const struct span *span, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	item_print(out, source, severity, span, text);
	free(text);
}

static int diag_compare(const void *left, const void *right)
{
	const struct diag *a = *(const struct diag *const *)left;
	const struct diag *b = *(const struct diag *const *)right;

	if (diag_is_after(a, b))
		return 1;
	if (diag_is_after(b, a))
		return -1;
	return a < b ? -1 : 1; /* same position: in order of creation */
}

void diags_print(const struct diags *diags, FILE *out)
{
	const struct diag **order = xmalloc(diags->count * sizeof(const struct diag *));
	size_t i;

	for (i = 0; i < diags->count; i++)
		order[i] = &diags->items[i];
	if (diags->count)
		qsort(order, diags->count, sizeof(const struct diag *), diag_compare);
	for (i = 0; i < diags->count; i++)
		item_print(out, diags->source, order[i]->severity,
			   order[i]->has_span ? &order[i]->span : NULL, order[i]->text);
	if (diags->errors > DIAG_MAX_ERRORS)
		fprintf(out, "note: %u more error%s\n", diags->errors - DIAG_MAX_ERRORS,
			diags->errors == DIAG_MAX_ERRORS + 1 ? "" : "s");
	if (diags->is_stopped && diags->stopped_at)
		fprintf(out, "note: line %" PRIu32 " and those after it were not read\n",
			diags->stopped_at);
	else if (diags->is_stopped)
		fputs("note: the lines after the last of these errors were not checked\n", out);
	free(order);
}
