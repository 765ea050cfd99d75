/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Reads messages as `ip monitor` prints them, line by line. */
#include "sim/wire/ip_monitor.h"

#include <linux/if_arp.h>
#include <linux/rtnetlink.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "sim/language/names.h"
#include "sim/wire/ip_monitor_words.h"

struct reader {
	const struct source *source;
	struct capture *capture;
	struct diags *diags;
	struct captured message; /* being read */
	bool has_message;
	bool is_skipping; /* lines that are indented belong to a message that is passed over */
	bool has_time;	  /* of the message that comes */
	int64_t t_ns;
	bool had_time; /* of any message so far */
	int64_t last_ns;
	uint32_t strange; /* lines that are none of `ip` */
	struct span first_strange;
	uint32_t line;
};

static struct span span_of(const struct reader *reader, const char *text, size_t len)
{
	return (struct span){ .off = (uint32_t)(text - reader->source->text),
			      .len = (uint32_t)len };
}

/* Whether this is the last line, and cut: the log may have been copied while it was written. */
static bool is_cut(const struct reader *reader)
{
	return reader->line == reader->source->lines && reader->source->len &&
	       reader->source->text[reader->source->len - 1] != '\n';
}

__attribute__((format(printf, 4, 5))) static bool wrong(struct reader *reader, const char *text,
							size_t len, const char *format, ...)
{
	va_list args;
	char why[200];

	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	if (is_cut(reader))
		diag_add(reader->diags, SEVERITY_WARNING, span_of(reader, text, len),
			 "the last line is cut, its message is passed over: %s", why);
	else
		diag_add(reader->diags, SEVERITY_ERROR, span_of(reader, text, len), "%s", why);
	return false;
}

static bool take_number(struct reader *reader, const char *what, struct word word,
			uint32_t *ret_number)
{
	uint64_t number;

	if (!ip_monitor_number(word, UINT32_MAX, &number))
		return wrong(reader, word.text, word.len, "%s: expected a number", what);
	*ret_number = (uint32_t)number;
	return true;
}

static bool take_name(struct reader *reader, const char *what, struct word word,
		      char ret_name[IFNAMSIZ])
{
	if (!word.len || word.len >= IFNAMSIZ)
		return wrong(reader, word.text, word.len, "%s: expected a name of 1 to %d bytes",
			     what, IFNAMSIZ - 1);
	memset(ret_name, 0, IFNAMSIZ);
	memcpy(ret_name, word.text, word.len);
	return true;
}

/* The message that has been read is complete. */
static void end_message(struct reader *reader)
{
	if (reader->has_message)
		capture_add(reader->capture, &reader->message);
	reader->has_message = false;
}

static bool take_flag(struct reader *reader, struct word word, bool *ret_no_carrier)
{
	struct rtnl_link_message *message = &reader->message.message;
	uint32_t flag = ip_monitor_flag(word.text, word.len);
	char *end;

	if (ip_monitor_word_is(word, "NO-CARRIER")) {
		*ret_no_carrier = true;
		return true;
	}
	if (ip_monitor_word_is(word, "M-DOWN") ||
	    ip_monitor_word_is(word, "M-UP")) /* of the link */
		return true;
	if (!flag && word.len) { /* flags without a name come as one hexadecimal number */
		flag = (uint32_t)strtoul(word.text, &end, 16);
		if (end != word.text + word.len)
			return wrong(reader, word.text, word.len, "unknown flag '%.*s'",
				     (int)word.len, word.text);
	}
	message->flags |= flag;
	return true;
}

