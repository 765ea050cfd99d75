/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a file's properties hold in the world's present state. */
#ifndef LWSIM_SIM_EXPLORE_PROPERTY_H
#define LWSIM_SIM_EXPLORE_PROPERTY_H

#include "sim/explore/world.h"

/* Bits of property n: whether its first and its second condition hold, on the first side. */
#define PROPERTY_FIRST(n) (UINT32_C(1) << (2 * (n)))
#define PROPERTY_SECOND(n) (UINT32_C(2) << (2 * (n)))

uint32_t property_bits(const struct world *world);

#endif
