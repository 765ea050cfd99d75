/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `ip -ts -o monitor link` of iproute2 6.1 prints in the initial namespace, with TZ=UTC and the
 * start of the epoch as time 0.
 */
#ifndef LWSIM_SIM_FORMATS_IP_WRITER_H
#define LWSIM_SIM_FORMATS_IP_WRITER_H

#include "sim/run/writer.h"

struct writer *ip_writer_new(FILE *out, const struct run_info *info);

#endif
