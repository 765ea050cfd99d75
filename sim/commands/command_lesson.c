/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim lesson: prints the lessons, which are scenarios, one at a time. */
#include <stdlib.h>
#include <string.h>

#include "sim/base/data_dir.h"
#include "sim/base/exit.h"
#include "sim/base/path.h"
#include "sim/base/safe_text.h"
#include "sim/base/wrap.h"
#include "sim/base/xalloc.h"
#include "sim/cli/options.h"
#include "sim/cli/scenario_files.h"
#include "sim/cli/scenario_load.h"
#include "sim/commands/formats.h"
#include "sim/commands/lesson.h"
#include "sim/commands/show.h"
#include "sim/run/src_kernel.h"

/* Sorted by name; numbered from 1. */
struct lessons {
	char **paths;
	size_t count;
	bool is_unreadable;
};

static bool add_lesson(const char *path, void *data)
{
	struct lessons *lessons = data;

	lessons->paths =
		xreallocarray(lessons->paths, lessons->count + 1, sizeof(lessons->paths[0]));
	lessons->paths[lessons->count++] = xstrdup(path);
	return true;
}

static void complain(const char *path, const char *what)
{
	text_line(stderr, "lwsim: %s: error: %s", path, what);
}

static void add_unreadable(const char *path, int error, void *data)
{
	complain(path, strerror(error));
	((struct lessons *)data)->is_unreadable = true;
}

static void lessons_free(struct lessons *lessons)
{
	for (size_t i = 0; i < lessons->count; i++)
		free(lessons->paths[i]);
	free(lessons->paths);
}

/* False if there are none, after printing an error. */
static bool lessons_find(struct lessons *ret_lessons)
{
	const struct walk walk = {
		.scenario = add_lesson,
		.unreadable = add_unreadable,
		.data = ret_lessons,
	};
	char *folder = data_path("scenarios/lessons");

	memset(ret_lessons, 0, sizeof(*ret_lessons));
	if (is_folder(folder))
		walk_scenarios(folder, &walk);
	if (!ret_lessons->count)
		complain(folder, "no lessons here");
	free(folder);
	return ret_lessons->count && !ret_lessons->is_unreadable;
}

static enum exit_code list(const struct lessons *lessons, const struct options *options)
{
	enum exit_code code = EXIT_GOOD;
	struct loaded loaded;

	for (size_t i = 0; i < lessons->count; i++) {
		if (!scenario_load(lessons->paths[i], options, stderr, &loaded)) {
			code = EXIT_USAGE;
			continue;
		}
		printf("%4zu  %s\n", i + 1, loaded.scenario->title);
		loaded_free(&loaded);
	}
	puts("\n`lwsim lesson N` plays one.");
	return code;
}

static void print_heading(const char *text)
{
	printf("\n%s:\n\n", text);
}

/*
 * Prints the timeline, the decisions behind it, and the comparison with other kernels if the lesson
 * has one. Expectations are left to `lwsim test`, because this may be another kernel.
 */
static enum exit_code play(const struct scenario *scenario, const struct options *options)
{
	struct options plays = *options;
	enum exit_code code;

	plays.judges_nothing = true;
	plays.is_forced = true; /* commands that an older kernel lacks are part of its timeline */
	print_heading("The timeline");
	code = show_run(scenario, &plays, &run_formats[0]);
	if (code > EXIT_FAILED)
		return code;
	print_heading("What happens, and why");
	code = exit_worse(code, show_run(scenario, &plays, &story_format));
	if (code > EXIT_FAILED || options->kernels_count || !scenario->compare_count)
		return code;
	print_heading("Other kernels beside it");
	return exit_worse(code, show_compare(scenario, options));
}

/* Prints the answer without the lesson, which the reader has seen. */
static void answer(const struct lesson *lesson)
{
	unsigned int columns = wrap_terminal_columns();

	print_heading("The question");
	lesson_print(stdout, lesson, LESSON_QUESTION, columns);
	print_heading("The answer");
	lesson_print(stdout, lesson, LESSON_ANSWER, columns);
}

static enum exit_code teach(const struct lesson *lesson, const struct scenario *scenario,
			    size_t number, const struct options *options)
{
	const char *path = lesson->source->path, *name = strrchr(path, '/') + 1;
	unsigned int columns = wrap_terminal_columns();
	enum exit_code code;

	fputc('\n', stdout);
	lesson_print(stdout, lesson, LESSON_PARAGRAPH, columns);
	fputs("\nThe scenario, ", stdout);
	text_print(stdout, name, strlen(name));
	fputs(":\n\n", stdout);
	lesson_print(stdout, lesson, LESSON_SCENARIO, columns);
	code = play(scenario, options);
	if (code > EXIT_FAILED)
		return code;
	print_heading("The question");
	lesson_print(stdout, lesson, LESSON_QUESTION, columns);
	printf("\n`lwsim lesson %zu --answer` answers it.\n", number);
	return code;
}

static enum exit_code show(const struct lesson *lesson, const struct scenario *scenario,
			   size_t number, size_t count, const struct options *options)
{
	printf("Lesson %zu of %zu: %s\n", number, count, scenario->title);
	if (!options->answers)
		return teach(lesson, scenario, number, options);
	answer(lesson);
	return EXIT_GOOD;
}

static enum exit_code teach_number(const struct lessons *lessons, size_t number,
				   const struct options *options)
{
	enum exit_code code = EXIT_USAGE;
	struct lesson lesson;
	struct loaded loaded;

	if (!scenario_load(lessons->paths[number - 1], options, stderr, &loaded))
		return EXIT_USAGE;
	/* print all errors before any output */
	if (lesson_read(loaded.source, stderr, &lesson))
		code = kernel_prepare_to_show(options->loader, run_kernel(options, loaded.scenario),
					      loaded.scenario);
	if (code == EXIT_GOOD)
		code = show(&lesson, loaded.scenario, number, lessons->count, options);
	loaded_free(&loaded);
	return code;
}

static enum exit_code teach_wanted(const struct lessons *lessons, const char *wanted,
				   const struct options *options)
{
	size_t digits = strspn(wanted, "0123456789");
	unsigned long number = strtoul(wanted, NULL, 10);

	if (!wanted[digits] && number >= 1 && number <= lessons->count)
		return teach_number(lessons, number, options);
	return usage_error("no lesson '%s', there are %zu; `lwsim lesson` lists them", wanted,
			   lessons->count);
}

enum exit_code command_lesson(const struct options *options, int argc, char **argv)
{
	struct lessons lessons;
	enum exit_code code = EXIT_USAGE;

	if (!argc && (options->answers || options->kernels_count))
		return usage_error("--kernel and --answer need a lesson's number");
	if (options->answers && options->kernels_count)
		return usage_error("--answer plays nothing, so there is nothing for --kernel");
	if (lessons_find(&lessons))
		code = argc ? teach_wanted(&lessons, argv[0], options) : list(&lessons, options);
	lessons_free(&lessons);
	return code;
}
