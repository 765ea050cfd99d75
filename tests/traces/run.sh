#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh NAME.script NAME.KERNEL.trace KERNEL HZ: replays the script on lwsim and compares the result with the real
# kernel's trace, by both rules of tests/traces/README.md.
# $LWSIM is the program, $TMPDIR a directory for this test.
set -eu
here=$(dirname "$0")
scenario=$TMPDIR/scenario.lw
{
	echo "kernel $3"
	echo "hz $4"
	cat "$1"
} >"$scenario"
# a command that failed in the trace fails here, too; the comparison decides
code=0
"$LWSIM" run --force --format jsonl "$scenario" >"$TMPDIR/run.jsonl" 2>"$TMPDIR/stderr" || code=$?
if [ $code -gt 1 ]; then
	cat "$TMPDIR/stderr"
	exit $code
fi
exec python3 "$here/compare.py" "$2" "$TMPDIR/run.jsonl" "$4" "$1"
