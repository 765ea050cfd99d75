// SPDX-License-Identifier: GPL-2.0-or-later
/* A file is written completely or not at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/whole_file.h"

struct place {
	char folder[64], path[96];
};

static int setup(void **state)
{
	struct place *place = calloc(1, sizeof(*place));

	strcpy(place->folder, "/tmp/whole_file.XXXXXX");
	if (!mkdtemp(place->folder))
		return -1;
	snprintf(place->path, sizeof(place->path), "%s/file", place->folder);
	*state = place;
	return 0;
}

static int teardown(void **state)
{
	struct place *place = *state;

	unlink(place->path);
	rmdir(place->folder); /* fails if anything is left in it, as files_in() has checked */
	free(place);
	return 0;
}

static size_t files_in(const char *folder)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2; /* . and .. */
}

static void assert_holds(const struct place *place, const char *expected)
{
	char text[64] = "";
	FILE *in = fopen(place->path, "r");

	assert_non_null(in);
	text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
	fclose(in);
	assert_string_equal(text, expected);
	assert_int_equal(files_in(place->folder), 1);
}

static void whole_file_write__makes_and_replaces(void **state)
{
	const struct place *place = *state;
	struct stat status;
	mode_t mask = umask(027);

	assert_int_equal(whole_file_write(place->path, "one", 3, NULL), 0);
	umask(mask);
	assert_holds(place, "one");
	assert_int_equal(stat(place->path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(chmod(place->path, 0604), 0);
	assert_int_equal(whole_file_write(place->path, "", 0, NULL), 0);
	assert_holds(place, "");
	assert_int_equal(stat(place->path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0604);
}

static void whole_file_write__keeps_the_owner(void **state)
{
	const struct place *place = *state;
	struct stat status;

	if (geteuid() != 0)
		skip(); /* only root may change a file's owner */
	assert_int_equal(whole_file_write(place->path, "one", 3, NULL), 0);
	assert_int_equal(chown(place->path, 12345, 23456), 0);
	assert_int_equal(whole_file_write(place->path, "two", 3, NULL), 0);
	assert_int_equal(stat(place->path, &status), 0);
	assert_int_equal(status.st_uid, 12345);
	assert_int_equal(status.st_gid, 23456);
}

static void whole_file_write__keeps_what_somebody_has_edited(void **state)
{
	static const char *const others[] = { "two", "onetwo", "on", "" };
	const struct file_text expected = { "one", 3 };
	const struct place *place = *state;

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_equal(whole_file_write(place->path, others[i], strlen(others[i]), NULL),
				 0);
		assert_int_equal(whole_file_write(place->path, "new", 3, &expected),
				 WHOLE_FILE_CHANGED);
		assert_holds(place, others[i]);
	}
	assert_int_equal(whole_file_write(place->path, "one", 3, NULL), 0);
	assert_int_equal(whole_file_write(place->path, "new", 3, &expected), 0);
	assert_holds(place, "new");
	unlink(place->path);
	assert_int_equal(whole_file_write(place->path, "new", 3, &expected), WHOLE_FILE_CHANGED);
	assert_int_equal(files_in(place->folder), 0);
}

static void whole_file_write__leaves_nothing_behind_an_error(void **state)
{
	const struct place *place = *state;
	struct rlimit before, limit;
	struct sigaction action;

	assert_int_equal(whole_file_write(place->path, "one", 3, NULL), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 2;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(whole_file_write(place->path, "larger", 6, NULL), EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_holds(place, "one");
	assert_int_equal(sigaction(SIGXFSZ, NULL, &action), 0);
	assert_true(action.sa_handler == SIG_DFL);
	assert_int_equal(whole_file_write("/nowhere/file", "one", 3, NULL), ENOENT);
}

static void whole_file_create__makes_a_file_that_is_not_there(void **state)
{
	const struct place *place = *state;
	struct stat status;
	mode_t mask = umask(027);

	assert_int_equal(whole_file_create(place->path, "one", 3), 0);
	umask(mask);
	assert_holds(place, "one");
	assert_int_equal(stat(place->path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
	assert_int_equal(whole_file_create(place->path, "two", 3), EEXIST);
	assert_holds(place, "one");
	unlink(place->path);
	assert_int_equal(symlink("none", place->path), 0);
	assert_int_equal(whole_file_create(place->path, "two", 3), EEXIST);
	assert_int_equal(files_in(place->folder), 1);
}

static void whole_file_create__leaves_nothing_behind_an_error(void **state)
{
	const struct place *place = *state;
	struct rlimit before, limit;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	limit = before;
	limit.rlim_cur = 2;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(whole_file_create(place->path, "larger", 6), EFBIG);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(files_in(place->folder), 0);
	assert_int_equal(whole_file_create("/nowhere/file", "one", 3), ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(whole_file_write__makes_and_replaces, setup,
						teardown),
		cmocka_unit_test_setup_teardown(whole_file_write__keeps_the_owner, setup, teardown),
		cmocka_unit_test_setup_teardown(whole_file_write__keeps_what_somebody_has_edited,
						setup, teardown),
		cmocka_unit_test_setup_teardown(whole_file_write__leaves_nothing_behind_an_error,
						setup, teardown),
		cmocka_unit_test_setup_teardown(whole_file_create__makes_a_file_that_is_not_there,
						setup, teardown),
		cmocka_unit_test_setup_teardown(whole_file_create__leaves_nothing_behind_an_error,
						setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
