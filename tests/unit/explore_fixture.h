/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is explored in tests. */
#ifndef LWSIM_TESTS_UNIT_EXPLORE_FIXTURE_H
#define LWSIM_TESTS_UNIT_EXPLORE_FIXTURE_H

#include "parse_fixture.h"

#include "sim/explore/search.h"

struct exploring {
	struct source *source;
	struct scenario *scenario;
	struct world world;
	struct search search;
	struct visitor visitor;
};

static const struct kernel *kernel_named(const char *name)
{
	static struct kernel kernel;
	size_t off, len;

	assert_int_equal(kernel_parse(name, strlen(name), &kernel, &off, &len), 0);
	return &kernel;
}

/* names: of one kernel, or of two with a blank between them. */
static inline void start(struct exploring *exploring, const char *text, const char *names,
			 enum moments moments, enum hearing hearing, bool has_symmetry)
{
	struct kernel kernels[SIDES_MAX];
	unsigned int count = 0;
	char *copy = strdup(names);
	struct diags diags;

	for (char *name = strtok(copy, " "); name; name = strtok(NULL, " "))
		kernels[count++] = *kernel_named(name);
	free(copy);
	exploring->source = source_from_text("explored", text, strlen(text));
	diags_init(&diags, exploring->source);
	exploring->scenario = scenario_parse(exploring->source, NULL, 0, &diags);
	diags_print(&diags, stderr);
	assert_non_null(exploring->scenario);
	diags_free(&diags);
	assert_true(
		world_init(&exploring->world, exploring->scenario, kernels, count, NULL, stderr));
	exploring->world.hearing = hearing;
	search_init(&exploring->search, &exploring->world, moments, has_symmetry, false);
}

static inline void stop(struct exploring *exploring)
{
	search_free(&exploring->search);
	world_free(&exploring->world);
	scenario_free(exploring->scenario);
	source_free(exploring->source);
}

#define TWO(HZ)                                                                                    \
	"hz " HZ "\n1 ip link add d{0..1} type dummy\n5 explore {\n"                               \
	"ip link set d{0..1} up|down\nip link set d{0..1} carrier on|off\n}\n"

#define VETH                                                                                       \
	"hz 100\n1 ip link add v0 type veth peer v1\n5 explore {\n"                                \
	"ip link set v{0..1} up|down\n}\n"
#define ONE                                                                                        \
	"hz 100\n1 ip link add d0 type dummy\n5 explore {\n"                                       \
	"ip link set d0 up|down\nip link set d0 carrier on|off\n}\n"
#define EXACT "timers exact\n" ONE
#define VLAN                                                                                       \
	"hz 100\n1 ip link add l0 type dummy\nip link add link l0 name v0 type vlan id 10\n"       \
	"5 explore {\nip link set l0 up|down\nip link set l0 carrier on|off\n"                     \
	"ip link set v0 up|down\n}\n"
#define BOND                                                                                       \
	"hz 100\n1 ip link add b0 type bond miimon 100\nip link add p0 type dummy\n"               \
	"ip link set p0 master b0\n5 explore {\nip link set b0 up|down\n"                          \
	"ip link set p0 carrier on|off\n}\n"
#define BRIDGE                                                                                     \
	"hz 100\n1 ip link add r0 type bridge\nip link add p0 type dummy\n"                        \
	"ip link set p0 master r0\n5 explore {\nip link set r0 up|down\n"                          \
	"ip link set p0 up|down\nip link set p0 carrier on|off\n}\n"

#endif
