/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Lists: model/list.h, and functions that the model does not use itself. */
#ifndef LWSIM_KERNEL_LINUX_LIST_H
#define LWSIM_KERNEL_LINUX_LIST_H

#include <linux/compiler.h>

#include "../../list.h"

#define LIST_HEAD_INIT(name)                                                                       \
	{                                                                                          \
		&(name), &(name)                                                                   \
	}
#define LIST_HEAD(name) struct list_head name = LIST_HEAD_INIT(name)

static inline void __list_del_entry(struct list_head *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
}

/* Poisons the pointers: following them afterwards crashes, as in the kernel. */
static inline void list_del(struct list_head *node)
{
	__list_del_entry(node);
	node->next = (struct list_head *)(uintptr_t)0x100;
	node->prev = (struct list_head *)(uintptr_t)0x122;
}

static inline void list_move(struct list_head *node, struct list_head *list)
{
	__list_del_entry(node);
	list_add(node, list);
}

static inline void list_move_tail(struct list_head *node, struct list_head *list)
{
	__list_del_entry(node);
	list_add_tail(node, list);
}

static inline bool list_is_last(const struct list_head *node, const struct list_head *list)
{
	return node->next == list;
}

static inline bool list_is_first(const struct list_head *node, const struct list_head *list)
{
	return node->prev == list;
}

static inline bool list_is_singular(const struct list_head *list)
{
	return !list_empty(list) && list->next == list->prev;
}

static inline void list_splice_tail(struct list_head *from, struct list_head *to)
{
	list_splice(from, to->prev);
}

static inline void list_splice_tail_init(struct list_head *from, struct list_head *to)
{
	list_splice_tail(from, to);
	INIT_LIST_HEAD(from);
}

#define list_empty_careful(list) list_empty(list)
#define list_entry(ptr, type, member) container_of(ptr, type, member)
#define list_first_entry(list, type, member) list_entry((list)->next, type, member)
#define list_last_entry(list, type, member) list_entry((list)->prev, type, member)
#define list_first_entry_or_null(list, type, member)                                               \
	(list_empty(list) ? NULL : list_first_entry(list, type, member))
#define list_next_entry(at, member) list_entry((at)->member.next, __typeof__(*(at)), member)
#define list_prev_entry(at, member) list_entry((at)->member.prev, __typeof__(*(at)), member)
#define list_for_each(at, list) for (at = (list)->next; at != (list); at = at->next)
#define list_for_each_safe(at, after, list)                                                        \
	for (at = (list)->next, after = at->next; at != (list); at = after, after = at->next)
#define list_for_each_entry(at, list, member)                                                      \
	for (at = list_first_entry(list, __typeof__(*at), member); &at->member != (list);          \
	     at = list_next_entry(at, member))
#define list_for_each_entry_reverse(at, list, member)                                              \
	for (at = list_last_entry(list, __typeof__(*at), member); &at->member != (list);           \
	     at = list_prev_entry(at, member))
#define list_for_each_entry_safe(at, after, list, member)                                          \
	for (at = list_first_entry(list, __typeof__(*at), member),                                 \
	    after = list_next_entry(at, member);                                                   \
	     &at->member != (list); at = after, after = list_next_entry(after, member))

#endif
