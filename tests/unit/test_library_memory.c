/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lw.h without memory: each allocation fails in turn; a call says so, or a message is lost, and
 * nothing ends, prints or leaks. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "sim/library/lw.h"

/* The linker's --wrap puts these in place of the library's allocators. */
void *__real_malloc(size_t bytes);
void *__real_calloc(size_t count, size_t bytes);
void *__real_aligned_alloc(size_t alignment, size_t bytes);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t count, size_t bytes);
void *__wrap_aligned_alloc(size_t alignment, size_t bytes);

static int calls, failing; /* failing: which call has no memory; 0: none */

void *__wrap_malloc(size_t bytes)
{
	return ++calls == failing ? NULL : __real_malloc(bytes);
}

void *__wrap_calloc(size_t count, size_t bytes)
{
	return ++calls == failing ? NULL : __real_calloc(count, bytes);
}

void *__wrap_aligned_alloc(size_t alignment, size_t bytes)
{
	return ++calls == failing ? NULL : __real_aligned_alloc(alignment, bytes);
}

/* A dump request as bytes. */
static const struct {
	struct nlmsghdr header;
	struct rtgenmsg body;
} dump = {
	.header = { .nlmsg_len = sizeof(dump),
		    .nlmsg_type = RTM_GETLINK,
		    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP },
};

/* Everything that allocates. Returns the first error. */
static int use(struct lw_machine *machine, struct lw_socket **ret_socket)
{
	struct lw_link link;
	int err = lw_socket_new(machine, RTMGRP_LINK, 0, ret_socket);
	int received;

	if (err)
		return err;
	err = lw_link_add_veth(machine, "v0", "v1");
	if (!err)
		err = lw_link_up(machine, "v0");
	if (!err)
		err = lw_run_for(machine, LW_SEC);
	if (!err)
		err = lw_send(*ret_socket, &dump, sizeof(dump));
	if (err)
		return err;
	while ((received = lw_recv_link(*ret_socket, &link)) == 0)
		;
	return received == -EAGAIN ? 0 : received;
}

static void each_allocation_fails_in_turn(void **state)
{
	int lost = 0, refused = 0, err;

	(void)state;
	for (failing = 1;; failing++) {
		struct lw_machine *machine;
		struct lw_socket *socket = NULL;
		char error[LW_ERROR_BYTES];

		calls = 0;
		err = lw_new(NULL, &machine, error);
		if (!err)
			err = use(machine, &socket);
		lw_socket_free(socket);
		lw_free(machine);
		if (calls < failing)
			break;
		assert_true(err == -ENOMEM || err == -ENOBUFS);
		lost += err == -ENOBUFS;
		refused += err == -ENOMEM;
	}
	failing = 0; /* others allocate, too */
	assert_int_equal(err, 0);
	assert_int_equal(refused, 7); /* five for the machine, the socket, the request */
	assert_true(lost >= 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(each_allocation_fails_in_turn) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
