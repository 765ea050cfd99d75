/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Weights of the steps, and how 64 bits become a step. */
#include "step.h"

#include <linux/if.h>
#include <string.h>

#include "property/support/random.h"

#define SLOTS_FEW 8
#define STEPS_RANDOM 192

/* Each as likely as the number of times it is listed. */
static const uint8_t kinds[] = {
	STEP_WAIT,	  STEP_CARRIER_ON,  STEP_CARRIER_ON,	STEP_CARRIER_ON,  STEP_CARRIER_ON,
	STEP_CARRIER_ON,  STEP_CARRIER_ON,  STEP_CARRIER_ON,	STEP_CARRIER_OFF, STEP_CARRIER_OFF,
	STEP_CARRIER_OFF, STEP_CARRIER_OFF, STEP_CARRIER_OFF,	STEP_CARRIER_OFF, STEP_CARRIER_OFF,
	STEP_CARRIER_OFF, STEP_DORMANT_ON,  STEP_DORMANT_OFF,	STEP_DORMANT_OFF, STEP_TESTING_ON,
	STEP_TESTING_OFF, STEP_TESTING_OFF, STEP_CARRIER_EVENT, STEP_FIRE,	  STEP_FIRE,
	STEP_FIRE,	  STEP_DETACH,	    STEP_ATTACH,	STEP_ATTACH,	  STEP_ATTACH,
	STEP_CONFIG,	  STEP_CONFIG,	    STEP_LATENCY,	STEP_RTNL_HOLD,	  STEP_SETLINK,
	STEP_SETLINK,	  STEP_SETLINK,	    STEP_SETLINK,	STEP_SETLINK,	  STEP_SETLINK,
	STEP_SETLINK,	  STEP_SETLINK,	    STEP_MASTER,	STEP_MASTER,	  STEP_MASTER,
	STEP_NOMASTER,	  STEP_MOVE,	    STEP_IFCONFIG,	STEP_IFCONFIG,	  STEP_DEV_OPEN,
	STEP_DEV_CLOSE,	  STEP_GETLINK,	    STEP_GETLINK,	STEP_DELETE,	  STEP_DELETE,
	STEP_TUN_CARRIER, STEP_TUN_PERSIST, STEP_TUN_CLOSE,	STEP_NETNS_ADD,	  STEP_NETNS_DEL,
	STEP_ADD_DUMMY,	  STEP_ADD_VETH,    STEP_ADD_BOND,	STEP_ADD_TEAM,	  STEP_ADD_BRIDGE,
	STEP_ADD_VRF,	  STEP_ADD_VLAN,    STEP_ADD_VLAN,	STEP_ADD_MACVLAN, STEP_ADD_IPVLAN,
	STEP_ADD_TUN,	  STEP_ADD_VIRTIO,
};

/* Steps that create devices, for the start. */
static const uint8_t creations[] = {
	STEP_ADD_DUMMY, STEP_ADD_DUMMY, STEP_ADD_DUMMY,	  STEP_ADD_VETH,   STEP_ADD_VETH,
	STEP_ADD_BOND,	STEP_ADD_TEAM,	STEP_ADD_BRIDGE,  STEP_ADD_VRF,	   STEP_ADD_VLAN,
	STEP_ADD_VLAN,	STEP_ADD_VLAN,	STEP_ADD_MACVLAN, STEP_ADD_IPVLAN, STEP_ADD_TUN,
	STEP_ADD_TUN,	STEP_ADD_TUN,	STEP_ADD_VIRTIO,  STEP_ADD_VIRTIO, STEP_ADD_VIRTIO,
};

/* Removes and returns the lowest `width` bits. */
static uint32_t take(uint64_t *bits, unsigned int width)
{
	uint32_t value = (uint32_t)(*bits & ((UINT64_C(1) << width) - 1));

	*bits >>= width;
	return value;
}

/* Interesting waits: none, within a jiffy, about the limit of a second and beyond, at the start of a
 * jiffy. */
static void take_wait(uint64_t *bits, struct step *step)
{
	/* in us, for each of 2048 */
	static const int32_t scales[] = { 0, 0, 0, 3, 15, 150, 550, 0 };
	uint32_t kind = take(bits, 3), value = take(bits, 11);

	step->wait_us = (int32_t)value * scales[kind];
	if (kind == 6 && value % 8 == 0)
		step->wait_us *= 2;
	if (kind != 7)
		return;
	step->to_jiffy = true;
	step->wait_us = (int32_t)(value % 3) - 1;
	step->to_jiffies = (uint8_t)(value % 2 ? 1 : 1 + value / 2 % 128);
}

static void take_attrs(uint64_t *bits, struct step *step)
{
	static const uint8_t flags[] = { FLAGS_KEEP, FLAGS_UP,	 FLAGS_UP,	FLAGS_UP,
					 FLAGS_DOWN, FLAGS_DOWN, FLAGS_PROMISC, FLAGS_NO_PROMISC };
	static const int8_t states[] = { IF_OPER_UP, IF_OPER_DORMANT, IF_OPER_TESTING, IF_OPER_DOWN,
					 IF_OPER_UNKNOWN };

	step->flags = flags[take(bits, 3)];
	if (take(bits, 2) == 0)
		step->carrier = (int8_t)take(bits, 1);
	if (take(bits, 3) == 0)
		step->oper = states[take(bits, 3) % 5];
	if (take(bits, 3) == 0)
		step->mode = (int8_t)(take(bits, 2) % 3);
}

