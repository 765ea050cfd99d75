/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Module declarations. */
#ifndef LWSIM_KERNEL_LINUX_MODULE_H
#define LWSIM_KERNEL_LINUX_MODULE_H

#include <linux/export.h>
#include <linux/kernel.h>

#define MODULE_LICENSE(text)
#define MODULE_AUTHOR(text)
#define MODULE_DESCRIPTION(text)
/* Differs: a parameter keeps the value that it has in the file. */
#define module_param(name, type, permissions)
#define module_param_named(name, variable, type, permissions)
#define MODULE_PARM_DESC(name, text)

#endif
