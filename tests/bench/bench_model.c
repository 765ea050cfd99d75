/* SPDX-License-Identifier: GPL-2.0-or-later */
/* bench_model LWSIM SCENARIO: time and memory. Prints medians; ratios are given where they depend
 * least on the machine. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <malloc.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model/machine.h"

#define SPAWNS 200
#define REPETITIONS 7
#define MEASURE_NS (300 * 1000 * 1000) /* minimum, for measurements that can be repeated */

extern char **environ;

static int64_t wall_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NSEC_PER_SEC + now.tv_nsec;
}

static int compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
	qsort(values, count, sizeof(*values), compare_doubles);
	return values[count / 2];
}

static void row(const char *what, const char *measured, const char *compared, const char *goal)
{
	printf("%-46s %14s  %-36s %s\n", what, measured, compared, goal);
}

static const char *verdict(bool is_met)
{
	return is_met ? "met" : "MISSED";
}

/* -- a whole process ------------------------------------------------------------------- */

/* Microseconds from start to exit of a process, which must succeed. */
static double spawn_us(char *const argv[])
{
	posix_spawn_file_actions_t actions;
	int64_t start_ns;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	start_ns = wall_ns();
	if (posix_spawn(&pid, argv[0], &actions, NULL, argv, environ) != 0 ||
	    waitpid(pid, &status, 0) != pid || status != 0) {
		fprintf(stderr, "%s did not run well\n", argv[0]);
		exit(1);
	}
	posix_spawn_file_actions_destroy(&actions);
	return (double)(wall_ns() - start_ns) / 1000;
}

static void bench_process(char *lwsim, char *scenario)
{
	char *run[] = { lwsim, (char[]){ "run" }, scenario, NULL };
	char *nothing[] = { (char[]){ "/bin/true" }, NULL };
	double run_us[SPAWNS], nothing_us[SPAWNS], ratio;
	char measured[32], compared[64], goal[32];

	spawn_us(run); /* loads both into the page cache */
	spawn_us(nothing);
	for (int i = 0; i < SPAWNS; i++) {
		run_us[i] = spawn_us(run);
		nothing_us[i] = spawn_us(nothing);
	}
	ratio = median(run_us, SPAWNS) / median(nothing_us, SPAWNS);
	snprintf(measured, sizeof(measured), "%.0f us", median(run_us, SPAWNS));
	snprintf(compared, sizeof(compared), "%.2f x /bin/true (%.0f us)", ratio,
		 median(nothing_us, SPAWNS));
	snprintf(goal, sizeof(goal), "<= 3 x: %s", verdict(ratio <= 3));
	row("lwsim run microvm.lw, whole process", measured, compared, goal);
}

/* -- many runs -------------------------------------------------------------------------- */

#define SWEEPS 3

static void bench_sweep(char *lwsim, char *scenario)
{
	/* 100 000 values, and as many parses */
	char *sweep[] = { lwsim,
			  (char[]){ "sweep" },
			  (char[]){ "--vary=open=0s..2999970us/30us" },
			  (char[]){ "--kernel=5.8" },
			  scenario,
			  NULL };
	double sweep_s[SWEEPS], all_s;
	char measured[32], compared[64], goal[32];

	for (int i = 0; i < SWEEPS; i++)
		sweep_s[i] = spawn_us(sweep) / 1e6;
	all_s = median(sweep_s, SWEEPS);
	snprintf(measured, sizeof(measured), "%.2f s", all_s);
	snprintf(compared, sizeof(compared), "%.1f us a run, parse included", all_s * 10);
	snprintf(goal, sizeof(goal), "< 10 s on 2 CPUs: %s", verdict(all_s < 10));
	row("lwsim sweep microvm.lw, 100000 runs", measured, compared, goal);
}

/* -- machines -------------------------------------------------------------------------- */

struct bench {
	struct machine *m;
	struct net_device **devs;
	uint32_t count;
	uint64_t messages;
};

static void count_message(void *user, const struct link_message *message)
{
	(void)message;
	((struct bench *)user)->messages++;
}

static void pass_time(struct machine *m)
{
	int64_t next_ns;

	while ((next_ns = machine_next_ns(m)) != INT64_MAX) {
		machine_advance(m, next_ns);
		machine_settle(m);
	}
}

static struct machine *machine_of(uint32_t max_devices)
{
	struct machine_config config = {
		.kernel = kernel_default(),
		.hz = 250,
		.long_bits = 64,
		.max_devices = max_devices,
	};
	struct machine *m = machine_new(&config);

