/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Has another of the project's programs do what lwsim, which starts at once and links little, cannot. */
#ifndef LWSIM_SIM_CLI_PROGRAM_H
#define LWSIM_SIM_CLI_PROGRAM_H

/* Runs the program of that name, which lies beside this one or in ../libexec/lwsim, with these arguments, and waits.
 * Returns its exit code. After a message: 2 if it is not there, 3 if it was killed. */
int program_run(const char *name, char **argv);
/* The same, but takes the place of this process: for who makes of signals what lwsim does not, as of Ctrl-C. */
int program_become(const char *name, char **argv);

#endif
