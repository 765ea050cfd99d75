/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What `ip -ts -o monitor link` prints. Like ip, it knows the names and flags of other devices only
 * from the messages so far; besides, an empty namespace has `lo`.
 */
#include "sim/formats/ip_writer.h"

#include <inttypes.h>
#include <linux/if_arp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/jiffies.h"
#include "sim/base/xalloc.h"
#include "sim/language/names.h"
#include "sim/run/listener.h"

/* A device that ip has heard of. */
struct known {
	int32_t ifindex;
	uint32_t flags;
	char name[IFNAMSIZ];
};

struct ip_writer {
	struct writer writer;
	FILE *out;
	struct listener listener;
	struct known *known; /* by ifindex */
	size_t count, capacity;
};

/* The place of a device, or where it is to be inserted. */
static size_t place_of(const struct ip_writer *ip, int32_t ifindex)
{
	size_t from = 0, to = ip->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (ip->known[middle].ifindex < ifindex)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static const struct known *known_find(const struct ip_writer *ip, int32_t ifindex)
{
	size_t place = place_of(ip, ifindex);

	return place < ip->count && ip->known[place].ifindex == ifindex ? &ip->known[place] : NULL;
}

static void known_update(struct ip_writer *ip, const struct record *record)
{
	size_t place = place_of(ip, record->ifindex);
	bool is_known = known_find(ip, record->ifindex);
	struct known *known;

	if (record->kind == RECORD_DELLINK) {
		if (!is_known)
			return;
		ip->count--;
		memmove(&ip->known[place], &ip->known[place + 1],
			(ip->count - place) * sizeof(ip->known[0]));
		return;
	}
	if (!is_known) {
		ip->known = xgrow(ip->known, ip->count, &ip->capacity, sizeof(ip->known[0]));
		memmove(&ip->known[place + 1], &ip->known[place],
			(ip->count - place) * sizeof(ip->known[0]));
		ip->count++;
	}
	known = &ip->known[place];
	known->ifindex = record->ifindex;
	known->flags = record->flags;
	memcpy(known->name, record->dev, sizeof(known->name));
}

static void write_name(const struct ip_writer *ip, int32_t ifindex)
{
	const struct known *known = known_find(ip, ifindex);

	if (known)
		fputs(known->name, ip->out);
	else if (ifindex == 1)
		fputs("lo", ip->out);
	else
		fprintf(ip->out, "if%" PRId32, ifindex);
}

/* "@eth0" after the name. Returns whether the device there is down, as far as ip knows. */
static bool write_link(const struct ip_writer *ip, const struct record *record)
{
	const struct known *below;

	if (!record->has_link)
		return false;
	fputc('@', ip->out);
	if (!record->link) {
		fputs("NONE", ip->out);
		return false;
	}
	if (record->link_netns) {
		fprintf(ip->out, "if%" PRId32, record->link);
		return false;
	}
	write_name(ip, record->link);
	below = known_find(ip, record->link);
	return below && !(below->flags & IFF_UP);
}

static void write_flags(FILE *out, uint32_t flags, bool is_link_down)
{
	/* in ip's order, UP behind most others */
	static const uint32_t order[] = {
		IFF_LOOPBACK, IFF_BROADCAST, IFF_POINTOPOINT, IFF_MULTICAST,  IFF_NOARP,
		IFF_ALLMULTI, IFF_PROMISC,   IFF_MASTER,      IFF_SLAVE,      IFF_DEBUG,
		IFF_DYNAMIC,  IFF_AUTOMEDIA, IFF_PORTSEL,     IFF_NOTRAILERS, IFF_UP,
		IFF_LOWER_UP, IFF_DORMANT,   IFF_ECHO,
	};
	const char *separator = "";

	fputc('<', out);
	if (flags & IFF_UP && !(flags & IFF_RUNNING)) {
		fputs("NO-CARRIER", out);
		separator = ",";
	}
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		const struct flag_name *name = flag_names;

		if (!(flags & order[i]))
			continue;
		while (name->flag != order[i])
			name++;
		fprintf(out, "%s%s", separator, name->name);
		separator = ",";
	}
	if (is_link_down)
		fprintf(out, "%sM-DOWN", separator);
	fputs("> ", out);
}

static void write_address(FILE *out, uint64_t address)
{
	for (int shift = 40; shift >= 0; shift -= 8)
		fprintf(out, "%02x%s", (unsigned int)(address >> shift & 0xff), shift ? ":" : "");
}

/* What -o puts on the same line, behind a backslash. */
static void write_second_line(struct ip_writer *ip, const struct record *record)
{
	FILE *out = ip->out;

	fputs("\\    link/", out);
	if (record->type == ARPHRD_NONE) {
		fputs("none ", out);
	} else {
		fputs(record->type == ARPHRD_LOOPBACK ? "loopback " : "ether ", out);
		write_address(out, record->address);
		fputs(" brd ", out);
		write_address(out, record->type == ARPHRD_LOOPBACK ? 0 : UINT64_MAX);
	}
	if (record->link_netns)
		fprintf(out, " link-netnsid %" PRId32,
			listener_nsid(&ip->listener, record->link_netns));
	if (record->proto_down)
		fputs(" protodown on ", out);
	fputc('\n', out);
}

/* "[1970-01-01T00:00:00.010000] "; a run is shorter than the 292 years that 64 bits of ns hold. */
static void write_time(FILE *out, int64_t t_ns)
{
	time_t seconds = (time_t)(t_ns / NSEC_PER_SEC);
	char text[32];
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	fprintf(out, "[%s.%06" PRId64 "] ", text, t_ns % NSEC_PER_SEC / 1000);
}

static void ip_record(struct writer *writer, const struct record *record)
{
	struct ip_writer *ip = (struct ip_writer *)writer;
	FILE *out = ip->out;
	bool is_link_down;

	if (!listener_hears(&ip->listener, record))
		return;
	known_update(ip, record);
	write_time(out, record->t_ns);
	fprintf(out, "%s%" PRId32 ": %s", record->kind == RECORD_DELLINK ? "Deleted " : "",
		record->ifindex, record->dev);
	is_link_down = write_link(ip, record);
	fputs(": ", out);
	write_flags(out, record->flags, is_link_down);
	fprintf(out, "mtu %" PRIu32 " qdisc %s ", record->mtu, qdisc_name(record->qdisc));
	if (record->master) {
		fputs("master ", out);
		write_name(ip, record->master);
		fputc(' ', out);
	}
	fprintf(out, "state %s group default ", operstate_name(record->operstate));
	write_second_line(ip, record);
}

static void ip_flush(struct writer *writer)
{
	(void)writer; /* nothing is buffered */
}

static void ip_free(struct writer *writer)
{
	struct ip_writer *ip = (struct ip_writer *)writer;

	listener_end(&ip->listener);
	free(ip->known);
	free(ip);
}

struct writer *ip_writer_new(FILE *out, const struct run_info *info)
{
	struct ip_writer *ip = xcalloc(1, sizeof(*ip));

	(void)info;
	ip->writer.record = ip_record;
	ip->writer.flush = ip_flush;
	ip->writer.free = ip_free;
	ip->out = out;
	return &ip->writer;
}
