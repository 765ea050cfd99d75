#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# functional.sh PRESET [LABEL...]: builds the preset and runs its functional tests, or only those with one of the
# labels. Tests labelled `once` run in the check build only. LWSIM_TESTS_ALL=1: all tests, whatever the labels.
set -eu
cd "$(dirname "$0")/../.."
preset=$1
shift

selected=(-L '^functional$')
targets=()
if [[ ${LWSIM_TESTS_ALL:-} != 1 ]]; then
	selected+=(-LE '^once$')
	if (($#)); then
		selected+=(-L "^($(IFS='|' && echo "$*"))\$")
		[[ " $* " == *' unit '* || " $* " == *' property '* || " $* " == *' differential '* ]] ||
			targets=(--target lwsim lwsim_shared lwsim_archive lwsim_completion) # all that is installed
	fi
fi
cmake --preset "$preset" -DBUILD_TESTING=ON
start=$SECONDS
cmake --build --preset "$preset" -j 2 "${targets[@]}"
echo "$preset: built in $((SECONDS - start)) s"
exec ctest --test-dir "build/$preset" -j 2 --output-on-failure --no-tests=error "${selected[@]}"
