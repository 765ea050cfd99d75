/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The loop that machine.h requires of its caller. */
#include "run_to.h"

#define INSTANTS_MAX 1000000

bool machine_run_to(struct machine *m, int64_t to_ns)
{
	uint64_t instants = 0;
	int64_t next_ns;

	while ((next_ns = machine_next_ns(m)) <= to_ns) {
		if (++instants > INSTANTS_MAX)
			return false;
		machine_advance(m, next_ns);
		machine_settle(m);
	}
	machine_advance(m, to_ns);
	machine_settle(m);
	return true;
}
