/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guards against loops and crashes in code from a kernel tree. */
#ifndef LWSIM_SIM_LOADER_GUARD_H
#define LWSIM_SIM_LOADER_GUARD_H

struct src_file;

/*
 * From now on, a file that crashes or runs for 5 s of CPU time in one call ends the program: it
 * prints the function and the time, and exits with 3.
 */
void src_guard_start(void);

/*
 * Sets what to do before that message, such as restoring the terminal; called from a signal
 * handler.
 */
void src_guard_before_exit(void (*fn)(void));

/* Sets the file that runs now; NULL: none. */
void src_guard_watch(const struct src_file *file);

#endif
