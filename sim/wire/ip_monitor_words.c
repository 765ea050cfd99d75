/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words by which lines of `ip monitor` are told apart. */
#include "sim/wire/ip_monitor_words.h"

#include <linux/rtnetlink.h>
#include <string.h>

#include "sim/language/names.h"

static bool is_word(const char *text, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(text, word, len) == 0;
}

static bool is_among(const char *text, size_t len, const char *const *words)
{
	for (; *words; words++)
		if (is_word(text, len, *words))
			return true;
	return false;
}

uint32_t ip_monitor_flag(const char *text, size_t len)
{
	for (const struct flag_name *name = flag_names; name->flag; name++)
		if (is_word(text, len, name->name))
			return name->flag;
	return 0;
}

bool ip_monitor_is_kind(const char *text, size_t len, bool *ret_is_slave)
{
	static const char *const kinds[] = {
		"amt",	  "bareudp",   "batadv",  "bond",      "bridge",    "can",    "dummy",
		"erspan", "geneve",    "gre",	  "gretap",    "gtp",	    "hsr",    "ifb",
		"ip6gre", "ip6gretap", "ip6tnl",  "ipip",      "ipoib",	    "ipvlan", "ipvtap",
		"macsec", "macvlan",   "macvtap", "netdevsim", "netkit",    "nlmon",  "rmnet",
		"sit",	  "team",      "tun",	  "vcan",      "veth",	    "vlan",   "vrf",
		"vti",	  "vti6",      "vxcan",	  "vxlan",     "wireguard", "wwan",   "xfrm",
		NULL,
	};
	static const char slave[] = "_slave";
	size_t of_slave = sizeof(slave) - 1;

	*ret_is_slave = len > of_slave && memcmp(text + len - of_slave, slave, of_slave) == 0;
	return is_among(text, *ret_is_slave ? len - of_slave : len, kinds);
}

size_t ip_monitor_label(const char *text, size_t len, uint16_t *ret_type)
{
	static const struct {
		const char *label;
		uint16_t type;
	} labels[] = {
		{ "[LINK]", RTM_NEWLINK },
		{ "[ADDR]", RTM_NEWADDR },
		{ "[ADDRLABEL]", RTM_NEWADDRLABEL },
		{ "[ROUTE]", RTM_NEWROUTE },
		{ "[MROUTE]", RTM_NEWROUTE },
		{ "[NEIGH]", RTM_NEWNEIGH },
		{ "[NEXTHOP]", RTM_NEWNEXTHOP },
		{ "[PREFIX]", RTM_NEWPREFIX },
		{ "[RULE]", RTM_NEWRULE },
		{ "[NETCONF]", RTM_NEWNETCONF },
		{ "[NSID]", RTM_NEWNSID },
		{ "[STATS]", RTM_NEWSTATS },
		{ "[MDB]", RTM_NEWMDB },
	};

	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t of_label = strlen(labels[i].label);

		if (len < of_label || memcmp(text, labels[i].label, of_label) != 0)
			continue;
		*ret_type = labels[i].type;
		return of_label;
	}
	return 0;
}

/* The first word, the last one, and whether `dev` or lladdr is between them. */
struct words {
	const char *first, *last;
	size_t first_len, last_len;
	bool has_dev, has_lladdr;
};

static struct words words_of(const char *text, size_t len)
{
	struct words words = { .first = NULL };

	for (const char *end = text + len; text < end;) {
		const char *from = text;

		while (text < end && *text != ' ' && *text != '\t')
			text++;
		if (text == from) {
			text++;
			continue;
		}
		if (!words.first) {
			words.first = from;
			words.first_len = (size_t)(text - from);
		}
		words.last = from;
		words.last_len = (size_t)(text - from);
		words.has_dev |= is_word(from, words.last_len, "dev");
		words.has_lladdr |= is_word(from, words.last_len, "lladdr");
	}
	return words;
}

/* "2: eth0    inet 10.0.0.1/24 ..." */
static bool is_address(const char *text, size_t len)
{
	size_t digits = strspn(text, "0123456789");

	return digits && digits + 2 < len && text[digits] == ':' && text[digits + 1] == ' ' &&
	       memmem(text, len, " inet", 5);
}

uint16_t ip_monitor_type(const char *text, size_t len)
{
	static const char *const routes[] = { "default",   "unicast", "local",	   "broadcast",
					      "multicast", "anycast", "blackhole", "unreachable",
					      "prohibit",  "throw",   NULL };
	static const char *const neighbours[] = { "REACHABLE", "STALE",	     "DELAY",
						  "PROBE",     "FAILED",     "NOARP",
						  "PERMANENT", "INCOMPLETE", NULL };
	static const char *const qdiscs[] = { "qdisc", "class", "filter", NULL };
	const struct words words = words_of(text, len);

	if (!words.first)
		return 0;
	if (is_address(text, len))
		return RTM_NEWADDR;
	if (is_among(words.first, words.first_len, qdiscs))
		return RTM_NEWQDISC;
	if (words.has_lladdr || (words.has_dev && is_among(words.last, words.last_len, neighbours)))
		return RTM_NEWNEIGH;
	if (words.has_dev || is_among(words.first, words.first_len, routes))
		return RTM_NEWROUTE;
	if (words.first[words.first_len - 1] == ':' && words.first_len > 1 &&
	    strspn(words.first, "0123456789") == words.first_len - 1)
		return RTM_NEWRULE; /* "0:  from all lookup local" */
	if (is_word(words.first, words.first_len, "inet") ||
	    is_word(words.first, words.first_len, "inet6"))
		return RTM_NEWNETCONF;
	return 0;
}
