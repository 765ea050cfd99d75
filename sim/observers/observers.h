/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How daemons react to a trace. */
#ifndef LWSIM_SIM_OBSERVERS_OBSERVERS_H
#define LWSIM_SIM_OBSERVERS_OBSERVERS_H

#include "sim/run/writer.h"

/* Values of --as, one row per observer; ends with a NULL name. */
extern const struct format observers[];

#endif
