/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Devices as lanes of ASCII bands over a time axis, for a mail. */
#ifndef LWSIM_SIM_FORMATS_LANES_WRITER_H
#define LWSIM_SIM_FORMATS_LANES_WRITER_H

#include "sim/run/writer.h"

/* Writes everything in writer->free(). */
struct writer *lanes_writer_new(FILE *out, const struct run_info *info);

#endif
