/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of states, modes, flags and errors, as in iproute2 and the kernel. */
#ifndef LWSIM_SIM_LANGUAGE_NAMES_H
#define LWSIM_SIM_LANGUAGE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * "UP", "LOWERLAYERDOWN", ...; "?" for an invalid number. Reading ignores case and returns -1 for
 * an unknown name.
 */
const char *operstate_name(uint8_t operstate);
int operstate_from_name(const char *name, size_t len);
extern const char *const operstate_names[]; /* by number, NULL at the end */

/* "default", "dormant", "testing". */
const char *linkmode_name(uint8_t linkmode);
int linkmode_from_name(const char *name, size_t len);
extern const char *const linkmode_names[];

/* Programs that judge a link by its messages; sim/observers/ has their rules. */
enum observer_id {
	OBSERVER_NETWORKD,
	OBSERVER_DHCP,
	OBSERVER_FRR,
	OBSERVER_FRR_BEFORE_15082,
	OBSERVER_SONIC,
	OBSERVER_NETIFD,
	OBSERVER_WICKED,
	OBSERVER_CNI,
	OBSERVER_KEEPALIVED,
	OBSERVER_SELFTESTS,
	OBSERVER_COUNT
};

/* "networkd", "dhcp", ...: indexed by enum observer_id; ends with NULL. */
extern const char *const observer_names[];

/* "noop", "noqueue", "pfifo_fast" for enum qdisc_kind. */
const char *qdisc_name(uint8_t qdisc);

/* One IFF_* flag and its name; UP RUNNING LOWER_UP DORMANT come first, then the others. */
struct flag_name {
	uint32_t flag;
	const char *name;
};
extern const struct flag_name flag_names[]; /* ends with flag 0 */
/* How many of flag_names are link state (UP RUNNING LOWER_UP DORMANT), and their mask. */
#define LINK_STATE_FLAGS 4
#define LINK_STATE_FLAGS_MASK (IFF_UP | IFF_RUNNING | IFF_LOWER_UP | IFF_DORMANT)

/* "ENETDOWN" for 100; NULL for an unnamed number. The inverse returns 0 for an unknown name. */
const char *errno_name(int error);
int errno_from_name(const char *name, size_t len);
/* Like glibc's strerror(), with any C library: what `ip` prints is part of a run's output. */
const char *errno_text(int error);

#endif
