/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * For LD_PRELOAD: the NETLINK_ROUTE sockets of a program, which knows nothing of it, are those of a
 * simulated kernel. While the program waits, virtual time passes: cables are pulled, a device comes
 * and goes; then the program ends with 0. Programs that do not use libc's functions, as Go's, do
 * not see it.
 * LWSIM_BOND: the name of the kernel's bond; bond0.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <lw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define SOCKETS_MAX 16
#define REAL(function) ((__typeof__(&(function)))dlsym(RTLD_NEXT, #function))

struct program_socket {
	struct lw_socket *kernel; /* NULL: not in use */
	int fd;
	uint32_t groups, options;
};

static struct lw_machine *machine;
static struct program_socket sockets[SOCKETS_MAX];
static unsigned int events; /* that have happened */

static struct program_socket *find(int fd)
{
	for (unsigned int i = 0; i < SOCKETS_MAX; i++)
		if (sockets[i].kernel && sockets[i].fd == fd)
			return &sockets[i];
	return NULL;
}

/*
 * The kernel
 */

static void must(int result)
{
	if (result >= 0)
		return;
	fprintf(stderr, "kernel: %s\n", lw_error(machine));
	abort();
}

static void boot(void)
{
	const char *bond = getenv("LWSIM_BOND");
	const char *const up[] = { "lo", "eth0", "eth1", "br0", "v0", "v1", "eth0.5", "mv0" };

	must(lw_new(NULL, &machine, NULL));
	must(lw_virtnet_probe(machine, "eth0", true, true));
	must(lw_virtnet_probe(machine, "eth1", true, true));
	must(lw_link_add(machine, "br0", "bridge"));
	must(lw_link_add_veth(machine, "v0", "v1"));
	must(lw_link_master(machine, "v1", "br0"));
	must(lw_link_add_vlan(machine, "eth0.5", "eth0", 5));
	must(lw_link_add_on(machine, "mv0", "macvlan", "eth1"));
	must(lw_link_add_vrf(machine, "vrf0", 10));
	must(lw_link_add_bond(machine, bond ? bond : "bond0", 1, 100));
	must(lw_link_add(machine, "d0", "dummy"));
	must(lw_tun_set_iff(machine, "testtap1", true, false)); /* of libnl's test-create-bridge */
	for (unsigned int i = 0; i < sizeof(up) / sizeof(up[0]); i++)
		must(lw_link_up(machine, up[i]));
	must(lw_run_until(machine, 400 * LW_SEC));
}

/* What happens next by itself; a program that then still waits ends. */
static void happen(void)
{
	switch (events++) {
	case 0: /* both cables: the second is seen a second later */
		must(lw_virtnet_config_changed(machine, "eth0", false));
		must(lw_virtnet_config_changed(machine, "eth1", false));
		break;
	case 1:
		must(lw_run_for(machine, 10 * LW_SEC));
		must(lw_virtnet_config_changed(machine, "eth0", true));
		break;
	case 2:
		must(lw_link_add(machine, "new0", "dummy"));
		must(lw_link_rename(machine, "new0", "new1"));
		must(lw_link_del(machine, "new1"));
		break;
	default:
		exit(0);
	}
}

static bool has_something(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return REAL(poll)(&poll_fd, 1, 0) > 0;
}

/* Waits until there is something to read, for timeout_ms of virtual time; -1: for ever. */
static void wait_for(const struct program_socket *socket, int timeout_ms)
{
	int64_t end_ns = timeout_ms < 0 ? LW_NEVER : lw_now(machine) + timeout_ms * LW_MS;

	while (!has_something(socket->fd)) {
		if (lw_run_until_message(socket->kernel, end_ns) > 0)
			continue;
		happen();
		if (timeout_ms >= 0)
			return;
	}
}

/*
 * What the program calls
 */

int socket(int domain, int type, int protocol)
{
	unsigned int i = 0;

	if (domain != AF_NETLINK || protocol != NETLINK_ROUTE)
		return REAL(socket)(domain, type, protocol);
	if (!machine)
		boot();
	while (i < SOCKETS_MAX && sockets[i].kernel)
		i++;
	if (i == SOCKETS_MAX) {
		errno = EMFILE;
		return -1;
	}
	sockets[i] = (struct program_socket){ .fd = -1 };
	must(lw_socket_new(machine, 0, 0, &sockets[i].kernel));
	sockets[i].fd = lw_socket_fd(sockets[i].kernel, LW_FD_UNIX);
	must(sockets[i].fd);
	if (!(type & SOCK_NONBLOCK))
		fcntl(sockets[i].fd, F_SETFL, 0);
	if (!(type & SOCK_CLOEXEC))
		fcntl(sockets[i].fd, F_SETFD, 0);
	return sockets[i].fd;
}

int close(int fd)
{
	struct program_socket *socket = find(fd);

	if (socket) {
		lw_socket_free(socket->kernel);
		*socket = (struct program_socket){ .fd = -1 };
	}
	return REAL(close)(fd);
}

static int set(struct program_socket *socket, uint32_t groups, uint32_t options)
{
	socket->groups = groups;
	socket->options = options;
	return lw_socket_set(socket->kernel, groups, options);
}

