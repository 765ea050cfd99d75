/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Large pages for memory that is looked at in no order: fewer of them have to be looked up, and to be got. */
#ifndef LWSIM_SIM_EXPLORE_PAGES_H
#define LWSIM_SIM_EXPLORE_PAGES_H

#include <stddef.h>

/* Only a hint, and none for little memory. */
void prefer_large_pages(void *memory, size_t bytes);

#endif
