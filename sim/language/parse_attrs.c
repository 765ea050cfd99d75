/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses attributes of a link with a value, as in `ip link set|add`. */
#include <inttypes.h>
#include <string.h>

#include "sim/language/parser.h"

/* IFALIASZ, including the NUL. */
#define ALIAS_MAX_BYTES 256
#define QUEUES_MAX 4096

static int hex_digit(char c)
{
	const char *digits = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

/* AA:BB:CC:DD:EE:FF, each of one or two digits. */
static bool address_read(const struct token *token, uint64_t *ret_address)
{
	uint32_t pos = 0;

	*ret_address = 0;
	for (unsigned int part = 0; part < 6; part++) {
		uint32_t start = pos;
		unsigned int byte = 0;

		if (part && (pos == token->len || token->text[pos] != ':'))
			return false;
		pos += part > 0;
		start = pos;
		while (pos < token->len && pos < start + 2 && hex_digit(token->text[pos]) >= 0)
			byte = byte * 16 + (unsigned int)hex_digit(token->text[pos++]);
		if (pos == start)
			return false;
		*ret_address = *ret_address << 8 | byte;
	}
	return pos == token->len;
}

static int address_take(struct parser *parser, struct link_attrs *attrs)
{
	const struct token *token = word_take(parser, "an address such as 02:00:00:00:00:01");

	if (!token)
		return -1;
	attrs->has_address = true;
	if (!address_read(token, &attrs->address))
		return parse_error(parser, token->span,
				   "bad address, expected one such as 02:00:00:00:00:01");
	return 0;
}

/* Takes a word or a string and ignores it. */
static int alias_take(struct parser *parser, struct link_attrs *attrs)
{
	const struct token *token = token_peek(parser);

	if (!token || (token->kind != TOKEN_WORD && token->kind != TOKEN_STRING))
		return expected_error(parser, "a word or \"text\"");
	parser->pos++;
	if (token->len >= ALIAS_MAX_BYTES)
		return parse_error(parser, token->span,
				   "alias of %" PRIu32 " bytes, expected at most %d", token->len,
				   ALIAS_MAX_BYTES - 1);
	attrs->has_alias = true;
	return 0;
}

/* Takes a number or `default`: ip reads other names from a file. */
static int group_take(struct parser *parser, struct link_attrs *attrs)
{
	uint64_t group;

	attrs->has_group = true;
	if (!token_is(token_peek(parser), "default"))
		return number_take(parser, "a number, or default", UINT32_MAX, &group);
	parser->pos++;
	return 0;
}

/* Ignored: the model has one queue. */
static int queues_take(struct parser *parser, const char *word)
{
	const struct token *token = token_peek(parser);
	uint64_t queues;

	if (number_take(parser, "a number", UINT32_MAX, &queues) < 0)
		return -1;
	if (queues < 1 || queues > QUEUES_MAX)
		return parse_error(parser, token->span, "%s %" PRIu64 ", expected 1 to %d", word,
				   queues, QUEUES_MAX);
	return 0;
}

int attr_parse(struct parser *parser, const char *word, struct link_attrs *attrs)
{
	uint64_t number = 0;
	bool is_mtu = strcmp(word, "mtu") == 0;

	if (strcmp(word, "address") == 0)
		return address_take(parser, attrs);
	if (strcmp(word, "alias") == 0)
		return alias_take(parser, attrs);
	if (strcmp(word, "group") == 0)
		return group_take(parser, attrs);
	if (strncmp(word, "num", 3) == 0)
		return queues_take(parser, word);
	if (strcmp(word, "protodown") == 0) {
		attrs->has_proto_down = true;
		return bool_take(parser, word, "on", "off", &attrs->proto_down);
	}
	/* kernels disagree on larger queue lengths */
	if (number_take(parser, "a number", is_mtu ? UINT32_MAX : INT16_MAX, &number) < 0)
		return -1;
	attrs->has_mtu |= is_mtu;
	attrs->has_txqlen |= !is_mtu;
	*(is_mtu ? &attrs->mtu : &attrs->txqlen) = (uint32_t)number;
	return 0;
}
