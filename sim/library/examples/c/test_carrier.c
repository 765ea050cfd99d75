/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <lw.h>

#include "carrier.h"

struct fixture {
	struct lw_machine *machine;
	struct lw_socket *socket;
	struct mnl_socket *nl; /* what the program reads */
	struct carrier carrier;
	int eth0, eth1;
};

static int setup(void **state)
{
	static struct fixture f;
	const struct lw_config config = { .kernel = "6.1", .hz = 250 };

	f = (struct fixture){ .carrier = { .changes = 0 } };
	if (lw_new(&config, &f.machine, NULL) < 0 ||
	    lw_socket_new(f.machine, RTMGRP_LINK, 0, &f.socket) < 0)
		return -1;
	f.nl = mnl_socket_fdopen(lw_socket_fd(f.socket, LW_FD_NETLINK));
	lw_virtnet_probe(f.machine, "eth0", true, true);
	lw_virtnet_probe(f.machine, "eth1", true, true);
	lw_link_up(f.machine, "eth0");
	lw_link_up(f.machine, "eth1");
	lw_run_until(f.machine, 400 * LW_SEC);
	f.eth0 = lw_ifindex(f.machine, "eth0");
	f.eth1 = lw_ifindex(f.machine, "eth1");
	*state = &f;
	return f.nl ? 0 : -1;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	mnl_socket_close(f->nl);
	lw_socket_free(f->socket);
	lw_free(f->machine);
	return 0;
}

static void both_links_run(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(carrier_receive(&f->carrier, f->nl), 0);
	assert_true(f->carrier.is_running[f->eth0]);
	assert_true(f->carrier.is_running[f->eth1]);
}

/* Two cables are pulled at once. The kernel reports the second one a second later. */
static void the_second_cable_is_seen_a_second_later(void **state)
{
	struct fixture *f = *state;
	int64_t pulled_ns = lw_now(f->machine), waited_ns;

	lw_virtnet_config_changed(f->machine, "eth0", false);
	lw_virtnet_config_changed(f->machine, "eth1", false);
	assert_int_equal(carrier_receive(&f->carrier, f->nl), 0);
	assert_false(f->carrier.is_running[f->eth0]);
	assert_true(f->carrier.is_running[f->eth1]); /* wrong, but nobody has said so */

	assert_int_equal(lw_run_until_message(f->socket, LW_NEVER), 1);
	assert_int_equal(carrier_receive(&f->carrier, f->nl), 0);
	assert_false(f->carrier.is_running[f->eth1]);
	waited_ns = lw_now(f->machine) - pulled_ns;
	assert_true(waited_ns >= LW_SEC && waited_ns < LW_SEC + 100 * LW_MS);
}

/* A cable that is back before that second is over is never seen to be gone. */
static void a_short_loss_is_not_seen(void **state)
{
	struct fixture *f = *state;
	int changes;

	lw_virtnet_config_changed(f->machine, "eth0", false);
	assert_int_equal(carrier_receive(&f->carrier, f->nl), 0);
	changes = f->carrier.changes;
	lw_virtnet_config_changed(f->machine, "eth1", false);
	lw_run_for(f->machine, 500 * LW_MS);
	lw_virtnet_config_changed(f->machine, "eth1", true);
	lw_run_for(f->machine, 10 * LW_SEC);
	assert_int_equal(carrier_receive(&f->carrier, f->nl), 0);
	assert_int_equal(f->carrier.changes, changes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(both_links_run, setup, teardown),
		cmocka_unit_test_setup_teardown(the_second_cable_is_seen_a_second_later, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_short_loss_is_not_seen, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
