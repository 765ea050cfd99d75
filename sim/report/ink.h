/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The palette of Okabe and Ito, which colour-blind readers can tell apart; no information is in a
 * colour alone.
 */
#ifndef LWSIM_SIM_REPORT_INK_H
#define LWSIM_SIM_REPORT_INK_H

#include <stdint.h>

#include "sim/report/picture.h"

struct ink_info {
	const char *name;
	uint32_t light, dark; /* 0xrrggbb */
};

extern const struct ink_info inks[INK_COUNT];

#endif
