/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files as rtmon of iproute2 writes them, which `ip monitor file` prints: netlink messages one
 * after another, each link message preceded by one of type 15 with its time. In the byte order of
 * the machine that wrote it.
 */
#ifndef LWSIM_SIM_WIRE_RTMON_H
#define LWSIM_SIM_WIRE_RTMON_H

#include <stdio.h>

#include "sim/wire/capture.h"

/* Writes a message, and its time before it. */
void rtmon_write(FILE *out, int64_t t_ns, const struct rtnl_link_message *message);
/* The same for the len bytes of any netlink message, aligned to 4 in len. */
void rtmon_write_bytes(FILE *out, int64_t t_ns, const void *bytes, size_t len);

/* Whether bytes may be such a file: they begin with a netlink message. */
bool rtmon_is(const void *bytes, size_t len);
/*
 * Appends what the len bytes of a file, aligned to 4, hold. False where they are wrong:
 * *ret_error has the place; what comes before it is appended.
 */
bool rtmon_read(const void *bytes, size_t len, struct capture *capture,
		struct link_error *ret_error);

#endif
