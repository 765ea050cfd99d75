/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Starts helper programs for what lwsim leaves out to start fast and link little. */
#ifndef LWSIM_SIM_CLI_PROGRAM_H
#define LWSIM_SIM_CLI_PROGRAM_H

/*
 * Runs the named program, from this program's folder or ../libexec/lwsim, and waits for it. Returns
 * its exit code; 2 if it is not found, 3 if it was killed, after printing an error.
 */
int program_run(const char *name, char **argv);
/*
 * The same, but replaces this process: for programs that handle signals such as Ctrl-C differently.
 */
int program_become(const char *name, char **argv);

/*
 * A helper program reports its exit code to lwsim before it exits, because code from a kernel
 * tree can end it with any status. program_begin() is called first, program_report() last; both
 * do nothing unless lwsim started the program.
 */
void program_begin(void);
void program_report(int code);

#endif
