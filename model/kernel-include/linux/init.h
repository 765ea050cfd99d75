/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Section attributes and initcalls. */
#ifndef LWSIM_KERNEL_LINUX_INIT_H
#define LWSIM_KERNEL_LINUX_INIT_H

#include <linux/compiler.h>

#endif
