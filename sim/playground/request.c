/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads the arguments of a call from the page, and writes the common parts of its answer. */
#include "sim/playground/request.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/json.h"
#include "sim/base/xalloc.h"
#include "sim/language/src_name.h"

/* One page has one answer and one file at a time: JavaScript calls and reads in turn. */
static char *answer;
static size_t answer_len;
static char *file_name;

void request_name_file(const char *name)
{
	free(file_name);
	file_name = xstrdup(name);
}

FILE *answer_begin(void)
{
	FILE *out;

	free(answer);
	answer = NULL;
	out = xmemstream(&answer, &answer_len);
	fputc('{', out);
	return out;
}

const char *answer_end(FILE *out)
{
	fputc('}', out);
	xclose_memstream(out);
	return answer;
}

void answer_string(FILE *out, const char *name, const char *text)
{
	fprintf(out, ",\"%s\":", name);
	json_write_string(out, text, strlen(text));
}

void answer_flag(FILE *out, const char *name, bool is_set)
{
	fprintf(out, ",\"%s\":%s", name, is_set ? "true" : "false");
}

void answer_kernels(FILE *out, const char *name, const struct kernel *kernels, size_t count)
{
	char text[KERNEL_NAME_MAX_BYTES];

	fprintf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < count; i++) {
		kernel_name(&kernels[i], text);
		fputs(i ? "," : "", out);
		json_write_string(out, text, strlen(text));
	}
	fputc(']', out);
}

void answer_diagnostic(FILE *out, const struct source *source, enum severity severity,
		       const struct span *span, const char *text)
{
	uint32_t line, col;

	fprintf(out, "{\"severity\":\"%s\"", severity_name(severity));
	if (span) {
		source_position(source, span->off, &line, &col);
		fprintf(out,
			",\"line\":%" PRIu32 ",\"col\":%" PRIu32 ",\"offset\":%" PRIu32
			",\"length\":%" PRIu32,
			line, col, span->off, span->len);
	}
	answer_string(out, "text", text);
	fputc('}', out);
}

void answer_diagnostics(FILE *out, const struct diags *diags)
{
	char *printed;
	size_t len;
	FILE *messages = xmemstream(&printed, &len);

	diags_print(diags, messages);
	xclose_memstream(messages);
	fputs("\"printed\":", out);
	json_write_string(out, printed, len);
	free(printed);
	fputs(",\"diagnostics\":[", out);
	for (size_t i = 0; i < diags->count; i++) {
		const struct diag *diag = &diags->items[i];

		fputs(i ? "," : "", out);
		answer_diagnostic(out, diags->source, diag->severity,
				  diag->has_span ? &diag->span : NULL, diag->text);
	}
	fputc(']', out);
}

static size_t count_lines(const char *text)
{
	size_t count = *text != '\0';

	for (; *text; text++)
		count += text[0] == '\n' && text[1];
	return count;
}

static void read_settings(struct request *request, const char *text)
{
	char *at;

	request->settings = xcalloc(count_lines(text) + 1, sizeof(request->settings[0]));
	request->settings_text = at = xstrdup(text);
	while (*at) {
		char *end = at + strcspn(at, "\n"), *equals = memchr(at, '=', (size_t)(end - at));
		bool is_last = !*end;

		*end = '\0';
		if (equals) {
			*equals = '\0';
			request->settings[request->settings_count++] =
				(struct param_setting){ .name = at, .value = equals + 1 };
		}
		at = is_last ? end : end + 1;
	}
}

static void no_files(struct diags *diags)
{
	diag_add(diags, SEVERITY_ERROR, SPAN_NONE,
		 "src: takes a kernel's own link_watch.c, which the lwsim program compiles; a page "
		 "cannot, expected a version such as 6.1");
}

/* The given kernels, else the file's. */
static void read_kernels(struct request *request, const char *text, struct diags *diags)
{
	const struct scenario *scenario = request->scenario;

	if (*text)
		request->kernels = xcalloc(count_lines(text), sizeof(request->kernels[0]));
	for (const char *at = text; *at;) {
		size_t len = strcspn(at, "\n");
		struct src_name_error error = { .text = NULL };

		if (kernel_is_src(at, len))
			no_files(diags);
		else if (kernel_read(at, len, &request->kernels[request->kernels_count], &error) ==
			 0)
			request->kernels_count++;
		else
			diag_add(diags, SEVERITY_ERROR, SPAN_NONE, "%s", error.text);
		free(error.text);
		at += len + (at[len] == '\n');
	}
	if (*text || !scenario)
		return;
	request->kernels_count = scenario->compare_count ? scenario->compare_count : 1;
	request->kernels = xcalloc(request->kernels_count, sizeof(request->kernels[0]));
	memcpy(request->kernels, scenario->compare_count ? scenario->compare : &scenario->kernel,
	       request->kernels_count * sizeof(request->kernels[0]));
	for (size_t i = 0; i < request->kernels_count; i++)
		if (request->kernels[i].source) {
			no_files(diags);
			return;
		}
}

bool request_open(const char *text, const char *kernels, const char *settings,
		  struct request *ret_request, FILE *out)
{
	struct diags diags;

	memset(ret_request, 0, sizeof(*ret_request));
	ret_request->source =
		source_from_text(file_name ? file_name : "scenario.lw", text, strlen(text));
	diags_init(&diags, ret_request->source);
	read_settings(ret_request, settings);
	ret_request->scenario = scenario_parse(ret_request->source, ret_request->settings,
					       ret_request->settings_count, &diags);
	if (kernels)
		read_kernels(ret_request, kernels, &diags);
	if (diags.errors) {
		scenario_free(ret_request->scenario);
		ret_request->scenario = NULL;
	}
	answer_diagnostics(out, &diags);
	diags_free(&diags);
	return ret_request->scenario != NULL;
}

bool request_open_one(const char *text, const char *kernel, const char *settings,
		      struct request *ret_request, FILE *out)
{
	if (!request_open(text, kernel, settings, ret_request, out))
		return false;
	if (!*kernel)
		ret_request->kernels[0] = ret_request->scenario->kernel;
	ret_request->kernels_count = 1;
	return true;
}

void request_close(struct request *request)
{
	scenario_free(request->scenario);
	source_free(request->source);
	free(request->kernels);
	free(request->settings);
	free(request->settings_text);
}