/* <NO-CARRIER,BROADCAST,UP>: `ip` leaves RUNNING out, and says NO-CARRIER of UP without it. */
static bool take_flags(struct reader *reader, const char **at, const char *end)
{
	struct rtnl_link_message *message = &reader->message.message;
	const char *open = *at, *close = memchr(open, '>', (size_t)(end - open));
	bool has_no_carrier = false;

	if (!close)
		return wrong(reader, open, (size_t)(end - open), "flags without '>'");
	for (const char *from = open + 1; from < close;) {
		const char *comma = memchr(from, ',', (size_t)(close - from));
		const char *to = comma ? comma : close;
		const struct word word = { from, (uint32_t)(to - from) };

		if (!take_flag(reader, word, &has_no_carrier))
			return false;
		from = to + 1;
	}
	if (message->flags & IFF_UP && !has_no_carrier)
		message->flags |= IFF_RUNNING;
	*at = close + 1;
	return true;
}

/* DEV, DEV@LINK, DEV@NONE, DEV@if7: up to the colon. */
static bool take_device(struct reader *reader, const char *text, size_t len)
{
	struct rtnl_link_message *message = &reader->message.message;
	const char *at = memchr(text, '@', len);
	const struct word name = { text, (uint32_t)(at ? (size_t)(at - text) : len) };
	struct word link;
	uint64_t ifindex;

	if (!take_name(reader, "device", name, message->name))
		return false;
	message->has |= LINK_HAS_NAME;
	if (!at)
		return true;
	link = (struct word){ at + 1, (uint32_t)(text + len - at - 1) };
	if (ip_monitor_word_is(link, "NONE")) {
		message->has |= LINK_HAS_LINK;
		return true;
	}
	if (link.len > 2 && memcmp(link.text, "if", 2) == 0 &&
	    ip_monitor_number((struct word){ link.text + 2, link.len - 2 }, INT32_MAX, &ifindex)) {
		message->has |= LINK_HAS_LINK;
		message->link = (int32_t)ifindex;
		return true;
	}
	return take_name(reader, "device behind '@'", link, reader->message.link_name);
}

static bool take_state(struct reader *reader, struct word word)
{
	struct rtnl_link_message *message = &reader->message.message;
	int state = operstate_from_name(word.text, word.len);

	if (state < 0)
		return wrong(reader, word.text, word.len, "unknown state '%.*s'", (int)word.len,
			     word.text);
	message->has |= LINK_HAS_OPERSTATE;
	message->operstate = (uint8_t)state;
	return true;
}

static bool take_qdisc(struct reader *reader, struct word word)
{
	struct rtnl_link_message *message = &reader->message.message;

	message->has |= LINK_HAS_QDISC;
	return take_name(reader, "qdisc", word, message->qdisc);
}

static bool take_mode(struct reader *reader, struct word word)
{
	struct rtnl_link_message *message = &reader->message.message;
	int mode = linkmode_from_name(word.text, word.len);

	if (mode < 0)
		return wrong(reader, word.text, word.len, "unknown mode '%.*s'", (int)word.len,
			     word.text);
	message->has |= LINK_HAS_LINKMODE;
	message->linkmode = (uint8_t)mode;
	return true;
}

/* A group may have a name of /etc/iproute2/group: only a number is known. */
static void take_group(struct reader *reader, struct word word)
{
	struct rtnl_link_message *message = &reader->message.message;
	uint64_t group;

	if (ip_monitor_word_is(word, "default"))
		group = 0;
	else if (!ip_monitor_number(word, UINT32_MAX, &group))
		return;
	message->has |= LINK_HAS_GROUP;
	message->group = (uint32_t)group;
}

