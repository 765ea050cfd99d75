/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses `ip link ...` as iproute2 does. */

#include "sim/language/parser.h"

/* Shown in place of the words, which are too many to list. */
#define LINK_WORDS_HINT "up, carrier, mode or the like"

enum link_word {
	WORD_UP,
	WORD_DOWN,
	WORD_CARRIER,
	WORD_STATE,
	WORD_MODE,
	WORD_PROMISC,
	WORD_MULTICAST,
	WORD_ALLMULTICAST,
	WORD_ARP,
	WORD_MASTER,
	WORD_NOMASTER,
	WORD_NETNS,
	WORD_INDEX,
	WORD_ADDRESS,
	WORD_ALIAS,
	WORD_GROUP,
	WORD_MTU,
	WORD_PROTODOWN,
	WORD_TXQUEUELEN,
	WORD_TXQLEN,
	WORD_QLEN,
	WORD_NUMTXQUEUES,
	WORD_NUMRXQUEUES,
	WORD_COUNT
};

const char *const ip_link_words[] = {
	[WORD_UP] = "up",
	[WORD_DOWN] = "down",
	[WORD_CARRIER] = "carrier",
	[WORD_STATE] = "state",
	[WORD_MODE] = "mode",
	[WORD_PROMISC] = "promisc",
	[WORD_MULTICAST] = "multicast",
	[WORD_ALLMULTICAST] = "allmulticast",
	[WORD_ARP] = "arp",
	[WORD_MASTER] = "master",
	[WORD_NOMASTER] = "nomaster",
	[WORD_NETNS] = "netns",
	[WORD_INDEX] = "index",
	[WORD_ADDRESS] = "address",
	[WORD_ALIAS] = "alias",
	[WORD_GROUP] = "group",
	[WORD_MTU] = "mtu",
	[WORD_PROTODOWN] = "protodown",
	[WORD_TXQUEUELEN] = "txqueuelen",
	[WORD_TXQLEN] = "txqlen",
	[WORD_QLEN] = "qlen",
	[WORD_NUMTXQUEUES] = "numtxqueues",
	[WORD_NUMRXQUEUES] = "numrxqueues",
	NULL,
};

/* clang-format off: as text, not one a line */
/* Words of `ip link set|add` that lwsim does not implement yet. */
static const char *const later_words[] = {
	"addr",		"addrgenmode",	    "brd",	    "broadcast",  "dynamic",
	"gro_max_size", "gso_max_segs",	    "gso_max_size", "link-netns", "link-netnsid",
	"macaddr",	"protodown_reason", "trailers",	    "vf",	  "vrf",
	"xdp",		"xdpdrv",	    "xdpgeneric",   "xdpoffload", NULL,
};

static const char *const later_commands[] = {
	"afstats",  "change",  "help", "list", "ls",	 "lst",
	"property", "replace", "sh",   "show", "xstats", NULL,
};

static const char *const later_objects[] = {
	"-4", "-6", "-b", "-batch", "-force", "a", "addr", "address", "monitor", "route", NULL,
};
/* clang-format on */

/*
 * Marks a word of a request as seen, and rejects a second one, as well as up with down and master
 * with nomaster.
 */
static int word_note(struct parser *parser, const struct token *token, enum link_word word,
		     unsigned int *seen)
{
	static const enum link_word opposites[][2] = {
		{ WORD_UP, WORD_DOWN },
		{ WORD_MASTER, WORD_NOMASTER },
	};
	unsigned int bit = 1U << word;

	if (*seen & bit)
		return parse_error(parser, token->span, "'%s' twice, expected it once",
				   ip_link_words[word]);
	for (size_t i = 0; i < sizeof(opposites) / sizeof(opposites[0]); i++) {
		enum link_word other = opposites[i][word == opposites[i][0]];

		if ((word == opposites[i][0] || word == opposites[i][1]) && *seen & 1U << other)
			return parse_error(parser, token->span,
					   "'%s' after '%s', expected only one of them",
					   ip_link_words[word], ip_link_words[other]);
	}
	*seen |= bit;
	return 0;
}

