/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parameters of modules. */
#ifndef LWSIM_KERNEL_LINUX_MODULEPARAM_H
#define LWSIM_KERNEL_LINUX_MODULEPARAM_H

#include <linux/module.h>

#endif
