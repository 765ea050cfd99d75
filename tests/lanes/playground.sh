#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The web page: built, in Node.js and in Chromium, beside the program in $LWSIM (default: build/release/lwsim). Needs
# clang for WebAssembly, Node.js, npm and the page's modules: only with LWSIM_TESTS_ALL=1, else skipped (77).
set -eu
cd "$(dirname "$0")/../.."

if [[ ${LWSIM_TESTS_ALL:-} != 1 ]]; then
	echo 'skip playground: only with tests/run --all'
	exit 77
fi
sim/playground/build
export LWSIM=${LWSIM:-$PWD/build/release/lwsim}
node --test --test-reporter=spec tests/playground/*.test.mjs
echo 'playground: the page does what the program does; screenshots are in build/playground/screenshots/'
