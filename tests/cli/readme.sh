#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What README.md and the man page quote is what lwsim does (tests/lib/quotes.py says how they quote).
. tests/lib/cli.sh

python3 tests/lib/quotes.py README.md sim/man/lwsim.1 ||
	fail 'quotes are out of date; after a look: LWSIM=... tests/lib/quotes.py --update README.md'

# The checker checks: a wrong quote is found, and --update repairs that and nothing else.
cp README.md "$TMPDIR/README.md"
sed -i '0,/^    0\.010000/s//    0.020000/' "$TMPDIR/README.md"
! cmp -s README.md "$TMPDIR/README.md" || fail 'README.md does not show the founding case'
! python3 tests/lib/quotes.py "$TMPDIR/README.md" >"$out" || fail 'a wrong quote is not found'
python3 tests/lib/quotes.py --update "$TMPDIR/README.md" >"$out"
same 'README.md, made wrong and updated' README.md "$TMPDIR/README.md"
sed 's/carrier on$/carrier of/; s/type dummy$/type dumy/' README.md >"$TMPDIR/README.md"
! python3 tests/lib/quotes.py "$TMPDIR/README.md" >"$out" || fail 'a wrong scenario is not found'

# Links to files lead somewhere.
grep -oE '\]\([^)#:]+\)' README.md | tr -d ']()' | while IFS= read -r path; do
	[[ -e $path ]] || echo "$path"
done >"$TMPDIR/missing"
[[ ! -s $TMPDIR/missing ]] || fail "README.md links to what is not there: $(cat "$TMPDIR/missing")"

# All files of the model are in the table.
for file in model/*.c; do
	case $file in
	model/machine.c | model/kernel.c | model/kernel_table.c | model/verify.c) continue ;; # no kernel twin
	esac
	grep -q "^| \`$(basename "$file")\`" README.md || fail "README.md: no word of $file"
done

finish
