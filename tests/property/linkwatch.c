/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Property test: random operations on a machine. After each of them the model and an oracle
 * (support/oracle.h) must agree in everything visible; also laws that need no oracle.
 *
 *	property_linkwatch		the fixed seeds, as in CI
 *	property_linkwatch SEED [COUNT]	these; a failure prints its seed and its shortest form
 *	property_linkwatch fresh [COUNT]	a new random seed
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/compare.h"
#include "support/laws.h"
#include "support/model_run.h"
#include "support/oracle.h"
#include "support/sequence.h"
#include "support/shrink.h"

#define SEED_FIRST 1
#define SEEDS_COUNT 400

/* -- a sequence ------------------------------------------------------------------------ */

/* One op and all checks after it; o is NULL in runs that are only compared at the end. */
static void run_step(struct model_run *run, struct oracle *o, int at)
{
	const struct sequence *sequence = run->sequence;
	const struct op *op = &sequence->ops[at];
	int64_t at_ns = model_run_op_ns(run, op);
	size_t log_before = run->log_count;
	const char *broken;

	model_run_advance(run, at_ns);
	model_run_do(run, at);
	broken = machine_verify(run->m);
	if (broken)
		model_run_wrong(run, "invariant: %s", broken);
	if (at == sequence->steady_at)
		law_steady(run);
	if (at == sequence->prompt_at)
		law_prompt(run, op->slot, log_before);
	if (!o)
		return;
	o->log_count = 0;
	oracle_advance(o, at_ns);
	oracle_do(o, op);
	compare_all(run, o, log_before);
}

/* Runs the sequence; false if a check fails, which run describes; *ret_at is the op. */
static bool run_as_is(struct model_run *run, const struct sequence *sequence, int *ret_at)
{
	static struct oracle oracle;

	model_run_start(run, sequence, AS_IS, law_full_runs);
	oracle_init(&oracle, sequence);
	for (*ret_at = 0; *ret_at < sequence->count && !run->what[0]; ++*ret_at)
		run_step(run, &oracle, *ret_at);
	--*ret_at;
	return !run->what[0];
}

static bool run_variant(struct model_run *run, const struct model_run *as_is, enum variant variant)
{
	const struct sequence *sequence = as_is->sequence;
	int half = sequence->count / 2;
	struct model_run saved;
	void *copy;

	model_run_start(run, sequence, variant, law_full_runs);
	for (int i = 0; i < half && !run->what[0]; i++)
		run_step(run, NULL, i);
	if (variant == RESTORED) {
		saved = *run;
		copy = malloc(machine_save_bytes(run->m));
		assert(copy);
		machine_save(run->m, copy);
		for (int i = half; i < sequence->count && !run->what[0]; i++)
			run_step(run, NULL, i);
		machine_restore(run->m, copy);
		free(copy);
		saved.log = run->log;
		saved.log_size = run->log_size;
		*run = saved;
	}
	for (int i = half; i < sequence->count && !run->what[0]; i++)
		run_step(run, NULL, i);
	compare_messages(run, "the plain run", as_is->log, as_is->log_count, run->log,
			 run->log_count);
	return !run->what[0];
}

/* Runs all variants; on failure describes it, with its op and variant. */
static bool sequence_holds(const struct sequence *sequence, char ret_what[256], int *ret_at,
			   enum variant *ret_variant)
{
	struct model_run as_is, other;
	bool holds = run_as_is(&as_is, sequence, ret_at);

	*ret_variant = AS_IS;
	strcpy(ret_what, as_is.what);
	for (int variant = AS_IS + 1; variant < VARIANT_COUNT && holds; variant++) {
		holds = run_variant(&other, &as_is, (enum variant)variant);
		*ret_variant = (enum variant)variant;
		strcpy(ret_what, other.what);
		model_run_end(&other);
	}
	model_run_end(&as_is);
	return holds;
}

/* -- failures -------------------------------------------------------------------------- */

static bool fails_without(void *user, int first, int n)
{
	struct sequence *sequence = user, shorter = *sequence;
	enum variant variant;
	char what[256];
	int at;

	sequence_remove(&shorter, first, n);
	if (sequence_holds(&shorter, what, &at, &variant))
		return false;
	*sequence = shorter;
	return true;
}

/* Removes everything that the failure does not need. */
static void sequence_shrink(struct sequence *sequence)
{
	enum variant variant;
	char what[256];
	int at;

	if (!sequence_holds(sequence, what, &at, &variant) && variant == AS_IS &&
	    at < sequence->steady_at) {
		sequence->count = at + 1; /* later ops do not matter */
		sequence->pinned = 0;
	}
	shrink(sequence->count - sequence->pinned, fails_without, sequence);
}

static void print_attrs(const struct op *op)
{
	static const char *const flags[] = { "", " up", " down", " promisc on", " promisc off" };
	static const char *const states[] = { "unknown", "notpresent", "down", "lowerlayerdown",
					      "testing", "dormant",    "up" };
	static const char *const modes[] = { "default", "dormant", "testing" };

	printf("%s", flags[op->flags]);
	if (op->carrier >= 0)
		printf(" carrier %s", op->carrier ? "on" : "off");
	if (op->operstate >= 0)
		printf(" state %s", states[op->operstate]);
	if (op->mode >= 0)
		printf(" mode %s", modes[op->mode]);
}

