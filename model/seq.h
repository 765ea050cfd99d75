/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sequence as a balanced tree (a treap without keys) whose nodes are embedded in the entries. Each node
 * keeps sums over its subtree, so a question about the whole sequence is answered at the root. The kernel
 * walks a list instead, one step per member. */
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
	struct seq_node head; /* above the root, which is its left child */
};

/* Recomputes the sums of a node from itself and its left and right (each may be NULL). All calls for one
 * sequence must use the same function. */
typedef void (*seq_sum_fn)(struct seq_node *node);

void seq_init(struct seq *seq);
void seq_add_first(struct seq *seq, struct seq_node *node, seq_sum_fn sum);
void seq_add_last(struct seq *seq, struct seq_node *node, seq_sum_fn sum);
void seq_del(struct seq_node *node, seq_sum_fn sum);
/* The node's own contribution to the sums has changed. */
void seq_changed(struct seq_node *node, seq_sum_fn sum);
/* seq keeps everything before node; ret_rest, which is initialized here, gets node and the rest. */
void seq_split(struct seq *seq, struct seq_node *node, struct seq *ret_rest, seq_sum_fn sum);
/* Appends all of from to seq; from is empty afterwards. */
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
