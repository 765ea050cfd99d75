/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words, numbers and times of `ip monitor`. */
#include "sim/wire/ip_monitor_words.h"

#include <linux/rtnetlink.h>
#include <string.h>
#include <time.h>

#include "sim/language/names.h"

#define NSEC_PER_SEC INT64_C(1000000000)

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

bool ip_monitor_word_is(struct word word, const char *text)
{
	return word.len == strlen(text) && memcmp(word.text, text, word.len) == 0;
}

bool ip_monitor_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

struct word ip_monitor_next_word(const char **at, const char *end)
{
	struct word word;

	while (*at < end && ip_monitor_is_blank(**at))
		(*at)++;
	word.text = *at;
	while (*at < end && !ip_monitor_is_blank(**at))
		(*at)++;
	word.len = (uint32_t)(*at - word.text);
	return word;
}

bool ip_monitor_number(struct word word, uint64_t most, uint64_t *ret_number)
{
	uint64_t number = 0;

	for (uint32_t i = 0; i < word.len; i++) {
		if (word.text[i] < '0' || word.text[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(word.text[i] - '0');
		if (number > most)
			return false;
	}
	*ret_number = number;
	return word.len;
}

/* Reads "2024-04-03T12:20:49.365932" or the like, of the format, up to `digits` of a fraction. */
bool ip_monitor_time(const char *text, size_t len, const char *format, char separator,
		     int64_t *ret_ns)
{
	char copy[64], *rest;
	struct tm tm = { .tm_isdst = 0 };
	uint64_t micro;
	int64_t seconds;

	if (len >= sizeof(copy))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	rest = strptime(copy, format, &tm);
	if (!rest || *rest != separator || strlen(rest + 1) != strspn(rest + 1, "0123456789"))
		return false;
	if (!ip_monitor_number((struct word){ rest + 1, (uint32_t)strlen(rest + 1) }, 999999,
			       &micro))
		return false;
	seconds = timegm(&tm);
	if (seconds < 0 || seconds > INT64_MAX / NSEC_PER_SEC - 1)
		return false;
	*ret_ns = seconds * NSEC_PER_SEC + (int64_t)micro * 1000;
	return true;
}
