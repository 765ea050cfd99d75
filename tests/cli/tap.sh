#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim test --format tap`: TAP 13, by its structure and as read by perl's prove.
. tests/lib/cli.sh
mkdir "$TMPDIR/here"
cd "$TMPDIR/here" || exit 1

echo 'kernel 6.1' >good.lw
echo '0 ip link add d0 type dummy' >>good.lw
printf 'compare 5.8 6.1\n0 expect lo operstate UP\n' >failing.lw
printf '0 bogus\n' >wrong.lw
# names with a meaning in TAP
cp good.lw '# SKIP good.lw'
cp failing.lw '# TODO failing.lw'
cp good.lw 'back\slash.lw'
cp good.lw $'new\nok 99 - line.lw'
cp good.lw $'latin1 \xe9.lw'

cat >check.py <<'P'
import re, sys
lines = sys.stdin.buffer.read().split(b'\n')
assert lines.pop() == b'', 'no newline at the end'
assert lines[0] == b'TAP version 13', lines[0]
plan = re.fullmatch(rb'1\.\.(\d+)', lines[1])
assert plan, lines[1]
tests = []
for line in lines[2:]:
    if line.startswith(b'#'):
        assert tests and tests[-1][1] == b'not ', 'a comment behind a good test: %r' % line
        continue
    test = re.fullmatch(rb'((?:not )?)ok (\d+) - (.+)', line)
    assert test, 'no TAP: %r' % line
    tests.append((int(test[2]), test[1]))
    assert not re.search(rb'(?<!\\)#', test[3]), 'a directive: %r' % line
assert [number for number, _ in tests] == list(range(1, int(plan[1]) + 1)), tests
print(sum(not bad for _, bad in tests), sum(bool(bad) for _, bad in tests))
P

tap() # CODE GOOD BAD PATH...
{
	local expected="$2 $3" want=$1 counts
	shift 3
	lwsim test --format tap "$@"
	code_is "$want"
	err_is_empty
	if ! counts=$(python3 check.py <"$out" 2>&3); then
		fail "$said: no TAP"
		show "$out"
	elif [[ $counts != "$expected" ]]; then
		fail "$said: good and bad are $counts, expected $expected"
	fi
}
tap 0 1 0 good.lw
tap 1 0 2 failing.lw
tap 2 0 1 wrong.lw
tap 2 1 3 wrong.lw failing.lw good.lw
tap 0 1 0 '# SKIP good.lw'
tap 1 0 2 '# TODO failing.lw'
tap 0 1 0 'back\slash.lw'
tap 0 1 0 $'new\nok 99 - line.lw'
tap 0 1 0 $'latin1 \xe9.lw'
tap 2 5 5 .

# the reason is in comments, line by line
lwsim test --format tap failing.lw
out_has "# failing.lw:2:23: fail: operstate of lo is "
out_has "# note: "

# no files: an error, and still TAP
mkdir empty
lwsim test --format tap empty
code_is 2
err_has 'no scenario found'
grep -qx '1\.\.0' "$out" || fail 'no plan without tests'

if command -v prove >/dev/null; then
	prove_says() # CODE TEXT PATH
	{
		local said="prove: $3" code
		"$LWSIM" test --format tap "$3" >stream.tap
		prove -e cat stream.tap >"$out" 2>&1
		code=$?
		code_is "$1"
		out_has "$2"
	}
	prove_says 0 'All tests successful' good.lw
	prove_says 1 'Failed 2/2' failing.lw
	prove_says 0 'All tests successful' '# SKIP good.lw'
	out_lacks skipped
	prove_says 1 'Failed 2/2' '# TODO failing.lw' # must not be read as a test that may fail
	prove_says 1 'Failed 5/10' .
else
	echo 'note: no prove(1) here, package perl' >&3
fi

finish
