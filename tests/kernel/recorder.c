/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * init of a kernel on a virtual clock: plays timed `ip` commands, writes down what RTNLGRP_LINK says.
 * The kernel's command line sets $lwsim_ip_server, what ip_server.c became, and $lwsim_dir, the one directory of the
 * host that is written to:
 * actions  a line is `NS ip WORDS`, `NS tunsetiff|tunsetcarrier|tunsetpersist|tun_close WORDS` of a tun that
 *          init itself holds open, `NS batch N` with the N lines behind it as one `ip -batch`, or `NS end`;
 *          NS is CLOCK_MONOTONIC in nanoseconds
 * trace    what tests/traces/README.md says; the last line is `end`, or something went wrong
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <inttypes.h>
#include <poll.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#define NS_PER_S INT64_C(1000000000)
/* What is written down: in memory until the end, for writing to the host's files makes timers. */
static FILE *trace;
static char *trace_text;
static size_t trace_size;

/* Not init of a kernel of our own: on the running one, in a namespace, in real time from start_ns on. */
static bool is_live;
static int64_t start_ns;
static char dir[PATH_MAX] = "/run/lwsim";

static FILE *file_open(const char *name, const char *mode)
{
	char path[PATH_MAX + 16];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return fopen(path, mode);
}

static __attribute__((noreturn)) void leave(int status)
{
	fflush(stdout);
	if (is_live)
		exit(status);
	sync();
	reboot(RB_POWER_OFF);
	_exit(1);
}

static int trace_save(void)
{
	FILE *file;

	if (fclose(trace))
		return -1;
	file = file_open("trace", "we");
	if (!file)
		return -1;
	fwrite(trace_text, 1, trace_size, file);
	return fclose(file);
}

static __attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...)
{
	va_list args;

	fputs("recorder: ", stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf(" (%s)\n", strerror(errno));
	if (trace)
		trace_save();
	leave(1);
}

static int64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_S + now.tv_nsec - start_ns;
}

static struct timespec timespec_of(int64_t ns)
{
	return (struct timespec){ .tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S };
}

static void print_time(void)
{
	int64_t ns = now_ns();

	/* cut, not rounded: a jiffy must not become the next */
	fprintf(trace, "%" PRId64 ".%04" PRId64 " ", ns / NS_PER_S, ns % NS_PER_S / 100000);
}

static const char *const operstates[] = { "UNKNOWN", "NOTPRESENT", "DOWN", "LOWERLAYERDOWN",
					  "TESTING", "DORMANT",	   "UP" };

static void print_flags(unsigned int flags)
{
	static const struct {
		unsigned int flag;
		const char *name;
	} names[] = {
		{ IFF_UP, "UP" },
		{ IFF_RUNNING, "RUNNING" },
		{ IFF_LOWER_UP, "LOWER_UP" },
		{ IFF_DORMANT, "DORMANT" },
	};
	const char *comma = "";

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (!(flags & names[i].flag))
			continue;
		fprintf(trace, "%s%s", comma, names[i].name);
		comma = ",";
	}
}

static void print_message(const struct nlmsghdr *header)
{
	const struct ifinfomsg *info = NLMSG_DATA(header);
	int len = (int)IFLA_PAYLOAD(header);
	const char *dev = "?", *qdisc = "";
	/* -1: an AF_BRIDGE message does not say */
	int mode = -1, up = -1, down = -1;
	unsigned int operstate = 0;

	for (const struct rtattr *attr = IFLA_RTA(info); RTA_OK(attr, len);
	     attr = RTA_NEXT(attr, len)) {
		switch (attr->rta_type) {
		case IFLA_IFNAME:
			dev = RTA_DATA(attr);
			break;
		case IFLA_QDISC:
			qdisc = RTA_DATA(attr);
			break;
		case IFLA_OPERSTATE:
			operstate = *(uint8_t *)RTA_DATA(attr);
			break;
		case IFLA_LINKMODE:
			mode = *(uint8_t *)RTA_DATA(attr);
			break;
		case IFLA_CARRIER_UP_COUNT:
			up = *(int32_t *)RTA_DATA(attr);
			break;
		case IFLA_CARRIER_DOWN_COUNT:
			down = *(int32_t *)RTA_DATA(attr);
			break;
		}
	}
	print_time();
	fprintf(trace, "%s %s fam=%u <", header->nlmsg_type == RTM_NEWLINK ? "NEW" : "DEL", dev,
		info->ifi_family);
	print_flags(info->ifi_flags);
	fprintf(trace, "> %s mode=%d qdisc=%s change=%x up/down=%d/%d\n",
		operstate < sizeof(operstates) / sizeof(operstates[0]) ? operstates[operstate]
								       : "?",
		mode, qdisc, info->ifi_change, up, down);
}