static void flag_ask(struct link_attrs *attrs, uint32_t flag, bool is_set)
{
	attrs->ifi_change |= flag;
	if (is_set)
		attrs->ifi_flags |= flag;
}

static int flag_take(struct parser *parser, enum link_word word, uint32_t flag,
		     struct link_attrs *attrs)
{
	bool is_on;

	if (bool_take(parser, ip_link_words[word], "on", "off", &is_on) < 0)
		return -1;
	/* IFF_NOARP is the inverse of the word. */
	flag_ask(attrs, flag, word == WORD_ARP ? !is_on : is_on);
	return 0;
}

/* The parts of a request, filled in as its words are read. */
struct request {
	struct link_attrs *attrs;
	struct dev_name *name;
	struct dev_name *target;   /* of `netns NS` */
	struct dev_name *new_name; /* of `name NEW`; NULL: `name` introduces the device */
	bool is_new;		   /* the request creates a device */
	bool has_name_word;	   /* `name NAME` names the device, not its new name */
	bool has_testing;
	bool takes_link; /* accepts `link NAME`, the lower device */
	unsigned int seen;
};

/* ip rejects 0. */
static int index_take(struct parser *parser, struct stmt *stmt, struct link_attrs *attrs)
{
	const struct token *token = token_peek(parser);
	uint64_t index;

	if (number_range_take(parser, stmt, "a number", INT32_MAX, &index, &stmt->is_index_range) <
	    0)
		return -1;
	if (!index)
		return parse_error(parser, token->span, "index 0, expected at least 1");
	attrs->new_ifindex = (int32_t)index;
	return 0;
}

/* The parser is after `word`. */
static int link_word_parse(struct parser *parser, struct stmt *stmt, enum link_word word,
			   const struct request *request)
{
	struct link_attrs *attrs = request->attrs;

	switch (word) {
	case WORD_UP:
	case WORD_DOWN:
		flag_ask(attrs, IFF_UP, word == WORD_UP);
		return 0;
	case WORD_CARRIER:
		attrs->has_carrier = true;
		return bool_take(parser, "carrier", "on", "off", &attrs->carrier);
	case WORD_STATE:
		attrs->has_operstate = true;
		return operstate_take(parser, &attrs->operstate);
	case WORD_MODE:
		attrs->has_linkmode = true;
		return linkmode_take(parser, request->has_testing, &attrs->linkmode);
	case WORD_PROMISC:
		return flag_take(parser, word, IFF_PROMISC, attrs);
	case WORD_MULTICAST:
		return flag_take(parser, word, IFF_MULTICAST, attrs);
	case WORD_ALLMULTICAST:
		return flag_take(parser, word, IFF_ALLMULTI, attrs);
	case WORD_ARP:
		return flag_take(parser, word, IFF_NOARP, attrs);
	case WORD_MASTER:
		attrs->has_master = true;
		return dev_name_take(parser, stmt, &stmt->master);
	case WORD_NOMASTER:
		attrs->has_master = true;
		return 0;
	case WORD_NETNS:
		return netns_name_take(parser, stmt, request->target);
	case WORD_INDEX:
		return index_take(parser, stmt, attrs);
	case WORD_ADDRESS:
	case WORD_ALIAS:
	case WORD_GROUP:
	case WORD_MTU:
	case WORD_PROTODOWN:
	case WORD_TXQUEUELEN:
	case WORD_TXQLEN:
	case WORD_QLEN:
	case WORD_NUMTXQUEUES:
	case WORD_NUMRXQUEUES:
	case WORD_COUNT:
		return attr_parse(parser, ip_link_words[word], attrs);
	}
	return -1; /* GCOVR_EXCL_LINE: all words are above */
}