/* Takes the words of a message that lwsim knows; others are passed over. */
static bool take_words(struct reader *reader, const char *at, const char *end)
{
	struct rtnl_link_message *message = &reader->message.message;
	struct word word;
	uint32_t netnsid = 0;

	while ((word = ip_monitor_next_word(&at, end)).len) {
		if (ip_monitor_word_is(word, "mtu")) {
			message->has |= LINK_HAS_MTU;
			if (!take_number(reader, "mtu", ip_monitor_next_word(&at, end),
					 &message->mtu))
				return false;
		} else if (ip_monitor_word_is(word, "qlen")) {
			message->has |= LINK_HAS_TXQLEN;
			if (!take_number(reader, "qlen", ip_monitor_next_word(&at, end),
					 &message->txqlen))
				return false;
		} else if (ip_monitor_word_is(word, "promiscuity")) {
			message->has |= LINK_HAS_PROMISCUITY;
			if (!take_number(reader, "promiscuity", ip_monitor_next_word(&at, end),
					 &message->promiscuity))
				return false;
		} else if (ip_monitor_word_is(word, "qdisc")) {
			if (!take_qdisc(reader, ip_monitor_next_word(&at, end)))
				return false;
		} else if (ip_monitor_word_is(word, "state")) {
			if (!take_state(reader, ip_monitor_next_word(&at, end)))
				return false;
		} else if (ip_monitor_word_is(word, "mode")) {
			if (!take_mode(reader, ip_monitor_next_word(&at, end)))
				return false;
		} else if (ip_monitor_word_is(word, "master")) {
			if (!take_name(reader, "master", ip_monitor_next_word(&at, end),
				       reader->message.master_name))
				return false;
		} else if (ip_monitor_word_is(word, "link-netnsid")) {
			if (!take_number(reader, "link-netnsid", ip_monitor_next_word(&at, end),
					 &netnsid))
				return false;
			message->has |= LINK_HAS_LINK_NETNSID;
			message->link_netnsid = (int32_t)netnsid;
		} else if (ip_monitor_word_is(word, "link-netns")) { /* its name is known */
			ip_monitor_next_word(&at, end);
			message->has |= LINK_HAS_LINK_NETNSID;
		} else if (ip_monitor_word_is(word, "group")) {
			take_group(reader, ip_monitor_next_word(&at, end));
		} else if (ip_monitor_word_is(word, "protodown")) {
			message->has |= LINK_HAS_PROTO_DOWN;
			message->proto_down =
				ip_monitor_word_is(ip_monitor_next_word(&at, end), "on");
		}
	}
	return true;
}

static void take_address(struct reader *reader, struct word word)
{
	struct rtnl_link_message *message = &reader->message.message;
	uint8_t bytes[LINK_ADDRESS_MAX_BYTES];
	unsigned int count = 0;

	for (uint32_t at = 0; at + 2 <= word.len && count < LINK_ADDRESS_MAX_BYTES; at += 3) {
		char digits[3] = { word.text[at], word.text[at + 1], '\0' }, *end;

		bytes[count++] = (uint8_t)strtoul(digits, &end, 16);
		if (*end || (at + 2 < word.len && word.text[at + 2] != ':'))
			return; /* an IP address, as tunnels have it */
	}
	message->has |= LINK_HAS_ADDRESS;
	message->address_len = (uint8_t)count;
	memcpy(message->address, bytes, count);
}

/* A line of a message behind its first: link/ether, the kind's own, alias. */
static void take_detail(struct reader *reader, const char *at, const char *end)
{
	struct rtnl_link_message *message = &reader->message.message;
	const char *rest = at;
	struct word word = ip_monitor_next_word(&rest, end);
	bool is_slave;

	if (word.len > 5 && memcmp(word.text, "link/", 5) == 0) {
		word.text += 5;
		word.len -= 5;
		message->type = ip_monitor_word_is(word, "ether")      ? ARPHRD_ETHER
				: ip_monitor_word_is(word, "loopback") ? ARPHRD_LOOPBACK
				: ip_monitor_word_is(word, "none")     ? ARPHRD_NONE
								       : 0;
		word = ip_monitor_next_word(&rest, end);
		if (word.len && !ip_monitor_word_is(word, "promiscuity"))
			take_address(reader, word);
		take_words(reader, rest, end);
	} else if (ip_monitor_word_is(word, "alias")) {
		while (rest < end && ip_monitor_is_blank(*rest))
			rest++;
		while (end > rest && ip_monitor_is_blank(end[-1]))
			end--;
		message->has |= LINK_HAS_ALIAS;
		snprintf(message->alias, sizeof(message->alias), "%.*s", (int)(end - rest), rest);
	} else if (ip_monitor_is_kind(word.text, word.len, &is_slave)) {
		message->has |= is_slave ? LINK_HAS_SLAVE_KIND : LINK_HAS_KIND;
		snprintf(is_slave ? message->slave_kind : message->kind, LINK_KIND_MAX_BYTES,
			 "%.*s", (int)(is_slave ? word.len - strlen("_slave") : word.len),
			 word.text);
	}
}