	if (!m) {
		fprintf(stderr, "no memory for %u devices\n", max_devices);
		exit(1);
	}
	return m;
}

/* Creates count dummies, all UP, with nothing pending. */
static void bench_start(struct bench *bench, uint32_t count)
{
	struct machine_callbacks callbacks = { .notify = count_message, .user = bench };
	struct link_create create = {
		.kind = LINK_KIND_DUMMY,
		.attrs = { .ifi_flags = IFF_UP, .ifi_change = IFF_UP },
	};

	bench->m = machine_of(count);
	bench->count = count;
	bench->devs = calloc(count, sizeof(bench->devs[0]));
	machine_set_callbacks(bench->m, &callbacks);
	bench->m->rtnl.is_locked = true;
	for (uint32_t i = 0; i < count; i++) {
		snprintf(create.name, IFNAMSIZ, "d%u", i);
		if (!bench->devs || rtnl_newlink(bench->m, &create) < 0)
			exit(1);
		bench->devs[i] = dev_get_by_name(bench->m, create.name);
	}
	rtnl_unlock(bench->m);
	machine_settle(bench->m);
	pass_time(bench->m);
	bench->messages = 0;
}

static void bench_end(struct bench *bench)
{
	free(bench->devs);
	machine_free(bench->m);
}

/* -- carrier toggles ------------------------------------------------------------------- */

static double model_toggles(void)
{
	double rates[REPETITIONS];
	struct bench bench;

	bench_start(&bench, 1);
	for (int i = 0; i < REPETITIONS; i++) {
		int64_t start_ns = wall_ns(), took_ns;
		uint64_t toggles = 0;

		do {
			for (int j = 0; j < 100000; j++) {
				netif_carrier_off(bench.devs[0]);
				netif_carrier_on(bench.devs[0]);
			}
			toggles += 200000;
			took_ns = wall_ns() - start_ns;
		} while (took_ns < MEASURE_NS);
		rates[i] = (double)toggles * 1e9 / (double)took_ns;
		pass_time(bench.m);
	}
	bench_end(&bench);
	return median(rates, REPETITIONS);
}

/* A tap in its own network namespace, UP. The descriptor, or -1; *ret_failed names the call that
 * failed. */
static int tap_open(const char **ret_failed)
{
	struct ifreq ifr = { .ifr_name = "lwbench" };
	int tap = -1, sock = -1;

	*ret_failed = NULL;
	if (unshare(CLONE_NEWNET) < 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) < 0) {
		*ret_failed = "unshare(CLONE_NEWNET)";
		return -1;
	}
	tap = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
	if (tap < 0) {
		*ret_failed = "open(/dev/net/tun)";
		return -1;
	}
	ifr.ifr_flags = IFF_TAP | IFF_NO_PI;
	sock = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (ioctl(tap, TUNSETIFF, &ifr) < 0) {
		*ret_failed = "TUNSETIFF";
	} else if (ioctl(sock, SIOCGIFFLAGS, &ifr) < 0 ||
		   (ifr.ifr_flags |= IFF_UP, ioctl(sock, SIOCSIFFLAGS, &ifr) < 0)) {
		*ret_failed = "SIOCSIFFLAGS";
	}
	if (*ret_failed) {
		close(tap);
		tap = -1;
	}
	if (sock >= 0)
		close(sock);
	return tap;
}

/* Toggles per second of the running kernel; 0 and *ret_why if it cannot be measured. */
static double kernel_toggles(char ret_why[64])
{
	const char *failed;
	double rates[REPETITIONS];
	int tap = tap_open(&failed);

	for (int i = 0; tap >= 0 && i < REPETITIONS; i++) {
		int64_t start_ns = wall_ns(), took_ns;
		int toggles = 0, carrier = 0;

		do {
			if (ioctl(tap, TUNSETCARRIER, &carrier) < 0) {
				failed = "TUNSETCARRIER";
				close(tap);
				tap = -1;
				break;
			}
			carrier = !carrier;
			took_ns = wall_ns() - start_ns;
			toggles++;
		} while (took_ns < MEASURE_NS);
		rates[i] = toggles * 1e9 / (double)(wall_ns() - start_ns);
	}
	if (tap < 0) {
		snprintf(ret_why, 64, "kernel: %s: %s", failed, strerror(errno));
		return 0;
	}
	close(tap);
	return median(rates, REPETITIONS);
}

