/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Goes before the text of a link_watch.c when it is compiled. The file's own #includes bring the rest. */
#ifndef LWSIM_KERNEL_LWSIM_BEGIN_H
#define LWSIM_KERNEL_LWSIM_BEGIN_H

/* Function names that both a link_watch.c and the model define. */
#define default_operstate lw_model_default_operstate
#define rfc2863_policy lw_model_rfc2863_policy
#define linkwatch_urgent_event lw_model_linkwatch_urgent_event
#define linkwatch_run_queue lw_model_linkwatch_run_queue
#define linkwatch_init lw_model_linkwatch_init
#define linkwatch_look lw_model_linkwatch_look
#define linkwatch_query_dev lw_model_linkwatch_query_dev
#include "host.h"
#undef default_operstate
#undef rfc2863_policy
#undef linkwatch_urgent_event
#undef linkwatch_run_queue
#undef linkwatch_init
#undef linkwatch_look
#undef linkwatch_query_dev

/* The machine that this copy of the file serves, and the functions it may call: set once, by lw_file.bind(). */
static const struct lw_host *lw_host;
static struct machine *lw_machine;
static int lw_locks_held;

/* The model declares these but the file must not use them: the compiler reports any use. */
#pragma GCC poison rtnl_trylock rtnl_run rtnl_hold add_timer del_timer timer_setup timer_pending

#define LW_STRING_(x) #x
#define LW_STRING(x) LW_STRING_(x)
/* "link_watch.c:123" */
#define LW_WHERE LW_FILE_NAME ":" LW_STRING(__LINE__)

#endif
