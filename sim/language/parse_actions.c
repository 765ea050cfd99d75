/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses statements by their first word, and all actions except `ip`. */
#include <stdio.h>
#include <string.h>

#include "sim/language/names.h"
#include "sim/language/parser.h"
#include "sim/language/suggest.h"

struct statement_word {
	const char *word;
	enum stmt_kind kind;
	bool is_action;	  /* may fail, and is allowed in a batch */
	bool takes_netns; /* may be followed by `-n NS` */
	int (*parse)(struct parser *parser, struct stmt *stmt);
};

static int device_parse(struct parser *parser, struct stmt *stmt)
{
	return dev_name_take(parser, stmt, &stmt->dev);
}

/* Parses KEY=VALUE in one word; VALUE is first (true) or second (false). */
static int option_parse(struct parser *parser, const struct token *token, const char *key,
			const char *first, const char *second, bool *ret_value)
{
	const char *const choices[] = { first, second, NULL };
	uint32_t off = (uint32_t)strlen(key) + 1;
	struct token value = {
		.kind = TOKEN_WORD,
		.span = token_part(parser, token, off, token->len - off),
		.text = token->text + off,
		.len = token->len - off,
	};
	int choice = word_find(&value, choices);

	if (choice < 0)
		return unknown_error(parser, key, value.text, value.len, value.span, choices, NULL);
	*ret_value = choice == 0;
	return 0;
}

static bool option_is(const struct token *token, const char *key)
{
	size_t len = strlen(key);

	return token->kind == TOKEN_WORD && token->len > len &&
	       memcmp(token->text, key, len) == 0 && token->text[len] == '=';
}

/*
 * Parses [status=on|off] [link=up|down], each at most once; status= is required where allowed, else
 * link=.
 */
static int virtnet_options_parse(struct parser *parser, struct stmt *stmt, bool takes_status)
{
	static const char *const all[] = { "status=", "link=", NULL };
	const char *const *names = takes_status ? all : all + 1;
	const char *need = takes_status ? "status=on or status=off" : "link=up or link=down";
	bool has_status = false, has_link = false;
	const struct token *token;

	for (; (token = token_peek(parser)) != NULL; parser->pos++) {
		bool is_status = takes_status && option_is(token, "status");
		bool *has = is_status ? &has_status : &has_link;
		int err;

		if (token->kind != TOKEN_WORD)
			return line_end(parser);
		if (!is_status && !option_is(token, "link"))
			return unknown_error(parser, "option", token->text, token->len, token->span,
					     names, NULL);
		if (*has)
			return parse_error(parser, token->span, "'%s' twice, expected it once",
					   is_status ? "status" : "link");
		*has = true;
		if (is_status)
			err = option_parse(parser, token, "status", "on", "off",
					   &stmt->virtnet.has_status);
		else
			err = option_parse(parser, token, "link", "up", "down",
					   &stmt->virtnet.link_up);
		if (err)
			return err;
	}
	return (takes_status ? has_status : has_link) ? 0 : expected_error(parser, need);
}

