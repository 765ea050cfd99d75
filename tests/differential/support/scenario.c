/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs the steps on the port again, because only that shows when and in which namespace they happen. */
#include "scenario.h"

#include <stdlib.h>
#include <string.h>

#include "sim/language/names.h"

/* The results of one step's commands, by slot. */
struct happened {
	bool has_ended;
	int netns, err;
};

struct recording {
	int64_t at_ns[STEPS_MAX];
	struct happened commands[STEPS_MAX][SLOTS_MAX];
};

static void on_outcome(void *user, const struct outcome *outcome)
{
	struct recording *recording = user;

	recording->commands[outcome->at][outcome->slot] =
		(struct happened){ true, outcome->netns, outcome->err };
}

static void record(struct recording *recording, struct pair *pair, const struct steps *steps)
{
	struct side *port = &pair->port;

	pair_boot(pair, steps);
	port->on_outcome = on_outcome;
	port->user = recording;
	for (int at = 0; at < steps->count; at++) {
		recording->at_ns[at] = side_step_ns(port, &steps->list[at]);
		side_step(port, at);
	}
	side_wait(port, 10 * NSEC_PER_SEC); /* lets commands that wait for rtnl end, too */
	port->on_outcome = NULL;
}

/* "d3", "d{3..7}", "lo" */
static const char *devices_text(const struct side *side, int slot, int n, char text[32])
{
	if (n == 1)
		return side->names[slot];
	snprintf(text, 32, "d{%d..%d}", slot, slot + n - 1);
	return text;
}

static void attrs_print(FILE *out, const struct step *step)
{
	static const char *const flags[] = { "", " up", " down", " promisc on", " promisc off" };

	fputs(flags[step->flags], out);
	if (step->carrier >= 0)
		fprintf(out, " carrier %s", step->carrier ? "on" : "off");
	if (step->oper >= 0)
		fprintf(out, " state %s", operstate_name((uint8_t)step->oper));
	if (step->mode >= 0)
		fprintf(out, " mode %s", linkmode_name((uint8_t)step->mode));
}

static const char *on_off(bool is_on)
{
	return is_on ? "on" : "off";
}

/* The words after a new device's name. */
static void creation_print(FILE *out, const struct side *side, const struct step *step)
{
	const char *other = side->names[step->other];

	switch ((enum step_kind)step->kind) {
	case STEP_ADD_VETH:
		fprintf(out, " type veth peer name %s", other);
		break;
	case STEP_ADD_BOND:
		fprintf(out, " type bond mode %s miimon %d",
			step->has_option ? "active-backup" : "balance-rr", step->is_ad ? 0 : 100);
		break;
	case STEP_ADD_TEAM:
		fputs(" type team", out);
		break;
	case STEP_ADD_BRIDGE:
		fputs(" type bridge", out);
		break;
	case STEP_ADD_VRF:
		fprintf(out, " type vrf table %d", step->slot);
		break;
	case STEP_ADD_VLAN:
		fprintf(out, " type vlan protocol %s id %d loose_binding %s bridge_binding %s",
			step->is_ad ? "802.1ad" : "802.1Q", step->slot + 1,
			on_off(step->has_option), on_off(step->is_on));
		break;
	case STEP_ADD_MACVLAN:
		fputs(" type macvlan", out);
		break;
	case STEP_ADD_IPVLAN:
		fputs(" type ipvlan", out);
		break;
	default:
		fputs(" type dummy", out);
		break;
	}
}

/* Statements that consist of a name and a device. */
static const char *const plain_words[STEP_KIND_COUNT] = {
	[STEP_CARRIER_ON] = "carrier_on",
	[STEP_CARRIER_OFF] = "carrier_off",
	[STEP_CARRIER_EVENT] = "carrier_event",
	[STEP_DORMANT_ON] = "dormant_on",
	[STEP_DORMANT_OFF] = "dormant_off",
	[STEP_TESTING_ON] = "testing_on",
	[STEP_TESTING_OFF] = "testing_off",
	[STEP_DETACH] = "device_detach",
	[STEP_ATTACH] = "device_attach",
	[STEP_FIRE] = "linkwatch_fire_event",
	[STEP_DEV_OPEN] = "dev_open",
	[STEP_DEV_CLOSE] = "dev_close",
	[STEP_GETLINK] = "getlink",
	[STEP_TUN_CLOSE] = "tun_close",
};

