/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses the options after `type vlan`, `macvlan`, `ipvlan` and `vrf`. */
#include <linux/if_ether.h>
#include <string.h>
#include <strings.h>

#include "sim/language/parser.h"

/* Ignores case, as ip does. */
static int protocol_take(struct parser *parser, const char *const *protocols, int *ret_protocol)
{
	const struct token *token = token_peek(parser);

	for (int i = 0; token && token->kind == TOKEN_WORD && protocols[i]; i++)
		if (token->len == strlen(protocols[i]) &&
		    strncasecmp(token->text, protocols[i], token->len) == 0) {
			parser->pos++;
			*ret_protocol = i;
			return 0;
		}
	return choice_take(parser, "protocol", protocols, ret_protocol);
}

/* Parses one word of a VLAN and its arguments. */
static int vlan_word_parse(struct parser *parser, struct stmt *stmt, bool *ret_has_id)
{
	static const char *const words[] = { "id", "protocol", "loose_binding", "bridge_binding",
					     NULL };
	static const char *const protocols[] = { "802.1Q", "802.1ad", NULL };
	struct link_create *create = &stmt->create;
	uint64_t id;
	int word, protocol;

	if (choice_take(parser, "word", words, &word) < 0)
		return -1;
	if (word == 2)
		return bool_take(parser, words[word], "on", "off", &create->is_loose);
	if (word == 3)
		return bool_take(parser, words[word], "on", "off", &create->is_bridge_bound);
	if (word == 1) {
		if (protocol_take(parser, protocols, &protocol) < 0)
			return -1;
		create->vlan_proto = protocol == 1 ? ETH_P_8021AD : ETH_P_8021Q;
		return 0;
	}
	if (number_range_take(parser, stmt, "a number", UINT16_MAX, &id, &stmt->is_id_range) < 0)
		return -1;
	create->vlan_id = (uint16_t)id;
	*ret_has_id = true;
	return 0;
}

/* Accepts modes that do not affect the link, and reports others as not implemented. */
int macvlan_parse(struct parser *parser, enum link_kind kind)
{
	static const char *const macvlan_modes[] = { "private", "vepa", "bridge", NULL };
	static const char *const ipvlan_modes[] = { "l3", NULL };
	static const char *const macvlan_words[] = { "mode", NULL };
	static const char *const ipvlan_words[] = { "mode", "bridge", "private", "vepa", NULL };
	static const char *const later[] = { "passthru", "source", "flag", "macaddr", "bcqueuelen",
					     "bclim",	 "l2",	   "l3s",  NULL };
	const char *const *words = kind == LINK_KIND_MACVLAN ? macvlan_words : ipvlan_words;
	const char *const *modes = kind == LINK_KIND_MACVLAN ? macvlan_modes : ipvlan_modes;
	int word;

	while (token_peek(parser)) {
		if (word_find(token_peek(parser), later) >= 0)
			return later_error(parser, token_peek(parser), words, NULL);
		if (choice_take(parser, "word", words, &word) < 0)
			return -1;
		if (word != 0)
			continue;
		if (token_peek(parser) && word_find(token_peek(parser), later) >= 0)
			return later_error(parser, token_peek(parser), modes, NULL);
		if (choice_take(parser, "mode", modes, &word) < 0)
			return -1;
	}
	return 0;
}

int vlan_parse(struct parser *parser, struct stmt *stmt)
{
	bool has_id = false;

	stmt->create.vlan_proto = ETH_P_8021Q;
	while (token_peek(parser))
		if (vlan_word_parse(parser, stmt, &has_id) < 0)
			return -1;
	return has_id ? 0 : expected_error(parser, "'id N'");
}

/* Parses `table N`, a VRF's only option. */
int vrf_parse(struct parser *parser, struct stmt *stmt)
{
	uint64_t table;

	if (!token_is(token_peek(parser), "table"))
		return expected_error(parser, "'table N'");
	parser->pos++;
	if (number_take(parser, "a table's number", UINT32_MAX, &table) < 0)
		return -1;
	stmt->create.vrf_table = (uint32_t)table;
	return line_end(parser);
}
