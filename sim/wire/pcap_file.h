/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pcap files of link type NETLINK (253), as `tcpdump -i nlmon0` writes them: each packet is a header
 * of 16 bytes and netlink messages.
 */
#ifndef LWSIM_SIM_WIRE_PCAP_FILE_H
#define LWSIM_SIM_WIRE_PCAP_FILE_H

#include <stdio.h>

#include "sim/wire/capture.h"

/* Writes packets to a stream. */
struct pcap_writer;

/* Writes the file's header. Times have a resolution of 1 ns. `out` must live as long. */
struct pcap_writer *pcap_writer_new(FILE *out);
void pcap_write(struct pcap_writer *pcap, int64_t t_ns, const struct rtnl_link_message *message);
/* The same for the len bytes of any netlink datagram. */
void pcap_write_bytes(struct pcap_writer *pcap, int64_t t_ns, const void *bytes, size_t len);
/* Flushes, and leaves `out` open. */
void pcap_writer_free(struct pcap_writer *pcap);

/* Whether bytes begin like a pcap or pcapng file. */
bool pcap_is(const void *bytes, size_t len);
/*
 * Appends what a file's len bytes hold. False where they are wrong: *ret_error has the place; what
 * comes before it is appended. Refused: link types other than NETLINK, and files from a machine of
 * the other byte order, because netlink has its machine's. pcapng is read, too.
 */
bool pcap_file_read(const void *bytes, size_t len, struct capture *capture,
		    struct link_error *ret_error);

#endif
