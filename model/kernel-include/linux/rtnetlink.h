/* SPDX-License-Identifier: GPL-2.0-or-later */
/* rtnl and functions that need it held. */
#ifndef LWSIM_KERNEL_LINUX_RTNETLINK_H
#define LWSIM_KERNEL_LINUX_RTNETLINK_H

#include <linux/bug.h>

#define rtnl_lock() lw_host->rtnl_lock(lw_machine)
#define rtnl_unlock() lw_host->rtnl_unlock(lw_machine)
#define rtnl_is_locked() lw_host->rtnl_is_locked(lw_machine)
#define lockdep_rtnl_is_held() rtnl_is_locked()
#define ASSERT_RTNL() WARN_ONCE(!rtnl_is_locked(), "RTNL: assertion failed")
#define rtnl_dereference(p) (p)

#endif