/* One of first <= slot < slots. */
static uint16_t slot_of(uint32_t ten_bits, int first, int slots)
{
	return (uint16_t)(first + (int)(ten_bits * (uint32_t)(slots - first) >> 10));
}

static void make_step(struct step *step, uint64_t bits, int slots, uint32_t slot_bits)
{
	bool is_new = step_is_creation(step);
	uint32_t other_bits = take(&bits, 10), count = take(&bits, 4);
	bool is_pair = step->kind == STEP_ADD_VETH || step->kind == STEP_MASTER;

	take_wait(&bits, step);
	step->slot = slot_of(slot_bits, is_new, slots);
	/* with two slots there are no pairs */
	step->other = slot_of(other_bits, is_pair && slots > 2, slots - is_pair);
	if (is_pair && step->other >= step->slot)
		step->other++;
	step->count = 1;
	if (slots > SLOTS_FEW + 1 && count < 4 && !is_new && step->kind != STEP_DELETE)
		step->count = (uint16_t)((slots - step->slot) >> count);
	if (!step->count)
		step->count = 1;
	step->carrier = step->oper = step->mode = -1;
	step->netns = (uint8_t)(take(&bits, 4) % (NETNS_MAX + 1));
	if (step->kind == STEP_SETLINK) {
		bits |= (uint64_t)other_bits
			<< 14; /* no other device is needed, and few bits are left */
		take_attrs(&bits, step);
		if (!step->flags && step->carrier < 0 && step->oper < 0 && step->mode < 0)
			step->flags = FLAGS_UP; /* a request must ask for something */
		return;
	}
	step->flags = is_new && take(&bits, 1) ? FLAGS_UP : FLAGS_KEEP;
	step->is_on = take(&bits, 1);
	step->has_option = take(&bits, 1);
	step->is_ad = take(&bits, 2) == 0;
	if (step->kind == STEP_LATENCY)
		step->duration_us = step->is_on ? take(&bits, 9) * 120 : 0;
	if (step->kind == STEP_RTNL_HOLD)
		step->duration_us = take(&bits, 9) * (step->is_ad ? 2600U : 200U);
	/* namespaces are rare */
	if (is_new && (step->is_on || step->has_option))
		step->netns = 0;
	if ((step->kind == STEP_NETNS_ADD || step->kind == STEP_NETNS_DEL) && !step->netns)
		step->netns = 1;
}

struct step step_decode(uint64_t bits, int slots)
{
	uint32_t kind = take(&bits, 8), slot = take(&bits, 10);
	struct step step;

	memset(&step, 0, sizeof(step));
	step.kind = kinds[kind * sizeof(kinds) >> 8];
	make_step(&step, bits, slots, slot);
	return step;
}

static struct step *add(struct steps *steps)
{
	struct step *step = &steps->list[steps->count++];

	memset(step, 0, sizeof(*step));
	return step;
}

/* Adds the creation of a device for the slot. */
static void add_creation(struct steps *steps, uint64_t *rng, int slot)
{
	struct step *step = add(steps);

	step->kind = creations[below(rng, (int64_t)sizeof(creations))];
	make_step(step, next_random(rng), steps->slots, 0);
	step->slot = (uint16_t)slot;
	if (step->kind == STEP_ADD_VETH)
		step->other = (uint16_t)(slot + 1 < steps->slots ? slot + 1 : slot - 1);
	else if (step_has_lower(step))
		step->other = (uint16_t)below(rng, slot);
}

/* Fills the remaining slots with dummies, more than one run of linkwatch processes. */
static void add_crowd(struct steps *steps, uint64_t *rng)
{
	struct step *step = add(steps);

	step->kind = STEP_ADD_DUMMY;
	step->slot = SLOTS_FEW + 1;
	step->count = (uint16_t)(steps->slots - step->slot);
	step->flags = FLAGS_UP;
	step->carrier = step->oper = step->mode = -1;
	step->wait_us = (int32_t)below(rng, 1000000);
}

static int random_slots(uint64_t *rng, int most_slots)
{
	int few = most_slots < SLOTS_FEW + 1 ? most_slots : SLOTS_FEW + 1;

	if (most_slots > few && one_in(rng, 128))
		return few + 1 + (int)below(rng, most_slots - few);
	return few > 3 ? 3 + (int)below(rng, few - 2) : few;
}

uint64_t steps_begin(struct steps *steps, uint64_t seed, int most_slots)
{
	uint64_t rng = random_start(seed);

	steps->seed = seed;
	steps->count = 0;
	steps->slots = random_slots(&rng, most_slots);
	for (int netns = 1; netns <= NETNS_MAX && one_in(&rng, 2); netns++) {
		struct step *step = add(steps);

		step->kind = STEP_NETNS_ADD;
		step->netns = (uint8_t)netns;
		step->count = 1;
	}
	for (int slot = 1; slot < steps->slots && slot <= SLOTS_FEW; slot++)
		add_creation(steps, &rng, slot);
	if (steps->slots > SLOTS_FEW + 1)
		add_crowd(steps, &rng);
	return rng;
}

void steps_make(struct steps *steps, uint64_t seed, int most_slots)
{
	uint64_t rng = steps_begin(steps, seed, most_slots);

	for (int i = 0; i < STEPS_RANDOM; i++)
		*add(steps) = step_decode(next_random(&rng), steps->slots);
}

void steps_remove(struct steps *steps, int first, int n)
{
	memmove(&steps->list[first], &steps->list[first + n],
		(size_t)(steps->count - first - n) * sizeof(steps->list[0]));
	steps->count -= n;
}
