#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each header compiles alone, so includes what it needs.
set -eu
cd "$(dirname "$0")/../.."

failed=0
for header in model/*.h sim/*.h sim/loader/*.h sim/play/*.h sim/repl/*.h sim/report/*.h; do
	gcc -x c -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only "$header" || failed=1
done
exit $failed
