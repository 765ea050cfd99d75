#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Instructions that commands take for n, 2n, 4n and 8n devices, names, statements, ...: no exponent over 1.3. Counted
# by valgrind, so independent of this machine. Takes minutes: only with LWSIM_TESTS_ALL=1, else skipped (77).
set -eu
cd "$(dirname "$0")/../.."

if [[ ${LWSIM_TESTS_ALL:-} != 1 ]]; then
	echo 'skip growth: only with tests/run --all'
	exit 77
fi
cmake --preset release >build/growth.log 2>&1 && cmake --build --preset release -j 2 --target lwsim lwsim-report lwsim-repl lwsim-wire >>build/growth.log 2>&1 ||
	{ cat build/growth.log >&2; exit 1; }
LWSIM=$PWD/build/release/lwsim tests/bench/growth --gate run explain compare diff states test svg html sweep as import against repl repl-why \
	repl-undo
