/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The values that expectations compare, and their text. */
#ifndef LWSIM_SIM_RUN_EXPECT_VALUE_H
#define LWSIM_SIM_RUN_EXPECT_VALUE_H

#include "sim/language/format.h"
#include "sim/language/scenario.h"

#define VALUE_MAX_BYTES (FORMAT_MAX_BYTES + 64)

/* The current value, as rtnetlink would report it or from the device's field. */
uint64_t value_of(const struct net_device *dev, const struct expect *expect);

/* In the scenario language's notation; dev->state with its bits: "6 (PRESENT NOCARRIER)". */
void value_format(const struct expect *expect, uint64_t value, char ret_text[VALUE_MAX_BYTES]);
/* "<UP,LOWER_UP>" */
void value_format_flags(uint64_t flags, char ret_text[VALUE_MAX_BYTES]);

#endif
