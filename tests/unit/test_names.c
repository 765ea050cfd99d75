/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of states, modes, flags and errors, both ways. */
#include <errno.h>
#include <linux/if.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/netdevice.h"
#include "sim/language/names.h"

static void operstate__all_names_read_back(void **state)
{
	int i;

	(void)state;
	for (i = 0; operstate_names[i]; i++) {
		const char *name = operstate_name((uint8_t)i);

		assert_string_equal(name, operstate_names[i]);
		assert_int_equal(operstate_from_name(name, strlen(name)), i);
	}
	assert_int_equal(i, IF_OPER_UP + 1);
}

static void operstate_from_name__takes_any_case_and_the_whole_name(void **state)
{
	(void)state;
	assert_int_equal(operstate_from_name("lowerLayerDown", 14), IF_OPER_LOWERLAYERDOWN);
	assert_int_equal(operstate_from_name("UPP", 2), IF_OPER_UP);
	assert_int_equal(operstate_from_name("UPP", 3), -1);
	assert_int_equal(operstate_from_name("U", 1), -1);
	assert_int_equal(operstate_from_name("", 0), -1);
}

static void names__of_no_number_are_a_question_mark(void **state)
{
	(void)state;
	assert_string_equal(operstate_name(7), "?");
	assert_string_equal(operstate_name(255), "?");
	assert_string_equal(linkmode_name(3), "?");
	assert_string_equal(qdisc_name(3), "?");
}

static void linkmode__all_names_read_back(void **state)
{
	(void)state;
	assert_string_equal(linkmode_name(IF_LINK_MODE_DEFAULT), "default");
	assert_string_equal(linkmode_name(IF_LINK_MODE_DORMANT), "dormant");
	assert_string_equal(linkmode_name(IF_LINK_MODE_TESTING), "testing");
	assert_int_equal(linkmode_from_name("DORMANT", 7), IF_LINK_MODE_DORMANT);
	assert_int_equal(linkmode_from_name("testing", 7), IF_LINK_MODE_TESTING);
	assert_int_equal(linkmode_from_name("tested", 6), -1);
}

static void qdisc_name__is_what_ip_shows(void **state)
{
	(void)state;
	assert_string_equal(qdisc_name(QDISC_NOOP), "noop");
	assert_string_equal(qdisc_name(QDISC_NOQUEUE), "noqueue");
	assert_string_equal(qdisc_name(QDISC_PFIFO_FAST), "pfifo_fast");
}

static void flag_names__begin_with_link_state_and_have_each_flag_once(void **state)
{
	uint32_t seen = 0;
	int i;

	(void)state;
	for (i = 0; flag_names[i].flag; i++) {
		assert_int_equal(seen & flag_names[i].flag, 0);
		seen |= flag_names[i].flag;
		if (i == LINK_STATE_FLAGS - 1)
			assert_int_equal(seen, LINK_STATE_FLAGS_MASK);
	}
	assert_int_equal(seen, 0x7ffff); /* all of <linux/if.h> */
	assert_null(flag_names[i].name);
}

static void errno_name__reads_back(void **state)
{
	int error, names = 0;

	(void)state;
	for (error = 1; error < 200; error++) {
		const char *name = errno_name(error);

		if (!name)
			continue;
		assert_int_equal(errno_from_name(name, strlen(name)), error);
		names++;
	}
	assert_int_equal(names, 131); /* 1 to 133 without 41 and 58 */
	assert_string_equal(errno_name(ENETDOWN), "ENETDOWN");
	assert_string_equal(errno_name(EOPNOTSUPP), "EOPNOTSUPP");
}

static void errno_text__is_glibcs(void **state)
{
	(void)state;
	for (int error = 1; error < 200; error++)
		if (errno_name(error))
			assert_string_equal(errno_text(error), strerror(error));
	assert_string_equal(errno_text(EEXIST), "File exists");
	assert_string_equal(errno_text(41), "Unknown error");
	assert_string_equal(errno_text(-EEXIST), "Unknown error");
}

static void errno_name__of_no_error_is_null(void **state)
{
	(void)state;
	assert_null(errno_name(0));
	assert_null(errno_name(-ENETDOWN));
	assert_null(errno_name(41));
	assert_null(errno_name(4095));
	assert_int_equal(errno_from_name("ENETDOW", 7), 0);
	assert_int_equal(errno_from_name("enetdown", 8), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operstate__all_names_read_back),
		cmocka_unit_test(operstate_from_name__takes_any_case_and_the_whole_name),
		cmocka_unit_test(names__of_no_number_are_a_question_mark),
		cmocka_unit_test(linkmode__all_names_read_back),
		cmocka_unit_test(qdisc_name__is_what_ip_shows),
		cmocka_unit_test(flag_names__begin_with_link_state_and_have_each_flag_once),
		cmocka_unit_test(errno_name__reads_back),
		cmocka_unit_test(errno_text__is_glibcs),
		cmocka_unit_test(errno_name__of_no_error_is_null),
	};

	return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
