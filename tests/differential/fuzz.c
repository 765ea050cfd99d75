/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The differential test with a fuzzer in place of random numbers: two bytes choose the devices, then
 * every eight bytes are a step. LWSIM_FUZZ_KERNEL and LWSIM_FUZZ_FILE name the two kernels (default:
 * 6.1 and the tests' own file); a difference is also written to the file in LWSIM_FUZZ_SCENARIO. Runs
 * in the source root. The kernel's file must be compiled like this program: CC=clang, and
 * LWSIM_SRC_CFLAGS (sim/loader/build.h).
 */
#include <stdlib.h>
#include <string.h>

#include "support/report.h"

#define SLOTS 9
#define HZ 250

/* libFuzzer's interface. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct pair pair;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *kernel = getenv("LWSIM_FUZZ_KERNEL"), *file = getenv("LWSIM_FUZZ_FILE");
	const struct pair_config config = {
		.port = kernel ? kernel : "6.1",
		.file = file ? file : "src:tests/differential/link_watch.c,base=6.1",
		.hz = HZ,
		.slots = SLOTS,
	};

	(void)argc;
	(void)argv;
	if (!pair_init(&pair, &config))
		exit(2);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct steps steps;
	uint64_t bits;

	if (size < 2)
		return 0;
	steps_begin(&steps, (uint64_t)data[0] << 8 | data[1], SLOTS);
	for (size_t at = 2; at + sizeof(bits) <= size && steps.count < STEPS_MAX;
	     at += sizeof(bits)) {
		memcpy(&bits, data + at, sizeof(bits));
		steps.list[steps.count++] = step_decode(bits, steps.slots);
	}
	if (pair_run(&pair, &steps) < 0)
		return 0;
	report(&pair, &steps, getenv("LWSIM_FUZZ_SCENARIO"));
	fflush(stdout);
	abort();
}
