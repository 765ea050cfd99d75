/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a message says, in few words. */
#ifndef LWSIM_SIM_RUN_DESCRIBE_H
#define LWSIM_SIM_RUN_DESCRIBE_H

#include "sim/run/trace.h"

#define DESCRIBE_MAX_BYTES 240

/* "+UP +LOWER_UP DOWN": what changed since the device's message before, and the state if it did;
 * "deleted"; "(no change)". */
void record_describe(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES]);
/* "<UP,LOWER_UP> state DOWN": all of the link state, whatever was before. */
void record_describe_whole(const struct record *record, char ret_text[DESCRIBE_MAX_BYTES]);

/* It says what the device's message before said. */
bool record_is_again(const struct record *record);

#endif
