/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Flags of a device, from the userspace header, and operstates. */
#ifndef LWSIM_KERNEL_LINUX_IF_H
#define LWSIM_KERNEL_LINUX_IF_H

#include_next <linux/if.h>

#endif
