/* SPDX-License-Identifier: GPL-2.0-or-later */
/* jiffies, the tick counter, as wide as the kernel's unsigned long; and its arithmetic.
 * Models: include/linux/jiffies.h */
#ifndef LWSIM_MODEL_JIFFIES_H
#define LWSIM_MODEL_JIFFIES_H

#include <stdbool.h>
#include <stdint.h>

#define NSEC_PER_SEC INT64_C(1000000000)

/*
 * A jiffies value is a uint64_t that holds an unsigned long of `long_bits` bits; on 32 bit the upper half
 * is always zero.
 */
struct jiffies_clock {
	uint32_t hz;	    /* 100, 250, 300 or 1000 */
	uint32_t long_bits; /* 32 or 64 */
};

bool jiffies_clock_is_valid(uint32_t hz, uint32_t long_bits);

/* INITIAL_JIFFIES: -300 s, truncated to 32 bits before widening, so positive on 64 bit. */
uint64_t jiffies_initial(const struct jiffies_clock *clock);

/* The value of jiffies that many jiffies after boot. */
uint64_t jiffies_at(const struct jiffies_clock *clock, uint64_t since_boot_j);

/* a + b and a - b as unsigned long computes them. */
uint64_t jiffies_add(const struct jiffies_clock *clock, uint64_t a, uint64_t b);
uint64_t jiffies_sub(const struct jiffies_clock *clock, uint64_t a, uint64_t b);

/* The least number of jiffies that lasts at least ms. */
uint64_t msecs_to_jiffies(const struct jiffies_clock *clock, uint32_t ms);

/* time_after(a, b): a is later than b, also across a wrap, up to half the range. */
bool time_after(const struct jiffies_clock *clock, uint64_t a, uint64_t b);
bool time_before(const struct jiffies_clock *clock, uint64_t a, uint64_t b);
bool time_after_eq(const struct jiffies_clock *clock, uint64_t a, uint64_t b);

/* First ns of jiffy `since_boot_j`: ceil(j * 10^9 / hz). since_boot_j is at most 2^63 / 10^9. */
int64_t jiffies_start_ns(const struct jiffies_clock *clock, uint64_t since_boot_j);

/* The jiffy since boot that contains `ns` (>= 0); the inverse of jiffies_start_ns(). */
uint64_t jiffies_of_ns(const struct jiffies_clock *clock, int64_t ns);

#endif
