/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim report. */
#ifndef LWSIM_SIM_REPORT_COMMAND_REPORT_H
#define LWSIM_SIM_REPORT_COMMAND_REPORT_H

#include "sim/cli/command.h"

enum exit_code command_report(const struct options *options, int argc, char **argv);

#endif
