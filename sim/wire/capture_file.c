/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tells captures apart, and has them read. */
#include "sim/wire/capture_file.h"

#include <string.h>

#include "sim/base/wrap.h"
#include "sim/wire/ip_monitor.h"
#include "sim/wire/pcap_file.h"
#include "sim/wire/rtmon.h"

enum capture_kind capture_kind_of(const void *bytes, size_t len)
{
	if (pcap_is(bytes, len))
		return CAPTURE_PCAP;
	return rtmon_is(bytes, len) ? CAPTURE_RTMON : CAPTURE_TEXT;
}

static bool text_read(const struct source *source, struct capture *capture, FILE *messages)
{
	const char *nul = memchr(source->text, '\0', source->len);
	struct diags diags;
	bool is_good;

	if (nul) {
		wrap_message(messages,
			     "lwsim: %s: error: byte %zu is 0: expected a pcap file, a file of "
			     "rtmon, or the text of `ip monitor`",
			     source->path, (size_t)(nul - source->text));
		return false;
	}
	diags_init(&diags, source);
	is_good = ip_monitor_read(source, capture, &diags);
	diags_print(&diags, messages);
	diags_free(&diags);
	return is_good;
}

static bool bytes_read(const struct source *source, enum capture_kind kind, struct capture *capture,
		       FILE *messages)
{
	struct link_error error;

	if (kind == CAPTURE_PCAP ? pcap_file_read(source->text, source->len, capture, &error)
				 : rtmon_read(source->text, source->len, capture, &error))
		return true;
	wrap_message(messages, "lwsim: %s: error: byte %zu: %s", source->path, error.offset,
		     error.reason);
	return false;
}

bool capture_file_read(const char *path, struct capture *capture, FILE *messages)
{
	struct source *source = source_read(path, messages);
	enum capture_kind kind;
	bool is_good;

	if (!source)
		return false;
	kind = capture_kind_of(source->text, source->len);
	is_good = kind == CAPTURE_TEXT ? text_read(source, capture, messages)
				       : bytes_read(source, kind, capture, messages);
	if (is_good && !capture->count) {
		wrap_message(messages, "lwsim: %s: error: no link message in it", source->path);
		is_good = false;
	}
	source_free(source);
	return is_good;
}
