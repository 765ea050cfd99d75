/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The values of --format, by command. Each table ends with a NULL name; its first row is the
 * default.
 */
#ifndef LWSIM_SIM_COMMANDS_FORMATS_H
#define LWSIM_SIM_COMMANDS_FORMATS_H

#include "sim/run/writer.h"

/* For run. A new format is a file in sim/formats/ and a row here. */
extern const struct format run_formats[];
extern const struct format record_formats[]; /* id: enum recording_format */
extern const struct format repl_formats[];   /* the command has its writers */
extern const struct format diff_formats[];   /* id: enum diff_format */
extern const struct format test_formats[];   /* id: enum verdict_format */
extern const struct format sweep_formats[];  /* id: enum sweep_format */

/* For explain, which has no --format. */
extern const struct format story_format;

#endif