static int virtnet_probe_parse(struct parser *parser, struct stmt *stmt)
{
	stmt->virtnet.link_up = true;
	if (new_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	return virtnet_options_parse(parser, stmt, true);
}

static int virtnet_config_changed_parse(struct parser *parser, struct stmt *stmt)
{
	if (dev_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	return virtnet_options_parse(parser, stmt, false);
}

/* Parses a required word and a duration. */
static int word_duration_parse(struct parser *parser, struct stmt *stmt, const char *word,
			       const char *what)
{
	if (!token_is(token_peek(parser), word))
		return expected_error(parser, what);
	parser->pos++;
	return duration_take(parser, &stmt->duration_ns);
}

static int rtnl_lock_parse(struct parser *parser, struct stmt *stmt)
{
	return word_duration_parse(parser, stmt, "for", "'for'");
}

static int worker_parse(struct parser *parser, struct stmt *stmt)
{
	return word_duration_parse(parser, stmt, "latency", "'latency'");
}

static int ifconfig_parse(struct parser *parser, struct stmt *stmt)
{
	if (dev_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	return bool_take(parser, "word", "up", "down", &stmt->is_up);
}

static int sysfs_parse(struct parser *parser, struct stmt *stmt)
{
	int attr;

	if (dev_name_take(parser, stmt, &stmt->dev) < 0 ||
	    choice_take(parser, "attribute", sysfs_attr_names, &attr) < 0)
		return -1;
	stmt->sysfs = (enum sysfs_attr)attr;
	return 0;
}

static int nothing_parse(struct parser *parser, struct stmt *stmt)
{
	(void)parser;
	(void)stmt;
	return 0;
}

static int end_parse(struct parser *parser, struct stmt *stmt)
{
	if (parser->block->parent && !parser->block->is_wrong)
		return parse_error(parser, stmt->span,
				   "'end' in a block, expected it after all blocks");
	if (line_end(parser) < 0)
		return -1;
	parser->scenario->has_end = true;
	parser->scenario->end_ns = stmt->at_ns;
	return 0;
}

static const struct statement_word statement_words[] = {
	{ "virtnet_probe", STMT_VIRTNET_PROBE, true, false, virtnet_probe_parse },
	{ "virtnet_config_changed", STMT_VIRTNET_CONFIG_CHANGED, true, true,
	  virtnet_config_changed_parse },
	{ "carrier_on", STMT_CARRIER_ON, true, true, device_parse },
	{ "carrier_off", STMT_CARRIER_OFF, true, true, device_parse },
	{ "carrier_event", STMT_CARRIER_EVENT, true, true, device_parse },
	{ "dormant_on", STMT_DORMANT_ON, true, true, device_parse },
	{ "dormant_off", STMT_DORMANT_OFF, true, true, device_parse },
	{ "testing_on", STMT_TESTING_ON, true, true, device_parse },
	{ "testing_off", STMT_TESTING_OFF, true, true, device_parse },
	{ "device_detach", STMT_DEVICE_DETACH, true, true, device_parse },
	{ "device_attach", STMT_DEVICE_ATTACH, true, true, device_parse },
	{ "dev_open", STMT_DEV_OPEN, true, true, device_parse },
	{ "dev_close", STMT_DEV_CLOSE, true, true, device_parse },
	{ "linkwatch_fire_event", STMT_LINKWATCH_FIRE_EVENT, true, true, device_parse },
	{ "tunsetiff", STMT_TUNSETIFF, true, true, tunsetiff_parse },
	{ "tunsetcarrier", STMT_TUNSETCARRIER, true, true, tun_switch_parse },
	{ "tunsetpersist", STMT_TUNSETPERSIST, true, true, tun_switch_parse },
	{ "tun_close", STMT_TUN_CLOSE, true, true, device_parse },
	{ "ip", STMT_IP_LINK_ADD, true, true, ip_parse },
	{ "setlink", STMT_SETLINK, true, true, setlink_parse },
	{ "ifconfig", STMT_IFCONFIG, true, true, ifconfig_parse },
	{ "getlink", STMT_GETLINK, true, true, device_parse },
	{ "sysfs", STMT_SYSFS, true, true, sysfs_parse },
	{ "rtnl_lock", STMT_RTNL_LOCK, false, false, rtnl_lock_parse },
	{ "worker", STMT_WORKER_LATENCY, false, false, worker_parse },
	{ "mark", STMT_MARK, false, false, nothing_parse },
	{ "expect", STMT_EXPECT, false, false, expect_parse },
	{ "on", STMT_EXPECT, false, false, on_parse },
	{ "repeat", STMT_REPEAT, false, false, repeat_parse },
	{ "batch", STMT_BATCH, false, false, batch_parse },
	{ "explore", STMT_EXPLORE, false, false, explore_parse },
	{ "end", STMT_COUNT, false, false, end_parse },
};

#define STATEMENT_WORDS_COUNT (sizeof(statement_words) / sizeof(statement_words[0]))

/* For "carrier of d0": the statement nearest to "carrier_of", or NULL. */
static const char *joined_suggest(const struct parser *parser, const struct token *token,
				  const char *const *names)
{
	const struct token *next = token_peek(parser);
	char joined[64];
	int len;

	if (!next || next->kind != TOKEN_WORD)
		return NULL;
	len = snprintf(joined, sizeof(joined), "%.*s_%.*s", (int)token->len, token->text,
		       (int)next->len, next->text);
	return len < (int)sizeof(joined) ? suggest(joined, (size_t)len, names) : NULL;
}

/* The row of a word; NULL: none. */
static const struct statement_word *statement_word_of(const struct token *token)
{
	for (size_t i = 0; i < STATEMENT_WORDS_COUNT; i++)
		if (token_is(token, statement_words[i].word))
			return &statement_words[i];
	return NULL;
}

const char *statement_word(size_t i)
{
	return i < STATEMENT_WORDS_COUNT ? statement_words[i].word : NULL;
}

bool statement_word_is(const struct token *token)
{
	return statement_word_of(token);
}

/* Also suggests header keys as long as the header may continue. */
static int word_unknown(struct parser *parser, const struct token *token)
{
	const char *names[STATEMENT_WORDS_COUNT + 16], *near;
	size_t count = 0, i;

	if (is_header_key(token))
		return parse_error(parser, token->span,
				   "'%.*s' with a time, expected it at the top", (int)token->len,
				   token->text);
	if (token_is(token, "--"))
		return parse_error(parser, token_range(parser, 0, parser->lexer.count - 1),
				   "bad section line, expected '-- trace KERNEL --'");
	for (i = 0; i < STATEMENT_WORDS_COUNT; i++)
		names[count++] = statement_words[i].word;
	for (i = 0; !parser->has_statement && header_keys[i]; i++)
		names[count++] = header_keys[i];
	names[count] = NULL;
	devices_add_line(parser);
	near = suggest(token->text, token->len, names) ? NULL
						       : joined_suggest(parser, token, names);
	if (near)
		return parse_error(parser, token_range(parser, parser->pos - 1, parser->pos),
				   "unknown word '%.*s', did you mean '%s'?", (int)token->len,
				   token->text, near);
	return unknown_error(parser, "word", token->text, token->len, token->span, names,
			     "a statement");
}

static bool is_in_batch(const struct parser *parser)
{
	return parser->block->stmt && parser->block->stmt->kind == STMT_BATCH;
}

/* Takes `-n NS`; inside a batch, ip would parse it as an object. */
static int netns_take(struct parser *parser, struct stmt *stmt, const struct statement_word *word)
{
	const struct token *token = token_peek(parser);

	if (netns_option_take(parser, stmt) < 0)
		return -1;
	if (stmt->netns.prefix && word->kind == STMT_IP_LINK_ADD && is_in_batch(parser))
		return parse_error(parser, token->span,
				   "'%.*s' in a batch, expected outside: 'ip -batch' refuses it",
				   (int)token->len, token->text);
	return 0;
}

int statement_parse(struct parser *parser, struct stmt *stmt)
{
	const struct token *token = word_take(parser, "a statement");
	const struct statement_word *word = statement_word_of(token);

	if (!token)
		return -1;
	if (!word)
		return word_unknown(parser, token);
	parser->has_statement = true;
	if (is_in_batch(parser) && !word->is_action)
		return parse_error(parser, token->span, "'%s' in a batch, expected an action",
				   word->word);
	stmt->kind = word->kind;
	parser->may_fail = word->is_action;
	if ((word->takes_netns && netns_take(parser, stmt, word) < 0) ||
	    word->parse(parser, stmt) < 0 || line_end(parser) < 0) {
		created_note(parser, stmt, false);
		return -1;
	}
	created_note(parser, stmt, true);
	return word->is_action ? expected_failure_parse(parser, stmt) : 0;
}

/* Errnos that the kernel uses. */
#define ERRNO_NAMES_MAX 256

static int errno_unknown(struct parser *parser, const struct token *token)
{
	const char *names[ERRNO_NAMES_MAX];
	size_t count = 0;
	int error;

	for (error = 1; error < ERRNO_NAMES_MAX; error++)
		if (errno_name(error))
			names[count++] = errno_name(error);
	names[count] = NULL;
	return unknown_error(parser, "error", token->text, token->len, token->span, names,
			     "a name such as ENETDOWN, or the \"text\"");
}

int expected_failure_parse(struct parser *parser, struct stmt *stmt)
{
	struct expected_error *expected = &stmt->expected_error;
	const struct token *token;

	parser->may_fail = false;
	if (!token_peek(parser))
		return 0;
	parser->pos++; /* the '=', which ends only statements that may fail */
	token = token_peek(parser);
	if (!token || (token->kind != TOKEN_WORD && token->kind != TOKEN_STRING))
		return expected_error(parser, "an error's name or \"text\"");
	if (token->kind == TOKEN_STRING) {
		expected->text = pool_strndup(parser->pool, token->text, token->len);
	} else {
		expected->error = errno_from_name(token->text, token->len);
		if (!expected->error)
			return errno_unknown(parser, token);
	}
	parser->pos++;
	expected->is_set = true;
	expected->span = token->span;
	return line_end(parser);
}
