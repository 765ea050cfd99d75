/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Explains compiler errors of a link_watch.c in lwsim's terms. */
#ifndef LWSIM_SIM_LOADER_WORDS_H
#define LWSIM_SIM_LOADER_WORDS_H

#include <stdio.h>

/*
 * Prints each name that lwsim does not provide, once: "link_watch.c uses netif_foo(), which lwsim
 * does not provide". Then prints the compiler's messages.
 */
void src_words_print(const char *words, FILE *messages);

#endif
