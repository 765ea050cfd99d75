#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# output.sh tests/golden/output/NAME.args: runs lwsim with these arguments (a shell's words) and compares stdout,
# stderr and the exit code with NAME.out. UPDATE=1 rewrites NAME.out: read it before you commit it.
# $LWSIM is the program, $TMPDIR a directory for this test.
args=$1
expected=${args%.args}.out
actual=$TMPDIR/out

eval "\"$LWSIM\" $(cat "$args")" >"$TMPDIR/stdout" 2>"$TMPDIR/stderr" </dev/null
code=$?
{
	cat "$TMPDIR/stdout"
	echo "--- stderr"
	cat "$TMPDIR/stderr"
	echo "--- exit $code"
} >"$actual"
if [ "${UPDATE:-}" = 1 ]; then
	cp "$actual" "$expected"
fi
diff -u "$expected" "$actual"