/* "2: eth0: <...>": whether a line is the first of a link message, however wrong its rest. */
static bool is_link(const char *at, const char *end)
{
	const char *text = at;

	while (at < end && *at >= '0' && *at <= '9')
		at++;
	if (at == text || at + 2 > end || at[0] != ':' || at[1] != ' ')
		return false;
	for (at += 2; at < end && !ip_monitor_is_blank(*at);)
		at++;
	return at[-1] == ':';
}

static bool take_link(struct reader *reader, const char *at, const char *end, bool is_deleted)
{
	struct rtnl_link_message *message = &reader->message.message;
	const char *colon = memchr(at, ':', (size_t)(end - at)), *name = colon + 2;
	const struct word number = { at, (uint32_t)(colon - at) };
	const char *name_end = name, *detail;
	uint64_t ifindex;

	memset(&reader->message, 0, sizeof(reader->message));
	reader->message.line = reader->line;
	reader->message.offset = (uint64_t)(at - reader->source->text);
	reader->message.has_time = reader->has_time;
	reader->message.t_ns = reader->has_time ? reader->t_ns : 0;
	message->is_dellink = is_deleted;
	message->type = ARPHRD_ETHER;
	if (!ip_monitor_number(number, INT32_MAX, &ifindex) || !ifindex)
		return wrong(reader, at, number.len, "expected an ifindex, 1 to %d", INT32_MAX);
	message->ifindex = (int32_t)ifindex;
	while (name_end < end && !ip_monitor_is_blank(*name_end))
		name_end++;
	if (!take_device(reader, name, (size_t)(name_end - name - 1)))
		return false;
	for (at = name_end; at < end && ip_monitor_is_blank(*at);)
		at++;
	if (at == end || *at != '<')
		return wrong(reader, at, at < end, "expected the flags: <UP,LOWER_UP>");
	if (!take_flags(reader, &at, end))
		return false;
	detail = memchr(at, '\\', (size_t)(end - at));
	if (!take_words(reader, at, detail ? detail : end))
		return false;
	if (!(message->has & LINK_HAS_OPERSTATE))
		return wrong(reader, at, 0, "expected a state: state UP");
	while (detail) { /* with -o */
		const char *from = detail + 1;

		detail = memchr(from, '\\', (size_t)(end - from));
		take_detail(reader, from, detail ? detail : end);
	}
	/* a bridge port's own message, of AF_BRIDGE, has neither */
	if (*reader->message.master_name && !(message->has & (LINK_HAS_QDISC | LINK_HAS_GROUP)))
		message->family = AF_BRIDGE;
	reader->has_message = true;
	return true;
}

static bool take_time(struct reader *reader, const char *text, size_t len, int64_t t_ns)
{
	reader->has_time = true;
	reader->t_ns = t_ns;
	if (reader->had_time && t_ns < reader->last_ns)
		return wrong(reader, text, len, "this time is before the previous one");
	reader->had_time = true;
	reader->last_ns = t_ns;
	return true;
}

/* "[2024-04-03T12:20:49.365932] ", of -ts; moves *at behind it. */
static bool take_short_time(struct reader *reader, const char **at, const char *end)
{
	const char *open = *at, *close = memchr(open, ']', (size_t)(end - open));
	size_t len = close ? (size_t)(close - open - 1) : 0;
	int64_t t_ns;

	if (!close || !ip_monitor_time(open + 1, len, "%Y-%m-%dT%H:%M:%S", '.', &t_ns))
		return wrong(reader, open, close ? len + 2 : (size_t)(end - open),
			     "expected a time: [2024-04-03T12:20:49.365932]");
	*at = close + 1;
	while (*at < end && ip_monitor_is_blank(**at))
		(*at)++;
	return take_time(reader, open, len + 2, t_ns);
}

