/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Writes a scenario for a list of kinds: set-up, and what each device may do. */
#include "sim/explore/devices.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/suggest.h"

/* What a device of a kind is made by, and may do; each %u is its number. */
static const struct device_kind {
	const char *name;
	const char *set_up, *actions;
} device_kinds[] = {
	{ "dummy", "         ip link add d%u type dummy\n",
	  "         ip link set d%u up|down\n         ip link set d%u carrier on|off\n"
	  "         ifconfig d%u up|down\n" },
	{ "veth", "         ip link add v%ua type veth peer v%ub\n",
	  "         ip link set v%ua up|down\n         ip link set v%ub up|down\n" },
	{ "vlan",
	  "         ip link add l%u type dummy\n         ip link add link l%u name l%u.10 type vlan id 10\n",
	  "         ip link set l%u up|down\n         ip link set l%u carrier on|off\n"
	  "         ip link set l%u.10 up|down\n" },
	{ "bond",
	  "         ip link add b%u type bond miimon 100\n"
	  "         ip link add b%up0 type dummy\n         ip link add b%up1 type dummy\n"
	  "         ip link set b%up0 master b%u\n         ip link set b%up1 master b%u\n",
	  "         ip link set b%u up|down\n"
	  "         ip link set b%up0 up|down\n         ip link set b%up0 carrier on|off\n"
	  "         ip link set b%up1 up|down\n         ip link set b%up1 carrier on|off\n" },
	{ "bridge",
	  "         ip link add r%u type bridge\n         ip link add r%up0 type dummy\n"
	  "         ip link set r%up0 master r%u\n",
	  "         ip link set r%u up|down\n"
	  "         ip link set r%up0 up|down\n         ip link set r%up0 carrier on|off\n" },
	{ "virtio_net", "         virtnet_probe eth%u status=on\n",
	  "         ip link set eth%u up|down\n         virtnet_config_changed eth%u link=up|down\n" },
};

#define KINDS_COUNT (sizeof(device_kinds) / sizeof(device_kinds[0]))

static void write_numbered(FILE *out, const char *text, unsigned int number)
{
	for (const char *at = strstr(text, "%u"); at; at = strstr(text, "%u")) {
		fprintf(out, "%.*s%u", (int)(at - text), text, number);
		text = at + 2;
	}
	fputs(text, out);
}

static const struct device_kind *kind_find(const char *name, size_t len, FILE *messages)
{
	const char *names[KINDS_COUNT + 1] = { NULL };
	char *text;

	for (size_t i = 0; i < KINDS_COUNT; i++) {
		if (strlen(device_kinds[i].name) == len &&
		    memcmp(device_kinds[i].name, name, len) == 0)
			return &device_kinds[i];
		names[i] = device_kinds[i].name;
	}
	text = unknown_text("kind", name, len, suggest(name, len, names), names, NULL);
	wrap_message(messages, "lwsim: error: --devices: %s", text);
	free(text);
	return NULL;
}

char *devices_scenario(const char *kinds, FILE *messages)
{
	char *set_up, *actions, *text;
	size_t set_up_len, actions_len;
	FILE *set_ups = xmemstream(&set_up, &set_up_len);
	FILE *acts = xmemstream(&actions, &actions_len);
	bool is_good = true;
	unsigned int number = 0;

	for (const char *at = kinds;; at++) {
		size_t len = strcspn(at, ",");
		const struct device_kind *kind = kind_find(at, len, messages);

		is_good &= kind != NULL;
		if (kind) {
			write_numbered(set_ups, kind->set_up, number);
			write_numbered(acts, kind->actions, number);
		}
		number++;
		at += len;
		if (!*at)
			break;
	}
	xclose_memstream(set_ups);
	xclose_memstream(acts);
	text = xasprintf("title    \"%s\"\n\n1        %s\n5        explore {\n%s}\n", kinds,
			 set_up + strspn(set_up, " "), actions);
	free(set_up);
	free(actions);
	if (is_good)
		return text;
	free(text);
	return NULL;
}
