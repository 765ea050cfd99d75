/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Strings. */
#ifndef LWSIM_KERNEL_LINUX_STRING_H
#define LWSIM_KERNEL_LINUX_STRING_H

#include <string.h>

#endif
