/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses `ip tuntap ...`, and other system calls on /dev/net/tun. */
#include "sim/language/parser.h"

static int tun_mode_take(struct parser *parser, struct stmt *stmt)
{
	static const char *const modes[] = { "tap", "tun", NULL };
	int mode;

	if (choice_take(parser, "mode", modes, &mode) < 0)
		return -1;
	stmt->tun.is_tap = mode == 0;
	return 0;
}

int tunsetiff_parse(struct parser *parser, struct stmt *stmt)
{
	if (new_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	if (!token_is(token_peek(parser), "mode"))
		return expected_error(parser, "'mode tap' or 'mode tun'");
	parser->pos++;
	if (tun_mode_take(parser, stmt) < 0)
		return -1;
	if (token_is(token_peek(parser), "no_carrier")) {
		stmt->tun.is_carrier_off = true;
		parser->pos++;
	}
	return 0;
}

int tun_switch_parse(struct parser *parser, struct stmt *stmt)
{
	if (dev_name_take(parser, stmt, &stmt->dev) < 0)
		return -1;
	return bool_take(parser, "word", "on", "off", &stmt->is_up);
}

static int tuntap_name_take(struct parser *parser, struct stmt *stmt)
{
	const struct token *token = token_peek(parser);

	if (token && stmt->dev.prefix)
		return parse_error(parser, token->span, "second device, expected only one");
	return new_name_take(parser, stmt, &stmt->dev);
}

/* Parses one word and its arguments. */
static int tuntap_word_parse(struct parser *parser, struct stmt *stmt, bool *ret_has_mode)
{
	static const char *const words[] = { "dev",	 "name",      "mode", "pi",
					     "vnet_hdr", "one_queue", NULL };
	static const char *const later[] = { "multi_queue", "user", "group", NULL };
	const struct token *token = token_peek(parser);
	int word = word_find(token, words);

	if (word_find(token, later) >= 0)
		return later_error(parser, token, words, NULL);
	if (word < 0)
		return tuntap_name_take(parser, stmt);
	parser->pos++;
	if (word < 2)
		return tuntap_name_take(parser, stmt);
	*ret_has_mode |= word == 2;
	/* the packet format does not affect the link */
	return word == 2 ? tun_mode_take(parser, stmt) : 0;
}

int tuntap_parse(struct parser *parser, struct stmt *stmt)
{
	static const char *const commands[] = { "add", "del", "delete", NULL };
	bool has_mode = false;
	int command;

	if (choice_take(parser, "word", commands, &command) < 0)
		return -1;
	stmt->kind = command == 0 ? STMT_IP_TUNTAP_ADD : STMT_IP_TUNTAP_DEL;
	while (token_peek(parser))
		if (tuntap_word_parse(parser, stmt, &has_mode) < 0)
			return -1;
	if (!stmt->dev.prefix)
		return expected_error(parser, "a device's name (the kernel would choose one)");
	return has_mode ? 0 : expected_error(parser, "'mode tap' or 'mode tun'");
}
