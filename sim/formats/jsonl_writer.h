/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON lines, the machine interface. The schema is sim/formats/trace.schema.json. */
#ifndef LWSIM_SIM_FORMATS_JSONL_WRITER_H
#define LWSIM_SIM_FORMATS_JSONL_WRITER_H

#include "sim/run/writer.h"

struct writer *jsonl_writer_new(FILE *out, const struct run_info *info);

/* Seconds with as many digits as needed, at least one. */
void jsonl_write_seconds(FILE *out, int64_t ns);

#endif
