/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A capture as rtmon or tcpdump writes it. What is read and written again is read as the same; a
 * place that is wrong is in the file.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sim/base/xalloc.h"
#include "sim/wire/pcap_file.h"
#include "sim/wire/rtmon.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

/* Unknown attributes are not written. */
static void both_ways(const struct rtnl_link_message *message)
{
	struct rtnl_link_message known = *message, again;
	struct link_error error;
	size_t len, again_len;
	_Alignas(4) uint8_t bytes[LINK_MESSAGE_MAX_BYTES];

	known.unknown_attributes = 0;
	len = link_message_write(&known, bytes);
	must(link_message_read(bytes, len, &again, &again_len, &error) == LINK_READ);
	must(again_len == len && memcmp(&known, &again, sizeof(again)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct capture capture = { .count = 0 };
	struct link_error error = { .offset = 0 };
	uint8_t *copy = xmalloc(size ? size : 1); /* aligned, and its end is watched */
	bool is_good;

	memcpy(copy, data, size);
	if (pcap_is(copy, size))
		is_good = pcap_file_read(copy, size, &capture, &error);
	else
		is_good = rtmon_read(copy, size, &capture, &error);
	must(is_good || (error.offset <= size && *error.reason));
	for (size_t i = 0; i < capture.count; i++) {
		must(capture.messages[i].offset < size);
		both_ways(&capture.messages[i].message);
	}
	free(capture_passed_text(&capture));
	capture_free(&capture);
	free(copy);
	return 0;
}
