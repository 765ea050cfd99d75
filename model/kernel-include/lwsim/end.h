/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What stands behind the text of a link_watch.c: how lwsim finds what is in it. Which of these names the text has is
 * told by -DLW_HAS_...; LW_FORGET_DEV is the name that linkwatch_forget_dev() has there. */

static void lw_bind(const struct lw_host *host, struct machine *m)
{
	lw_host = host;
	lw_machine = m;
}

static void lw_look(struct linkwatch_view *ret_view)
{
	memset(ret_view, 0, sizeof(*ret_view));
#ifdef LW_HAS_LIST
	ret_view->lweventlist = &lweventlist;
#endif
#ifdef LW_HAS_WORK
	lw_delayed_work_ready(&linkwatch_work);
	ret_view->work = &linkwatch_work.delayed;
#endif
#ifdef LW_HAS_NEXTEVENT
	ret_view->nextevent = linkwatch_nextevent;
#endif
#ifdef LW_HAS_FLAGS
	ret_view->is_urgent = linkwatch_flags & (1UL << LW_URGENT);
#endif
}

__attribute__((visibility("default"))) const struct lw_file lw_file = {
	.bind = lw_bind,
#ifdef LW_HAS_INIT_DEV
	.init_dev = linkwatch_init_dev,
#endif
#ifdef LW_HAS_FIRE_EVENT
	.fire_event = linkwatch_fire_event,
#endif
#ifdef LW_FORGET_DEV
	.forget_dev = LW_FORGET_DEV,
#endif
#ifdef LW_HAS_RUN_QUEUE
	.run_queue = linkwatch_run_queue,
#endif
	.look = lw_look,
	.locks_held = &lw_locks_held,
};
