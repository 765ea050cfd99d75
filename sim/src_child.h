/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has lwsim-src do what lwsim cannot. */
#ifndef LWSIM_SIM_SRC_CHILD_H
#define LWSIM_SIM_SRC_CHILD_H

/* Runs lwsim-src, which lies beside lwsim or in ../libexec/lwsim, with these arguments, and waits. Returns its exit
 * code; one that is killed has crashed: a message, and 3. */
int src_child_run(char **argv);

#endif
