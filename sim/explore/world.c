/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One kernel, or two side by side: set-up, steps, copies. */
#include "sim/explore/world.h"

#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/language/format.h"
#include "sim/run/decision.h"

/* Copies are read through pointers to structures. */
#define SAVE_ALIGN 16

/* Whether linkwatch's work is at it. */
static bool is_linkwatch_running(const struct machine *m)
{
	struct linkwatch_view view;

	linkwatch_look(m, &view);
	return view.work && view.work->work.is_running;
}

static void hear(struct heard *heard, uint32_t flags, uint8_t operstate)
{
	heard->flags = (uint8_t)((flags & IFF_UP ? HEARD_UP : 0) |
				 (flags & IFF_RUNNING ? HEARD_RUNNING : 0) |
				 (flags & IFF_LOWER_UP ? HEARD_LOWER_UP : 0) |
				 (flags & IFF_DORMANT ? HEARD_DORMANT : 0));
	heard->operstate = operstate;
}

static void on_notify(void *user, const struct link_message *message)
{
	struct side *side = user;
	uint32_t dev = (uint32_t)(message->dev - side->m->devices);

	side->tale.told = xgrow(side->tale.told, side->tale.count, &side->tale.capacity,
				sizeof(side->tale.told[0]));
	side->tale.told[side->tale.count++] = (struct told){
		.dev = dev,
		.flags = message->ifi_flags,
		.change = message->ifi_change,
		.operstate = message->operstate,
		.linkmode = message->link_mode,
		.qdisc = message->qdisc,
		.carrier = message->carrier,
		.is_dellink = message->is_dellink,
		.is_of_work = is_linkwatch_running(side->m),
	};
	hear(&side->heard[dev], message->ifi_flags, message->operstate);
}

static void on_broken(void *user, const char *what)
{
	struct side *side = user;

	side->is_broken = true;
	side->broken_text = what;
}

static void hear_of_set_up(struct side *side)
{
	for (uint32_t i = 0; i < side->m->devices_used; i++) {
		struct last_message message;

		if (side->m->devices[i].reg_state != NETREG_REGISTERED ||
		    !runner_last_message(side->runner, &side->m->devices[i], &message))
			continue;
		hear(&side->heard[i], message.flags, message.operstate);
	}
}

/* The start of the jiffy in which exploring begins. */
static int64_t begin_ns(const struct scenario *scenario)
{
	const struct jiffies_clock clock = { .hz = scenario->hz, .long_bits = 64 };
	int64_t at_ns = scenario->explore.stmt->at_ns;
	uint64_t j = jiffies_of_ns(&clock, at_ns);

	return jiffies_start_ns(&clock, j) < at_ns ? jiffies_start_ns(&clock, j + 1) : at_ns;
}

static bool side_start(struct side *side, const struct scenario *scenario,
		       const struct kernel *kernel, const struct src_loader *loader, FILE *messages)
{
	const struct machine_callbacks callbacks = { .notify = on_notify,
						     .broken = on_broken,
						     .user = side };
	const struct run_options options = {
		.kernel = *kernel,
		.until_ns = begin_ns(scenario),
		.prints_failures = true,
		.messages = messages,
		.loader = loader,
	};
	char name[KERNEL_NAME_MAX_BYTES];
	const char *refusal;

	side->runner = runner_new(scenario, &options);
	if (!side->runner)
		return false;
	while (runner_next_ns(side->runner) != INT64_MAX)
		runner_step(side->runner);
	if (runner_result(side->runner) != RUN_GOOD)
		return false;
	side->m = runner_hand_over(side->runner);
	side->heard = xcalloc(side->m->devices_used, sizeof(side->heard[0]));
	hear_of_set_up(side);
	machine_set_callbacks(side->m, &callbacks);
	refusal = canonical_refusal(side->m);
	side->period_j = canonical_period_j(side->m, canonical_delay_max_j(side->m));
	if (!refusal && !side->period_j)
		refusal = "its timer wheel has no period; `timers exact` or a smaller hz has";
	if (refusal) {
		kernel_name(kernel, name);
		fprintf(messages, "lwsim: error: cannot explore %s: %s\n", name, refusal);
		return false;
	}
	side->save_bytes = (machine_save_bytes(side->m) +
			    side->m->devices_used * sizeof(side->heard[0]) + SAVE_ALIGN - 1) /
			   SAVE_ALIGN * SAVE_ALIGN;
	return true;
}

/* A statement's words, with the instance's number in place of each {A..B}. */
static char *instance_words(const char *words, uint32_t index)
{
	const char *open = strchr(words, '{'), *close = open ? strchr(open, '}') : NULL;
	char *rest, *text;

	if (!close)
		return xstrdup(words);
	rest = instance_words(close + 1, index);
	text = xasprintf("%.*s%lu%s", (int)(open - words), words,
			 strtoul(open + 1, NULL, 10) + index, rest);
	free(rest);
	return text;
}