static int new_name_parse(struct parser *parser, struct stmt *stmt, struct dev_name *name)
{
	const struct token *token = token_peek(parser);

	if (token && name->prefix)
		return parse_error(parser, token->span, "'name' twice, expected it once");
	return dev_name_take(parser, stmt, name);
}

static int name_parse(struct parser *parser, struct stmt *stmt, struct request *request)
{
	const struct token *token = token_peek(parser);

	if (token && request->name->prefix)
		return parse_error(parser, token->span, "second device, expected only one");
	return request->is_new ? new_name_take(parser, stmt, request->name)
			       : dev_name_take(parser, stmt, request->name);
}

/* Parses one word and its arguments. */
static int request_word_parse(struct parser *parser, struct stmt *stmt, struct request *request)
{
	const struct token *token = token_peek(parser);
	int word = word_find(token, ip_link_words);

	if (word >= 0) {
		parser->pos++;
		if (word_note(parser, token, (enum link_word)word, &request->seen) < 0)
			return -1;
		return link_word_parse(parser, stmt, (enum link_word)word, request);
	}
	if (token_is(token, "dev") || (request->has_name_word && token_is(token, "name"))) {
		parser->pos++;
		return name_parse(parser, stmt, request);
	}
	if (request->takes_link && token_is(token, "link")) {
		parser->pos++;
		return dev_name_take(parser, stmt, &stmt->link);
	}
	if (token_is(token, "name") && request->new_name) {
		parser->pos++;
		return new_name_parse(parser, stmt, request->new_name);
	}
	if (word_find(token, later_words) >= 0)
		return later_error(parser, token, ip_link_words, LINK_WORDS_HINT);
	if (!request->name->prefix)
		return name_parse(parser, stmt, request);
	if (token->kind != TOKEN_WORD)
		return line_end(parser);
	return unknown_error(parser, "word", token->text, token->len, token->span, ip_link_words,
			     LINK_WORDS_HINT);
}

static int name_check(struct parser *parser, const struct request *request)
{
	return request->name->prefix ? 0 : expected_error(parser, "a device's name");
}

static int link_set_parse(struct parser *parser, struct stmt *stmt)
{
	struct request request = {
		.attrs = &stmt->attrs,
		.name = &stmt->dev,
		.target = &stmt->target,
		.new_name = &stmt->new_name,
	};
	const struct token *token;

	while ((token = token_peek(parser)) != NULL) {
		if (token_is(token, "type"))
			return later_error(parser, token, ip_link_words, LINK_WORDS_HINT);
		if (request_word_parse(parser, stmt, &request) < 0)
			return -1;
	}
	if (stmt->attrs.new_ifindex && !stmt->target.prefix)
		return parse_error(parser, stmt->span,
				   "'index' for an existing device, expected 'netns NS' with it");
	return name_check(parser, &request);
}

/* Parses `peer [name] NAME [WORDS]`, after `type veth`. */
static int peer_parse(struct parser *parser, struct stmt *stmt)
{
	struct request request = {
		.attrs = &stmt->create.peer_attrs,
		.name = &stmt->peer,
		.target = &stmt->peer_target,
		.is_new = true,
		.has_name_word = true,
	};

	if (!token_is(token_peek(parser), "peer"))
		return expected_error(parser, "'peer NAME' (ip would choose a name)");
	parser->pos++;
	while (token_peek(parser))
		if (request_word_parse(parser, stmt, &request) < 0)
			return -1;
	return name_check(parser, &request);
}

static bool needs_link(enum link_kind kind)
{
	return kind == LINK_KIND_VLAN || kind == LINK_KIND_MACVLAN || kind == LINK_KIND_IPVLAN;
}

