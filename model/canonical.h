/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The canonical form of a machine at rest: two machines with the same form behave alike from now on, whatever
 * came before. Times are relative to the current jiffy, devices are numbers, and what has no effect on
 * behaviour (counters, causes, free lists, hash chains) is left out. */
#ifndef LWSIM_MODEL_CANONICAL_H
#define LWSIM_MODEL_CANONICAL_H

#include "machine.h"

/* A machine is at rest after machine_settle() at the start of a jiffy if nothing waits for rtnl or in a queue.
 * NULL, or why it has no canonical form. */
const char *canonical_refusal(const struct machine *m);

/* Longest delay in jiffies that a timer of this machine is armed with. */
uint64_t canonical_delay_max_j(const struct machine *m);
/*
 * The number of consecutive jiffies after which the wheel treats a delay of at most delay_max_j the same
 * again. 0: no such number, because the kernel's wheel looks at more bits.
 */
uint64_t canonical_period_j(const struct machine *m, uint64_t delay_max_j);

/* Bytes of the part that is not of one device; the same for a machine as long as it has the same bonds. */
size_t canonical_machine_bytes(const struct machine *m);
/* Writes that part, of these bytes. period_j is from canonical_period_j(). */
void canonical_machine(const struct machine *m, uint64_t period_j, unsigned char *ret_bytes,
		       size_t bytes);

#define CANONICAL_DEVICE_MAX 512
/* Writes one device's part and returns its size. place: on linkwatch's list, from 1; 0: it is not on it. 0: it
 * does not fit, with more than some ten devices stacked on it or below. */
size_t canonical_device(const struct net_device *dev, uint32_t place,
			unsigned char ret_bytes[CANONICAL_DEVICE_MAX]);

/* Writes for each device of m->devices its place on linkwatch's list, from 1, or 0. */
void canonical_places(const struct machine *m, uint32_t *ret_places);

#endif
