/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Watches over code from a kernel tree, which is run as it is: it may loop, or crash. */
#ifndef LWSIM_SIM_LOADER_GUARD_H
#define LWSIM_SIM_LOADER_GUARD_H

struct src_file;

/* From here on a file that has run for 5 s of CPU time at a stretch, or crashes, ends the program: it says what the file
 * was in, and when, and exits with 3. */
void src_guard_start(void);

/* What has to be done before that message, as by who has taken the terminal; called from a signal handler. */
void src_guard_before_exit(void (*fn)(void));

/* This file runs now; NULL: none does. */
void src_guard_watch(const struct src_file *file);

#endif
