/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What daemons make of a trace. */
#ifndef LWSIM_SIM_OBSERVERS_OBSERVERS_H
#define LWSIM_SIM_OBSERVERS_OBSERVERS_H

#include "sim/run/writer.h"

/* What --as takes, one row an observer; ends with a name NULL. */
extern const struct format observers[];

#endif
