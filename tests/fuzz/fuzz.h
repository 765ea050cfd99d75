/* SPDX-License-Identifier: GPL-2.0-or-later */
/* libFuzzer's interface. */
#ifndef LWSIM_TESTS_FUZZ_FUZZ_H
#define LWSIM_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
