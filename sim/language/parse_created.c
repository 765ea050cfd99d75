/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Determines which devices and namespaces a line can create. */
#include <inttypes.h>
#include <string.h>

#include "sim/language/parser.h"
#include "sim/language/suggest.h"

/* Names considered as suggestions for an unknown one. */
#define CANDIDATES_MAX 1000U
/* Limit for devices in a range of namespaces, each of which is stored separately. */
#define INSTANCES_MAX 100000U
/* The namespace of names from a wrong line: any. */
#define ANY_NETNS "*"

/* first..last, inclusive. */
struct interval {
	struct interval *next;
	uint32_t first, last;
};

static uint64_t text_hash(uint64_t hash, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* A key of the set: a name (suffix NULL), or the text around a range. */
struct name_key {
	const char *prefix, *suffix;
	size_t prefix_len, suffix_len;
};

static uint64_t key_hash(const struct name_key *key)
{
	uint64_t hash = text_hash(UINT64_C(0xcbf29ce484222325), key->prefix, key->prefix_len);

	if (key->suffix) {
		hash = text_hash(hash, "{}", 2);
		hash = text_hash(hash, key->suffix, key->suffix_len);
	}
	return hash ^ hash >> 32;
}

static bool key_matches(const struct name_key *key, const struct device_names *names)
{
	if (!key->suffix != !names->suffix || strlen(names->prefix) != key->prefix_len ||
	    memcmp(names->prefix, key->prefix, key->prefix_len) != 0)
		return false;
	return !key->suffix || (strlen(names->suffix) == key->suffix_len &&
				memcmp(names->suffix, key->suffix, key->suffix_len) == 0);
}

/* The slot of the key, or the one to insert it at; the set must have had an entry. */
static uint32_t *slot_find(const struct device_set *set, const struct name_key *key, uint64_t hash)
{
	size_t i = (size_t)hash & (set->slots_count - 1);

	while (set->slots[i] && (set->entries[set->slots[i] - 1].hash != hash ||
				 !key_matches(key, &set->entries[set->slots[i] - 1])))
		i = (i + 1) & (set->slots_count - 1);
	return &set->slots[i];
}

static struct device_names *names_find(const struct device_set *set, const struct name_key *key)
{
	uint32_t slot = set->count ? *slot_find(set, key, key_hash(key)) : 0;

	return slot ? &set->entries[slot - 1] : NULL;
}

static void slots_grow(struct parser *parser, struct device_set *set)
{
	size_t i, j;

	set->slots_count = set->slots_count ? 2 * set->slots_count : 64;
	set->slots = pool_alloc(parser->pool, set->slots_count * sizeof(*set->slots));
	for (i = 0; i < set->count; i++) {
		for (j = (size_t)set->entries[i].hash & (set->slots_count - 1); set->slots[j];
		     j = (j + 1) & (set->slots_count - 1))
			;
		set->slots[j] = (uint32_t)i + 1;
	}
}

static struct device_names *names_get(struct parser *parser, struct device_set *set,
				      const struct name_key *key)
{
	uint64_t hash = key_hash(key);
	struct device_names *names;
	uint32_t *slot;

	if (2 * set->count >= set->slots_count)
		slots_grow(parser, set);
	slot = slot_find(set, key, hash);
	if (*slot)
		return &set->entries[*slot - 1];
	set->entries = pool_push(parser->pool, set->entries, set->count, sizeof(*names));
	names = &set->entries[set->count++];
	*names = (struct device_names){
		.prefix = pool_strndup(parser->pool, key->prefix, key->prefix_len),
		.hash = hash,
	};
	if (key->suffix)
		names->suffix = pool_strndup(parser->pool, key->suffix, key->suffix_len);
	change_note(parser, slot, sizeof(*slot));
	*slot = (uint32_t)set->count;
	return names;
}

static struct name_key key_of(const struct dev_name *name)
{
	return (struct name_key){
		.prefix = name->prefix,
		.prefix_len = strlen(name->prefix),
		.suffix = name->is_range ? name->suffix : NULL,
		.suffix_len = strlen(name->suffix),
	};
}

static void names_add(struct parser *parser, struct device_set *set, const struct dev_name *name,
		      uint32_t count)
{
	struct name_key key = key_of(name);
	struct device_names *names = names_get(parser, set, &key);
	struct interval *interval;
	uint32_t last = name->first + count - 1;

	change_note(parser, names, sizeof(*names));
	names->is_guess = false;
	if (!name->is_range)
		return;
	set->has_range = true;
	for (interval = names->intervals; interval; interval = interval->next) {
		/* They overlap or are adjacent. */
		if ((uint64_t)interval->last + 1 >= name->first &&
		    (uint64_t)last + 1 >= interval->first) {
			change_note(parser, interval, sizeof(*interval));
			if (name->first < interval->first)
				interval->first = name->first;
			if (last > interval->last)
				interval->last = last;
			return;
		}
	}
	interval = pool_alloc(parser->pool, sizeof(*interval));
	interval->first = name->first;
	interval->last = last;
	interval->next = names->intervals;
	names->intervals = interval;
}

static bool has_interval(const struct device_names *names, uint64_t first, uint64_t last)
{
	const struct interval *interval;

	for (interval = names ? names->intervals : NULL; interval; interval = interval->next)
		if (interval->first <= first && last <= interval->last)
			return true;
	return false;
}

/*
 * Whether the name is in a range. Tries all digits of the name, because a prefix may end in digits.
 */
static bool is_in_range(const struct device_set *set, const char *name)
{
	size_t len = strlen(name), start, end;

	for (start = 0; start < len; start++) {
		uint64_t number = 0;

		for (end = start; end < len && name[end] >= '0' && name[end] <= '9'; end++) {
			struct name_key key = {
				.prefix = name,
				.prefix_len = start,
				.suffix = name + end + 1,
				.suffix_len = len - end - 1,
			};

			number = number * 10 + (uint64_t)(name[end] - '0');
			if (has_interval(names_find(set, &key), number, number))
				return true;
			if (number == 0)
				break; /* ranges have no leading zeros */
		}
	}
	return false;
}

static bool is_created(const struct device_set *set, const char *name)
{
	struct name_key key = { .prefix = name, .prefix_len = strlen(name) };

	return names_find(set, &key) || (set->has_range && is_in_range(set, name));
}

/* Whether a wrong line may create it, in an unknown namespace. */
static bool is_created_anywhere(const struct device_set *set, const char *label)
{
	const char *slash = strchr(label, '/');
	char any[LABEL_MAX_BYTES];

	format_label(ANY_NETNS, slash ? slash + 1 : label, any);
	return is_created(set, any);
}

/* The first instance that no line creates; `count`: none is missing. */
static uint32_t missing_find(const struct device_set *set, const struct dev_name *name,
			     uint32_t count)
{
	struct name_key key = key_of(name);
	char text[LABEL_MAX_BYTES];
	uint32_t i = 0;

	if (name->is_range &&
	    has_interval(names_find(set, &key), name->first, (uint64_t)name->first + count - 1))
		return count;
	for (; i < count; i++) {
		name_at(name, i, text, sizeof(text));
		if (!is_created(set, text) && !is_created_anywhere(set, text))
			break;
	}
	return i;
}

/* Lists the names that lines create, without guesses. */
static size_t candidates_fill(struct parser *parser, const struct device_set *set,
			      const char **ret_candidates)
{
	char candidate[LABEL_MAX_BYTES];
	size_t count = 0, i;

	for (i = 0; i < set->count && count < CANDIDATES_MAX; i++) {
		const struct interval *interval = set->entries[i].intervals;
		uint64_t number;

		const char *prefix = set->entries[i].prefix;

		if (strncmp(prefix, ANY_NETNS "/", strlen(ANY_NETNS "/")) == 0)
			prefix += strlen(ANY_NETNS "/");
		if (!set->entries[i].suffix && !set->entries[i].is_guess)
			ret_candidates[count++] = prefix;
		for (number = interval ? interval->first : 1;
		     interval && number <= interval->last && count < CANDIDATES_MAX; number++) {
			struct dev_name instance = {
				.prefix = prefix,
				.suffix = set->entries[i].suffix,
				.first = (uint32_t)number,
				.is_range = true,
			};

			name_at(&instance, 0, candidate, sizeof(candidate));
			ret_candidates[count++] =
				pool_strndup(parser->pool, candidate, strlen(candidate));
		}
	}
	return count;
}

static void missing_report(struct parser *parser, const struct device_set *set, struct span span,
			   const char *label)
{
	const char *what = set == &parser->namespaces ? "namespace" : "device";
	const char *how =
		set == &parser->namespaces ? "'ip netns add'" : "'ip link add' or 'virtnet_probe'";
	const char **candidates, *near;

	/* Errors that are not kept need no suggestion. */
	if (parser->diags->errors > 2 * DIAG_MAX_ERRORS) {
		parse_error(parser, span, "no line creates the %s", what);
		return;
	}
	candidates = pool_alloc(parser->pool, (CANDIDATES_MAX + 1) * sizeof(*candidates));
	candidates_fill(parser, set, candidates);
	near = suggest(label, strlen(label), candidates);
	if (near)
		parse_error(parser, span, "no line creates %s '%s', did you mean '%s'?", what,
			    label, near);
	else
		parse_error(parser, span, "no line creates %s '%s', expected %s", what, label, how);
}

/* The name as stored in the sets, in a namespace that is the same for all instances. */
static struct dev_name name_in(struct parser *parser, const char *netns,
			       const struct dev_name *name)
{
	struct dev_name full = *name;
	char label[LABEL_MAX_BYTES];

	format_label(netns, name->prefix, label);
	full.prefix = pool_strndup(parser->pool, label, strlen(label));
	return full;
}

static void devices_add(struct parser *parser, const char *netns, const struct dev_name *name,
			uint32_t count)
{
	struct dev_name full = name_in(parser, netns, name);

	names_add(parser, &parser->devices, &full, count);
}

/* Makes one instance of a name a name of its own. */
static struct dev_name instance_of(struct parser *parser, const struct dev_name *name,
				   uint32_t index)
{
	char text[LABEL_MAX_BYTES];

	name_at(name, index, text, sizeof(text));
	return (struct dev_name){
		.prefix = pool_strndup(parser->pool, text, strlen(text)),
		.suffix = "",
		.span = name->span,
	};
}

/* Adds a device that the statement creates in, or moves to, netns, which may be a range. */
static void created_add(struct parser *parser, const struct stmt *stmt,
			const struct dev_name *netns, const struct dev_name *name)
{
	uint32_t count = name->is_range ? stmt->count : 1;

	if (!netns->is_range) {
		devices_add(parser, netns->prefix ? netns->prefix : "", name, count);
		return;
	}
	if (stmt->count > INSTANCES_MAX) {
		parser->devices.is_unsure = true;
		return;
	}
	for (uint32_t i = 0; i < stmt->count; i++) {
		struct dev_name one = instance_of(parser, name, i), in;

		in = instance_of(parser, netns, i);
		devices_add(parser, in.prefix, &one, 1);
	}
}

/* A PID is not a name. */
static bool is_number(const struct dev_name *netns)
{
	return netns->prefix && !netns->is_range &&
	       strspn(netns->prefix, "0123456789") == strlen(netns->prefix);
}

void created_note(struct parser *parser, const struct stmt *stmt, bool is_good)
{
	static const struct dev_name initial = { 0 };
	const struct dev_name *target = stmt->target.prefix ? &stmt->target : &stmt->netns;
	const struct dev_name *peer_target =
		stmt->peer_target.prefix ? &stmt->peer_target : &stmt->netns;

	if (is_number(target))
		target = &initial;
	if (is_number(peer_target))
		peer_target = &initial;
	for (unsigned int i = 0; i < parser->news_count; i++) {
		const struct dev_name *name = &parser->news[i].name;

		if (is_good)
			created_add(parser, stmt, parser->news[i].is_peer ? peer_target : target,
				    name);
		else
			devices_add(parser, ANY_NETNS, name, name->is_range ? stmt->count : 1);
	}
	parser->news_count = 0;
	if (!is_good && stmt->new_name.prefix)
		devices_add(parser, ANY_NETNS, &stmt->new_name,
			    stmt->new_name.is_range ? stmt->count : 1);
	if (!is_good && (stmt->kind == STMT_IP_NETNS_ADD || stmt->kind == STMT_IP_LINK_ADD))
		parser->namespaces.is_unsure = true; /* it may have been meant to create one */
	if (is_good && (stmt->kind == STMT_IP_LINK_SET || stmt->kind == STMT_SETLINK) &&
	    stmt->target.prefix)
		created_add(parser, stmt, target, &stmt->dev);
	if (is_good && stmt->new_name.prefix)
		created_add(parser, stmt, target, &stmt->new_name);
	if (is_good && stmt->kind == STMT_IP_NETNS_ADD) {
		const struct dev_name loopback = { .prefix = "lo", .suffix = "" };

		names_add(parser, &parser->namespaces, &stmt->target,
			  stmt->target.is_range ? stmt->count : 1);
		created_add(parser, stmt, &stmt->target, &loopback);
	}
}

static void set_check(struct parser *parser, const struct device_set *set,
		      const struct dev_name *name, uint32_t count)
{
	uint32_t missing;
	char label[LABEL_MAX_BYTES];

	count = name->is_range ? count : 1;
	missing = missing_find(set, name, count);
	if (missing == count)
		return;
	name_at(name, missing, label, sizeof(label));
	missing_report(parser, set, name->span, label);
}

static void known_check(struct parser *parser, const struct stmt *stmt, const struct dev_name *name)
{
	uint32_t count = stmt->count < INSTANCES_MAX ? stmt->count : INSTANCES_MAX;
	struct dev_name full;

	if (!name->prefix || (parser->namespaces.is_unsure && stmt->netns.prefix))
		return;
	if (!stmt->netns.is_range) {
		full = name_in(parser, stmt->netns.prefix ? stmt->netns.prefix : "", name);
		set_check(parser, &parser->devices, &full, stmt->count);
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		struct dev_name one = instance_of(parser, name, i);
		size_t errors = parser->diags->errors;

		full = name_in(parser, instance_of(parser, &stmt->netns, i).prefix, &one);
		set_check(parser, &parser->devices, &full, 1);
		if (parser->diags->errors > errors)
			return;
	}
}

static void netns_check(struct parser *parser, const struct stmt *stmt, const struct dev_name *name)
{
	if (name->prefix && !is_number(name) && !parser->namespaces.is_unsure)
		set_check(parser, &parser->namespaces, name, stmt->count);
}

static void statements_check(struct parser *parser, const struct stmt *stmt)
{
	for (; stmt; stmt = stmt->next) {
		size_t errors = parser->diags->errors;

		if (errors >= DIAG_STOP_ERRORS) {
			parser->diags->is_stopped = true;
			return;
		}
		if (stmt_has_block(stmt))
			statements_check(parser, stmt->block.body);
		netns_check(parser, stmt, &stmt->netns);
		netns_check(parser, stmt, &stmt->target);
		netns_check(parser, stmt, &stmt->peer_target);
		if (parser->diags->errors > errors)
			continue; /* no namespace has its devices */
		if (stmt->kind != STMT_IP_LINK_ADD)
			known_check(parser, stmt, &stmt->dev);
		known_check(parser, stmt, &stmt->link);
		known_check(parser, stmt, &stmt->master);
	}
}

void devices_check(struct parser *parser)
{
	if (parser->devices.is_unsure)
		return;
	statements_check(parser, parser->file.first);
	if (parser->scenario->explore.stmt)
		statements_check(parser, parser->scenario->explore.stmt->block.body);
	statements_check(parser, parser->scenario->explore.atoms);
}

void devices_init(struct parser *parser)
{
	const struct dev_name loopback = { .prefix = "lo", .suffix = "" };

	devices_add(parser, "", &loopback, 1);
}

/* Adds a name as a guess, unless it is known. */
static void guess_add(struct parser *parser, const struct name_key *key)
{
	size_t known = parser->devices.count;
	struct device_names *names = names_get(parser, &parser->devices, key);

	if (parser->devices.count > known)
		names->is_guess = true;
}

void devices_add_line(struct parser *parser)
{
	const struct lexer *lexer = &parser->lexer;
	size_t i;

	for (i = 0; i < lexer->count; i++) {
		const struct token *token = &lexer->tokens[i];
		char text[LABEL_MAX_BYTES];
		struct name_key key = { .prefix = text };

		key.prefix_len = (size_t)snprintf(text, sizeof(text), ANY_NETNS "/%.*s",
						  (int)token->len, token->text);
		if (memchr(token->text, '{', token->len) && token->len > 1)
			parser->devices.is_unsure = true;
		else if (token->len < IFNAMSIZ)
			guess_add(parser, &key);
	}
}
