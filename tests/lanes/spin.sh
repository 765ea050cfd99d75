#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim explore against Spin on a second model: the same steps between the same states, and as many with three
# devices. Its times do not matter here. Needs the package spin: only with LWSIM_TESTS_ALL=1, else skipped (77).
set -eu
cd "$(dirname "$0")/../.."

if [[ ${LWSIM_TESTS_ALL:-} != 1 ]]; then
	echo 'skip spin: only with tests/run --all'
	exit 77
fi
exec tests/bench/spin/run
