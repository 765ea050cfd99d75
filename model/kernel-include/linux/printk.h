/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel log: lwsim shows each line with its time and cause. */
#ifndef LWSIM_KERNEL_LINUX_PRINTK_H
#define LWSIM_KERNEL_LINUX_PRINTK_H

#define printk(...) lw_host->printk(lw_machine, LW_WHERE, __VA_ARGS__)
#define KERN_EMERG ""
#define KERN_ALERT ""
#define KERN_CRIT ""
#define KERN_ERR ""
#define KERN_WARNING ""
#define KERN_NOTICE ""
#define KERN_INFO ""
#define KERN_DEBUG ""

#define pr_emerg(...) printk(__VA_ARGS__)
#define pr_alert(...) printk(__VA_ARGS__)
#define pr_crit(...) printk(__VA_ARGS__)
#define pr_err(...) printk(__VA_ARGS__)
#define pr_warn(...) printk(__VA_ARGS__)
#define pr_notice(...) printk(__VA_ARGS__)
#define pr_info(...) printk(__VA_ARGS__)
/* as in a kernel without DEBUG */
#define no_printk(...)                                                                             \
	do {                                                                                       \
		if (0)                                                                             \
			printk(__VA_ARGS__);                                                       \
	} while (0)
#define pr_debug(...) no_printk(__VA_ARGS__)
#define pr_cont(...) printk(__VA_ARGS__)

#define LW_ONCE(statement)                                                                         \
	({                                                                                         \
		static bool lw_said;                                                               \
                                                                                                   \
		if (!lw_said) {                                                                    \
			lw_said = true;                                                            \
			statement;                                                                 \
		}                                                                                  \
	})
#define pr_err_once(...) LW_ONCE(pr_err(__VA_ARGS__))
#define pr_warn_once(...) LW_ONCE(pr_warn(__VA_ARGS__))
#define pr_info_once(...) LW_ONCE(pr_info(__VA_ARGS__))
#define pr_err_ratelimited(...) pr_err(__VA_ARGS__)
#define pr_warn_ratelimited(...) pr_warn(__VA_ARGS__)
#define pr_info_ratelimited(...) pr_info(__VA_ARGS__)
#define net_ratelimit() true
#define trace_printk(...) printk(__VA_ARGS__)

#define netdev_printk(level, dev, format, ...) printk("%s: " format, (dev)->name, ##__VA_ARGS__)
#define netdev_err(dev, ...) netdev_printk("", dev, __VA_ARGS__)
#define netdev_warn(dev, ...) netdev_printk("", dev, __VA_ARGS__)
#define netdev_notice(dev, ...) netdev_printk("", dev, __VA_ARGS__)
#define netdev_info(dev, ...) netdev_printk("", dev, __VA_ARGS__)
#define netdev_dbg(dev, format, ...) no_printk("%s: " format, (dev)->name, ##__VA_ARGS__)
#define netdev_warn_once(dev, ...) LW_ONCE(netdev_warn(dev, __VA_ARGS__))
#define netdev_info_once(dev, ...) LW_ONCE(netdev_info(dev, __VA_ARGS__))
#define net_warn_ratelimited(...) pr_warn(__VA_ARGS__)
#define net_info_ratelimited(...) pr_info(__VA_ARGS__)
#define dump_stack() printk("a stack is dumped here")

#endif
