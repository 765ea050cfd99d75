// SPDX-License-Identifier: GPL-2.0-or-later
/* Where data files are searched, depending on the program's path. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "sim/base/data_dir.h"

static void assert_data_path(const char *program, const char *path)
{
	char *found = data_path_of(program, "/src/lwsim/build", "/src/lwsim", "scenarios");

	assert_string_equal(found, path);
	free(found);
}

static void data_path_of__installed_is_below_its_prefix(void **state)
{
	(void)state;
	assert_data_path("/usr/local/bin/lwsim", "/usr/local/share/lwsim/scenarios");
	assert_data_path("/usr/libexec/lwsim/lwsim-plot", "/usr/share/lwsim/scenarios");
	assert_data_path("/bin/lwsim", "/share/lwsim/scenarios");
	assert_data_path("/libexec/lwsim/lwsim-plot", "/share/lwsim/scenarios");
	assert_data_path("/opt/xlibexec/lwsim/lwsim", "/opt/xlibexec/share/lwsim/scenarios");
	/* without a parent folder, use the root */
	assert_data_path("/lwsim", "/share/lwsim/scenarios");
	assert_data_path("", "/share/lwsim/scenarios");
}

static void data_path_of__in_the_build_tree_is_in_the_sources(void **state)
{
	(void)state;
	assert_data_path("/src/lwsim/build/release/lwsim", "/src/lwsim/scenarios");
	assert_data_path("/src/lwsim/build/bin/lwsim", "/src/lwsim/scenarios");
	assert_data_path("/src/lwsim/build2/bin/lwsim", "/src/lwsim/build2/share/lwsim/scenarios");
}

static void data_path_of__no_build_tree_known(void **state)
{
	char *found = data_path_of("/usr/bin/lwsim", NULL, NULL, "scenarios");

	(void)state;
	assert_string_equal(found, "/usr/share/lwsim/scenarios");
	free(found);
}

static void data_path__the_environment_comes_first(void **state)
{
	char *found;
	struct stat status;

	(void)state;
	setenv("LWSIM_DATA_DIR", "/somewhere", 1);
	found = data_path("scenarios");
	assert_string_equal(found, "/somewhere/scenarios");
	free(found);

	/* empty is the same as unset; this program is in the build tree */
	setenv("LWSIM_DATA_DIR", "", 1);
	found = data_path("scenarios/microvm.lw");
	assert_int_equal(stat(found, &status), 0);
	free(found);
	unsetenv("LWSIM_DATA_DIR");
	found = data_path("scenarios/microvm.lw");
	assert_int_equal(stat(found, &status), 0);
	free(found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(data_path_of__installed_is_below_its_prefix),
		cmocka_unit_test(data_path_of__in_the_build_tree_is_in_the_sources),
		cmocka_unit_test(data_path_of__no_build_tree_known),
		cmocka_unit_test(data_path__the_environment_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
