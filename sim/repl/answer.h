/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where a session prints: on standard output and standard error; or as JSON lines, where all that
 * is no record stands in the line of type `ready` that ends the answer to each line of input.
 */
#ifndef LWSIM_SIM_REPL_ANSWER_H
#define LWSIM_SIM_REPL_ANSWER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/netdevice.h"

struct answer {
	bool is_jsonl;
	FILE *out, *messages; /* what commands print; errors */
	uint64_t lines;	      /* of input, answered so far */
	char *text, *said;    /* of out and messages, as JSON lines */
	size_t text_len, said_len;
};

void answer_init(struct answer *answer, bool is_jsonl);
void answer_free(struct answer *answer);
/* Ends the answer to a line of input at this virtual time. */
void answer_end(struct answer *answer, int64_t now_ns, uint64_t jiffy);
/* A device's current state as a JSON line. */
void answer_device(const char *netns, const struct net_device *dev);

#endif
