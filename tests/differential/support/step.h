/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The input of both machines: a sequence of steps, each made from 64 bits, random ones or a fuzzer's. */
#ifndef LWSIM_TESTS_DIFFERENTIAL_STEP_H
#define LWSIM_TESTS_DIFFERENTIAL_STEP_H

#include <stdbool.h>
#include <stdint.h>

#define SLOTS_MAX 301 /* devices by the number in their name; slot 0 is `lo` */
#define NETNS_MAX 3   /* n1, n2, ...; 0 is the initial one */
#define STEPS_MAX 320

enum step_kind {
	STEP_WAIT, /* only time passes */
	/* drivers: need no lock */
	STEP_CARRIER_ON,
	STEP_CARRIER_OFF,
	STEP_CARRIER_EVENT,
	STEP_DORMANT_ON,
	STEP_DORMANT_OFF,
	STEP_TESTING_ON,
	STEP_TESTING_OFF,
	STEP_DETACH,
	STEP_ATTACH,
	STEP_FIRE,
	STEP_CONFIG, /* virtio_net's config interrupt; is_on: link=up */
	STEP_LATENCY,
	STEP_NETNS_DEL,
	/* with rtnl */
	STEP_RTNL_HOLD,
	STEP_NETNS_ADD,
	STEP_SETLINK,
	STEP_MASTER, /* the master is other */
	STEP_NOMASTER,
	STEP_MOVE, /* moves to netns */
	STEP_IFCONFIG,
	STEP_DEV_OPEN,
	STEP_DEV_CLOSE,
	STEP_GETLINK,
	STEP_DELETE,
	STEP_TUN_CARRIER,
	STEP_TUN_PERSIST,
	STEP_TUN_CLOSE,
	/* create a device */
	STEP_ADD_DUMMY,
	STEP_ADD_VETH, /* the peer is other */
	STEP_ADD_BOND,
	STEP_ADD_TEAM,
	STEP_ADD_BRIDGE,
	STEP_ADD_VRF,
	STEP_ADD_VLAN, /* this and the next two: on other */
	STEP_ADD_MACVLAN,
	STEP_ADD_IPVLAN,
	STEP_ADD_TUN,
	STEP_ADD_VIRTIO,
	STEP_KIND_COUNT
};

enum step_flags {
	FLAGS_KEEP,
	FLAGS_UP,
	FLAGS_DOWN,
	FLAGS_PROMISC,
	FLAGS_NO_PROMISC
};

struct step {
	uint8_t kind;	      /* enum step_kind */
	bool to_jiffy;	      /* wait_us counts from the start of a jiffy, not from now */
	uint8_t to_jiffies;   /* number of jiffies ahead */
	int32_t wait_us;      /* before the step */
	uint16_t slot, count; /* applies to [slot, slot + count), one after the other */
	uint16_t other;	      /* another device */
	uint8_t netns;
	uint8_t flags;		       /* enum step_flags */
	int8_t carrier, oper, mode;    /* for setlink; -1: not requested */
	bool is_on, has_option, is_ad; /* meaning depends on the kind */
	uint32_t duration_us;
};

/* A sequence, and the number of its slots. */
struct steps {
	uint64_t seed;
	int slots; /* including `lo` */
	int count;
	struct step list[STEPS_MAX];
};

/* Any 64 bits are a valid step. */
struct step step_decode(uint64_t bits, int slots);

/* The first steps for a seed, which create namespaces and devices: with at most most_slots slots (3 to
 * SLOTS_MAX). Returns the state of its random numbers. */
uint64_t steps_begin(struct steps *steps, uint64_t seed, int most_slots);
/* All steps for a seed: the first ones, then random ones on the devices. */
void steps_make(struct steps *steps, uint64_t seed, int most_slots);

void steps_remove(struct steps *steps, int first, int n);

/* Whether the step creates its devices. */
static inline bool step_is_creation(const struct step *step)
{
	return step->kind >= STEP_ADD_DUMMY;
}

/* Whether the new device is stacked on another. */
static inline bool step_has_lower(const struct step *step)
{
	return step->kind >= STEP_ADD_VLAN && step->kind <= STEP_ADD_IPVLAN;
}

#endif
