/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads and writes the first line of a part, in both formats. */
#include "sim/sweep/sweep_part.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/xalloc.h"

/* -- what is swept ------------------------------------------------------------------------ */

/* Takes ownership of text; false after writing its errors to messages. */
static bool vary_add(struct swept *swept, char *text, FILE *messages)
{
	size_t count = swept->varies_count + 1;

	swept->vary_texts = xreallocarray(swept->vary_texts, count, sizeof(char *));
	swept->varies = xreallocarray(swept->varies, count, sizeof(swept->varies[0]));
	if (!vary_read(text, messages, &swept->varies[swept->varies_count])) {
		free(text);
		return false;
	}
	swept->vary_texts[swept->varies_count++] = text;
	return true;
}

static void kernel_add(struct swept *swept, char *name)
{
	swept->kernels = xreallocarray(swept->kernels, swept->kernels_count + 1, sizeof(char *));
	swept->kernels[swept->kernels_count++] = name;
}

void swept_make(const struct sweep *sweep, struct swept *ret_swept)
{
	const struct options *options = sweep->options;
	const struct scenario *scenario = sweep->base.scenario;
	char name[KERNEL_NAME_MAX_BYTES];

	*ret_swept = (struct swept){
		.file = xstrdup(scenario->source->path),
		.title = xstrdup(scenario->title),
		.device = options->device ? xstrdup(options->device) : NULL,
		.combinations = sweep->combinations,
	};
	for (size_t i = 0; i < options->varies_count; i++)
		vary_add(ret_swept, xstrdup(options->varies[i]), stderr);
	for (size_t i = 0; i < sweep->kernels_count; i++) {
		kernel_name(&sweep->kernels[i], name);
		kernel_add(ret_swept, xstrdup(name));
	}
}

void swept_free(struct swept *swept)
{
	for (size_t i = 0; i < swept->varies_count; i++) {
		free(swept->vary_texts[i]);
		vary_free(&swept->varies[i]);
	}
	for (size_t i = 0; i < swept->kernels_count; i++)
		free(swept->kernels[i]);
	free(swept->vary_texts);
	free(swept->varies);
	free(swept->kernels);
	free(swept->file);
	free(swept->title);
	free(swept->device);
	*swept = (struct swept){ .file = NULL };
}

/* -- JSON, used in the lines of both formats ---------------------------------------------- */

static void write_string(FILE *out, const char *text)
{
	json_write_string(out, text, strlen(text));
}

static void write_strings(FILE *out, char *const *texts, size_t count)
{
	fputc('[', out);
	for (size_t i = 0; i < count; i++) {
		if (i)
			fputc(',', out);
		write_string(out, texts[i]);
	}
	fputc(']', out);
}

static void swept_write(FILE *out, const struct swept *swept)
{
	fputs("{\"file\":", out);
	write_string(out, swept->file);
	fputs(",\"title\":", out);
	write_string(out, swept->title);
	fputs(",\"device\":", out);
	if (swept->device)
		write_string(out, swept->device);
	else
		fputs("null", out);
	fputs(",\"vary\":", out);
	write_strings(out, swept->vary_texts, swept->varies_count);
	fputs(",\"kernel\":", out);
	write_strings(out, swept->kernels, swept->kernels_count);
	fputc('}', out);
}

/* Moves *at past the word, if it is there. */
static bool skip(const char **at, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*at, word, len) != 0)
		return false;
	*at += len;
	return true;
}

static bool varies_read(const char **at, struct swept *swept, FILE *messages)
{
	char *text;

	if (!skip(at, "["))
		return false;
	while (json_read_string(at, &text))
		if (!vary_add(swept, text, messages) || !skip(at, ","))
			break;
	return skip(at, "]");
}

static bool kernels_read(const char **at, struct swept *swept)
{
	char *text;

	if (!skip(at, "["))
		return false;
	while (json_read_string(at, &text)) {
		kernel_add(swept, text);
		if (!skip(at, ","))
			break;
	}
	return skip(at, "]");
}

static bool swept_read(const char *at, struct swept *ret_swept)
{
	char *said = NULL; /* errors of a --vary, discarded: the line is rejected as a whole */
	size_t len;
	FILE *messages = xmemstream(&said, &len);
	bool is_good;

	is_good = skip(&at, "{\"file\":") && json_read_string(&at, &ret_swept->file) &&
		  skip(&at, ",\"title\":") && json_read_string(&at, &ret_swept->title) &&
		  skip(&at, ",\"device\":") &&
		  (skip(&at, "null") || json_read_string(&at, &ret_swept->device)) &&
		  skip(&at, ",\"vary\":") && varies_read(&at, ret_swept, messages) &&
		  skip(&at, ",\"kernel\":") && kernels_read(&at, ret_swept);
	ret_swept->combinations = vary_combinations(ret_swept->varies, ret_swept->varies_count,
						    SWEEP_COMBINATIONS_MAX);
	xclose_memstream(messages);
	free(said);
	return is_good;
}

/* -- the line ----------------------------------------------------------------------------- */

/* Shared by printf() and sscanf(), up to the swept values. */
#define CSV_PART                                                                                   \
	"# lwsim sweep, part %" PRIu64 "/%" PRIu64 ", combinations %" PRIu64 ", kernels %" PRIu64  \
	", sweep %" PRIx64 " of "
#define JSONL_PART                                                                                 \
	"{\"part\":%" PRIu64 ",\"parts\":%" PRIu64 ",\"combinations\":%" PRIu64                    \
	",\"kernels\":%" PRIu64 ",\"sweep\":\"%" PRIx64 "\",\"of\":"

void sweep_part_write(FILE *out, const struct sweep_part *part)
{
	bool is_jsonl = part->format == SWEEP_JSONL;

	fprintf(out, is_jsonl ? JSONL_PART : CSV_PART, part->part, part->parts, part->combinations,
		part->kernels, part->number);
	swept_write(out, &part->swept);
	fputs(is_jsonl ? "}\n" : "\n", out);
}

/* Whether the part would be written as exactly this line, so that it has no extra text. */
static bool is_written_as(const struct sweep_part *part, const char *line)
{
	char *text = NULL;
	size_t len;
	FILE *out = xmemstream(&text, &len);
	bool is_same;

	sweep_part_write(out, part);
	xclose_memstream(out);
	is_same = strcmp(text, line) == 0;
	free(text);
	return is_same;
}

static bool is_possible(const struct sweep_part *part)
{
	return part->part && part->part <= part->parts && part->parts <= SWEEP_PARTS_MAX &&
	       part->combinations && part->combinations == part->swept.combinations &&
	       part->kernels == part->swept.kernels_count;
}

bool sweep_part_read(const char *line, struct sweep_part *ret_part)
{
	static const struct {
		enum sweep_format format;
		const char *text;
	} formats[] = { { SWEEP_CSV, CSV_PART "%n" }, { SWEEP_JSONL, JSONL_PART "%n" } };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		int len = 0;

		*ret_part = (struct sweep_part){ .format = formats[i].format };
		if (sscanf(line, formats[i].text, &ret_part->part, &ret_part->parts,
			   &ret_part->combinations, &ret_part->kernels, &ret_part->number,
			   &len) == 5 &&
		    len && swept_read(line + len, &ret_part->swept) && is_possible(ret_part) &&
		    is_written_as(ret_part, line))
			return true;
		swept_free(&ret_part->swept);
	}
	return false;
}

uint64_t sweep_part_size(const struct sweep_part *part)
{
	uint64_t first = part->part - 1;

	return first < part->combinations ? (part->combinations - first - 1) / part->parts + 1 : 0;
}
