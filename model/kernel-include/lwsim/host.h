/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What lwsim gives to a link_watch.c that it has compiled, and what it finds in it. Both sides include this. */
/* Differs from a kernel: everything here runs in one thread, and what a function needs of "the" kernel is the one
 * machine that this copy of the file is bound to. */
#ifndef LWSIM_KERNEL_LWSIM_HOST_H
#define LWSIM_KERNEL_LWSIM_HOST_H

#include "../../machine.h"

/* lwsim's functions, by the kernel's names where there is one. */
struct lw_host {
	/* one that sleeps in a kernel says so if a lock is held */
	void (*dev_activate)(struct net_device *dev);
	void (*dev_deactivate)(struct net_device *dev);
	void (*netdev_state_change)(struct net_device *dev);
	int (*call_netdevice_notifiers)(enum netdev_cmd cmd, struct net_device *dev);
	int (*dev_get_iflink)(const struct net_device *dev);
	struct net_device *(*dev_get_by_index)(const struct net *net, int32_t ifindex);
	uint32_t (*dev_get_flags)(const struct net_device *dev);
	struct net *(*dev_net)(const struct net_device *dev);

	void (*rtnl_lock)(struct machine *m);
	void (*rtnl_unlock)(struct machine *m);
	bool (*rtnl_is_locked)(const struct machine *m);
	/* Has fn(m, waiter->arg, 0) called with rtnl held, now or when its turn has come; returns whether it ran. */
	bool (*rtnl_run_waiter)(struct machine *m, struct rtnl_waiter *waiter);
	void (*rtnl_waiter_init)(struct rtnl_waiter *waiter, rtnl_fn fn);

	void (*work_init)(struct work_struct *work, work_fn func);
	void (*delayed_work_init)(struct delayed_work *dwork, work_fn func);
	bool (*queue_work)(struct machine *m, enum workqueue_id wq, struct work_struct *work);
	bool (*queue_delayed_work)(struct machine *m, enum workqueue_id wq,
				   struct delayed_work *dwork, uint64_t delay_j);
	bool (*mod_delayed_work)(struct machine *m, enum workqueue_id wq,
				 struct delayed_work *dwork, uint64_t delay_j);
	bool (*cancel_delayed_work)(struct delayed_work *dwork);
	bool (*cancel_work)(struct work_struct *work);
	/* Calls a work item's function; then gives rtnl back if that has not, and goes on with what waited for the
	 * item to end. */
	void (*work_run)(struct machine *m, void (*function)(void *), void *arg,
			 struct work_struct *item, const struct rtnl_waiter *waiter);

	__attribute__((format(printf, 3, 4))) void (*printk)(struct machine *m, const char *where,
							     const char *format, ...);
	/* The kernel would hang or crash here, so it does not return. */
	__attribute__((noreturn)) void (*broken)(struct machine *m, const char *where,
						 const char *what);
};

/* What the file has; NULL: it has no such function. */
struct lw_file {
	void (*bind)(const struct lw_host *host, struct machine *m);
	void (*init_dev)(struct net_device *dev);
	void (*fire_event)(struct net_device *dev);
	void (*forget_dev)(struct net_device *dev);
	void (*sync_dev)(struct net_device *dev); /* what it is named since 6.8 */
	void (*run_queue)(void);
	void (*look)(struct linkwatch_view *ret_view);
	/* spinlocks that are held; 0 when it has returned */
	const int *locks_held;
};

/* The name that the object exports its struct lw_file by. */
#define LW_FILE_SYMBOL "lw_file"

#endif
