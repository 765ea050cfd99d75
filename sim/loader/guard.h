/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guards against loops and crashes in code from a kernel tree. */
#ifndef LWSIM_SIM_LOADER_GUARD_H
#define LWSIM_SIM_LOADER_GUARD_H

struct src_file;

/*
 * From now on, a file that crashes, or does not return from one call for 5 s of CPU time or 60 s of
 * wall time, ends the program: it prints the function and the time, and exits with 3. The
 * environment variable LWSIM_SRC_LIMIT_S sets both limits. To be called again in a forked process.
 */
void src_guard_start(void);

/*
 * Sets what to do before that message, such as restoring the terminal; called from a signal
 * handler or another thread.
 */
void src_guard_before_exit(void (*fn)(void));

/* Sets the file that runs now; NULL: none. */
void src_guard_watch(const struct src_file *file);

#endif
