/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Device names of a scenario: their ranges, and which of them a line could create. */
#include <inttypes.h>
#include <string.h>

#include "parse.h"

/* Decimal digits of a uint32_t. */
#define INDEX_DIGITS_MAX 10U
/* Names that a wrong one is compared with. */
#define CANDIDATES_MAX 1000U

/* first..last, both included. */
struct interval {
	struct interval *next;
	uint32_t first, last;
};

void dev_name_at(const struct dev_name *name, uint32_t index, char ret_name[IFNAMSIZ])
{
	if (name->is_range)
		snprintf(ret_name, IFNAMSIZ, "%s%" PRIu32 "%s", name->prefix, name->first + index,
			 name->suffix);
	else
		snprintf(ret_name, IFNAMSIZ, "%s", name->prefix);
}

static uint64_t text_hash(uint64_t hash, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* A key of the set: a name (suffix NULL), or what stands around a range. */
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

/* The slot where the key is or would be. */
static uint32_t *slot_find(const struct device_set *set, const struct name_key *key, uint64_t hash)
{
	size_t i = hash & (set->slots_count - 1);

	while (set->slots[i] && (set->entries[set->slots[i] - 1].hash != hash ||
				 !key_matches(key, &set->entries[set->slots[i] - 1])))
		i = (i + 1) & (set->slots_count - 1);
	return &set->slots[i];
}

static struct device_names *names_find(const struct device_set *set, const struct name_key *key)
{
	uint32_t slot = *slot_find(set, key, key_hash(key));

	return slot ? &set->entries[slot - 1] : NULL;
}

static void slots_grow(struct parser *parser)
{
	struct device_set *set = &parser->devices;
	size_t i, j;

	set->slots_count = set->slots_count ? 2 * set->slots_count : 64;
	set->slots = pool_alloc(parser->pool, set->slots_count * sizeof(*set->slots));
	for (i = 0; i < set->count; i++) {
		for (j = set->entries[i].hash & (set->slots_count - 1); set->slots[j];
		     j = (j + 1) & (set->slots_count - 1))
			;
		set->slots[j] = (uint32_t)i + 1;
	}
}

static struct device_names *names_get(struct parser *parser, const struct name_key *key)
{
	struct device_set *set = &parser->devices;
	uint64_t hash = key_hash(key);
	struct device_names *names;
	uint32_t *slot;

	if (2 * set->count >= set->slots_count)
		slots_grow(parser);
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

static void devices_add(struct parser *parser, const struct dev_name *name, uint32_t count)
{
	struct name_key key = key_of(name);
	struct device_names *names = names_get(parser, &key);
	struct interval *interval;
	uint32_t last = name->first + count - 1;

	names->is_guess = false;
	if (!name->is_range)
		return;
	parser->devices.has_range = true;
	for (interval = names->intervals; interval; interval = interval->next) {
		/* They overlap or touch. */
		if ((uint64_t)interval->last + 1 >= name->first &&
		    (uint64_t)last + 1 >= interval->first) {
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

/* Whether some digits of the name are a range's: any, as a prefix may end in digits too. */
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
				break; /* a range writes no leading zeros */
		}
	}
	return false;
}

static bool is_created(const struct device_set *set, const char *name)
{
	struct name_key key = { .prefix = name, .prefix_len = strlen(name) };

	return names_find(set, &key) || (set->has_range && is_in_range(set, name));
}

/* The first instance that no line creates; count: there is none. */
static uint32_t missing_find(const struct device_set *set, const struct dev_name *name,
			     uint32_t count)
{
	struct name_key key = key_of(name);
	char text[IFNAMSIZ];
	uint32_t i = 0;

	if (name->is_range &&
	    has_interval(names_find(set, &key), name->first, (uint64_t)name->first + count - 1))
		return count;
	for (; i < count; i++) {
		dev_name_at(name, i, text);
		if (!is_created(set, text))
			break;
	}
	return i;
}

static void missing_report(struct parser *parser, const struct dev_name *name, uint32_t index)
{
	const struct device_set *set = &parser->devices;
	const char **candidates =
		pool_alloc(parser->pool, (CANDIDATES_MAX + 1) * sizeof(*candidates));
	char text[IFNAMSIZ], candidate[IFNAMSIZ];
	size_t count = 0, i;
	const char *near;

	for (i = 0; i < set->count && count < CANDIDATES_MAX; i++) {
		const struct interval *interval = set->entries[i].intervals;
		uint64_t number;

		if (!set->entries[i].suffix && !set->entries[i].is_guess)
			candidates[count++] = set->entries[i].prefix;
		for (number = interval ? interval->first : 1;
		     interval && number <= interval->last && count < CANDIDATES_MAX; number++) {
			struct dev_name instance = {
				.prefix = set->entries[i].prefix,
				.suffix = set->entries[i].suffix,
				.first = (uint32_t)number,
				.is_range = true,
			};

			dev_name_at(&instance, 0, candidate);
			candidates[count++] =
				pool_strndup(parser->pool, candidate, strlen(candidate));
		}
	}
	dev_name_at(name, index, text);
	near = suggest(text, strlen(text), candidates);
	if (near)
		parse_error(parser, name->span, "no line creates device '%s', did you mean '%s'?",
			    text, near);
	else
		parse_error(parser, name->span,
			    "no line creates device '%s', expected a "
			    "'virtnet_probe' or 'ip link add' that does",
			    text);
}

static void known_check(struct parser *parser, const struct dev_name *name, uint32_t count)
{
	uint32_t missing;

	if (!name->prefix)
		return;
	count = name->is_range ? count : 1;
	missing = missing_find(&parser->devices, name, count);
	if (missing == count)
		return;
	/* Those that are not kept need no suggestion. */
	if (parser->diags->errors > 2 * DIAG_MAX_ERRORS)
		parse_error(parser, name->span, "no line creates the device");
	else
		missing_report(parser, name, missing);
}

static void statements_check(struct parser *parser, const struct stmt *stmt)
{
	for (; stmt; stmt = stmt->next) {
		if (stmt->kind == STMT_REPEAT || stmt->kind == STMT_BATCH)
			statements_check(parser, stmt->block.body);
		known_check(parser, &stmt->dev, stmt->count);
		known_check(parser, &stmt->link, stmt->count);
		known_check(parser, &stmt->master, stmt->count);
	}
}

void devices_check(struct parser *parser)
{
	if (!parser->devices.is_unsure)
		statements_check(parser, parser->file.first);
}

void devices_init(struct parser *parser)
{
	const struct dev_name loopback = { .prefix = "lo", .suffix = "" };

	devices_add(parser, &loopback, 1);
}

/* Digits without a leading zero, at most UINT32_MAX. */
static bool index_read(const char *text, uint32_t len, uint32_t *pos, uint32_t *ret_index)
{
	uint32_t start = *pos;
	uint64_t number = 0;

	for (; *pos < len && text[*pos] >= '0' && text[*pos] <= '9'; ++*pos) {
		if (*pos - start == INDEX_DIGITS_MAX)
			return false;
		number = number * 10 + (uint64_t)(text[*pos] - '0');
	}
	*ret_index = (uint32_t)number;
	return *pos > start && (text[start] != '0' || *pos == start + 1) && number <= UINT32_MAX;
}

/* text[open] is the '{' of a range. */
static int range_parse(struct parser *parser, const struct token *token, uint32_t open,
		       struct dev_name *ret_name, uint32_t *ret_count)
{
	const char *text = token->text;
	uint32_t pos = open + 1, len = token->len, last, end = open + 1;
	struct span span;

	while (end < len && text[end - 1] != '}')
		end++;
	span = token_part(parser, token, open, end - open);
	if (!index_read(text, len, &pos, &ret_name->first) || len - pos < 2 ||
	    memcmp(text + pos, "..", 2) != 0)
		goto not_a_range;
	pos += 2;
	if (!index_read(text, len, &pos, &last) || pos == len || text[pos] != '}')
		goto not_a_range;
	pos++;
	if (memchr(text + pos, '{', len - pos) || memchr(text + pos, '}', len - pos))
		return parse_error(parser, token->span, "two ranges in a name, expected one");
	if (last < ret_name->first)
		return parse_error(parser, span,
				   "range goes down, expected {%" PRIu32 "..%" PRIu32 "}", last,
				   ret_name->first);
	if (last - ret_name->first >= STATEMENTS_MAX)
		return parse_error(parser, span,
				   "range of %" PRIu64 " values, expected at most %" PRIu64,
				   (uint64_t)last - ret_name->first + 1, STATEMENTS_MAX);
	ret_name->is_range = true;
	ret_name->prefix = pool_strndup(parser->pool, text, open);
	ret_name->suffix = pool_strndup(parser->pool, text + pos, len - pos);
	*ret_count = last - ret_name->first + 1;
	return 0;

not_a_range:
	return parse_error(parser, span, "bad range, expected {FIRST..LAST}");
}

/* The kernel's rule, on the longest name that the word stands for. */
static int name_check(struct parser *parser, const struct token *token, const struct dev_name *name,
		      uint32_t count)
{
	char text[IFNAMSIZ] = "";
	size_t len = token->len;

	if (name->is_range)
		len = strlen(name->prefix) + strlen(name->suffix) +
		      (size_t)snprintf(NULL, 0, "%" PRIu32, name->first + count - 1);
	if (len >= IFNAMSIZ)
		return parse_error(parser, token->span,
				   "device name of %zu bytes, expected at most %d", len,
				   IFNAMSIZ - 1);
	dev_name_at(name, count - 1, text);
	if (!dev_valid_name(text))
		return parse_error(parser, token->span,
				   "'%s' cannot be a device's name, expected "
				   "one without '/' and ':', not '.' or '..'",
				   text);
	if (strchr(text, '%'))
		return parse_error(parser, token->span,
				   "a '%%' that the kernel makes a number of is "
				   "not there yet in this lwsim, expected a whole name");
	return 0;
}

/* All ranges of a statement have one length. */
static int range_note(struct parser *parser, struct stmt *stmt, struct span span, uint32_t count)
{
	if (stmt->count != 1 && stmt->count != count)
		return parse_error(parser, span,
				   "range of %" PRIu32 " values, expected %" PRIu32
				   " as in the first one",
				   count, stmt->count);
	stmt->count = count;
	return 0;
}

int number_range_take(struct parser *parser, struct stmt *stmt, const char *what, uint32_t max,
		      uint64_t *ret_first, bool *ret_is_range)
{
	const struct token *token = token_peek(parser);
	struct dev_name range = { 0 };
	uint32_t count = 0;

	*ret_is_range = token && token->kind == TOKEN_WORD && token->text[0] == '{';
	if (!*ret_is_range)
		return number_take(parser, what, max, ret_first);
	parser->pos++;
	if (range_parse(parser, token, 0, &range, &count) < 0)
		return -1;
	if (*range.suffix)
		return parse_error(parser, token->span, "bad range, expected {FIRST..LAST}");
	*ret_first = range.first;
	if (*ret_first + count - 1 > max)
		return parse_error(parser, token->span,
				   "%" PRIu64 " is out of range, expected %s of at most %" PRIu32,
				   *ret_first + count - 1, what, max);
	return range_note(parser, stmt, token->span, count);
}

int dev_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name)
{
	const struct token *token = word_take(parser, "a device's name");
	struct dev_name name = { .suffix = "" };
	const char *brace;
	uint32_t count = 1;

	if (!token)
		return -1;
	name.span = token->span;
	brace = memchr(token->text, '{', token->len);
	if (!brace)
		brace = memchr(token->text, '}', token->len);
	if (!brace)
		name.prefix = pool_strndup(parser->pool, token->text, token->len);
	else if (range_parse(parser, token, (uint32_t)(brace - token->text), &name, &count) < 0)
		return -1;
	if (name_check(parser, token, &name, count) < 0)
		return -1;
	if (name.is_range && range_note(parser, stmt, token->span, count) < 0)
		return -1;
	*ret_name = name;
	return 0;
}

int new_name_take(struct parser *parser, struct stmt *stmt, struct dev_name *ret_name)
{
	if (dev_name_take(parser, stmt, ret_name) < 0) {
		parser->devices.is_unsure = true;
		return -1;
	}
	/* At once: the rest of the line may be wrong, the name is not. */
	devices_add(parser, ret_name, ret_name->is_range ? stmt->count : 1);
	return 0;
}

/* A name that was not there before is a guess. */
static void guess_add(struct parser *parser, const struct name_key *key)
{
	size_t known = parser->devices.count;
	struct device_names *names = names_get(parser, key);

	if (parser->devices.count > known)
		names->is_guess = true;
}

void devices_add_line(struct parser *parser)
{
	const struct lexer *lexer = &parser->lexer;
	size_t i;

	for (i = 0; i < lexer->count; i++) {
		const struct token *token = &lexer->tokens[i];
		struct name_key key = { .prefix = token->text, .prefix_len = token->len };

		if (memchr(token->text, '{', token->len) && token->len > 1)
			parser->devices.is_unsure = true;
		else if (token->len < IFNAMSIZ)
			guess_add(parser, &key);
	}
}
