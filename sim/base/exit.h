/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Exit codes of lwsim's programs. */
#ifndef LWSIM_SIM_BASE_EXIT_H
#define LWSIM_SIM_BASE_EXIT_H

enum exit_code {
	EXIT_GOOD = 0,
	EXIT_FAILED =
		1, /* an expectation, a snapshot or a command failed; diff: something differs */
	EXIT_USAGE =
		2, /* a wrong command line or file, output that cannot be written, no memory, no process */
	EXIT_BROKEN =
		3, /* an invariant of the model is broken, a link_watch.c from a file crashed or looped, or a helper program was killed */
	EXIT_OPEN = 4, /* `lwsim explore`: a bound ended it, and nothing was found so far */
	EXIT_UNTESTABLE =
		125, /* `lwsim test`: a link_watch.c does not compile, or its tree has functions that were not run; `git bisect run` skips it */
	EXIT_INTERRUPTED = 130 /* SIGINT or SIGTERM: 128 + SIGINT, as in shells */
};

/*
 * The worse of two: an interrupt ends everything, a broken model invalidates all results, and a
 * wrong file was not evaluated.
 */
static inline enum exit_code exit_worse(enum exit_code a, enum exit_code b)
{
	return a > b ? a : b;
}

#endif
