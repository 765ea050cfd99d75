/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init of a small kernel with one virtio_net, for tests/kernel/virtio: loads the driver after 3 s, opens the device by its
 * index $open_ms later, as networkd does, and prints what RTNLGRP_LINK says within the next 4 s:
 * `JIFFY NS NEW <FLAGS> OPER`, JIFFY as jiffies since boot; then `end`.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#define NS_PER_S INT64_C(1000000000)
#define HZ 250
#define JIFFY_NS (NS_PER_S / HZ)
/* INITIAL_JIFFIES: five minutes before 32 bits wrap. */
#define INITIAL_JIFFIES (INT64_C(4294967296) - 300 * HZ)

static __attribute__((noreturn)) void die(const char *what)
{
	printf("init: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	reboot(RB_AUTOBOOT);
	_exit(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec;
}

static void sleep_until(int64_t ns)
{
	struct timespec until = { .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };

	if (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL))
		die("clock_nanosleep");
}

static int64_t jiffies_read(void)
{
	static char text[1 << 16];
	const char *at;
	int fd = open("/proc/timer_list", O_RDONLY);
	ssize_t len = 0, got;

	if (fd < 0)
		die("/proc/timer_list");
	while ((got = read(fd, text + len, sizeof(text) - 1 - (size_t)len)) > 0)
		len += got;
	close(fd);
	text[len] = '\0';
	at = strstr(text, "\njiffies: ");
	if (!at)
		die("no jiffies in /proc/timer_list");
	return strtoll(at + strlen("\njiffies: "), NULL, 10) - INITIAL_JIFFIES;
}

/* CLOCK_MONOTONIC at the beginning of jiffy 0, late by as long as it takes to read jiffies: a fraction of one. */
static int64_t jiffy_zero(void)
{
	int64_t jiffy = jiffies_read(), next;

	do
		next = jiffies_read();
	while (next == jiffy);
	return now_ns() - next * JIFFY_NS;
}

static void module_load(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		die(path);
	close(fd);
}

static int link_socket(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

	if (fd < 0 || bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
		die("rtnetlink socket");
	return fd;
}

static void print_message(const struct nlmsghdr *header, int64_t zero, int *ret_index)
{
	static const char *const operstates[] = { "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN",
						  "TESTING", "DORMANT",	   "UP" };
	const struct ifinfomsg *info = NLMSG_DATA(header);
	int len = (int)IFLA_PAYLOAD(header);
	unsigned int operstate = 0;
	int64_t ns = now_ns();

	for (const struct rtattr *attr = IFLA_RTA(info); RTA_OK(attr, len);
	     attr = RTA_NEXT(attr, len))
		if (attr->rta_type == IFLA_OPERSTATE)
			operstate = *(uint8_t *)RTA_DATA(attr);
	printf("%" PRId64 " %" PRId64 " NEW <%s%s%s> %s\n", (ns - zero) / JIFFY_NS, ns,
	       info->ifi_flags & IFF_UP ? "UP," : "",
	       info->ifi_flags & IFF_RUNNING ? "RUNNING," : "",
	       info->ifi_flags & IFF_LOWER_UP ? "LOWER_UP," : "", operstates[operstate % 7]);
	*ret_index = info->ifi_index;
}

/* Prints messages until then. */
static void listen_until(int fd, int64_t until, int64_t zero, int *ret_index)
{
	static char buffer[1 << 16] __attribute__((aligned(NLMSG_ALIGNTO)));
	struct pollfd polled = { .fd = fd, .events = POLLIN };
	ssize_t len;

	while (now_ns() < until) {
		struct timespec left = { .tv_sec = (until - now_ns()) / NS_PER_S,
					 .tv_nsec = (until - now_ns()) % NS_PER_S };

		if (ppoll(&polled, 1, &left, NULL) <= 0)
			continue;
		while ((len = recv(fd, buffer, sizeof(buffer), 0)) > 0)
			for (struct nlmsghdr *header = (struct nlmsghdr *)buffer;
			     NLMSG_OK(header, len); header = NLMSG_NEXT(header, len))
				if (header->nlmsg_type == RTM_NEWLINK)
					print_message(header, zero, ret_index);
	}
}

/* RTM_NEWLINK by index: IFF_UP, and no query before it. */
static void link_up(int index)
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg info;
	} request = {
		.header = { .nlmsg_len = sizeof(request),
			    .nlmsg_type = RTM_NEWLINK,
			    .nlmsg_flags = NLM_F_REQUEST },
		.info = { .ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd < 0 || send(fd, &request, sizeof(request), 0) != sizeof(request))
		die("RTM_NEWLINK");
	close(fd);
}

int main(void)
{
	const char *open_ms = getenv("open_ms");
	int64_t zero, start;
	int fd, index = 0;

	if (mount("proc", "/proc", "proc", 0, NULL) < 0)
		die("/proc");
	fd = link_socket();
	/* Until then the kernel changes its clock once more, and a jiffy is lost. */
	sleep_until(3 * NS_PER_S);
	module_load("/failover.ko");
	module_load("/net_failover.ko");
	zero = jiffy_zero();
	/* Early in a jiffy, so that the probe, too, is over in it. */
	start = zero + (jiffies_read() + 2) * JIFFY_NS + JIFFY_NS / 16;
	sleep_until(start);
	module_load("/virtio_net.ko");
	listen_until(fd, start + strtoll(open_ms ? open_ms : "300", NULL, 10) * (NS_PER_S / 1000),
		     zero, &index);
	if (!index)
		die("no virtio_net");
	printf("%" PRId64 " %" PRId64 " open\n", (now_ns() - zero) / JIFFY_NS, now_ns());
	link_up(index);
	listen_until(fd, now_ns() + 4 * NS_PER_S, zero, &index);
	if (llabs(jiffy_zero() - zero) > JIFFY_NS / 2)
		die("the jiffies have moved");
	puts("end");
	fflush(stdout);
	reboot(RB_AUTOBOOT);
	return 1;
}
