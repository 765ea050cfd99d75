/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is explored: one kernel, or two side by side, after the same set-up; what may happen to them, and what
 * they then tell userspace. */
#ifndef LWSIM_SIM_EXPLORE_WORLD_H
#define LWSIM_SIM_EXPLORE_WORLD_H

#include "model/canonical.h"
#include "sim/run/runner.h"

#define SIDES_MAX 2

/* An instance of a line of `explore`. */
struct explore_action {
	const struct stmt *stmt;
	uint32_t dev; /* number of its device */
	struct link_attrs attrs;
	char *words; /* as a statement of a scenario */
};

/* A message to userspace. */
struct told {
	uint32_t dev;
	uint32_t flags, change;
	uint8_t operstate, linkmode, qdisc;
	bool is_dellink, carrier;
	bool is_of_work; /* linkwatch's work sent it, not the action itself */
};

/* The messages of one step. */
struct tale {
	struct told *told;
	size_t count, capacity;
};

/* What userspace last heard of a device. */
struct heard {
	uint8_t flags; /* HEARD_* */
	uint8_t operstate;
};
#define HEARD_UP 1U
#define HEARD_RUNNING 2U
#define HEARD_LOWER_UP 4U
#define HEARD_DORMANT 8U

/* How much of it is part of a state. */
enum hearing {
	HEARING_NOTHING,
	HEARING_RUNNING, /* IFF_UP and IFF_RUNNING */
	HEARING_ALL,
};

struct side {
	struct runner *runner; /* owns the machine */
	struct machine *m;
	struct tale tale;
	struct heard *heard; /* by the device's number */
	uint64_t period_j;   /* of the wheel */
	size_t save_bytes;   /* of the machine and of what was heard */
	bool is_broken;
	const char *broken_text;
	bool *decided; /* the world's */
};

struct world {
	const struct scenario *scenario;
	struct side sides[SIDES_MAX];
	unsigned int sides_count;
	struct explore_action *actions;
	size_t actions_count;
	uint32_t devices; /* numbers in use; 0 is lo */
	enum hearing hearing;
	unsigned char *first; /* a copy: the state in which exploring begins */
	uint32_t *places;     /* scratch: by the device's number */
	bool *decided; /* enum decision_id: what the first side has decided; NULL: not watched */
};

/*
 * Runs the set-up on each kernel. False after printing why: a command failed, or the state then has no
 * canonical form. The scenario must outlive the world.
 */
bool world_init(struct world *world, const struct scenario *scenario, const struct kernel *kernels,
		unsigned int kernels_count, const struct src_loader *loader, FILE *messages);
void world_free(struct world *world);

/* From now on, decisions are marked in world->decided. */
void world_watch_decisions(struct world *world);

/* Each step sets the sides' tales. */
void world_act(struct world *world, const struct explore_action *action);
/* Lets this many jiffies pass; nothing may be due before the last of them. */
void world_pass(struct world *world, uint64_t jiffies);
/* Jiffies until something is due on one of the sides; 0: nothing is. */
uint64_t world_due_j(const struct world *world);
/*
 * Lets time pass until something is due, if nothing else happens; *after_j counts all jiffies so far. False: nothing
 * is due, or not within 4 seconds: a monitor that polls never rests.
 */
bool world_go_on(struct world *world, uint64_t *after_j);
/* Jiffies until linkwatch's second is over on all sides; 0: it is. */
uint64_t world_free_j(const struct world *world);
/* Whether a side can no longer be trusted; *ret_why: static text. */
bool world_is_broken(const struct world *world, const char **ret_why);

/* A copy of all sides, to return to. */
size_t world_save_bytes(const struct world *world);
void world_save(const struct world *world, unsigned char *ret_copy);
void world_restore(struct world *world, const unsigned char *copy);

/* The device that a statement names, on the first side; NULL: none. Names do not change. */
const struct net_device *world_device(const struct world *world, const struct stmt *stmt,
				      uint32_t index);

/* The time when exploring begins, at the start of a jiffy. */
int64_t world_start_ns(const struct world *world);

#endif
