/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program's request, strict or not; and the ack of one that is refused. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "sim/base/xalloc.h"
#include "sim/rtnetlink/link_request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct ack_options options = { .has_ext_ack = true };
	struct link_request request;
	struct request_ack ack;
	uint8_t *copy = xmalloc(size ? size : 1); /* aligned, and its end is watched */

	memcpy(copy, data, size);
	for (unsigned int is_strict = 0; is_strict < 2; is_strict++) {
		uint8_t *answer;

		if (link_request_read(copy, size, is_strict, &request, &ack) != REQUEST_REFUSED)
			continue;
		if (!ack.error || ack.attribute >= size)
			abort();
		answer = xmalloc(size + REQUEST_ACK_MAX_BYTES);
		if (request_ack_write(copy, &ack, &options, answer) > size + REQUEST_ACK_MAX_BYTES)
			abort();
		free(answer);
	}
	free(copy);
	return 0;
}
