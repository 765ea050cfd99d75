/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads a capture of any kind. */
#ifndef LWSIM_SIM_WIRE_CAPTURE_FILE_H
#define LWSIM_SIM_WIRE_CAPTURE_FILE_H

#include <stdio.h>

#include "sim/wire/capture.h"

enum capture_kind {
	CAPTURE_PCAP,
	CAPTURE_RTMON,
	CAPTURE_TEXT, /* of `ip monitor` */
};

/* Tells it by the first bytes; what is neither of the others is a text. */
enum capture_kind capture_kind_of(const void *bytes, size_t len);

/*
 * Reads a file, or standard input for "-", into an empty capture. False after printing what is wrong
 * with its place: line and column, or the byte.
 */
bool capture_file_read(const char *path, struct capture *capture, FILE *messages);

#endif
