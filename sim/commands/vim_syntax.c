/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Prints vim's syntax file for scenarios, from the parser's words. */
#include "sim/commands/vim_syntax.h"

#include "sim/language/words.h"

/* Vim's group of each class of words, and the standard group that gives its colour; NULL: no keywords. */
static const struct vim_group {
	const char *name, *link;
} groups[WORDS_COUNT] = {
	[WORDS_HEADER] = { "Header", "PreProc" },
	[WORDS_STATEMENT] = { "Statement", "Statement" },
	[WORDS_LINK] = { "Link", "Identifier" },
	[WORDS_KIND] = { "Kind", "Type" },
	[WORDS_EXPECT] = { "Expect", "Identifier" },
	[WORDS_SYSFS] = { "Sysfs", "Identifier" },
	[WORDS_OBSERVER] = { "Observer", "Special" },
	[WORDS_OPERSTATE] = { "Operstate", "Constant" },
	[WORDS_FLAG] = { "Flag", "Constant" },
};

static void write_words(FILE *out, enum word_class class, const char *before, const char *between)
{
	const char *word;

	for (size_t i = 0; (word = language_word(class, i)); i++)
		fprintf(out, "%s%s", i ? between : before, word);
}

void vim_syntax_write(FILE *out)
{
	fputs("\" Vim syntax file: scenarios of lwsim. Made by `lwsim completion vim`.\n"
	      "if exists('b:current_syntax')\n\tfinish\nendif\n"
	      "syntax iskeyword @,48-57,_,-,.,>\n"
	      "syntax case match\n",
	      out);
	for (unsigned int at = 0; at < WORDS_COUNT; at++) {
		if (!groups[at].name)
			continue;
		fprintf(out, "syntax keyword lwsim%s", groups[at].name);
		write_words(out, (enum word_class)at, " ", " ");
		fprintf(out, "\nhighlight default link lwsim%s %s\n", groups[at].name,
			groups[at].link);
	}
	fputs("syntax match lwsimTime /\\v(^|\\s|\\=)\\zs\\+?\\d+(\\.\\d+)?", out);
	write_words(out, WORDS_UNIT, "(", "|");
	fputs(")?\\ze(\\s|$)/\n"
	      "syntax match lwsimErrno /\\v\\=\\s*\\zsE[A-Z0-9]+\\ze\\s*(#|$)/\n"
	      "syntax match lwsimParam /\\$\\h\\w*/\n"
	      "syntax region lwsimString start=/\"/ end=/\"/ oneline\n"
	      "syntax match lwsimComment /\\v(^|\\s)\\zs#.*$/\n"
	      "syntax region lwsimSnapshot start=/^-- trace / end=/\\%$/\n"
	      "highlight default link lwsimTime Number\n"
	      "highlight default link lwsimErrno Constant\n"
	      "highlight default link lwsimParam Identifier\n"
	      "highlight default link lwsimString String\n"
	      "highlight default link lwsimComment Comment\n"
	      "highlight default link lwsimSnapshot Comment\n"
	      "let b:current_syntax = 'lwsim'\n",
	      out);
}
