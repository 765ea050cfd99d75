// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "sim/base/name_index.h"

static void name_index__keeps_a_number_a_name(void **state)
{
	struct name_index index = { .entries = NULL };
	char name[16];

	(void)state;
	assert_null(name_index_find(&index, ""));
	for (size_t i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "d%zu", i); /* copied: the next round overwrites it */
		assert_int_equal(*name_index_at(&index, name), SIZE_MAX);
		*name_index_at(&index, name) = i;
	}
	assert_int_equal(*name_index_find(&index, "d0"), 0);
	assert_int_equal(*name_index_find(&index, "d999"), 999);
	assert_null(name_index_find(&index, "d1000"));
	assert_null(name_index_find(&index, "d"));
	name_index_free(&index);
	assert_null(name_index_find(&index, "d0"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_index__keeps_a_number_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
