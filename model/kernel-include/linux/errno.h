/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Error numbers. */
#ifndef LWSIM_KERNEL_LINUX_ERRNO_H
#define LWSIM_KERNEL_LINUX_ERRNO_H

#include <errno.h>

#endif
