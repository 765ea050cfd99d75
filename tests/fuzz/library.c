/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program's datagrams on a socket of liblwsim: whatever they are, each request has its answer,
 * all answers can be read, and the machine keeps its invariants.
 */
#include <errno.h>
#include <stdlib.h>

#include <linux/rtnetlink.h>

#include "fuzz.h"
#include "sim/library/lw.h"

static void must(int result)
{
	if (result < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct lw_config config = { .kernel = size & 1 ? "6.12" : "4.19", .max_devices = 16 };
	struct lw_machine *machine;
	struct lw_socket *socket;
	struct lw_link link;

	must(lw_new(&config, &machine, NULL));
	must(lw_socket_new(machine, RTMGRP_LINK, size & 2 ? LW_STRICT_CHK | LW_EXT_ACK : LW_CAP_ACK,
			   &socket));
	must(lw_link_add(machine, "d0", "dummy"));
	must(lw_link_add_veth(machine, "v0", "v1"));
	must(lw_send(socket, data, size));
	must(lw_run_for(machine, 2 * LW_SEC));
	must(lw_send(socket, data, size));
	for (int result; (result = lw_recv_link(socket, &link)) != -EAGAIN;)
		must(result == -ENOBUFS ? 0 : result);
	lw_socket_free(socket);
	lw_free(machine);
	return 0;
}
