/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weights of the ops, and the end of a sequence. */
#include "sequence.h"

#include <assert.h>
#include <linux/if.h>
#include <stdio.h>
#include <string.h>

#include "kernels.h"
#include "random.h"

#define OPS_RANDOM 60
#define SLOTS_FEW 7 /* `lo` and six more; a crowd has CROWD */
#define CROWD 250
#define MS INT64_C(1000000)

/* Interesting waits: none, within a jiffy, at the start of a jiffy, about the limit of a second. */
static void random_wait(uint64_t *rng, struct op *op)
{
	static const int64_t about[] = { 5 * MS, 30 * MS, 300 * MS, 1100 * MS, 2500 * MS };
	int64_t kind = below(rng, 8);

	if (kind < 2)
		return;
	op->wait_ns = below(rng, about[below(rng, 5)]);
	if (kind == 7) {
		op->to_jiffy = true;
		op->wait_ns = below(rng, 3) - 1;
		if (one_in(rng, 2))
			op->wait_ns += below(rng, 110) * 10 * MS;
		if (op->wait_ns < 0)
			op->wait_ns = 0;
	}
}

static void random_attrs(uint64_t *rng, struct sequence *sequence, struct op *op)
{
	static const int states[] = { IF_OPER_UP, IF_OPER_DORMANT, IF_OPER_TESTING, IF_OPER_DOWN,
				      IF_OPER_UNKNOWN };
	static const enum op_flags flags[] = { FLAGS_UP,	FLAGS_UP,   FLAGS_UP,
					       FLAGS_DOWN,	FLAGS_DOWN, FLAGS_PROMISC,
					       FLAGS_NO_PROMISC };

	if (!one_in(rng, 4))
		op->flags = flags[below(rng, 7)];
	if (one_in(rng, 4))
		op->carrier = (int)below(rng, 2);
	if (sequence->has_user_writes && one_in(rng, 5))
		op->operstate = states[below(rng, 5)];
	if (sequence->has_user_writes && one_in(rng, 6))
		op->mode = (int)below(rng, 3);
}

static struct op *add_op(struct sequence *sequence, enum op_kind kind, int slot, int count)
{
	struct op *op = &sequence->ops[sequence->count++];

	assert(sequence->count <= OPS_MAX);
	memset(op, 0, sizeof(*op));
	op->kind = kind;
	op->slot = slot;
	op->count = count;
	op->carrier = op->operstate = op->mode = -1;
	return op;
}

static void random_creation(uint64_t *rng, struct sequence *sequence, struct op *op)
{
	if (one_in(rng, 3))
		op->flags = FLAGS_UP;
	if (sequence->has_user_writes && one_in(rng, 6))
		op->operstate = one_in(rng, 2) ? IF_OPER_DORMANT : IF_OPER_UP;
	if (one_in(rng, 5))
		op->mode = (int)below(rng, 3);
}

static void random_op(uint64_t *rng, struct sequence *sequence)
{
	/* each as likely as the number of times it is listed */
	static const enum op_kind kinds[] = {
		OP_NOTHING,	OP_CARRIER_ON,	OP_CARRIER_ON,	  OP_CARRIER_ON,  OP_CARRIER_ON,
		OP_CARRIER_OFF, OP_CARRIER_OFF, OP_CARRIER_OFF,	  OP_CARRIER_OFF, OP_CARRIER_EVENT,
		OP_DORMANT_ON,	OP_DORMANT_OFF, OP_TESTING_ON,	  OP_TESTING_OFF, OP_DETACH,
		OP_ATTACH,	OP_ATTACH,	OP_FIRE,	  OP_CONFIG_UP,	  OP_CONFIG_DOWN,
		OP_LATENCY,	OP_SETLINK,	OP_SETLINK,	  OP_SETLINK,	  OP_SETLINK,
		OP_SETLINK,	OP_IFCONFIG_UP, OP_IFCONFIG_DOWN, OP_DEV_OPEN,	  OP_DEV_CLOSE,
		OP_ADD_DUMMY,	OP_ADD_DUMMY,	OP_ADD_VETH,	  OP_ADD_VETH,	  OP_PROBE,
		OP_DELETE,	OP_RTNL_HOLD,	OP_QUERY,	  OP_QUERY,
	};
	int slots = sequence->is_crowd ? CROWD : SLOTS_FEW;
	enum op_kind kind = kinds[below(rng, (int64_t)(sizeof(kinds) / sizeof(kinds[0])))];
	struct op *op = add_op(sequence, kind, (int)below(rng, slots), 1);

	random_wait(rng, op);
	if (kind == OP_SETLINK) {
		random_attrs(rng, sequence, op);
	} else if (kind == OP_ADD_DUMMY) {
		random_creation(rng, sequence, op);
	} else if (kind == OP_ADD_VETH) {
		op->slot = (op->slot + 1) / 2 * 2 + 1; /* so that pairs do not overlap */
		random_creation(rng, sequence, op);
	} else if (kind == OP_PROBE) {
		op->has_status = !one_in(rng, 3);
		op->link_up = !one_in(rng, 4);
	} else if (kind == OP_LATENCY) {
		op->duration_ns = one_in(rng, 2) ? 0 : below(rng, 60 * MS);
	} else if (kind == OP_RTNL_HOLD) {
		op->duration_ns = below(rng, one_in(rng, 4) ? 1300 * MS : 100 * MS);
	} else if (kind == OP_NOTHING && one_in(rng, 3)) {
		/* until 32-bit jiffies treat nextevent as ahead, not past */
		op->only_when_idle = true;
		op->wait_ns = 1000 * MS / sequence->config.hz * (INT64_C(1) << 31);
		op->wait_ns += below(rng, op->wait_ns / 8);
	}
	if (sequence->is_crowd && (kind == OP_SETLINK || !op_needs_rtnl(op)) && one_in(rng, 2))
		op->count = 1 + (int)below(rng, slots - op->slot);
}

