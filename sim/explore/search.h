/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Visits all states that a world can reach: fewest actions first, then earliest. */
#ifndef LWSIM_SIM_EXPLORE_SEARCH_H
#define LWSIM_SIM_EXPLORE_SEARCH_H

#include "sim/explore/expand.h"
#include "sim/explore/form.h"
#include "sim/explore/processors.h"
#include "sim/explore/tally.h"

/* 0: no bound. */
struct bounds {
	uint64_t actions, states, memory_bytes;
	int64_t seconds;
};

/* How it ended. */
enum search_end {
	SEARCH_CLOSED,	/* every state that can be reached was visited */
	SEARCH_STOPPED, /* by the visitor */
	SEARCH_ACTIONS,
	SEARCH_STATES,
	SEARCH_MEMORY,
	SEARCH_SECONDS,
	SEARCH_INTERRUPTED,
	SEARCH_BROKEN,	  /* a machine cannot be trusted: search.broken_text */
	SEARCH_TOO_LARGE, /* a state that has no form */
};

/* How a state was first reached on the cheapest way. */
struct node {
	uint32_t parent;
	uint32_t time_j; /* since exploring began */
	uint16_t actions;
	uint16_t move;
	bool is_done;
};

struct search;

/* Called for states and steps in their order; `noted` is what the watcher noted. */
struct visitor {
	struct watcher watcher;
	/* A state, before its steps. May be NULL. */
	void (*visiting)(void *user, const struct search *search, uint32_t state,
			 const void *noted);
	/* A step was made. False: it is not followed. NULL: all are. */
	bool (*step)(void *user, const struct search *search, uint32_t from, uint16_t move,
		     uint32_t jiffies, const void *noted);
	/* Where it led to. May be NULL. */
	void (*arrived)(void *user, const struct search *search, uint32_t from, uint16_t move,
			uint32_t jiffies, const void *noted, uint32_t to);
	/* Whether everything was found, after a visit. May be NULL. */
	bool (*is_over)(void *user);
	/* Whether no more can be found that has this many actions. May be NULL. */
	bool (*is_enough)(void *user, uint32_t actions);
	/* Bytes of memory of its own. May be NULL. */
	size_t (*memory)(const void *user);
	void *user;
};

struct search {
	struct world *world;
	struct form form;
	enum moments moments;
	struct bounds bounds;
	const struct visitor *visitor;
	bool is_depth_first;		  /* for tests: the order does not change the states */
	const volatile bool *interrupted; /* may be NULL */
	struct tally *tally;		  /* may be NULL */
	unsigned int processes;		  /* to use at most, with this one; 0: this one */
	struct processors
		*processors;  /* of which each other process needs one; NULL: there are none */
	void (*forked)(void); /* called in each of the others first; may be NULL */

	struct node *nodes; /* by state */
	size_t nodes_capacity;
	uint64_t transitions;
	uint32_t depth; /* most actions of a state */
	const char *broken_text;

	/* private */
	struct expander expander;
	const unsigned char *
		*saved; /* by state that was visited; NULL: none waits that it leads to */
	size_t saved_capacity;
	struct saves saves[2];	   /* of states with one action less, and of this number */
	const struct visit *visit; /* in progress */
	struct frontier *frontier;
	struct chunk *chunk;
	struct helpers *helpers; /* NULL: none */
	unsigned int helping;	 /* of them, those that have a processor */
	bool has_symmetry, is_hashed;
	uint32_t visits;
	int64_t started_ns; /* wall clock */
	uint64_t states_tallied, steps_tallied;
};

/* The world is at its first state. */
void search_init(struct search *search, struct world *world, enum moments moments,
		 bool has_symmetry, bool is_hashed);
void search_free(struct search *search);
enum search_end search_run(struct search *search);

/* For a visitor, during a visit: the world in the visited state (MOVE_NONE), or after a step from it. */
struct world *search_world(const struct search *search, uint16_t move, uint32_t jiffies);

/* Whether the way to state a is shorter: fewest actions, then earliest, then found first. */
bool search_is_nearer(const struct search *search, uint32_t a, uint32_t b);

static inline uint32_t search_states(const struct search *search)
{
	return search->form.states.count;
}

#endif
