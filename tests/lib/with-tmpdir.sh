#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# with-tmpdir.sh COMMAND...: runs it with $TMPDIR naming an empty directory that is removed afterwards.
TMPDIR=$(mktemp -d) || exit 1
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
trap 'exit 1' HUP INT TERM
"$@"
