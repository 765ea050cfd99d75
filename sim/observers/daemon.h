/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Shared by the observers: each is a writer that prints one line per reaction. */
#ifndef LWSIM_SIM_OBSERVERS_DAEMON_H
#define LWSIM_SIM_OBSERVERS_DAEMON_H

#include "sim/run/writer.h"

struct daemon_writer {
	struct writer writer;
	FILE *out;
	bool *has_carrier; /* networkd: its view of each link, by ifindex */
	size_t links_count;
};

struct writer *daemon_writer_new(FILE *out, void (*record)(struct writer *, const struct record *));
/* Prints the start of a line: "1.024000 eth0: ". */
void daemon_write_start(struct daemon_writer *daemon, const struct record *record, const char *dev);

/* Constructors, for the table in observers.c. */
struct writer *networkd_writer_new(FILE *out, const struct run_info *info);
struct writer *dhcp_writer_new(FILE *out, const struct run_info *info);

#endif
