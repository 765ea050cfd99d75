/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a compiler says of a link_watch.c that does not compile, and what of that lwsim can say more plainly. */
#ifndef LWSIM_SIM_LOADER_WORDS_H
#define LWSIM_SIM_LOADER_WORDS_H

#include <stdio.h>

/* Each name that lwsim does not provide, once: "link_watch.c uses netif_foo(), which lwsim does not provide".
 * Then the compiler's own words. */
void src_words_print(const char *words, FILE *messages);

#endif