/* "Timestamp: Wed Apr  3 12:20:49 2024 365932 usec", of -t: a line of its own. */
static bool take_long_time(struct reader *reader, const char *at, const char *end)
{
	const char *text = at + strlen("Timestamp:"), *to = end;
	int64_t t_ns;

	while (text < end && ip_monitor_is_blank(*text))
		text++;
	while (to > text && ip_monitor_is_blank(to[-1]))
		to--;
	if (to - text < 5 || memcmp(to - 5, " usec", 5) != 0 ||
	    !ip_monitor_time(text, (size_t)(to - 5 - text), "%a %b %d %H:%M:%S %Y", ' ', &t_ns))
		return wrong(reader, at, (size_t)(end - at),
			     "expected Timestamp: Wed Apr  3 12:20:49 2024 365932 usec");
	return take_time(reader, text, (size_t)(to - text), t_ns);
}

static void pass_strange(struct reader *reader, const char *at, const char *end)
{
	if (!reader->strange++)
		reader->first_strange = span_of(reader, at, (size_t)(end - at));
	reader->is_skipping = false;
}

/* A line that begins a message, or none. */
static void take_first_line(struct reader *reader, const char *at, const char *end)
{
	const char *line = at;
	bool is_labelled = false, is_deleted = false;
	uint16_t type = 0;

	end_message(reader);
	reader->is_skipping = true; /* the rest of what turns out wrong, too */
	if (end - at >= 10 && memcmp(at, "Timestamp:", 10) == 0) {
		take_long_time(reader, at, end);
		return;
	}
	if (at[0] == '[' && end - at > 1 && at[1] >= '0' && at[1] <= '9' &&
	    !take_short_time(reader, &at, end))
		return;
	if (at < end && *at == '[') {
		size_t label = ip_monitor_label(at, (size_t)(end - at), &type);

		is_labelled = label != 0;
		at += label;
	}
	if (end - at > 8 && memcmp(at, "Deleted ", 8) == 0) {
		is_deleted = true;
		at += 8;
	}
	if (is_labelled ? type == RTM_NEWLINK : is_link(at, end)) {
		if (is_labelled && !is_link(at, end))
			wrong(reader, at, (size_t)(end - at), "expected a link: 2: eth0: <...>");
		else
			take_link(reader, at, end, is_deleted);
	} else if (is_labelled || (type = ip_monitor_type(at, (size_t)(end - at)))) {
		capture_pass(reader->capture, type);
	} else {
		pass_strange(reader, line, end);
	}
	reader->has_time = false;
}

static void take_line(struct reader *reader, const char *at, const char *end)
{
	const char *text = at;

	while (end > at && ip_monitor_is_blank(end[-1]))
		end--;
	while (text < end && ip_monitor_is_blank(*text))
		text++;
	if (text == end || *text == '#')
		return;
	if (text == at)
		take_first_line(reader, at, end);
	else if (reader->has_message)
		take_detail(reader, text, end);
	else if (!reader->is_skipping)
		pass_strange(reader, text, end);
}

bool ip_monitor_read(const struct source *source, struct capture *capture, struct diags *diags)
{
	struct reader reader = { .source = source, .capture = capture, .diags = diags };

	for (uint32_t line = 1; line <= source->lines && !diags->is_stopped; line++) {
		uint32_t len;
		const char *text = source_line(source, line, &len);

		reader.line = line;
		take_line(&reader, text, text + len);
		if (diags->errors >= DIAG_STOP_ERRORS) {
			diags->is_stopped = true;
			diags->stopped_at = line + 1;
		}
	}
	end_message(&reader);
	if (reader.strange)
		diag_add(diags, SEVERITY_WARNING, reader.first_strange,
			 "not a line of `ip monitor`: passed over%s",
			 reader.strange > 1 ? ", and others like it" : "");
	return !diags->errors;
}
