/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How many more processors searches may use, counted in memory that their processes share. */
#ifndef LWSIM_SIM_EXPLORE_PROCESSORS_H
#define LWSIM_SIM_EXPLORE_PROCESSORS_H

#include <stdbool.h>

struct processors;

/* To be called before processes are forked. NULL: there are none, and none can be given. */
struct processors *processors_new(unsigned int count);
void processors_free(struct processors *processors);
/* False: none is free. */
bool processors_take(struct processors *processors);
void processors_give(struct processors *processors, unsigned int count);

#endif
