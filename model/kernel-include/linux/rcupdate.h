/* SPDX-License-Identifier: GPL-2.0-or-later */
/* RCU: one thread, so readers and writers never overlap. */
#ifndef LWSIM_KERNEL_LINUX_RCUPDATE_H
#define LWSIM_KERNEL_LINUX_RCUPDATE_H

#define rcu_read_lock() ((void)0)
#define rcu_read_unlock() ((void)0)
#define rcu_dereference(p) (p)
#define rcu_access_pointer(p) (p)
#define rcu_assign_pointer(p, value) ((void)((p) = (value)))
#define synchronize_net() ((void)0)
#define synchronize_rcu() ((void)0)

#endif
