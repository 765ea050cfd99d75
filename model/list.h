/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A doubly linked list whose nodes are embedded in the entries.
 * Models: include/linux/list.h (the names; the code is our own) */
#ifndef LWSIM_MODEL_LIST_H
#define LWSIM_MODEL_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list_head {
	struct list_head *next, *prev;
};

#define container_of(ptr, type, member) ((type *)(void *)((char *)(ptr)-offsetof(type, member)))

static inline void INIT_LIST_HEAD(struct list_head *list)
{
	list->next = list;
	list->prev = list;
}

static inline bool list_empty(const struct list_head *list)
{
	return list->next == list;
}

static inline void list_link_between(struct list_head *node, struct list_head *prev,
				     struct list_head *next)
{
	node->prev = prev;
	node->next = next;
	prev->next = node;
	next->prev = node;
}

/* Inserts node at the front of list. */
static inline void list_add(struct list_head *node, struct list_head *list)
{
	list_link_between(node, list, list->next);
}

/* Inserts node at the end of list, or before it if `list` is a node of a ring. */
static inline void list_add_tail(struct list_head *node, struct list_head *list)
{
	list_link_between(node, list->prev, list);
}

/* Removes node, which becomes an empty list. */
static inline void list_del_init(struct list_head *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
	INIT_LIST_HEAD(node);
}

/* Moves everything before node (an entry of list, or list itself) to ret_before, which need not be
 * initialized. */
static inline void list_cut_before(struct list_head *ret_before, struct list_head *list,
				   struct list_head *node)
{
	ret_before->next = list->next;
	ret_before->next->prev = ret_before;
	ret_before->prev = node->prev;
	ret_before->prev->next = ret_before;
	list->next = node;
	node->prev = list;
}

/* Moves all of from to the front of to, or behind it if `to` is a node of a ring. from is left invalid. */
static inline void list_splice(struct list_head *from, struct list_head *to)
{
	if (list_empty(from))
		return;
	from->next->prev = to;
	from->prev->next = to->next;
	to->next->prev = from->prev;
	to->next = from->next;
}

/* The same, but from is an empty list afterwards. */
static inline void list_splice_init(struct list_head *from, struct list_head *to)
{
	list_splice(from, to);
	INIT_LIST_HEAD(from);
}

#endif
