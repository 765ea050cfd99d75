/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Parses --vary and enumerates its values. */
#include "sim/sweep/vary.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/language/scenario.h"

enum unit {
	UNIT_NONE, /* the language reads it as s where it expects a time */
	UNIT_S,
	UNIT_MS,
	UNIT_US,
	UNIT_J,
	UNIT_COUNT
};

static const struct {
	const char *name;
	int64_t scale;	 /* value of 1 unit: in ns; for jiffies as if they were s */
	uint32_t digits; /* maximum number of decimals */
} units[UNIT_COUNT] = {
	[UNIT_NONE] = { "", 1000000000, 9 }, [UNIT_S] = { "s", 1000000000, 9 },
	[UNIT_MS] = { "ms", 1000000, 6 },    [UNIT_US] = { "us", 1000, 3 },
	[UNIT_J] = { "j", 1000000000, 0 },
};

/* Only this many values of a range are compared with other items; a sweep never has more. */
#define VARY_LOOK_MAX UINT64_C(10000001)

struct vary_item {
	const char *text; /* a single value; NULL: a range */
	int64_t from_n, step_n;
	uint64_t count; /* 1 for a single value */
	enum unit unit;
};

struct vary_reader {
	const char *whole; /* the option's argument */
	FILE *messages;	   /* NULL: discard errors */
	bool is_wrong;
};

__attribute__((format(printf, 2, 3))) static void wrong(struct vary_reader *reader,
							const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xvasprintf(format, args);
	va_end(args);
	if (reader->messages)
		wrap_message(reader->messages, "lwsim: error: --vary %s: %s", reader->whole, text);
	free(text);
	reader->is_wrong = true;
}

/* Reads digits, perhaps none; saturates at a value that is out of range. */
static int64_t digits_read(const char **text)
{
	int64_t number = 0;

	for (; **text >= '0' && **text <= '9'; ++*text)
		if (number <= SCENARIO_MAX_NS / 100) /* beyond the range of every unit */
			number = number * 10 + (**text - '0');
	return number;
}

/* Reads a number such as "0.25ms". */
static bool number_read(struct vary_reader *reader, const char *text, int64_t *ret_n,
			enum unit *ret_unit)
{
	const char *at = text, *fraction = NULL;
	int64_t whole = digits_read(&at), part = 0, place;
	uint32_t digits = 0;
	unsigned int unit = 0;

	if (at == text)
		goto no_number;
	if (*at == '.') {
		fraction = ++at;
		digits_read(&at);
		digits = (uint32_t)(at - fraction);
		while (digits && fraction[digits - 1] == '0')
			digits--;
		if (at == fraction)
			goto no_number;
	}
	while (unit < UNIT_COUNT && strcmp(at, units[unit].name) != 0)
		unit++;
	if (unit == UNIT_COUNT)
		goto no_number;
	if (digits > units[unit].digits) {
		wrong(reader, "'%s' has too many digits after the point, expected at most %" PRIu32,
		      text, units[unit].digits);
		return false;
	}
	if (whole >= SCENARIO_MAX_NS / units[unit].scale) {
		wrong(reader, "'%s' is out of range, expected less than %" PRId64 "%s", text,
		      SCENARIO_MAX_NS / units[unit].scale, units[unit].name);
		return false;
	}
	place = units[unit].scale;
	for (uint32_t i = 0; i < digits; i++) {
		place /= 10;
		part += place * (fraction[i] - '0');
	}
	*ret_n = whole * units[unit].scale + part;
	*ret_unit = (enum unit)unit;
	return true;

no_number:
	wrong(reader, "bad number '%s', expected one such as 5, 0.5s, 400ms or 10j", text);
	return false;
}

/* Modifies the text: FROM, TO and STEP become separate strings. */
static void range_read(struct vary_reader *reader, char *from, char *dots,
		       struct vary_item *ret_item)
{
	char *to = dots + 2, *slash = strchr(to, '/');
	enum unit from_unit, to_unit, step_unit;
	int64_t to_n;
	bool is_read;

	ret_item->text = NULL;
	if (!slash) {
		wrong(reader, "'%s' has no step, expected FROM..TO/STEP, such as 0s..2s/10ms",
		      from);
		return;
	}
	*dots = '\0';
	*slash = '\0';
	is_read = number_read(reader, from, &ret_item->from_n, &from_unit);
	is_read &= number_read(reader, to, &to_n, &to_unit);
	is_read &= number_read(reader, slash + 1, &ret_item->step_n, &step_unit);
	if (!is_read)
		return;
	if ((from_unit == UNIT_J) != (step_unit == UNIT_J) ||
	    (to_unit == UNIT_J) != (step_unit == UNIT_J)) {
		wrong(reader, "%s..%s/%s: j with other units, expected j for all three or for none",
		      from, to, slash + 1);
		return;
	}
	ret_item->unit = step_unit;
	if (step_unit == UNIT_NONE && (from_unit != UNIT_NONE || to_unit != UNIT_NONE))
		ret_item->unit = UNIT_S;
	if (ret_item->step_n == 0)
		wrong(reader, "%s..%s/%s: step of 0, expected more than 0", from, to, slash + 1);
	else if (to_n < ret_item->from_n)
		wrong(reader, "%s..%s/%s goes down, expected FROM not above TO", from, to,
		      slash + 1);
	else
		ret_item->count = (uint64_t)((to_n - ret_item->from_n) / ret_item->step_n) + 1;
}

