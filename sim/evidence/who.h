/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The devices of a capture: what kind each is, and which it is stacked on. */
#ifndef LWSIM_SIM_EVIDENCE_WHO_H
#define LWSIM_SIM_EVIDENCE_WHO_H

#include "sim/evidence/evidence.h"

enum who_kind {
	WHO_NIC, /* with a driver of its own: virtio_net stands for it */
	WHO_LOOPBACK,
	WHO_DUMMY,
	WHO_VETH,
	WHO_VLAN,
	WHO_MACVLAN,
	WHO_IPVLAN,
	WHO_BOND,
	WHO_TEAM,
	WHO_BRIDGE,
	WHO_VRF,
	WHO_TAP,
	WHO_TUN,
};

#define WHO_NONE SIZE_MAX

/* One device from its first message to its deletion. */
struct who {
	char name[IFNAMSIZ]; /* at its first message */
	int32_t ifindex;     /* 0: known by name only */
	enum who_kind kind;
	bool is_kind_guessed;
	enum who_kind first_kind; /* if is_kind_guessed: before any choice */
	size_t last;		  /* its last record so far; if first is not WHO_NONE */
	size_t first;		  /* its first record; WHO_NONE: it has none, others name it */
	bool is_new;		  /* the first record creates it; else it was there before */
	bool is_deleted;	  /* its last record so far was its deletion */
	size_t link;		  /* index of the device below, or of a veth's peer; WHO_NONE */
	size_t master;		  /* at its first record; WHO_NONE */
	bool is_abroad; /* the other end of a veth in another namespace, which has no messages here */
	bool was_abroad;    /* the same, but it comes to this namespace with its first record */
	bool is_unwritable; /* its name cannot be written in a scenario */
	bool was_up;
	int64_t up_ns;	     /* since when; if was_up */
	bool is_down_first;  /* a NIC that is opened without carrier */
	bool is_always_on;   /* a NIC that has carrier as soon as it is opened, and always */
	unsigned int choice; /* of what messages do not tell: below who_choices() */
	unsigned int mtu;    /* 0: as usual */
	unsigned int vlan_id;
	int32_t link_ifindex; /* of a veth: its peer's number, if that is in another namespace; 0 */
	bool is_named_by_number; /* it has the number that a peer in another namespace has, too */
	uint8_t address[6];	 /* in its first message; if has_address */
	bool has_address;
	bool is_port, has_ports; /* at some time */
	bool changes_address;
};

struct whos {
	struct who *items;
	size_t count, capacity;
	size_t *previous_of_record; /* the record before it of the device; WHO_NONE */
	size_t *of_record;	    /* index of a record's device */
	size_t *master_of_record;   /* the device's master in that message; WHO_NONE */
};

void whos_make(const struct evidence *evidence, struct whos *ret_whos);
void whos_free(struct whos *whos);

/* The statement that creates it, and what is guessed about it ("": nothing). The caller frees both. */
char *who_creation(const struct whos *whos, const struct who *who, char **ret_guess);

#define WHO_BOND_CHOICES 6

/*
 * How many answers there are to what messages do not tell of a device, the likely first: the mode and
 * miimon of a bond; what is stacked on another device, if that is not known. 1: nothing is to choose.
 */
unsigned int who_choices(const struct who *who);
void whos_choose(struct whos *whos, size_t at, unsigned int choice);

/* The namespace for what is_abroad. */
#define WHO_ABROAD "elsewhere"

#endif