static void bench_toggles(void)
{
	double model = model_toggles(), kernel;
	char measured[32], compared[64];

	kernel = kernel_toggles(compared);
	snprintf(measured, sizeof(measured), "%.1f M/s", model / 1e6);
	if (kernel > 0)
		snprintf(compared, sizeof(compared), "%.0f x this kernel's tap (%.2f M/s)",
			 model / kernel, kernel / 1e6);
	row("carrier toggles, one device, time stands", measured, compared, "-");
}

/* -- processed link events ------------------------------------------------------------- */

/* Every device loses its carrier, all events are processed, every device gets it back, and again. */
static void flap_all(struct bench *bench)
{
	for (uint32_t i = 0; i < bench->count; i++)
		netif_carrier_off(bench->devs[i]);
	pass_time(bench->m);
	for (uint32_t i = 0; i < bench->count; i++)
		netif_carrier_on(bench->devs[i]);
	pass_time(bench->m);
}

static double events_a_second(uint32_t devices)
{
	double rates[REPETITIONS];
	struct bench bench;

	bench_start(&bench, devices);
	flap_all(&bench);
	for (int i = 0; i < REPETITIONS; i++) {
		int64_t start_ns = wall_ns(), took_ns;
		uint64_t events = 0;

		bench.messages = 0;
		do {
			flap_all(&bench);
			events += 2 * (uint64_t)devices;
			took_ns = wall_ns() - start_ns;
		} while (took_ns < MEASURE_NS);
		if (bench.messages != events) {
			fprintf(stderr, "%llu events, %llu messages\n", (unsigned long long)events,
				(unsigned long long)bench.messages);
			exit(1);
		}
		rates[i] = (double)events * 1e9 / (double)took_ns;
	}
	bench_end(&bench);
	return median(rates, REPETITIONS);
}

static void bench_events(void)
{
	static const uint32_t counts[] = { 1, 1000, 100000, 1000000 };
	double at_1000 = 0;

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		double rate = events_a_second(counts[i]);
		char what[64], measured[32], compared[64] = "-", goal[32] = "-";

		if (counts[i] == 1000) {
			at_1000 = rate;
			snprintf(goal, sizeof(goal), ">= 10 M/s: %s", verdict(rate >= 10e6));
		}
		if (counts[i] > 1000)
			snprintf(compared, sizeof(compared), "1/%.2f of 1000 devices",
				 at_1000 / rate);
		if (counts[i] == 1000000)
			snprintf(goal, sizeof(goal), ">= 1/3: %s", verdict(rate >= at_1000 / 3));
		snprintf(what, sizeof(what), "events fired, processed, told: %u devices",
			 counts[i]);
		snprintf(measured, sizeof(measured), "%.1f M/s", rate / 1e6);
		row(what, measured, compared, goal);
	}
}

/* -- memory ---------------------------------------------------------------------------- */

static size_t arena_bytes(uint32_t devices)
{
	struct machine *m = machine_of(devices);
	size_t bytes = malloc_usable_size(m);

	machine_free(m);
	return bytes;
}

static void bench_memory(void)
{
	static const uint32_t counts[] = { 1000, 1000000 };

	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		double bytes = (double)(arena_bytes(counts[i]) - arena_bytes(0)) / counts[i];
		char what[64], measured[32], compared[64], goal[32];

		snprintf(what, sizeof(what), "arena per device, hashes included: %u", counts[i]);
		snprintf(measured, sizeof(measured), "%.1f B", bytes);
		snprintf(compared, sizeof(compared), "struct net_device: %zu B",
			 sizeof(struct net_device));
		snprintf(goal, sizeof(goal), "<= 256 B: %s", verdict(bytes <= 256));
		row(what, measured, compared, goal);
	}
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: bench_model LWSIM SCENARIO\n");
		return 2;
	}
	printf("%s build, %ld CPUs, medians of %d (processes: %d)\n\n", BENCH_BUILD_TYPE,
	       sysconf(_SC_NPROCESSORS_ONLN), REPETITIONS, SPAWNS);
	row("what", "measured", "compared with", "goal");
	fflush(stdout);
	bench_process(argv[1], argv[2]);
	bench_sweep(argv[1], argv[2]);
	bench_events();
	bench_memory();
	bench_toggles(); /* last: changes the network namespace */
	return 0;
}
