/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words that the parser knows, from its own tables, for editors. */
#ifndef LWSIM_SIM_LANGUAGE_WORDS_H
#define LWSIM_SIM_LANGUAGE_WORDS_H

#include <stddef.h>

enum word_class {
	WORDS_HEADER,	 /* "title", "kernel", ... */
	WORDS_STATEMENT, /* "carrier_on", "ip", "expect", ... */
	WORDS_LINK,	 /* of `ip link set|add`: "up", "master", ... */
	WORDS_KIND,	 /* "dummy", "veth", ... */
	WORDS_EXPECT,	 /* what is expected: "operstate", "running", ... */
	WORDS_SYSFS,	 /* attributes: "carrier_changes", ... */
	WORDS_OBSERVER,	 /* "networkd", "dhcp", ... */
	WORDS_OPERSTATE, /* "UP", "LOWERLAYERDOWN", ... */
	WORDS_FLAG,	 /* "LOWER_UP", ... */
	WORDS_UNIT,	 /* of times: "s", "ms", "us", "j" */
	WORDS_COUNT
};

/* The i-th word of a class; NULL: the class has fewer. */
const char *language_word(enum word_class class, size_t i);

#endif