/* Prints an op almost as a scenario's line. */
static void print_op(const struct op *op)
{
	static const char *const names[OP_KIND_COUNT] = {
		[OP_NOTHING] = "# nothing",
		[OP_CARRIER_ON] = "carrier_on",
		[OP_CARRIER_OFF] = "carrier_off",
		[OP_CARRIER_EVENT] = "carrier_event",
		[OP_DORMANT_ON] = "dormant_on",
		[OP_DORMANT_OFF] = "dormant_off",
		[OP_TESTING_ON] = "testing_on",
		[OP_TESTING_OFF] = "testing_off",
		[OP_DETACH] = "device_detach",
		[OP_ATTACH] = "device_attach",
		[OP_FIRE] = "linkwatch_fire_event",
		[OP_CONFIG_UP] = "virtnet_config_changed",
		[OP_CONFIG_DOWN] = "virtnet_config_changed",
		[OP_LATENCY] = "worker latency",
		[OP_SETLINK] = "setlink",
		[OP_IFCONFIG_UP] = "ifconfig",
		[OP_IFCONFIG_DOWN] = "ifconfig",
		[OP_DEV_OPEN] = "dev_open",
		[OP_DEV_CLOSE] = "dev_close",
		[OP_ADD_DUMMY] = "ip link add",
		[OP_ADD_VETH] = "ip link add",
		[OP_PROBE] = "virtnet_probe",
		[OP_DELETE] = "ip link del",
		[OP_QUERY] = "getlink",
		[OP_RTNL_HOLD] = "rtnl_lock for",
	};

	printf("  +%lldns%s%s\t%s", (long long)op->wait_ns,
	       op->to_jiffy ? " after the next jiffy" : "", op->only_when_idle ? " if idle" : "",
	       names[op->kind]);
	if (op->kind == OP_LATENCY || op->kind == OP_RTNL_HOLD)
		printf(" %lldns", (long long)op->duration_ns);
	else if (op->count > 1)
		printf(" d{%d..%d}", op->slot, op->slot + op->count - 1);
	else if (op->kind != OP_NOTHING)
		printf(" d%d", op->slot);
	if (op->kind == OP_IFCONFIG_UP || op->kind == OP_IFCONFIG_DOWN)
		printf(op->kind == OP_IFCONFIG_UP ? " up" : " down");
	if (op->kind == OP_CONFIG_UP || op->kind == OP_CONFIG_DOWN)
		printf(op->kind == OP_CONFIG_UP ? " link=up" : " link=down");
	if (op->kind == OP_PROBE)
		printf(" status=%s link=%s", op->has_status ? "on" : "off",
		       op->link_up ? "up" : "down");
	print_attrs(op);
	if (op->kind == OP_ADD_DUMMY)
		printf(" type dummy");
	if (op->kind == OP_ADD_VETH)
		printf(" type veth peer d%d", op->slot + 1);
	printf("\n");
}

static void report(const struct sequence *failed, const char *program)
{
	const struct sequence_config *config = &failed->config;
	struct sequence sequence = *failed;
	enum variant variant;
	char what[256], kernel[SEQUENCE_KERNEL_MAX_BYTES];
	int at;

	sequence_shrink(&sequence);
	sequence_holds(&sequence, what, &at, &variant);
	sequence_kernel_name(config, kernel);
	printf("seed %llu: kernel %s, hz %u, bits %u, timers %s%s (d0 is lo)\n",
	       (unsigned long long)sequence.seed, kernel, config->hz, config->bits,
	       config->timers_exact ? "exact" : "wheel", config->has_echo ? ", echo" : "");
	for (int i = 0; i < sequence.count; i++)
		print_op(&sequence.ops[i]);
	printf("wrong %s, after op %d: %s\n", variant_names[variant], at + 1, what);
	printf("to repeat: %s %llu\n", program, (unsigned long long)sequence.seed);
}

static uint64_t fresh_seed(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return ((uint64_t)now.tv_sec * 1000003U + (uint64_t)now.tv_nsec) % 1000000000U;
}

int main(int argc, char **argv)
{
	uint64_t first = SEED_FIRST, count = SEEDS_COUNT;
	static struct sequence sequence;

	if (argc > 1) {
		bool is_fresh = strcmp(argv[1], "fresh") == 0;

		first = is_fresh ? fresh_seed() : strtoull(argv[1], NULL, 10);
		count = argc > 2 ? strtoull(argv[2], NULL, 10) : is_fresh ? SEEDS_COUNT : 1;
	}
	for (uint64_t seed = first; seed < first + count; seed++) {
		enum variant variant;
		char what[256];
		int at;

		sequence_make(&sequence, seed);
		if (sequence_holds(&sequence, what, &at, &variant))
			continue;
		report(&sequence, argv[0]);
		return 1;
	}
	printf("seeds %llu to %llu hold\n", (unsigned long long)first,
	       (unsigned long long)(first + count - 1));
	return 0;
}