static void item_read(struct vary_reader *reader, char *text, struct vary_item *ret_item)
{
	char *dots = strstr(text, "..");

	if (dots) {
		range_read(reader, text, dots, ret_item);
		return;
	}
	ret_item->text = text;
	ret_item->count = 1;
	if (!param_value_is_word(text))
		wrong(reader, "value '%s', expected one word", text);
}

static void range_value(const struct vary_item *item, uint64_t at,
			char ret_value[VARY_VALUE_MAX_BYTES])
{
	int64_t n = item->from_n + (int64_t)at * item->step_n;
	int64_t scale = units[item->unit].scale, part = n % scale;
	char *end = ret_value + sprintf(ret_value, "%" PRId64, n / scale);

	if (part)
		*end++ = '.';
	for (int64_t place = scale / 10; part; place /= 10) {
		*end++ = (char)('0' + part / place);
		part %= place;
	}
	strcpy(end, units[item->unit].name);
}

static void item_value(const struct vary_item *item, uint64_t at,
		       char ret_value[VARY_VALUE_MAX_BYTES])
{
	if (item->text)
		strcpy(ret_value, item->text);
	else
		range_value(item, at, ret_value);
}

/* Whether n, in the range's unit, is one of its values. */
static bool range_has(const struct vary_item *range, int64_t n)
{
	return n >= range->from_n && (n - range->from_n) % range->step_n == 0 &&
	       (uint64_t)((n - range->from_n) / range->step_n) < range->count;
}

/*
 * Whether two items share a value, compared as text: only the scenario knows which texts mean the
 * same.
 */
static bool items_share(const struct vary_item *a, const struct vary_item *b,
			char ret_value[VARY_VALUE_MAX_BYTES])
{
	/* less: a single value if there is one, else the shorter range */
	bool is_a = a->text || (!b->text && a->count < b->count);
	const struct vary_item *less = is_a ? a : b, *more = is_a ? b : a;
	struct vary_reader quiet = { .messages = NULL };
	enum unit unit;
	int64_t n;

	item_value(less, 0, ret_value);
	if (more->text)
		return strcmp(less->text, more->text) == 0;
	if (less->text) {
		if (!number_read(&quiet, less->text, &n, &unit) || unit != more->unit ||
		    !range_has(more, n))
			return false;
		range_value(more, (uint64_t)((n - more->from_n) / more->step_n), ret_value);
		return strcmp(ret_value, less->text) == 0; /* 1.0s and 1s differ as text */
	}
	for (uint64_t at = 0; at < less->count && at < VARY_LOOK_MAX; at++)
		if (less->unit == more->unit &&
		    range_has(more, less->from_n + (int64_t)at * less->step_n)) {
			range_value(less, at, ret_value);
			return true;
		}
	return false;
}

/* A value given twice would give the same runs twice. */
static void items_check(struct vary_reader *reader, const struct vary *vary)
{
	char value[VARY_VALUE_MAX_BYTES];

	for (size_t i = 1; i < vary->items_count; i++)
		for (size_t j = 0; j < i; j++)
			if (items_share(&vary->items[i], &vary->items[j], value)) {
				wrong(reader, "value '%s' twice, expected it once", value);
				break;
			}
}

bool vary_read(const char *text, FILE *messages, struct vary *ret_vary)
{
	struct vary_reader reader = { .whole = text, .messages = messages };
	char *copy = xstrdup(text), *equals = strchr(copy, '='), *next;

	*ret_vary = (struct vary){ .name = copy };
	if (!equals || equals == copy) {
		wrong(&reader, "expected PARAM=FROM..TO/STEP or PARAM=VALUE,VALUE...");
		vary_free(ret_vary);
		return false;
	}
	*equals = '\0';
	next = equals + 1;
	while (next) {
		struct vary_item item = { .count = 0 };
		char *item_text = strsep(&next, ",");

		item_read(&reader, item_text, &item);
		if ((ret_vary->items_count & (ret_vary->items_count - 1)) == 0) /* full */
			ret_vary->items = xreallocarray(
				ret_vary->items, 2 * ret_vary->items_count + 1, sizeof(item));
		ret_vary->items[ret_vary->items_count++] = item;
		ret_vary->count = item.count > VARY_COUNT_MAX - ret_vary->count
					  ? VARY_COUNT_MAX
					  : ret_vary->count + item.count;
	}
	if (!reader.is_wrong)
		items_check(&reader, ret_vary);
	if (reader.is_wrong)
		vary_free(ret_vary);
	return !reader.is_wrong;
}

void vary_free(struct vary *vary)
{
	free(vary->name);
	free(vary->items);
	*vary = (struct vary){ .name = NULL };
}

void vary_value(const struct vary *vary, uint64_t at, char ret_value[VARY_VALUE_MAX_BYTES])
{
	const struct vary_item *item = vary->items;

	for (; at >= item->count; item++)
		at -= item->count;
	item_value(item, at, ret_value);
}

void vary_values(const struct vary *varies, size_t count, uint64_t at,
		 char (*ret_values)[VARY_VALUE_MAX_BYTES])
{
	for (size_t i = count; i-- > 0;) {
		vary_value(&varies[i], at % varies[i].count, ret_values[i]);
		at /= varies[i].count;
	}
}

uint64_t vary_combinations(const struct vary *varies, size_t count, uint64_t max)
{
	uint64_t combinations = 1;

	for (size_t i = 0; i < count; i++) {
		if (varies[i].count > max / combinations)
			return 0;
		combinations *= varies[i].count;
	}
	return combinations;
}
