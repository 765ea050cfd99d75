/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `lwsim record` writes: the messages of a running kernel, in one of three formats. */
#ifndef LWSIM_SIM_WIRE_RECORDING_H
#define LWSIM_SIM_WIRE_RECORDING_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum recording_format {
	RECORDING_RTMON,
	RECORDING_PCAP,
	RECORDING_JSONL, /* recording.schema.json describes it */
};

struct recording;

/* Writes the file's beginning; `out` must live as long. */
struct recording *recording_new(FILE *out, enum recording_format format);
/* The len bytes of one link message, aligned to 4, received t_ns after the epoch. */
void recording_message(struct recording *recording, int64_t t_ns, const void *bytes, size_t len);
/* Messages were lost before the next; in the formats of bytes this is a NLMSG_OVERRUN. */
void recording_loss(struct recording *recording, int64_t t_ns);
/* Flushes, and leaves `out` open. */
void recording_free(struct recording *recording);

#endif
