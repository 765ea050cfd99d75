/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * functions SERIES=TREE... <watched: prints sim/loader/recorded.c. A function that none of the trees has is an error: it
 * was written wrong.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/base/xalloc.h"
#include "sim/loader/functions.h"
#include "sim/loader/text.h"

#define TREES_MAX 8

static char *file_text(const char *tree, const char *file)
{
	char *path = xasprintf("%s/%s", tree, file), *text = text_read(path, NULL);

	free(path);
	return text ? text : xstrdup("");
}

static unsigned int sublevel(const char *tree)
{
	char *text = file_text(tree, "Makefile"), *line = strstr(text, "SUBLEVEL = ");
	unsigned int level = 0;

	if (line)
		sscanf(line, "SUBLEVEL = %u", &level);
	free(text);
	return level;
}

static int function_print(const char *file, const char *name, char *const *texts, int trees)
{
	uint64_t hashes[TREES_MAX], any = 0;

	for (int i = 0; i < trees; i++)
		any |= hashes[i] = function_hash(texts[i], name);
	if (!any) {
		fprintf(stderr, "error: %s: no series defines %s()\n", file, name);
		return 1;
	}
	printf("\t{ \"%s\", \"%s\", {", file, name);
	for (int i = 0; i < trees; i++)
		printf("%s 0x%llx", i ? "," : "", (unsigned long long)hashes[i]);
	printf(" } },\n");
	return 0;
}

int main(int argc, char **argv)
{
	char *line = NULL, *rest, *word, *texts[TREES_MAX] = { NULL };
	const char *trees[TREES_MAX];
	int count = 0, wrong = 0;
	size_t room = 0;

	printf("/* SPDX-License-Identifier: GPL-2.0-or-later */\n"
	       "/* Made by tests/kernel/functions; changes are lost. */\n"
	       "#include \"sim/loader/recorded.h\"\n\n"
	       "const char *const recorded_series[RECORDED_SERIES][2] = {\n");
	for (; count < TREES_MAX && count + 1 < argc; count++) {
		char *equals = strchr(argv[count + 1], '=');

		if (!equals)
			return 2;
		*equals = '\0';
		trees[count] = equals + 1;
		printf("\t{ \"%s\", \"%s.%u\" },\n", argv[count + 1], argv[count + 1],
		       sublevel(trees[count]));
	}
	printf("};\n\n/* clang-format off */\nconst struct recorded_function recorded_functions[] = {\n");
	while (getline(&line, &room, stdin) >= 0) {
		char *file = strtok_r(line, " \n", &rest);

		if (!file || *file == '#')
			continue;
		for (int i = 0; i < count; i++) {
			free(texts[i]);
			texts[i] = file_text(trees[i], file);
		}
		while ((word = strtok_r(NULL, " \n", &rest)))
			wrong |= function_print(file, word, texts, count);
	}
	printf("};\n/* clang-format on */\n\n"
	       "const size_t recorded_functions_count = sizeof(recorded_functions) / sizeof(recorded_functions[0]);\n");
	for (int i = 0; i < count; i++)
		free(texts[i]);
	free(line);
	return wrong;
}
