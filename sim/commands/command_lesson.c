/* SPDX-License-Identifier: GPL-2.0-or-later */
/* lwsim lesson: prints the lessons, which are scenarios, one at a time, and lets one try them. */
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
#include "sim/language/lesson.h"
#include "sim/commands/lesson_try.h"
#include "sim/commands/show.h"
#include "sim/formats/lanes_writer.h"
#include "sim/run/src_kernel.h"
#include "sim/story/story.h"
#include "sim/story/story_turns.h"

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
	wrap_message(stderr, "lwsim: %s: error: %s", path, what);
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

/* False if there are none, or not all can be read, after printing an error. */
static bool lessons_find(struct lessons *ret_lessons, bool is_required)
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
	if (!ret_lessons->count && is_required)
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
	puts("\n`lwsim lesson N` shows one; with --try you answer its question.");
	return code;
}

static void print_part(const struct lesson *lesson, enum lesson_part part, const char *heading)
{
	printf("\n%s:\n\n", heading);
	lesson_print(stdout, lesson, part, wrap_terminal_columns());
}

/* Expectations are left to `lwsim test`, because this may be another kernel. */
static enum exit_code show_as(const struct scenario *scenario, const struct options *options,
			      const struct format *format)
{
	struct options plays = *options;

	plays.judges_nothing = true;
	plays.is_forced = true; /* commands that an older kernel lacks are part of its timeline */
	return show_run(scenario, &plays, format);
}

static struct writer *why_new(FILE *out, const struct run_info *info)
{
	return story_turns_new(out, info->device, wrap_terminal_columns());
}

/* Prints the decisions behind the picture; repeats that read the same are printed once. */
static enum exit_code explain(const struct scenario *scenario, const struct options *options)
{
	static const struct format why = { .name = "why", .writer_new = why_new };
	enum exit_code code;

	fputs("\nWhat happens, and why:\n\n", stdout);
	code = show_as(scenario, options, &why);
	if (code <= EXIT_FAILED && scenario->compare_count) {
		fputs("\nOther kernels beside it:\n\n", stdout);
		text_line(stdout, "  lwsim compare %s", scenario->source->path);
	}
	return code;
}

static enum exit_code teach(const struct lesson *lesson, const struct scenario *scenario,
			    size_t number, const struct options *options)
{
	static const struct format picture = { .name = "lanes", .writer_new = lanes_writer_new };
	enum exit_code code;

	fputc('\n', stdout);
	lesson_print(stdout, lesson, LESSON_PARAGRAPH, wrap_terminal_columns());
	fputc('\n', stdout);
	code = show_as(scenario, options, &picture);
	if (code <= EXIT_FAILED && options->explains)
		code = exit_worse(code, explain(scenario, options));
	if (code > EXIT_FAILED)
		return code;
	print_part(lesson, LESSON_QUESTION, "The question");
	print_part(lesson, LESSON_TASK, "Try it");
	printf("\n`lwsim lesson %zu --try` lets you edit and run a copy%s.\n", number,
	       options->explains ? "" : "; --why says more");
	return code;
}

static enum exit_code show(const struct lesson *lesson, const struct scenario *scenario,
			   size_t number, size_t count, const struct options *options)
{
	printf("Lesson %zu of %zu: %s\n", number, count, scenario->title);
	if (options->tries) {
		fputc('\n', stdout);
		return lesson_try(lesson, scenario, number, options);
	}
	if (!options->answers)
		return teach(lesson, scenario, number, options);
	print_part(lesson, LESSON_QUESTION, "The question");
	print_part(lesson, LESSON_TASK, "Try it");
	print_part(lesson, LESSON_ANSWER, "The answer");
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

size_t lessons_count(void)
{
	struct lessons lessons;

	lessons_find(&lessons, false);
	lessons_free(&lessons);
	return lessons.count;
}

enum exit_code command_lesson(const struct options *options, int argc, char **argv)
{
	struct lessons lessons;
	enum exit_code code = EXIT_USAGE;

	if (!argc &&
	    (options->answers || options->tries || options->explains || options->kernels_count))
		return usage_error("an option of `lwsim lesson` needs a lesson's number");
	if (options->answers + options->tries + options->explains > 1)
		return usage_error("--try, --why and --answer exclude each other");
	if ((options->answers || options->tries) && options->kernels_count)
		return usage_error(
			"--kernel is for the picture and --why, not for --answer and --try");
	if (lessons_find(&lessons, true))
		code = argc ? teach_wanted(&lessons, argv[0], options) : list(&lessons, options);
	lessons_free(&lessons);
	return code;
}
