#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bad.sh scenarios/bad/bad-NAME.lw: `check` and `run` must refuse the file with exit code 2, print nothing on stdout,
# and print exactly bad-NAME.stderr on stderr.
# $LWSIM is the program, $TMPDIR a directory for this test.
file=$1
expected=${file%.lw}.stderr
failed=0

for command in check run; do
	"$LWSIM" "$command" "$file" >"$TMPDIR/stdout" 2>"$TMPDIR/stderr"
	code=$?
	if [ $code -ne 2 ]; then
		echo "lwsim $command $file: exit code $code, expected 2"
		failed=1
	fi
	if [ -s "$TMPDIR/stdout" ]; then
		echo "lwsim $command $file: stdout is not empty:"
		cat "$TMPDIR/stdout"
		failed=1
	fi
	if ! diff -u "$expected" "$TMPDIR/stderr"; then
		echo "lwsim $command $file: stderr is not as in $expected"
		failed=1
	fi
done
exit $failed