static const struct net_device *named(const struct machine *m, const struct runner *runner,
				      const char *netns, const char *name)
{
	for (uint32_t i = 0; i < m->devices_used; i++) {
		const struct net_device *dev = &m->devices[i];

		if (dev->reg_state == NETREG_REGISTERED && strcmp(dev->name, name) == 0 &&
		    strcmp(runner_netns(runner, dev), netns) == 0)
			return dev;
	}
	return NULL;
}

const struct net_device *world_device(const struct world *world, const struct stmt *stmt,
				      uint32_t index)
{
	char netns[NETNS_NAME_MAX_BYTES], name[IFNAMSIZ];

	netns_name_at(&stmt->netns, index, netns);
	dev_name_at(&stmt->dev, index, name);
	return named(world->sides[0].m, world->sides[0].runner, netns, name);
}

static bool action_add(struct world *world, const struct stmt *stmt, uint32_t index, FILE *messages)
{
	const struct side *side = &world->sides[0];
	char netns[NETNS_NAME_MAX_BYTES], name[IFNAMSIZ], master[IFNAMSIZ];
	struct explore_action action = { .stmt = stmt };
	const struct net_device *dev, *upper = NULL;

	netns_name_at(&stmt->netns, index, netns);
	dev_name_at(&stmt->dev, index, name);
	dev = named(side->m, side->runner, netns, name);
	if (stmt->master.prefix) {
		dev_name_at(&stmt->master, index, master);
		upper = named(side->m, side->runner, netns, master);
	}
	if (!dev || (stmt->master.prefix && !upper)) {
		fprintf(messages, "lwsim: error: no device '%s' when exploring begins\n",
			dev ? master : name);
		return false;
	}
	action.dev = (uint32_t)(dev - side->m->devices);
	if (stmt->kind == STMT_IP_LINK_SET || stmt->kind == STMT_SETLINK)
		action.attrs = stmt->attrs;
	if (upper)
		action.attrs.master = upper->ifindex;
	action.words = instance_words(stmt->words, index);
	world->actions = xreallocarray(world->actions, world->actions_count + 1, sizeof(action));
	world->actions[world->actions_count++] = action;
	return true;
}

static bool actions_find(struct world *world, FILE *messages)
{
	for (const struct stmt *stmt = world->scenario->explore.stmt->block.body; stmt;
	     stmt = stmt->next)
		for (uint32_t i = 0; i < stmt->count; i++)
			if (!action_add(world, stmt, i, messages))
				return false;
	return true;
}

bool world_init(struct world *world, const struct scenario *scenario, const struct kernel *kernels,
		unsigned int kernels_count, const struct src_loader *loader, FILE *messages)
{
	*world = (struct world){ .scenario = scenario, .sides_count = kernels_count };
	for (unsigned int i = 0; i < kernels_count; i++)
		if (!side_start(&world->sides[i], scenario, &kernels[i], loader, messages))
			return false;
	world->devices = world->sides[0].m->devices_used;
	world->places = xcalloc((size_t)world->devices * kernels_count, sizeof(world->places[0]));
	world->first = xcalloc(1, world_save_bytes(world));
	world_save(world, world->first);
	return actions_find(world, messages);
}

static void on_trace(void *user, const struct trace_event *event)
{
	const struct side *side = user;

	decision_mark(event, side->decided);
}

void world_watch_decisions(struct world *world)
{
	struct side *side = &world->sides[0];

	world->decided = xcalloc(DECISION_COUNT, sizeof(bool));
	side->decided = world->decided;
	machine_set_callbacks(side->m, &(const struct machine_callbacks){
					       .notify = on_notify,
					       .trace = on_trace,
					       .broken = on_broken,
					       .user = side,
				       });
	world_save(world, world->first); /* has the callbacks */
}

void world_free(struct world *world)
{
	for (unsigned int i = 0; i < world->sides_count; i++) {
		runner_free(world->sides[i].runner);
		free(world->sides[i].heard);
		free(world->sides[i].tale.told);
	}
	for (size_t i = 0; i < world->actions_count; i++)
		free(world->actions[i].words);
	free(world->actions);
	free(world->places);
	free(world->first);
	free(world->decided);
}

int64_t world_start_ns(const struct world *world)
{
	return begin_ns(world->scenario);
}

/* As sim/run/actions_ip.c does it: ip asks for the device first, which since 6.8 works off its event. */
static void ip_link_set(struct net_device *dev, const struct explore_action *action)
{
	linkwatch_query_dev(dev);
	do_setlink(dev, &action->attrs);
}

static void ifconfig(struct net_device *dev, bool is_up)
{
	uint32_t flags = dev_get_flags(dev) & 0xffff;

	dev_ifsioc_set_flags(dev, is_up ? flags | IFF_UP | IFF_RUNNING : flags & ~(uint32_t)IFF_UP);
}

/* With rtnl held. */
static void act_locked(struct machine *m, void *arg, uint64_t n)
{
	const struct explore_action *action = arg;
	struct net_device *dev = &m->devices[n];

	switch (action->stmt->kind) {
	case STMT_IP_LINK_SET:
		ip_link_set(dev, action);
		break;
	case STMT_SETLINK:
		do_setlink(dev, &action->attrs);
		break;
	case STMT_DEV_OPEN:
		dev_open(dev);
		break;
	case STMT_DEV_CLOSE:
		dev_close(dev);
		break;
	case STMT_GETLINK:
		linkwatch_query_dev(dev);
		break;
	case STMT_TUNSETCARRIER:
		tun_set_carrier(dev, action->stmt->is_up);
		break;
	default: /* STMT_IFCONFIG */
		ifconfig(dev, action->stmt->is_up);
		break;
	}
	rtnl_unlock(m);
}

