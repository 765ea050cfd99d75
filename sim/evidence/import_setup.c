/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Guesses what was before a capture: the opposite of what its first messages say. */
#include "sim/evidence/import_setup.h"

#include <stdlib.h>

#include "sim/base/xalloc.h"
#include "sim/evidence/guess.h"

/* When the devices are set up that are there before the capture. */
#define SETUP_NS (NSEC_PER_SEC / 10)

static int64_t setup_ns(const struct import *import)
{
	return import->at_ns[0] > SETUP_NS ? SETUP_NS : 0;
}

/* Adds a statement that sets a device up, unless it is refused. */
static bool set_up(struct import *import, const char *text, const char *comment)
{
	struct sketch sketch;
	struct sketch_run run;
	bool is_good;

	if (!*text)
		return true;
	sketch_copy(&sketch, &import->sketch);
	sketch_add(&sketch, setup_ns(import), text, *comment ? comment : NULL);
	sketch_run(&sketch, setup_ns(import), &run);
	is_good = run.runner && !run.errors;
	sketch_run_free(&run);
	sketch_free(&sketch);
	if (is_good)
		sketch_add(&import->sketch, setup_ns(import), text, *comment ? comment : NULL);
	return is_good;
}

static void set_up_device(struct import *import, size_t at)
{
	const struct who *who = &import->whos.items[at];
	char *text, *guess;

	if (import_is_there(import, at) || who->is_unwritable || who->is_abroad || who->was_abroad)
		return;
	if (who->link != WHO_NONE && who->kind != WHO_VETH)
		set_up_device(import, who->link); /* what is below comes first */
	text = who_creation(&import->whos, who, &guess);
	if (set_up(import, text, guess)) {
		import->there_ns[at] = setup_ns(import);
		if (who->kind == WHO_VETH)
			import->there_ns[who->link] = setup_ns(import);
	}
	free(text);
	free(guess);
}

static bool was_there(const struct import *import, size_t at)
{
	const struct who *who = &import->whos.items[at];

	return who->first == WHO_NONE || !who->is_new || who->kind == WHO_LOOPBACK;
}

/* What a device was before its first message: the opposite of what the message says. */
static void set_up_state(struct import *import, size_t at)
{
	const struct who *who = &import->whos.items[at];
	const struct captured *captured;
	uint32_t flags;
	bool is_opened;
	char *text;

	if (who->first == WHO_NONE)
		return;
	captured = evidence_message(import->evidence, who->first);
	flags = captured->message.flags;
	is_opened = captured->line ? (flags & IFF_UP && flags & IFF_LOWER_UP &&
				      (!(flags & IFF_RUNNING) ||
				       captured->message.operstate == IF_OPER_UNKNOWN))
				   : flags & captured->message.change & IFF_UP;
	if (captured->message.is_dellink || is_opened)
		return;
	if (flags & IFF_UP && flags & IFF_LOWER_UP && who->kind == WHO_NIC) {
		text = xasprintf("virtnet_config_changed %s link=down", who->name);
		set_up(import, text, "its link is down before");
		free(text);
	}
	text = xasprintf("ip link set %s up", who->name);
	set_up(import, text, "");
	free(text);
	if (flags & IFF_UP && flags & IFF_LOWER_UP &&
	    (who->kind == WHO_DUMMY || who->kind == WHO_BRIDGE || who->kind == WHO_BOND)) {
		text = xasprintf("carrier_off %s", who->name);
		set_up(import, text, "it has no carrier before");
		free(text);
	}
}

/* A bridge that is UP, not UNKNOWN, has a port with carrier; it may have no message of its own. */
static void set_up_port(struct import *import, size_t at)
{
	const struct who *who = &import->whos.items[at];
	bool is_up = false;
	char *text;

	for (size_t i = 0; i < import->whos.count; i++)
		if (import->whos.items[i].master == at)
			return;
	for (size_t i = 0; i < import->evidence->trace.count; i++)
		is_up |= import->whos.of_record[i] == at &&
			 import->evidence->trace.records[i].operstate == IF_OPER_UP;
	if (!is_up)
		return;
	text = xasprintf("ip link add %.*s_port type dummy", IFNAMSIZ - 6, who->name);
	set_up(import, text, "a port with carrier");
	free(text);
	text = xasprintf("ip link set %.*s_port up master %s", IFNAMSIZ - 6, who->name, who->name);
	set_up(import, text, "");
	free(text);
}

void import_set_up(struct import *import)
{
	bool has_abroad = false;

	for (size_t i = 0; i < import->whos.count; i++)
		has_abroad |= import->whos.items[i].is_abroad || import->whos.items[i].was_abroad;
	if (has_abroad)
		set_up(import, "ip netns add " WHO_ABROAD, "");
	for (size_t i = 0; i < import->whos.count; i++)
		if (was_there(import, i))
			set_up_device(import, i);
	for (size_t i = 0; i < import->whos.count; i++) {
		const struct who *who = &import->whos.items[i];
		char *text;

		if (!was_there(import, i) || !import_is_there(import, i) ||
		    who->master == WHO_NONE || !import_is_there(import, who->master))
			continue;
		text = guess_master(import, who->name, who->master);
		set_up(import, text, "");
		free(text);
	}
	for (size_t i = 0; i < import->whos.count; i++)
		if (was_there(import, i) && import_is_there(import, i) &&
		    import->whos.items[i].kind == WHO_BRIDGE)
			set_up_port(import, i);
	for (size_t i = 0; i < import->whos.count; i++)
		if (was_there(import, i) && import_is_there(import, i))
			set_up_state(import, i);
}
