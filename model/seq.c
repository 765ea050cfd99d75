/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "seq.h"

#include <stddef.h>

void seq_init(struct seq *seq)
{
	seq->head = (struct seq_node){ .priority = 1 };
}

static void set_left(struct seq_node *node, struct seq_node *left)
{
	node->left = left;
	if (left)
		left->parent = node;
}

static void set_right(struct seq_node *node, struct seq_node *right)
{
	node->right = right;
	if (right)
		right->parent = node;
}

/* As deep as the tree, whose depth goes with the logarithm of its size. */
static struct seq_node *merge(struct seq_node *a, struct seq_node *b, seq_sum_fn sum)
{
	if (!a)
		return b;
	if (!b)
		return a;
	if (a->priority > b->priority) {
		set_right(a, merge(a->right, b, sum));
		sum(a);
		return a;
	}
	set_left(b, merge(a, b->left, sum));
	sum(b);
	return b;
}

/* The same numbers in each run; which they are is of no consequence but for time. */
static void node_init(struct seq *seq, struct seq_node *node, seq_sum_fn sum)
{
	seq->head.priority = seq->head.priority * 1664525U + 1013904223U;
	*node = (struct seq_node){ .priority = seq->head.priority };
	sum(node);
}

void seq_add_first(struct seq *seq, struct seq_node *node, seq_sum_fn sum)
{
	node_init(seq, node, sum);
	set_left(&seq->head, merge(node, seq->head.left, sum));
}

void seq_add_last(struct seq *seq, struct seq_node *node, seq_sum_fn sum)
{
	node_init(seq, node, sum);
	set_left(&seq->head, merge(seq->head.left, node, sum));
}

void seq_changed(struct seq_node *node, seq_sum_fn sum)
{
	for (; node->parent; node = node->parent)
		sum(node);
}

void seq_del(struct seq_node *node, seq_sum_fn sum)
{
	struct seq_node *parent = node->parent, *rest = merge(node->left, node->right, sum);

	if (parent->left == node)
		set_left(parent, rest);
	else
		set_right(parent, rest);
	node->parent = NULL;
	seq_changed(parent, sum);
}

void seq_split(struct seq *seq, struct seq_node *node, struct seq *ret_rest, seq_sum_fn sum)
{
	struct seq_node *before = node->left, *after = node, *at = node, *parent = node->parent;

	node->left = NULL;
	sum(node);
	while (parent != &seq->head) {
		struct seq_node *next = parent->parent;

		if (parent->left == at) {
			set_left(parent, after);
			after = parent;
		} else {
			set_right(parent, before);
			before = parent;
		}
		sum(parent);
		at = parent;
		parent = next;
	}
	set_left(&seq->head, before);
	seq_init(ret_rest);
	set_left(&ret_rest->head, after);
}

void seq_append(struct seq *seq, struct seq *from, seq_sum_fn sum)
{
	set_left(&seq->head, merge(seq->head.left, from->head.left, sum));
	from->head.left = NULL;
}