int bind(int fd, const struct sockaddr *address, socklen_t len)
{
	struct program_socket *socket = find(fd);
	struct sockaddr_nl given;

	if (!socket)
		return REAL(bind)(fd, address, len);
	memcpy(&given, address, sizeof(given));
	return set(socket, given.nl_groups & RTMGRP_LINK, socket->options);
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t len)
{
	struct program_socket *socket = find(fd);
	uint32_t bit = option == NETLINK_GET_STRICT_CHK ? LW_STRICT_CHK
		       : option == NETLINK_EXT_ACK	? LW_EXT_ACK
		       : option == NETLINK_CAP_ACK	? LW_CAP_ACK
							: 0;
	int number = 0;

	if (!socket || level != SOL_NETLINK)
		return REAL(setsockopt)(fd, level, option, value, len);
	if (len >= sizeof(number))
		memcpy(&number, value, sizeof(number));
	if (option == NETLINK_ADD_MEMBERSHIP && number == RTNLGRP_LINK)
		return set(socket, RTMGRP_LINK, socket->options);
	return set(socket, socket->groups, number ? socket->options | bit : socket->options & ~bit);
}

static void fill_address(uint32_t portid, void *ret_address, socklen_t *len)
{
	const struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_pid = portid };

	memcpy(ret_address, &address, *len < sizeof(address) ? *len : sizeof(address));
	*len = sizeof(address);
}

int getsockname(int fd, struct sockaddr *restrict ret_address, socklen_t *restrict len)
{
	const struct program_socket *socket = find(fd);

	if (!socket)
		return REAL(getsockname)(fd, ret_address, len);
	fill_address(lw_socket_portid(socket->kernel), ret_address, len);
	return 0;
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
	struct program_socket *socket = find(fd);
	char bytes[65536];
	size_t len = 0;

	if (!socket)
		return REAL(sendmsg)(fd, message, flags);
	for (size_t i = 0; i < message->msg_iovlen; i++) {
		const struct iovec *part = &message->msg_iov[i];

		if (len + part->iov_len > sizeof(bytes)) {
			errno = EMSGSIZE;
			return -1;
		}
		memcpy(bytes + len, part->iov_base, part->iov_len);
		len += part->iov_len;
	}
	must(lw_send(socket->kernel, bytes, len));
	return (ssize_t)len;
}

ssize_t sendto(int fd, const void *bytes, size_t len, int flags, const struct sockaddr *address,
	       socklen_t address_len)
{
	struct program_socket *socket = find(fd);

	if (!socket)
		return REAL(sendto)(fd, bytes, len, flags, address, address_len);
	must(lw_send(socket->kernel, bytes, len));
	return (ssize_t)len;
}

ssize_t send(int fd, const void *bytes, size_t len, int flags)
{
	return find(fd) ? sendto(fd, bytes, len, flags, NULL, 0)
			: REAL(send)(fd, bytes, len, flags);
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
	struct program_socket *socket = find(fd);
	void *address = message->msg_name;
	ssize_t len;

	if (!socket)
		return REAL(recvmsg)(fd, message, flags);
	if (!(flags & MSG_DONTWAIT) && !(fcntl(fd, F_GETFL) & O_NONBLOCK))
		wait_for(socket, -1);
	if (lw_socket_serve(socket->kernel) == -ENOBUFS) {
		errno = ENOBUFS;
		return -1;
	}
	message->msg_name = NULL;
	len = REAL(recvmsg)(fd, message, flags);
	message->msg_name = address;
	if (len >= 0 && address)
		fill_address(0, address, &message->msg_namelen);
	return len;
}

ssize_t recvfrom(int fd, void *restrict ret_bytes, size_t size, int flags,
		 struct sockaddr *restrict ret_address, socklen_t *restrict address_len)
{
	struct iovec part = { .iov_base = ret_bytes, .iov_len = size };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t len;

	if (!find(fd))
		return REAL(recvfrom)(fd, ret_bytes, size, flags, ret_address, address_len);
	len = recvmsg(fd, &message, flags);
	if (len >= 0 && ret_address)
		fill_address(0, ret_address, address_len);
	return len;
}

ssize_t recv(int fd, void *ret_bytes, size_t size, int flags)
{
	return find(fd) ? recvfrom(fd, ret_bytes, size, flags, NULL, NULL)
			: REAL(recv)(fd, ret_bytes, size, flags);
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
	for (nfds_t i = 0; i < count; i++) {
		const struct program_socket *socket = find(fds[i].fd);

		if (!socket || !(fds[i].events & POLLIN))
			continue;
		if (timeout_ms)
			wait_for(socket, timeout_ms);
		timeout_ms = 0;
	}
	return REAL(poll)(fds, count, timeout_ms);
}

int select(int count, fd_set *restrict reads, fd_set *restrict writes, fd_set *restrict exceptions,
	   struct timeval *restrict timeout)
{
	struct timeval now = { .tv_sec = 0 };

	for (int fd = 0; reads && fd < count; fd++) {
		const struct program_socket *socket = FD_ISSET(fd, reads) ? find(fd) : NULL;
		int timeout_ms = -1;

		if (!socket)
			continue;
		if (timeout)
			timeout_ms = (int)(timeout->tv_sec * 1000 + timeout->tv_usec / 1000);
		wait_for(socket, timeout_ms);
		timeout = &now;
	}
	return REAL(select)(count, reads, writes, exceptions, timeout);
}

/* The names under which programs that were compiled with _FORTIFY_SOURCE call them. */
ssize_t __recv_chk(int fd, void *ret_bytes, size_t size, size_t room, int flags)
{
	return size > room ? (abort(), -1) : recv(fd, ret_bytes, size, flags);
}

ssize_t __recvfrom_chk(int fd, void *restrict ret_bytes, size_t size, size_t room, int flags,
		       struct sockaddr *restrict ret_address, socklen_t *restrict address_len)
{
	return size > room ? (abort(), -1)
			   : recvfrom(fd, ret_bytes, size, flags, ret_address, address_len);
}

int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t room)
{
	return count > room / sizeof(*fds) ? (abort(), -1) : poll(fds, count, timeout_ms);
}