/* Prints a step's command on n devices, which all had the same result. */
static void command_print(FILE *out, const struct side *side, const struct step *step, int slot,
			  int n, const struct happened *happened)
{
	char devices[32], in[16] = "";
	const char *dev = devices_text(side, slot, n, devices);

	if (happened->netns > 0)
		snprintf(in, sizeof(in), "-n n%d ", happened->netns);
	switch ((enum step_kind)step->kind) {
	case STEP_CONFIG:
		fprintf(out, "virtnet_config_changed %s%s link=%s", in, dev,
			step->is_on ? "up" : "down");
		break;
	case STEP_LATENCY:
		fprintf(out, "worker latency %uus", step->duration_us);
		break;
	case STEP_RTNL_HOLD:
		fprintf(out, "rtnl_lock for %uus", step->duration_us);
		break;
	case STEP_NETNS_ADD:
	case STEP_NETNS_DEL:
		fprintf(out, "ip netns %s n%u", step->kind == STEP_NETNS_ADD ? "add" : "del",
			step->netns);
		break;
	case STEP_SETLINK:
		fprintf(out, "setlink %s%s", in, dev);
		attrs_print(out, step);
		break;
	case STEP_MASTER:
		fprintf(out, "setlink %s%s master %s", in, dev, side->names[step->other]);
		break;
	case STEP_NOMASTER:
		fprintf(out, "setlink %s%s nomaster", in, dev);
		break;
	case STEP_MOVE:
		fprintf(out, step->netns ? "setlink %s%s netns n%u" : "setlink %s%s netns 1", in,
			dev, step->netns);
		break;
	case STEP_IFCONFIG:
		fprintf(out, "ifconfig %s%s %s", in, dev, step->is_on ? "up" : "down");
		break;
	case STEP_DELETE:
		fprintf(out, "ip %slink del %s", in, dev);
		break;
	case STEP_TUN_CARRIER:
		fprintf(out, "tunsetcarrier %s%s %s", in, dev, on_off(step->is_on));
		break;
	case STEP_TUN_PERSIST:
		fprintf(out, "tunsetpersist %s%s %s", in, dev, on_off(step->is_on));
		break;
	case STEP_ADD_TUN:
		fprintf(out, "tunsetiff %s%s mode %s%s", in, dev, step->is_on ? "tap" : "tun",
			step->is_ad ? " no_carrier" : "");
		break;
	case STEP_ADD_VIRTIO:
		fprintf(out, "virtnet_probe %s status=%s link=%s", dev, on_off(!step->is_ad),
			step->is_on ? "up" : "down");
		break;
	default:
		if (plain_words[step->kind]) {
			fprintf(out, "%s %s%s", plain_words[step->kind], in, dev);
			break;
		}
		fprintf(out, "ip %slink add ", in);
		if (step_has_lower(step))
			fprintf(out, "link %s ", side->names[step->other]);
		fprintf(out, "name %s", dev);
		attrs_print(out, step);
		creation_print(out, side, step);
		break;
	}
	if (happened->err)
		fprintf(out, " = %s", errno_name(-happened->err));
}

/* Prints the commands of a step, with its time before the first one: adjacent ones with the same result
 * share a line. */
static void step_print(FILE *out, const struct recording *recording, const struct side *side,
		       const struct steps *steps, int at)
{
	const struct happened *commands = recording->commands[at];
	const struct step *step = &steps->list[at];
	int last = step->slot + step->count, n;

	for (int slot = step->slot; slot < last; slot += n) {
		const struct happened *first = &commands[slot];

		for (n = 1; slot && slot + n < last; n++)
			if (memcmp(first, &commands[slot + n], sizeof(*first)) != 0)
				break;
		/* no request was made */
		if (!first->has_ended || first->netns < 0)
			continue;
		fprintf(out, "%lld.%06lld ", (long long)(recording->at_ns[at] / NSEC_PER_SEC),
			(long long)(recording->at_ns[at] % NSEC_PER_SEC / 1000));
		command_print(out, side, step, slot, n, first);
		fputc('\n', out);
	}
}

void scenario_write(FILE *out, struct pair *pair, const struct steps *steps)
{
	struct recording *recording = calloc(1, sizeof(*recording));

	if (!recording)
		abort();
	record(recording, pair, steps);
	fprintf(out,
		"# On this, %s and\n# %s\n# differ: tests/differential, seed %llu.\n"
		"kernel %s\nhz %u\n\n",
		pair->port.name, pair->file.name, (unsigned long long)steps->seed, pair->port.name,
		pair->config.hz);
	for (int at = 0; at < steps->count; at++)
		step_print(out, recording, &pair->port, steps, at);
	free(recording);
}