static int link_add_parse(struct parser *parser, struct stmt *stmt)
{
	struct request request = {
		.attrs = &stmt->create.attrs,
		.name = &stmt->dev,
		.target = &stmt->target,
		.is_new = true,
		.has_name_word = true,
		.takes_link = true,
	};

	while (token_peek(parser) && !token_is(token_peek(parser), "type"))
		if (request_word_parse(parser, stmt, &request) < 0)
			return -1;
	if (name_check(parser, &request) < 0)
		return -1;
	if (!token_peek(parser))
		return expected_error(parser, "'type'");
	parser->pos++;
	if (kind_take(parser, &stmt->create.kind) < 0)
		return -1;
	if (needs_link(stmt->create.kind) && !stmt->link.prefix)
		return parse_error(parser, stmt->dev.span,
				   "%s without a lower device, expected 'link NAME' before 'type'",
				   link_kinds[stmt->create.kind]);
	switch (stmt->create.kind) {
	case LINK_KIND_VETH:
		return peer_parse(parser, stmt);
	case LINK_KIND_VLAN:
		return vlan_parse(parser, stmt);
	case LINK_KIND_VRF:
		return vrf_parse(parser, stmt);
	case LINK_KIND_BOND:
		return bond_parse(parser, stmt);
	case LINK_KIND_BRIDGE:
		return bridge_parse(parser);
	case LINK_KIND_MACVLAN:
	case LINK_KIND_IPVLAN:
		if (macvlan_parse(parser, stmt->create.kind) < 0)
			return -1;
		break;
	case LINK_KIND_TEAM:
	case LINK_KIND_DUMMY:
	case LINK_KIND_COUNT:
		break;
	}
	/* ip says: Garbage instead of arguments */
	return token_peek(parser)
		       ? expected_error(parser,
					"the end of the line (other words go before 'type')")
		       : 0;
}

static int link_del_parse(struct parser *parser, struct stmt *stmt)
{
	if (token_is(token_peek(parser), "dev"))
		parser->pos++;
	return dev_name_take(parser, stmt, &stmt->dev);
}

static int link_parse(struct parser *parser, struct stmt *stmt)
{
	static const char *const commands[] = { "set", "add", "del", "delete", NULL };
	const struct token *token = token_peek(parser);
	int command;

	stmt->kind = STMT_IP_LINK_ADD; /* until the next word decides */
	if (token && word_find(token, later_commands) >= 0)
		return later_error(parser, token, commands, NULL);
	if (choice_take(parser, "word", commands, &command) < 0)
		return -1;
	if (command == 1)
		return link_add_parse(parser, stmt);
	stmt->kind = command == 0 ? STMT_IP_LINK_SET : STMT_IP_LINK_DEL;
	return command == 0 ? link_set_parse(parser, stmt) : link_del_parse(parser, stmt);
}

int ip_parse(struct parser *parser, struct stmt *stmt)
{
	static const char *const objects[] = { "link", "netns", "tuntap", "l", NULL };
	const struct token *token = token_peek(parser);
	int object, err;

	if (!token)
		err = expected_error(parser, "'link'");
	else if (word_find(token, later_objects) >= 0)
		err = later_error(parser, token, objects, "'link'");
	else if (choice_take(parser, "word", objects, &object) < 0)
		err = -1;
	else if (object == 1)
		err = netns_parse(parser, stmt);
	else
		err = object == 2 ? tuntap_parse(parser, stmt) : link_parse(parser, stmt);
	/* The wrong line may have been meant to create a device. */
	if (err && (stmt->kind == STMT_IP_LINK_ADD || stmt->kind == STMT_IP_TUNTAP_ADD ||
		    stmt->kind == STMT_IP_TUNTAP_DEL))
		devices_add_line(parser);
	return err;
}

int setlink_parse(struct parser *parser, struct stmt *stmt)
{
	struct request request = {
		.attrs = &stmt->attrs,
		.name = &stmt->dev,
		.target = &stmt->target,
		.new_name = &stmt->new_name,
		.has_testing = true,
	};

	if (dev_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	if (!token_peek(parser))
		return expected_error(parser, "a word such as 'up'");
	while (token_peek(parser))
		if (request_word_parse(parser, stmt, &request) < 0)
			return -1;
	return 0;
}
