/* SPDX-License-Identifier: GPL-2.0-or-later */
/* `--devices KIND,KIND...`: the file that the short way stands for. */
#ifndef LWSIM_SIM_EXPLORE_DEVICES_H
#define LWSIM_SIM_EXPLORE_DEVICES_H

#include <stdio.h>

/* A scenario with `explore`. The caller frees. NULL after printing what is wrong with the list. */
char *devices_scenario(const char *kinds, FILE *messages);

#endif
