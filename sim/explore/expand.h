/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Makes all steps from a few states, and notes where each leads and what it shows: as bytes, so that another process
 * can do it. */
#ifndef LWSIM_SIM_EXPLORE_EXPAND_H
#define LWSIM_SIM_EXPLORE_EXPAND_H

#include "sim/explore/saves.h"
#include "sim/explore/sketch.h"

/* At which moments actions may happen. */
enum moments {
	MOMENTS_EVERY, /* in each jiffy */
	MOMENTS_DUE,   /* only when something is due, and right after linkwatch's second is over */
};

/* A step: the index of an action, or one of these. */
#define MOVE_NONE UINT16_MAX /* of the first state */
#define MOVE_PASS (UINT16_MAX - 1)

/* What is noted of a state before its steps, and of a step after it; each may be NULL. */
struct watcher {
	size_t state_bytes, step_bytes;
	void (*state)(const void *user, const struct world *world, void *ret_noted);
	void (*step)(const void *user, const struct world *world, void *ret_noted);
	const void *user;
};

/* A state whose steps are to be made, by a step that leads to it. */
struct task {
	uint32_t state;
	uint16_t move;
	uint32_t jiffies;
	const unsigned char *
		from; /* where the step begins, as in saves.h; of the first state, the state itself */
};

/* Where a step leads. */
enum leads {
	LEADS_TO,	 /* a state that has a key */
	LEADS_BACK,	 /* to where it began */
	LEADS_TOO_FAR,	 /* to a state that has no key */
	LEADS_TO_BROKEN, /* to a machine that cannot be trusted */
};

struct step {
	uint32_t jiffies;
	uint32_t sought; /* LEADS_TO: a struct sought, from chunk->bytes on */
	uint16_t move;
	uint8_t leads; /* enum leads */
};

struct sought {
	uint64_t hash; /* for whoever seeks it */
	unsigned char key[];
};

struct form_part {
	size_t bytes;
	const unsigned char *at;
};

/* The steps of a task. */
struct visit {
	const unsigned char *saved; /* the state */
	size_t saved_bytes;
	const unsigned char *noted;	  /* of the state */
	const unsigned char *noted_steps; /* of all steps, in their order */
	struct step *steps;
	const struct form_part *parts; /* what the sketch has given numbers since the last visit */
	const char *broken_text;       /* of the last step, LEADS_TO_BROKEN */
	unsigned int steps_count, parts_count;
};

/* Most states of a chunk. */
#define CHUNK_STATES 16

/* Tasks that are done together. A copy of it, in memory at the same address, is as good. */
struct chunk {
	unsigned int count, by; /* by: of the expander that did it */
	struct task tasks[CHUNK_STATES];
	struct visit visits[CHUNK_STATES];
	unsigned char *bytes; /* room for what tasks and visits point at */
	size_t used;
};

/* Room in the chunk, aligned to 8. */
void *chunk_room(struct chunk *chunk, size_t bytes);

static inline struct sought *chunk_sought(const struct chunk *chunk, const struct step *step)
{
	return (struct sought *)(void *)(chunk->bytes + step->sought);
}

struct expander {
	struct world *world;
	const struct watcher *watcher;
	enum moments moments;
	struct sketch sketch;
	struct saves_base base;
	unsigned int number; /* chunk.by */

	/* private */
	unsigned char *here; /* a copy of the state */
	uint32_t parts_told;
};

/* The world is at its first state. */
void expander_init(struct expander *expander, struct world *world, const struct watcher *watcher,
		   enum moments moments);
void expander_free(struct expander *expander);
/* Forgets all parts, so that the next visit tells all it has. */
void expander_forget(struct expander *expander);

/* Bytes that a chunk of so many states needs at most. */
size_t expander_chunk_bytes(const struct expander *expander, unsigned int states);
/* A visit with the world's state and, as its only step, one that leads to it. False: it has no key. */
bool expander_first(struct expander *expander, struct chunk *chunk);
/* Does the chunk's tasks. */
void expander_do(struct expander *expander, struct chunk *chunk);

/* Brings the world to a task's state, or from a visited state by one step. MOVE_NONE: stays there. */
void expander_go(const struct expander *expander, const unsigned char *saved, uint16_t move,
		 uint32_t jiffies);

#endif
