/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Describes in words the transitions of model/link_watch.c and model/rtnetlink.c. */
#include "sim/formats/states_words.h"

#include <linux/if.h>

bool state_is_possible(const struct kernel *kernel, uint8_t state)
{
	return state != IF_OPER_NOTPRESENT &&
	       (state != IF_OPER_TESTING || kernel_has(kernel, KERNEL_TESTING));
}

void state_write_meaning(const struct kernel *kernel, uint8_t state, FILE *out)
{
	static const char *const meanings[] = {
		[IF_OPER_UNKNOWN] = "no event yet: treated as up",
		[IF_OPER_NOTPRESENT] = "never set by Linux",
		[IF_OPER_DOWN] = "no carrier",
		[IF_OPER_LOWERLAYERDOWN] = "no carrier, and none below",
		[IF_OPER_TESTING] = "testing, or carrier and mode testing",
		[IF_OPER_DORMANT] = "carrier, and dormant or mode dormant",
		[IF_OPER_UP] = "carrier",
	};
	const struct kernel_switch_info *lower = kernel_switch_info(KERNEL_LOWER_LOOKED_AT);
	const struct kernel_switch_info *testing = kernel_switch_info(KERNEL_TESTING);

	if (state == IF_OPER_LOWERLAYERDOWN && !kernel_has(kernel, KERNEL_LOWER_LOOKED_AT))
		fprintf(out, "no carrier, and iflink is another device\\n(before %s, %s)",
			lower->release, lower->name);
	else if (state == IF_OPER_LOWERLAYERDOWN)
		fprintf(out, "%s\\n(since %s, %s)", meanings[state], lower->release, lower->name);
	else if (state == IF_OPER_TESTING && !state_is_possible(kernel, state))
		fprintf(out, "not before %s", testing->release);
	else
		fputs(meanings[state], out);
}

static const char *condition_to_down(const struct kernel *kernel, uint8_t from)
{
	if (from == IF_OPER_TESTING)
		return "not testing,\\nno carrier";
	if (from != IF_OPER_LOWERLAYERDOWN)
		return "no carrier";
	return kernel_has(kernel, KERNEL_LOWER_LOOKED_AT) ? "carrier below" : "not stacked";
}

static const char *condition_to_lower_down(const struct kernel *kernel, uint8_t from)
{
	bool is_looked_at = kernel_has(kernel, KERNEL_LOWER_LOOKED_AT);

	if (from == IF_OPER_DOWN)
		return is_looked_at ? "no carrier below" : "stacked";
	if (from == IF_OPER_TESTING)
		return is_looked_at ? "not testing,\\nno carrier,\\nnone below"
				    : "not testing,\\nno carrier,\\nstacked";
	return is_looked_at ? "no carrier,\\nnone below" : "no carrier,\\nstacked";
}

const char *state_condition(const struct kernel *kernel, uint8_t from, uint8_t to)
{
	switch (to) {
	case IF_OPER_DOWN:
		return condition_to_down(kernel, from);
	case IF_OPER_LOWERLAYERDOWN:
		return condition_to_lower_down(kernel, from);
	case IF_OPER_TESTING: /* a link mode only affects a device that becomes UP */
		return from == IF_OPER_UP	 ? "testing"
		       : from == IF_OPER_DORMANT ? "testing, or not dormant\\nand mode testing"
						 : "testing, or carrier\\nand mode testing";
	case IF_OPER_DORMANT:
		return from == IF_OPER_UP ? "dormant"
		       : from == IF_OPER_TESTING
			       ? "not testing, carrier,\\nand dormant\\nor mode dormant"
			       : "carrier, and dormant\\nor mode dormant";
	case IF_OPER_UP:
		return from == IF_OPER_UNKNOWN	 ? "an event,\\ncarrier"
		       : from == IF_OPER_DORMANT ? "neither dormant\\nnor mode dormant"
		       : from == IF_OPER_TESTING ? "neither testing\\nnor mode testing"
						 : "carrier";
	default:
		return NULL;
	}
}

/* IFLA_OPERSTATE: see operstate_after() in model/rtnetlink.c. */
bool state_is_for_userspace(uint8_t from, uint8_t to)
{
	if (to == IF_OPER_UP)
		return from == IF_OPER_DORMANT || from == IF_OPER_TESTING ||
		       from == IF_OPER_UNKNOWN;
	return (to == IF_OPER_DORMANT || to == IF_OPER_TESTING) &&
	       (from == IF_OPER_UP || from == IF_OPER_UNKNOWN);
}
