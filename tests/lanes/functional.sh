#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# functional.sh PRESET: builds the preset and runs the functional tests in it.
set -eu
cd "$(dirname "$0")/../.."

cmake --preset "$1" -DBUILD_TESTING=ON
cmake --build --preset "$1" -j 2
exec ctest --test-dir "build/$1" -L functional -j 2 --output-on-failure --no-tests=error
