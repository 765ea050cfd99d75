/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The words that the parser knows, class by class. */
#include "sim/language/words.h"

#include "sim/language/names.h"
#include "sim/language/parser.h"

static const char *const *table_of(enum word_class class)
{
	switch (class) {
	case WORDS_HEADER:
		return header_keys;
	case WORDS_LINK:
		return ip_link_words;
	case WORDS_KIND:
		return link_kinds;
	case WORDS_EXPECT:
		return expect_words;
	case WORDS_SYSFS:
		return sysfs_attr_names;
	case WORDS_OBSERVER:
		return observer_names;
	case WORDS_OPERSTATE:
		return operstate_names;
	case WORDS_UNIT:
		return unit_names;
	case WORDS_STATEMENT:
	case WORDS_FLAG:
	case WORDS_COUNT:
		break; /* not tables of words alone */
	}
	return NULL;
}

const char *language_word(enum word_class class, size_t i)
{
	const char *const *words = table_of(class);
	size_t count = 0;

	if (class == WORDS_STATEMENT)
		return statement_word(i);
	if (class == WORDS_FLAG) {
		while (flag_names[count].name)
			count++;
		return i < count ? flag_names[i].name : NULL;
	}
	while (words && words[count])
		count++;
	return i < count ? words[i] : NULL;
}
