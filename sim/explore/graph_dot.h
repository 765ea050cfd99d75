/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The states of one kernel as a drawing. */
#ifndef LWSIM_SIM_EXPLORE_GRAPH_DOT_H
#define LWSIM_SIM_EXPLORE_GRAPH_DOT_H

#include "sim/explore/graph.h"

/*
 * Writes a Graphviz file, of a closed search. False after printing why not: too many states to read, or the
 * file cannot be written.
 */
bool graph_dot_write(const char *path, const struct graph *graph, const struct search *search);

#endif
