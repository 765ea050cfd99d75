/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The program under test: which links can carry packets, by rtnetlink's messages. */
#ifndef CARRIER_H
#define CARRIER_H

#include <stdbool.h>

struct mnl_socket;

#define CARRIER_LINKS 64

struct carrier {
	bool is_running[CARRIER_LINKS]; /* by ifindex */
	int changes;
};

/* Reads all messages that the socket has. 0, or -1 with errno. */
int carrier_receive(struct carrier *carrier, struct mnl_socket *nl);

#endif
