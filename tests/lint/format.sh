#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# All C files are formatted by .clang-format. To fix one: clang-format -i FILE.
set -eu
cd "$(dirname "$0")/../.."

format=clang-format
! command -v clang-format-14 >/dev/null || format=clang-format-14
find model sim tests -name '*.[ch]' -print0 | xargs -0 "$format" --dry-run -Werror