static int link_socket(void)
{
	struct sockaddr_nl addr = { .nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK };
	int size = 32 << 20;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);

	/* A user namespace's root may not. */
	if (fd < 0 ||
	    (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0 && !is_live) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)) < 0)
		die("rtnetlink socket");
	return fd;
}

/* Writes down all that is there to read. */
static void drain(int fd)
{
	static char buffer[1 << 16] __attribute__((aligned(NLMSG_ALIGNTO)));

	for (;;) {
		ssize_t len = recv(fd, buffer, sizeof(buffer), MSG_TRUNC);

		if (len < 0 && errno == EAGAIN)
			return;
		/* ENOBUFS too: a message would be missing */
		if (len < 0)
			die("rtnetlink");
		if ((size_t)len > sizeof(buffer))
			die("a message of %zd bytes", len);
		for (struct nlmsghdr *header = (struct nlmsghdr *)buffer; NLMSG_OK(header, len);
		     header = NLMSG_NEXT(header, len))
			if (header->nlmsg_type == RTM_NEWLINK || header->nlmsg_type == RTM_DELLINK)
				print_message(header);
	}
}

/* Reads messages until the absolute time. Never select(): it is up to 0.1 % late. */
static void wait_until(int fd, int timer, int64_t ns)
{
	struct itimerspec due = { .it_value = timespec_of(ns + start_ns) };
	struct pollfd polls[] = {
		{ .fd = fd, .events = POLLIN },
		{ .fd = timer, .events = POLLIN },
	};
	uint64_t fired;

	if (timerfd_settime(timer, TFD_TIMER_ABSTIME, &due, NULL) < 0)
		die("timerfd_settime");
	do {
		if (poll(polls, 2, -1) < 0)
			die("poll");
		drain(fd);
	} while (!(polls[1].revents & POLLIN));
	if (read(timer, &fired, sizeof(fired)) != sizeof(fired))
		die("timerfd");
}

/* CONFIG_HZ. */
static int64_t hz_of_kernel(void)
{
	struct timespec jiffy;

	clock_getres(CLOCK_MONOTONIC_COARSE, &jiffy);
	return (NS_PER_S + jiffy.tv_nsec / 2) / jiffy.tv_nsec;
}

static int64_t jiffy_of(int64_t ns)
{
	return ns * hz_of_kernel() / NS_PER_S;
}

/*
 * The virtual clock moves when nobody has anything to do: after a nanosecond all work that was
 * queued is done. In jiffy 0 no timer fires: the others get to run by our giving way.
 */
static void wait_idle(int fd, int timer)
{
	if (is_live) {
		drain(fd);
		return;
	}
	if (jiffy_of(now_ns()) > 0)
		wait_until(fd, timer, now_ns() + 1);
	for (int i = 0; jiffy_of(now_ns()) == 0 && i < 100; i++)
		sched_yield();
	drain(fd);
}

/* `ip`, which waits for commands: a socket for these, and files as its standard input and output. */
struct ip {
	int commands;
	int input;
	int output;
	/* of RTNLGRP_LINK, which are read while it runs for long */
	int messages;
	int timer;
};

static struct ip ip_start(void)
{
	char *server = getenv("lwsim_ip_server");
	struct ip ip = { .input = memfd_create("input", MFD_CLOEXEC),
			 .output = memfd_create("output", MFD_CLOEXEC) };
	int sockets[2];
	pid_t pid;

	if (ip.input < 0 || ip.output < 0 || !server ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
		die("ip_server");
	ip.commands = sockets[0];
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0) {
		/* None of them is below 4: 0, 1 and 2 are the console, 3 is actions. */
		dup2(ip.input, 0);
		dup2(ip.output, 1);
		dup2(ip.output, 2);
		dup2(sockets[1], 3);
		setenv("LD_PRELOAD", server, 1);
		setenv("LD_BIND_NOW", "1", 1);
		execlp("ip", "ip", NULL);
		_exit(127);
	}
	close(sockets[1]);
	return ip;
}

