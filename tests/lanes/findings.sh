#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# findings.sh: each cell of the tables in scenarios/findings/lag-and-rate.md and versions.md is what `lwsim explore` says;
# a minute of CPU time. With LWSIM_TESTS_ALL=1 in the environment also the rows of more than 700000 states: five minutes.
set -eu
cd "$(dirname "$0")/../.."

most=(--states 700000)
[[ ${LWSIM_TESTS_ALL:-} != 1 ]] || most=()
log=build/findings.log
mkdir -p build
{ cmake --preset release && cmake --build --preset release -j 2 --target lwsim lwsim-explore; } >"$log" 2>&1 ||
	{ cat "$log" >&2; exit 1; }
exec python3 tests/lib/findings.py "${most[@]}" build/release/lwsim
