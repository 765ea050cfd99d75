/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The interface between lwsim and a link_watch.c that it has compiled. Both sides include this. */
/* Differs from a kernel: everything here runs in one thread, and "the" kernel is the one machine that this
 * copy of the file is bound to. */
#ifndef LWSIM_KERNEL_LWSIM_HOST_H
#define LWSIM_KERNEL_LWSIM_HOST_H

#include "../../machine.h"

/* lwsim's functions, under the kernel's names where they exist. */
struct lw_host {
	/* functions that sleep in a kernel report an error if a lock is held */
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
	/* Calls fn(m, waiter->arg, 0) with rtnl held, now or when its turn comes. Returns whether it ran. */
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
	/* Calls a work item's function, releases rtnl if the function did not, and continues whatever
	 * waited for the item to end. */
	void (*work_run)(struct machine *m, void (*function)(void *), void *arg,
			 struct work_struct *item, const struct rtnl_waiter *waiter);

	__attribute__((format(printf, 3, 4))) void (*printk)(struct machine *m, const char *where,
							     const char *format, ...);
	/* Called where the kernel would hang or crash; does not return. */
	__attribute__((noreturn)) void (*broken)(struct machine *m, const char *where,
						 const char *what);
};

/* The file's functions; NULL if it does not have one. */
struct lw_file {
	void (*bind)(const struct lw_host *host, struct machine *m);
	void (*init_dev)(struct net_device *dev);
	void (*fire_event)(struct net_device *dev);
	void (*forget_dev)(struct net_device *dev);
	void (*sync_dev)(struct net_device *dev); /* the name of forget_dev since 6.8 */
	void (*run_queue)(void);
	void (*look)(struct linkwatch_view *ret_view);
	const unsigned long *nextevent; /* its linkwatch_nextevent */
	/* number of spinlocks held; 0 whenever the file has returned */
	const int *locks_held;
};

/* The symbol under which the object exports its struct lw_file. */
#define LW_FILE_SYMBOL "lw_file"

#endif
