/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A progress line on stderr, shared by all searches of a command. */
#ifndef LWSIM_SIM_EXPLORE_TALLY_H
#define LWSIM_SIM_EXPLORE_TALLY_H

#include <stdint.h>

struct tally;

/* To be called before processes are forked. NULL: stderr is no terminal; the others then do nothing. */
struct tally *tally_new(void);
void tally_free(struct tally *tally);
/* Adds what one search has visited since its last call, and draws the line, at most ten times a second. */
void tally_add(struct tally *tally, uint64_t states, uint64_t steps);
/* To be called before other output. */
void tally_erase(struct tally *tally);

#endif
