/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sequence as a balanced tree (a treap without keys) whose nodes are part of what they order. Each node has
 * sums over what is below it, so that what is asked of all in a sequence is at its root: a walk over a list, as the
 * kernel has it, takes as many steps as there are members. */
#ifndef LWSIM_MODEL_SEQ_H
#define LWSIM_MODEL_SEQ_H

#include <stdbool.h>
#include <stdint.h>

struct seq_node {
	struct seq_node *parent; /* NULL: in no sequence */
	struct seq_node *left, *right;
	uint32_t priority;
};

struct seq {
	struct seq_node head; /* above the root, which is its left */
};

/* Makes the sums of a node anew, from itself and from those of its left and right (each may be NULL). All calls for a
 * sequence are given the same. */
typedef void (*seq_sum_fn)(struct seq_node *node);

void seq_init(struct seq *seq);
void seq_add_first(struct seq *seq, struct seq_node *node, seq_sum_fn sum);
void seq_add_last(struct seq *seq, struct seq_node *node, seq_sum_fn sum);
void seq_del(struct seq_node *node, seq_sum_fn sum);
/* What the sums are made of has changed in node. */
void seq_changed(struct seq_node *node, seq_sum_fn sum);
/* seq keeps what is before node; ret_rest, which is initialized here, has node and what is after it. */
void seq_split(struct seq *seq, struct seq_node *node, struct seq *ret_rest, seq_sum_fn sum);
/* All of from goes behind what is in seq; from is empty afterwards. */
void seq_append(struct seq *seq, struct seq *from, seq_sum_fn sum);

static inline struct seq_node *seq_root(const struct seq *seq)
{
	return seq->head.left;
}

static inline bool seq_has(const struct seq_node *node)
{
	return node->parent;
}

#endif