static void random_config(uint64_t *rng, struct sequence_config *config)
{
	static const uint32_t hz[] = { 100, 250, 300, 1000 };

	config->hz = hz[below(rng, 4)];
	config->bits = one_in(rng, 2) ? 32 : 64;
	config->timers_exact = one_in(rng, 8);
	config->row = (int)below(rng, KERNELS_COUNT);
	config->has_urgent_event = one_in(rng, 2);
	config->has_setlink_event = one_in(rng, 2);
	config->has_iflink_op_urgent = one_in(rng, 4);
	/* at 100 Hz that is no limit at all, and the event of a detached device would run for ever */
	config->has_limit_5ms = config->hz > 100 && one_in(rng, 5);
	config->has_echo = one_in(rng, 4);
	config->has_open_syncs = one_in(rng, 4);
}

/*
 * The end of every sequence: everything comes to rest, every device fires, 2 s pass (steady_at); then a
 * carrier comes back after its loss was processed (prompt_at).
 */
static void add_finale(uint64_t *rng, struct sequence *sequence)
{
	int slots = sequence->is_crowd ? CROWD + 2 : SLOTS_FEW + 2, first = sequence->count;
	int slot = (int)below(rng, SLOTS_FEW);

	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 60000 * MS;
	add_op(sequence, OP_LATENCY, 0, 1);
	add_op(sequence, OP_ATTACH, 0, slots);
	add_op(sequence, OP_FIRE, 0, slots);
	sequence->steady_at = sequence->count;
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 2000 * MS;
	add_op(sequence, OP_SETLINK, slot, 1)->flags = FLAGS_UP;
	add_op(sequence, OP_CARRIER_OFF, slot, 1);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 2500 * MS;
	sequence->prompt_at = sequence->count;
	add_op(sequence, OP_CARRIER_ON, slot, 1);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 3000 * MS;
	sequence->pinned = sequence->count - first;
}

/* More devices than a run processes lose their carrier and get it back within the second after another
 * event: only urgent events may send messages. */
static void add_crowd_flap(struct sequence *sequence)
{
	add_op(sequence, OP_SETLINK, 0, CROWD)->flags = FLAGS_UP;
	add_op(sequence, OP_CARRIER_ON, 0, CROWD);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 5000 * MS;
	add_op(sequence, OP_CARRIER_OFF, 0, CROWD);
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 5000 * MS;
	add_op(sequence, OP_FIRE, 0, 1);
	add_op(sequence, OP_CARRIER_ON, 0, CROWD)->wait_ns = 100 * MS;
	add_op(sequence, OP_NOTHING, 0, 1)->wait_ns = 5000 * MS;
}

void sequence_kernel_name(const struct sequence_config *config,
			  char ret_name[SEQUENCE_KERNEL_MAX_BYTES])
{
	snprintf(ret_name, SEQUENCE_KERNEL_MAX_BYTES, "%s%s%s%s%s%s", kernel_row_name(config->row),
		 config->has_urgent_event ? "+urgent-event" : "",
		 config->has_setlink_event ? "+setlink-event" : "",
		 config->has_iflink_op_urgent ? "+iflink-op-urgent" : "",
		 config->has_limit_5ms ? "+limit-5ms" : "",
		 config->has_open_syncs ? "+open-syncs" : "");
}

void sequence_make(struct sequence *sequence, uint64_t seed)
{
	uint64_t rng = random_start(seed);

	memset(sequence, 0, sizeof(*sequence));
	sequence->seed = seed;
	random_config(&rng, &sequence->config);
	sequence->is_crowd = one_in(&rng, 8);
	sequence->has_user_writes = one_in(&rng, 2);
	if (!one_in(&rng, 3)) /* otherwise at boot; 32 bits wrap after 300 s */
		add_op(sequence, OP_NOTHING, 0, 1)->wait_ns =
			one_in(&rng, 2) ? 1000 * MS : 299000 * MS + below(&rng, 1000 * MS);
	if (sequence->is_crowd)
		add_op(sequence, OP_ADD_DUMMY, 1, (int)below(&rng, CROWD))->flags =
			one_in(&rng, 2) ? FLAGS_UP : FLAGS_KEEP;
	for (int i = 0; i < OPS_RANDOM; i++)
		random_op(&rng, sequence);
	if (sequence->is_crowd)
		add_crowd_flap(sequence);
	add_finale(&rng, sequence);
}

void sequence_remove(struct sequence *sequence, int first, int count)
{
	memmove(&sequence->ops[first], &sequence->ops[first + count],
		(size_t)(sequence->count - first - count) * sizeof(sequence->ops[0]));
	sequence->count -= count;
	sequence->steady_at -= count;
	sequence->prompt_at -= count;
}
