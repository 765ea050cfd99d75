/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lw.h: a descriptor whose reader is slow, and a socket that joins its group later. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include <linux/rtnetlink.h>

#include "sim/library/lw.h"

struct fixture {
	struct lw_machine *machine;
	struct lw_socket *socket;
	int fd;
};

static int setup(void **state)
{
	static struct fixture f;
	const struct lw_config config = { .max_queued = 2 };

	if (lw_new(&config, &f.machine, NULL) || lw_link_add(f.machine, "d0", "dummy") ||
	    lw_socket_new(f.machine, RTMGRP_LINK, 0, &f.socket))
		return -1;
	f.fd = lw_socket_fd(f.socket, LW_FD_UNIX);
	*state = &f;
	return f.fd < 0 ? -1 : 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	close(f->fd);
	lw_socket_free(f->socket);
	lw_free(f->machine);
	return 0;
}

/* How many datagrams the descriptor has. */
static unsigned int read_all(const struct fixture *f)
{
	unsigned int count = 0;
	char bytes[4096];

	while (recv(f->fd, bytes, sizeof(bytes), 0) > 0)
		count++;
	assert_int_equal(errno, EAGAIN);
	return count;
}

/* A notification each. */
static void change(const struct fixture *f, unsigned int times)
{
	for (unsigned int i = 0; i < times; i++)
		assert_int_equal(lw_link_mtu(f->machine, "d0", i % 2 ? 1500 : 1400), 0);
}

static void a_slow_reader_loses_messages(void **state)
{
	const struct fixture *f = *state;
	unsigned int count;

	change(f, 10);
	assert_int_equal(lw_socket_serve(f->socket), 0);
	assert_int_equal(read_all(f), 10);

	change(f, 5000); /* more than the descriptor's buffer and two in the queue */
	assert_int_equal(lw_socket_serve(f->socket), -ENOBUFS);
	assert_string_equal(lw_error(f->machine), "messages for the descriptor were lost");
	assert_int_equal(lw_socket_serve(f->socket), 0); /* reported once */
	change(f, 10);					 /* lost, too: it is congested */
	assert_int_equal(lw_socket_serve(f->socket), 0);
	count = read_all(f);
	assert_true(count > 10 && count < 5000);

	assert_int_equal(lw_socket_serve(f->socket), 0);
	assert_int_equal(read_all(f), 2); /* what was in the queue */
	change(f, 10);
	assert_int_equal(lw_socket_serve(f->socket), 0);
	assert_int_equal(read_all(f), 10);
}

static void groups_can_change(void **state)
{
	const struct fixture *f = *state;

	assert_int_equal(lw_socket_set(f->socket, 0, LW_EXT_ACK), 0);
	change(f, 1);
	assert_int_equal(read_all(f), 0);
	assert_int_equal(lw_socket_set(f->socket, 2, 0), -EINVAL);
	assert_int_equal(lw_socket_set(f->socket, RTMGRP_LINK, 8), -EINVAL);
	change(f, 2);
	assert_int_equal(read_all(f), 0);
	assert_int_equal(lw_socket_set(f->socket, RTMGRP_LINK, 0), 0);
	change(f, 1);
	assert_int_equal(read_all(f), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_slow_reader_loses_messages, setup, teardown),
		cmocka_unit_test_setup_teardown(groups_can_change, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