static void file_reset(int fd)
{
	if (ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		die("ip's files");
}

/* Whether `ip` is done within the jiffy. If not, what was said in it is read before it ends. */
static bool ip_is_done(const struct ip *ip)
{
	int64_t end_ns =
		((jiffy_of(now_ns()) + 1) * NS_PER_S + hz_of_kernel() - 1) / hz_of_kernel();
	struct itimerspec due = { .it_value = timespec_of(end_ns - 1000) };
	struct pollfd polls[] = {
		{ .fd = ip->commands, .events = POLLIN },
		{ .fd = ip->timer, .events = POLLIN },
	};

	if (timerfd_settime(ip->timer, TFD_TIMER_ABSTIME, &due, NULL) < 0 || poll(polls, 2, -1) < 0)
		die("ip");
	if (polls[0].revents)
		return true;
	drain(ip->messages);
	return false;
}

/* Runs `ip` with the words of the line; what it printed, newlines made ";", in text. */
static void ip_run(const struct ip *ip, const char *line, char *text, size_t size)
{
	char *words = strdup(line);
	size_t words_len = strlen(words) + 1;
	ssize_t len;
	int status;

	for (char *space = words; (space = strchr(space, ' '));)
		*space++ = '\0';
	file_reset(ip->output);
	if (lseek(ip->input, 0, SEEK_SET) < 0 ||
	    write(ip->commands, words, words_len) != (ssize_t)words_len)
		die("ip");
	while (!is_live && !ip_is_done(ip))
		wait_until(ip->messages, ip->timer, now_ns() + 2000);
	if (read(ip->commands, &status, sizeof(status)) != sizeof(status))
		die("ip");
	free(words);
	if (status & 0x7f)
		die("ip: status %#x", (unsigned int)status);
	len = pread(ip->output, text, size - 1, 0);
	if (len < 0)
		die("ip's output");
	while (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	for (char *newline; (newline = strchr(text, '\n'));)
		*newline = ';';
	if (status && !len)
		snprintf(text, size, "exit %d", status >> 8);
}

/* The tuns that are open here. */
#define TUNS_MAX 16
#define TUN_WORDS_MAX 8
static struct tun {
	char name[IFNAMSIZ]; /* "": free */
	int fd;
} tuns[TUNS_MAX];

static struct tun *tun_find(const char *name)
{
	for (size_t i = 0; i < TUNS_MAX; i++)
		if (strcmp(tuns[i].name, name) == 0)
			return &tuns[i];
	return NULL;
}

/* NAME mode tap|tun [no_carrier]; errno or 0 */
static int tun_open(char **words, int count)
{
	struct ifreq request = { 0 };
	struct tun *tun = tun_find("");
	int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);

	if (fd < 0 || !tun)
		die("/dev/net/tun");
	snprintf(request.ifr_name, IFNAMSIZ, "%s", words[1]);
	request.ifr_flags = strcmp(words[3], "tap") == 0 ? IFF_TAP : IFF_TUN;
	if (count > 4)
		request.ifr_flags |= IFF_NO_CARRIER;
	if (ioctl(fd, TUNSETIFF, &request) < 0) {
		int error = errno;

		close(fd);
		return error;
	}
	snprintf(tun->name, IFNAMSIZ, "%s", words[1]);
	tun->fd = fd;
	return 0;
}

static int tun_close(const char *name)
{
	struct tun *tun = tun_find(name);

	if (!tun)
		return EBADF;
	close(tun->fd);
	tun->name[0] = '\0';
	return 0;
}

/* tunsetcarrier|tunsetpersist NAME on|off */
static int tun_set(char **words)
{
	const struct tun *tun = tun_find(words[1]);
	int is_on = strcmp(words[2], "on") == 0;

	if (!tun)
		return EBADFD;
	if (strcmp(words[0], "tunsetpersist") == 0)
		return ioctl(tun->fd, TUNSETPERSIST, is_on) < 0 ? errno : 0;
	return ioctl(tun->fd, TUNSETCARRIER, &is_on) < 0 ? errno : 0;
}

static void run_tun(const char *line, char *text, size_t size)
{
	char *words[TUN_WORDS_MAX], *copy = strdup(line), *save = NULL;
	int count = 0, error;

	for (char *word = strtok_r(copy, " ", &save); word && count < TUN_WORDS_MAX;
	     word = strtok_r(NULL, " ", &save))
		words[count++] = word;
	if (strcmp(words[0], "tunsetiff") == 0)
		error = tun_open(words, count);
	else if (strcmp(words[0], "tun_close") == 0)
		error = tun_close(words[1]);
	else
		error = tun_set(words);
	snprintf(text, size, "%s%s%s", error ? words[0] : "", error ? ": " : "",
		 error ? strerror(error) : "");
	free(copy);
}

/* Words are single spaces apart. */
static void run_line(const struct ip *ip, const char *line)
{
	static char text[1 << 16];

	if (is_live) {
		print_time();
		fputs("> begun\n", trace);
	}
	if (strncmp(line, "tun", 3) == 0)
		run_tun(line, text, sizeof(text));
	else
		ip_run(ip, line, text, sizeof(text));
	print_time();
	fprintf(trace, "$ %s%s%s\n", line, *text ? " -> " : "", text);
}

/* The next lines of actions, without their `ip`, to one `ip -batch`. */
static void run_batch(const struct ip *ip, FILE *actions, unsigned long lines)
{
	char *line = NULL;
	size_t size = 0;

	for (; lines; lines--) {
		ssize_t len = getline(&line, &size, actions);

		if (len < 3 || strncmp(line, "ip ", 3) != 0)
			die("batch: no ip line");
		if (write(ip->input, line + 3, (size_t)len - 3) != len - 3)
			die("batch");
	}
	free(line);
	run_line(ip, "ip -force -batch -");
	file_reset(ip->input);
}

/* The root stays read-only. */
static void mounts_make(const char *host_dir)
{
	if (mount("proc", "/proc", "proc", 0, NULL) < 0 ||
	    mount("sys", "/sys", "sysfs", 0, NULL) < 0 ||
	    mount("tmpfs", "/run", "tmpfs", 0, NULL) < 0 || mkdir(dir, 0755) < 0 ||
	    mount("none", dir, "hostfs", 0, host_dir) < 0)
		die("mount");
}

/*
 * The first item of system_unbound_wq may have to wait for its worker, longer than wait_idle() does: on 5.10 linkwatch's
 * first run came after the next action. What inotify drops is cleaned up by that queue, so it has its worker by then.
 */
static void worker_wake(void)
{
	int fd = inotify_init1(IN_CLOEXEC), watch = inotify_add_watch(fd, dir, IN_CREATE);

	if (watch < 0 || inotify_rm_watch(fd, watch) < 0)
		die("inotify");
	close(fd);
}

int main(void)
{
	const char *host_dir = getenv("lwsim_dir");
	char *line = NULL;
	size_t size = 0;
	int fd, timer;
	FILE *actions;
	bool ended = false;
	struct ip ip;

	setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
	setenv("LC_ALL", "C", 1);
	is_live = getpid() != 1;
	if (!host_dir)
		die("no lwsim_dir");
	if (is_live)
		snprintf(dir, sizeof(dir), "%s", host_dir);
	else
		mounts_make(host_dir);
	actions = file_open("actions", "re");
	if (!actions)
		die("actions");
	trace = open_memstream(&trace_text, &trace_size);
	if (!trace)
		die("open_memstream");
	ip = ip_start();
	fd = link_socket();
	timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	if (timer < 0)
		die("timerfd_create");
	worker_wake();
	ip.messages = fd;
	ip.timer = timer;
	if (is_live)
		start_ns = now_ns();
	while (!ended && getline(&line, &size, actions) > 0) {
		char *words;
		int64_t ns = strtoll(line, &words, 10);

		words += *words == ' ';
		words[strcspn(words, "\n")] = '\0';
		if (ns > now_ns() && jiffy_of(ns) > 0)
			wait_until(fd, timer, ns);
		if (!is_live && jiffy_of(now_ns()) != jiffy_of(ns))
			die("%s: late: it is %" PRId64 " ns", words, now_ns());
		ended = strcmp(words, "end") == 0;
		if (ended)
			break;
		if (strncmp(words, "batch ", 6) == 0)
			run_batch(&ip, actions, strtoul(words + 6, NULL, 10));
		else
			run_line(&ip, words);
		wait_idle(fd, timer);
	}
	if (!ended)
		die("no end");
	drain(fd);
	fputs("end\n", trace);
	if (trace_save()) {
		trace = NULL;
		die("trace");
	}
	leave(0);
}
