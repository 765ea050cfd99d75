#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim test --format junit`: well-formed XML that agrees with the text format.
. tests/lib/cli.sh
mkdir "$TMPDIR/here"
cd "$TMPDIR/here" || exit 1

printf 'kernel 6.1\n0 ip link add d0 type dummy\n' >good.lw
printf 'compare 5.8 6.1\n0 expect lo operstate UP # <&>"]]>\n' >failing.lw
printf '0 bogus "<&>"\n' >wrong.lw
# names that XML must escape or cannot contain
cp failing.lw $'<a href="&amp;">\'].lw'
cp good.lw ']]>.lw'
cp good.lw $'control \001\033 new\nline.lw'
cp good.lw $'latin1 \xe9.lw'
cp good.lw $'utf8 \xc3\xa9 \xef\xbf\xbf.lw'

cat >check.py <<'P'
import sys
import xml.etree.ElementTree as ET
root = ET.fromstring(sys.stdin.buffer.read())
assert root.tag == 'testsuites'
suites = list(root)
assert [s.tag for s in suites] == ['testsuite']
cases = list(suites[0])
assert all(c.tag == 'testcase' for c in cases)
count = {'failure': 0, 'error': 0}
for case in cases:
    assert case.get('classname') and case.get('name') and case.get('time') is not None, case.attrib
    kinds = [child.tag for child in case]
    assert kinds in ([], ['failure'], ['error']), kinds
    for child in case:
        count[child.tag] += 1
        assert child.get('message')
for element in (root, suites[0]):
    assert element.get('name')
    assert int(element.get('tests')) == len(cases)
    assert int(element.get('failures')) == count['failure']
    assert int(element.get('errors')) == count['error']
assert len({(c.get('classname'), c.get('name')) for c in cases}) == len(cases), 'a name twice'
print(len(cases), count['failure'], count['error'])
P

junit() # CODE TESTS FAILURES ERRORS PATH...
{
	local want=$1 expected="$2 $3 $4" counts
	shift 4
	lwsim test --format junit "$@"
	code_is "$want"
	err_is_empty
	if command -v xmllint >/dev/null && ! xmllint --noout "$out" 2>&3; then
		fail "$said: xmllint does not like it"
	fi
	if ! counts=$(python3 check.py <"$out" 2>&3); then
		fail "$said: not as JUnit should be"
		show "$out"
	elif [[ $counts != "$expected" ]]; then
		fail "$said: tests, failures, errors are $counts, expected $expected"
	fi
}
junit 0 1 0 0 good.lw
junit 1 2 2 0 failing.lw
junit 2 1 0 1 wrong.lw
junit 2 4 2 1 wrong.lw failing.lw good.lw
junit 1 2 2 0 $'<a href="&amp;">\'].lw'
junit 0 1 0 0 ']]>.lw'
junit 0 1 0 0 $'control \001\033 new\nline.lw'
junit 0 1 0 0 $'latin1 \xe9.lw'
junit 0 1 0 0 $'utf8 \xc3\xa9 \xef\xbf\xbf.lw'
junit 2 10 4 1 .

# the text is unchanged after parsing
lwsim test --format junit failing.lw
python3 - "$out" <<'P' || fail 'the messages are not in the XML as in the text'
import sys, xml.etree.ElementTree as ET
case = ET.parse(sys.argv[1]).getroot()[0][0]
assert case.get('classname') == 'failing.lw' and case.get('name') == '5.8', case.attrib
assert 'operstate of lo is ' in case[0].text
assert '# <&>"]]>' in case[0].text, case[0].text
P

finish
