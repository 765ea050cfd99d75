/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text of `ip [-t|-ts] [-d] [-o] monitor [link|all]`, with the labels of `monitor all` and
 * `monitor label`. Comments (#) are allowed.
 */
#ifndef LWSIM_SIM_WIRE_IP_MONITOR_H
#define LWSIM_SIM_WIRE_IP_MONITOR_H

#include "sim/language/diag.h"
#include "sim/wire/capture.h"

/*
 * Appends the link messages of a text to the capture, and counts the others. Times are taken as UTC:
 * the text does not name its zone. Flags get IFF_RUNNING, which `ip` prints as the absence of
 * NO-CARRIER. A message that is cut or malformed, and a time before the previous one, are errors;
 * a last line without its end is passed over with a warning, and so is text that is none of `ip`.
 * False if diags has errors.
 */
bool ip_monitor_read(const struct source *source, struct capture *capture, struct diags *diags);

#endif