/* What a driver does, without rtnl. False: the action needs it. */
static bool act_as_driver(struct net_device *dev, const struct stmt *stmt)
{
	switch (stmt->kind) {
	case STMT_CARRIER_ON:
		netif_carrier_on(dev);
		return true;
	case STMT_CARRIER_OFF:
		netif_carrier_off(dev);
		return true;
	case STMT_CARRIER_EVENT:
		netif_carrier_event(dev);
		return true;
	case STMT_DORMANT_ON:
		netif_dormant_on(dev);
		return true;
	case STMT_DORMANT_OFF:
		netif_dormant_off(dev);
		return true;
	case STMT_TESTING_ON:
		netif_testing_on(dev);
		return true;
	case STMT_TESTING_OFF:
		netif_testing_off(dev);
		return true;
	case STMT_DEVICE_DETACH:
		netif_device_detach(dev);
		return true;
	case STMT_DEVICE_ATTACH:
		netif_device_attach(dev);
		return true;
	case STMT_LINKWATCH_FIRE_EVENT:
		linkwatch_fire_event(dev);
		return true;
	case STMT_VIRTNET_CONFIG_CHANGED:
		virtnet_config_changed(dev, stmt->virtnet.link_up);
		return true;
	default:
		return false;
	}
}

void world_act(struct world *world, const struct explore_action *action)
{
	for (unsigned int i = 0; i < world->sides_count; i++) {
		struct machine *m = world->sides[i].m;

		world->sides[i].tale.count = 0;
		if (!act_as_driver(&m->devices[action->dev], action->stmt))
			rtnl_run(m, act_locked, (void *)action, action->dev);
		m->extack = NULL;
		machine_settle(m);
	}
}

void world_pass(struct world *world, uint64_t jiffies)
{
	for (unsigned int i = 0; i < world->sides_count; i++) {
		struct machine *m = world->sides[i].m;

		world->sides[i].tale.count = 0;
		machine_advance(m, jiffies_start_ns(&m->clock, m->since_boot_j + jiffies));
		machine_settle(m);
	}
}

uint64_t world_due_j(const struct world *world)
{
	uint64_t least_j = 0;

	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct machine *m = world->sides[i].m;
		int64_t next_ns = machine_next_ns(m);
		uint64_t j = next_ns == INT64_MAX
				     ? 0
				     : jiffies_of_ns(&m->clock, next_ns) - m->since_boot_j;

		if (j && (!least_j || j < least_j))
			least_j = j;
	}
	return least_j;
}

#define GO_ON_SECONDS_MAX 4

bool world_go_on(struct world *world, uint64_t *after_j)
{
	uint64_t due_j = world_due_j(world);

	if (!due_j || *after_j + due_j > GO_ON_SECONDS_MAX * world->sides[0].m->clock.hz)
		return false;
	world_pass(world, due_j);
	*after_j += due_j;
	return true;
}

uint64_t world_free_j(const struct world *world)
{
	uint64_t most_j = 0;

	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct machine *m = world->sides[i].m;
		struct linkwatch_view view;
		uint64_t j;

		linkwatch_look(m, &view);
		if (!time_after(&m->clock, view.nextevent, m->jiffies))
			continue;
		j = jiffies_sub(&m->clock, view.nextevent, m->jiffies);
		if (j > most_j)
			most_j = j;
	}
	return most_j;
}

bool world_is_broken(const struct world *world, const char **ret_why)
{
	for (unsigned int i = 0; i < world->sides_count; i++) {
		if (!world->sides[i].is_broken)
			continue;
		*ret_why = world->sides[i].broken_text;
		return true;
	}
	return false;
}

size_t world_save_bytes(const struct world *world)
{
	size_t bytes = 0;

	for (unsigned int i = 0; i < world->sides_count; i++)
		bytes += world->sides[i].save_bytes;
	return bytes;
}

void world_save(const struct world *world, unsigned char *ret_copy)
{
	for (unsigned int i = 0; i < world->sides_count; i++) {
		const struct side *side = &world->sides[i];
		size_t heard_bytes = world->devices * sizeof(side->heard[0]);

		machine_save(side->m, ret_copy);
		memcpy(ret_copy + side->save_bytes - heard_bytes, side->heard, heard_bytes);
		ret_copy += side->save_bytes;
	}
}

void world_restore(struct world *world, const unsigned char *copy)
{
	for (unsigned int i = 0; i < world->sides_count; i++) {
		struct side *side = &world->sides[i];
		size_t heard_bytes = world->devices * sizeof(side->heard[0]);

		machine_restore(side->m, copy);
		side->is_broken = side->m->is_broken;
		memcpy(side->heard, copy + side->save_bytes - heard_bytes, heard_bytes);
		copy += side->save_bytes;
	}
}
