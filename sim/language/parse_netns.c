/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses `ip netns`, and names of namespaces. */
#include <inttypes.h>
#include <string.h>

#include "sim/language/parser.h"

/* iproute2's rule: the name must be valid as a file name. */
static int netns_name_check(struct parser *parser, const struct token *token,
			    const struct dev_name *name, uint32_t count)
{
	char text[NETNS_NAME_MAX_BYTES];
	size_t len = token->len;

	if (name->is_range)
		len = strlen(name->prefix) + strlen(name->suffix) +
		      (size_t)snprintf(NULL, 0, "%" PRIu32, name->first + count - 1);
	if (len >= NETNS_NAME_MAX_BYTES)
		return parse_error(parser, token->span,
				   "namespace name of %zu bytes, expected at most %d", len,
				   NETNS_NAME_MAX_BYTES - 1);
	netns_name_at(name, count - 1, text);
	if (strchr(text, '/') || strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
		return parse_error(parser, token->span,
				   "bad namespace name '%s', expected no '/', "
				   "and not '.' or '..'",
				   text);
	return 0;
}

int netns_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name)
{
	return range_name_take(parser, stmt, "a namespace's name", netns_name_check, ret_name);
}

int netns_option_take(struct parser *parser, struct stmt *stmt)
{
	if (!token_is(token_peek(parser), "-n") && !token_is(token_peek(parser), "-netns"))
		return 0;
	parser->pos++;
	return netns_name_take(parser, stmt, &stmt->netns);
}

int netns_parse(struct parser *parser, struct stmt *stmt)
{
	static const char *const commands[] = { "add", "del", "delete", NULL };
	static const char *const later[] = { "attach",	"exec", "identify", "list", "list-id",
					     "monitor", "pids", "set",	    NULL };
	const struct token *token = token_peek(parser);
	int command;

	if (token && word_find(token, later) >= 0)
		return later_error(parser, token, commands, NULL);
	if (choice_take(parser, "word", commands, &command) < 0)
		return -1;
	stmt->kind = command == 0 ? STMT_IP_NETNS_ADD : STMT_IP_NETNS_DEL;
	return netns_name_take(parser, stmt, &stmt->target);
}
