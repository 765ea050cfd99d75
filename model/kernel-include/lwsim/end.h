/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Goes after the text of a link_watch.c: lets lwsim find what the file defines. A function that it does not
 * define is NULL; -DLW_HAS_... says that it has a variable of that name, of any type. */

void linkwatch_init_dev(struct net_device *dev) __attribute__((weak));
void linkwatch_fire_event(struct net_device *dev) __attribute__((weak));
void linkwatch_forget_dev(struct net_device *dev) __attribute__((weak));
void linkwatch_sync_dev(struct net_device *dev) __attribute__((weak));
void linkwatch_run_queue(void) __attribute__((weak));

/* The linker substitutes these for functions that would end the whole program as if nothing were wrong. */
#define LW_ENDS(function)                                                                          \
	__attribute__((noreturn)) void __wrap_##function(int status);                              \
	__attribute__((noreturn)) void __wrap_##function(int status)                               \
	{                                                                                          \
		if (lw_host)                                                                       \
			lw_host->broken(lw_machine, "link_watch.c", "calls " #function "()");      \
		__builtin_trap(); /* still being loaded */                                         \
	}
LW_ENDS(exit)
LW_ENDS(_exit)
LW_ENDS(_Exit)
LW_ENDS(quick_exit)

static void lw_bind(const struct lw_host *host, struct machine *m)
{
	lw_host = host;
	lw_machine = m;
}

static inline const void *lw_look_work(void *work)
{
	lw_delayed_work_ready(work);
	return &((struct lw_delayed_work *)work)->delayed;
}

static void lw_look(struct linkwatch_view *ret_view)
{
	memset(ret_view, 0, sizeof(*ret_view));
#ifdef LW_HAS_LIST
	ret_view->lweventlist = _Generic(lweventlist, struct list_head
					 : (const void *)&lweventlist, default
					 : NULL);
#endif
#ifdef LW_HAS_WORK
	ret_view->work = _Generic(linkwatch_work, struct lw_delayed_work
				  : lw_look_work((void *)&linkwatch_work), default
				  : NULL);
#endif
#ifdef LW_HAS_NEXTEVENT
	ret_view->nextevent = _Generic(linkwatch_nextevent, unsigned long
				       : linkwatch_nextevent, unsigned long long
				       : linkwatch_nextevent, default : 0);
#endif
#ifdef LW_HAS_FLAGS
	ret_view->is_urgent = _Generic(linkwatch_flags, unsigned long
				       : linkwatch_flags, default : 0) &
			      1;
#endif
}

__attribute__((visibility("default"))) const struct lw_file lw_file = {
	.bind = lw_bind,
	.init_dev = linkwatch_init_dev,
	.fire_event = linkwatch_fire_event,
	.forget_dev = linkwatch_forget_dev,
	.sync_dev = linkwatch_sync_dev,
	.run_queue = linkwatch_run_queue,
	.look = lw_look,
#ifdef LW_HAS_NEXTEVENT
	.nextevent = _Generic(linkwatch_nextevent, unsigned long
			      : (const void *)&linkwatch_nextevent, default
			      : NULL),
#endif
	.locks_held = &lw_locks_held,
};
