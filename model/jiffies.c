/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arithmetic on jiffies, which wrap like the kernel's unsigned long.
 * Models: include/linux/jiffies.h */
#include "jiffies.h"

bool jiffies_clock_is_valid(uint32_t hz, uint32_t long_bits)
{
	return (hz == 100 || hz == 250 || hz == 300 || hz == 1000) &&
	       (long_bits == 32 || long_bits == 64);
}

static uint64_t cut_to_long(const struct jiffies_clock *clock, uint64_t value)
{
	return clock->long_bits == 32 ? (uint32_t)value : value;
}

uint64_t jiffies_initial(const struct jiffies_clock *clock)
{
	return (uint32_t)(-300 * (int32_t)clock->hz);
}

uint64_t jiffies_at(const struct jiffies_clock *clock, uint64_t since_boot_j)
{
	return cut_to_long(clock, jiffies_initial(clock) + since_boot_j);
}

uint64_t jiffies_add(const struct jiffies_clock *clock, uint64_t a, uint64_t b)
{
	return cut_to_long(clock, a + b);
}

uint64_t jiffies_sub(const struct jiffies_clock *clock, uint64_t a, uint64_t b)
{
	return cut_to_long(clock, a - b);
}

bool time_after(const struct jiffies_clock *clock, uint64_t a, uint64_t b)
{
	uint64_t difference = b - a;

	return clock->long_bits == 32 ? (int32_t)difference < 0 : (int64_t)difference < 0;
}

bool time_before(const struct jiffies_clock *clock, uint64_t a, uint64_t b)
{
	return time_after(clock, b, a);
}

bool time_after_eq(const struct jiffies_clock *clock, uint64_t a, uint64_t b)
{
	return !time_after(clock, b, a);
}

uint64_t msecs_to_jiffies(const struct jiffies_clock *clock, uint32_t ms)
{
	return ((uint64_t)ms * clock->hz + 999) / 1000;
}

int64_t jiffies_start_ns(const struct jiffies_clock *clock, uint64_t since_boot_j)
{
	uint64_t seconds = since_boot_j / clock->hz, rest_j = since_boot_j % clock->hz;
	uint64_t rest_ns = (rest_j * (uint64_t)NSEC_PER_SEC + clock->hz - 1) / clock->hz;

	return (int64_t)(seconds * (uint64_t)NSEC_PER_SEC + rest_ns);
}

uint64_t jiffies_of_ns(const struct jiffies_clock *clock, int64_t ns)
{
	uint64_t seconds = (uint64_t)(ns / NSEC_PER_SEC), rest_ns = (uint64_t)(ns % NSEC_PER_SEC);

	/* ceil(j * 10^9 / hz) <= ns  <=>  j <= ns * hz / 10^9 */
	return seconds * clock->hz + rest_ns * clock->hz / (uint64_t)NSEC_PER_SEC;
}
