/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sections. */
#ifndef LWSIM_KERNEL_LINUX_INIT_H
#define LWSIM_KERNEL_LINUX_INIT_H

#include <linux/compiler.h>

#endif
