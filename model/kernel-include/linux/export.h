/* SPDX-License-Identifier: GPL-2.0-or-later */
/* EXPORT_SYMBOL() and the like. */
#ifndef LWSIM_KERNEL_LINUX_EXPORT_H
#define LWSIM_KERNEL_LINUX_EXPORT_H

#define EXPORT_SYMBOL(name)
#define EXPORT_SYMBOL_GPL(name)
#define EXPORT_SYMBOL_NS(name, space)
#define EXPORT_SYMBOL_NS_GPL(name, space)

#endif
