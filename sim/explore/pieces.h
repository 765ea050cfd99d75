/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The searches of one `lwsim explore`, in processes of their own. */
#ifndef LWSIM_SIM_EXPLORE_PIECES_H
#define LWSIM_SIM_EXPLORE_PIECES_H

#include "sim/explore/exploration.h"

/*
 * Makes all searches; what they print comes in the same order whatever exploration->jobs is. on_interrupt: the
 * handler of SIGINT that ends searches. EXIT_GOOD; or why not all were made.
 */
enum exit_code pieces_run(struct exploration *exploration, void (*on_interrupt)(int number));

#endif
