/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A machine that records its messages, and its copies. The steps are in side_step.c. */
#include "side.h"

#include <stdlib.h>
#include <string.h>

#include "property/support/run_to.h"
#include "sim/language/names.h"

static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static void message_tell(const struct side *side, const struct link_message *message)
{
	const struct machine *m = side->m;

	fprintf(side->tells,
		"%12.6f s %s %s (%d) netns %u flags %x state %s mode %s qdisc %s carrier %d "
		"change %x up/down %u/%u\n",
		(double)m->now_ns / 1e9, message->is_dellink ? "DELLINK" : "NEWLINK",
		message->dev->name, message->dev->ifindex, message->dev->nd_net, message->ifi_flags,
		operstate_name(message->operstate), linkmode_name(message->link_mode),
		qdisc_name(message->qdisc), message->carrier, message->ifi_change,
		message->carrier_up_count, message->carrier_down_count);
}

/* Hashes all fields but the cause, which only lwsim has. */
static void on_notify(void *user, const struct link_message *message)
{
	struct side *side = user;
	uint64_t hash = side->seen.said;

	hash = mix(hash, (uint64_t)side->m->now_ns);
	hash = mix(hash, (uint64_t)(message->dev - side->m->devices) << 32 |
				 (uint32_t)message->dev->ifindex);
	hash = mix(hash, (uint64_t)message->ifi_flags << 32 | message->ifi_change);
	hash = mix(hash, (uint64_t)message->carrier_up_count << 32 | message->carrier_down_count);
	hash = mix(hash, (uint64_t)message->is_dellink << 32 | (uint64_t)message->carrier << 24 |
				 (uint64_t)message->operstate << 16 |
				 (uint64_t)message->link_mode << 8 | message->qdisc);
	side->seen.said = hash;
	side->seen.messages++;
	if (side->tells)
		message_tell(side, message);
}

static void on_broken(void *user, const char *what)
{
	struct side *side = user;

	snprintf(side->broken, sizeof(side->broken), "%s", what);
}

/* Other lines that a file prints do not matter. */
static void on_log(void *user, const char *text)
{
	struct side *side = user;

	if (!side->warned[0] && (strstr(text, "WARNING: ") || strstr(text, "BUG: ")))
		snprintf(side->warned, sizeof(side->warned), "%s", text);
}

bool side_init(struct side *side, const char *name, const struct kernel *kernel, uint32_t hz,
	       int slots, struct linkwatch_file *file)
{
	struct machine_callbacks callbacks = {
		.notify = on_notify, .log = on_log, .broken = on_broken, .user = side
	};
	struct machine_config config = {
		.kernel = *kernel,
		.hz = hz,
		.long_bits = 64,
		.max_devices = (uint32_t)slots,
		.max_nets = 2 * NETNS_MAX, /* deleted ones take a moment to disappear */
		.max_waiters = WAITERS_MAX,
		.max_links = 2U * (uint32_t)slots,
		.max_bonds = (uint32_t)slots,
		.linkwatch_file = file,
	};

	memset(side, 0, sizeof(*side));
	side->name = name;
	side->file = file;
	strcpy(side->names[0], "lo");
	for (int slot = 1; slot < SLOTS_MAX; slot++)
		snprintf(side->names[slot], IFNAMSIZ, "d%d", slot);
	side->m = machine_new(&config);
	if (!side->m)
		return false;
	machine_set_callbacks(side->m, &callbacks);
	side->seen.nets[0] = init_net(side->m);
	return true;
}

void side_free(struct side *side)
{
	machine_free(side->m);
	side->m = NULL;
}

void *side_save(const struct side *side)
{
	char *copy = malloc(sizeof(side->seen) + machine_save_bytes(side->m));

	if (!copy)
		abort();
	memcpy(copy, &side->seen, sizeof(side->seen));
	machine_save(side->m, copy + sizeof(side->seen));
	return copy;
}

void side_restore(struct side *side, const void *copy)
{
	memcpy(&side->seen, copy, sizeof(side->seen));
	machine_restore(side->m, (const char *)copy + sizeof(side->seen));
	side->broken[0] = '\0';
	side->warned[0] = '\0';
}

int64_t side_step_ns(const struct side *side, const struct step *step)
{
	const struct machine *m = side->m;
	int64_t from_ns = m->now_ns, at_ns;

	/* scenarios use whole us */
	if (step->to_jiffy)
		from_ns = (jiffies_start_ns(&m->clock, m->since_boot_j + step->to_jiffies) + 999) /
			  1000 * 1000;
	at_ns = from_ns + step->wait_us * INT64_C(1000);
	return at_ns > m->now_ns ? at_ns : m->now_ns;
}

bool side_wait(struct side *side, int64_t ns)
{
	return machine_run_to(side->m, side->m->now_ns + ns);
}
