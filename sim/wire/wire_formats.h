/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of `run` that are bytes, for struct parts: its messages as rtmon and tcpdump would
 * have caught them in the initial namespace. Time 0 is the start of the epoch.
 */
#ifndef LWSIM_SIM_WIRE_WIRE_FORMATS_H
#define LWSIM_SIM_WIRE_WIRE_FORMATS_H

#include "sim/run/writer.h"

extern const struct format wire_formats[]; /* ends with a NULL name */

#endif
