#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each header compiles alone: it includes what it needs.
set -eu
cd "$(dirname "$0")/../.."

. tests/lib/files.sh
failed=0
headers=$(project_files 'model/*.h' 'sim/*.h')
for header in $(grep -vE '/kernel-include/|/playground/wasm/' <<<"$headers"); do
	gcc -x c -std=gnu11 -D_GNU_SOURCE -Wall -Wextra -Werror -I. -fsyntax-only "$header" || failed=1
done
exit $failed
