/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file descriptor for code that wants one: its other end is moved by hand. */
#include <errno.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sim/library/library_private.h"

/* A NETLINK_USERSOCK socket, and its port id. Needs no capability, as it joins no group. */
static int usersock(uint32_t *ret_portid)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK };
	socklen_t len = sizeof(address);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_USERSOCK);
	int error;

	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, len) == 0 &&
	    getsockname(fd, (struct sockaddr *)&address, &len) == 0) {
		*ret_portid = address.nl_pid;
		return fd;
	}
	error = errno;
	close(fd);
	return -error;
}

static int connect_to(int fd, uint32_t portid)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_pid = portid };

	return connect(fd, (const struct sockaddr *)&address, sizeof(address)) ? -errno : 0;
}

/* Each is connected to the other, so neither hears anybody else. */
static int netlink_pair(int ret_fds[2], uint32_t *ret_portid)
{
	uint32_t other;
	int err;

	ret_fds[0] = usersock(ret_portid);
	if (ret_fds[0] < 0)
		return ret_fds[0];
	ret_fds[1] = usersock(&other);
	err = ret_fds[1] < 0 ? ret_fds[1] : 0;
	if (!err)
		err = connect_to(ret_fds[0], other);
	if (!err)
		err = connect_to(ret_fds[1], *ret_portid);
	if (err) {
		close(ret_fds[0]);
		if (ret_fds[1] >= 0)
			close(ret_fds[1]);
	}
	return err;
}

int lw_socket_fd(struct lw_socket *socket, enum lw_fd kind)
{
	struct lw_machine *machine = socket->machine;
	uint32_t portid = socket->rtnl.portid;
	int fds[2], err = 0;

	if (socket->fd >= 0)
		return lw_fail(machine, -EBUSY, "the socket has a descriptor already");
	if (kind == LW_FD_NETLINK)
		err = netlink_pair(fds, &portid);
	else if (kind != LW_FD_UNIX)
		return lw_fail(machine, -EINVAL, "descriptor of kind %d: expected 1 or 2", kind);
	else if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds))
		err = -errno;
	if (err)
		return lw_fail(machine, err, "%s", strerrordesc_np(-err));
	socket->rtnl.portid = portid;
	socket->fd = fds[1];
	lw_finish(machine, 0);
	return fds[0];
}

/* The next request on the descriptor: 0, or -EAGAIN if there is none. */
static int serve_next(struct lw_socket *socket)
{
	ssize_t len = recv(socket->fd, NULL, 0, MSG_DONTWAIT | MSG_PEEK | MSG_TRUNC);
	void *bytes;
	int err;

	if (len <= 0)
		return -EAGAIN;
	bytes = malloc((size_t)len);
	if (!bytes)
		return lw_fail(socket->machine, -ENOMEM, "Cannot allocate memory");
	len = recv(socket->fd, bytes, (size_t)len, MSG_DONTWAIT);
	err = len > 0 ? lw_send(socket, bytes, (size_t)len) : -EAGAIN;
	free(bytes);
	return err;
}

static int serve_all(struct lw_socket *socket)
{
	int err = 0;

	while (!err && socket->fd >= 0)
		err = serve_next(socket);
	lw_queue_pass_on(socket);
	return err == -EAGAIN ? 0 : err;
}

int lw_socket_serve(struct lw_socket *socket)
{
	int err = serve_all(socket);

	if (err || socket->fd < 0 || !socket->is_lost)
		return err;
	socket->is_lost = false;
	return lw_fail(socket->machine, -ENOBUFS, "messages for the descriptor were lost");
}

void lw_sockets_serve(struct lw_machine *machine)
{
	for (struct list_head *at = machine->sockets.next; at != &machine->sockets; at = at->next)
		serve_all(container_of(at, struct lw_socket, entry));
}
