#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Inputs and files that lwsim once failed on.
. tests/lib/cli.sh

# -- endless wrong lines: parsing stops, and says where
(echo '0 ip link add d0 type dummy' && yes ' ip link set d0 up up' | head -n 5000) >"$TMPDIR/many.lw"
refused 'note: line 1002 and those after it were not read' check "$TMPDIR/many.lw"
err_has 'note: 980 more errors'
(echo '0 ip link add d0 type dummy' && yes ' ip link set x up' | head -n 5000) >"$TMPDIR/many.lw"
refused 'note: the lines after the last of these errors were not checked' check "$TMPDIR/many.lw"
err_has 'note: 980 more errors'
# the rest could have closed the block or created the device, so neither is reported
(echo '0 repeat 2 every 1s {' && yes 'foo' | head -n 1000 && echo '}') >"$TMPDIR/many.lw"
lwsim check "$TMPDIR/many.lw"
code_is 2
! grep -q 'block' "$err" || fail "$said: an error about a block that was not read to its end"
# a line that never ends
for input in /dev/zero "$TMPDIR/fifo"; do
	[[ $input == /dev/zero ]] || { mkfifo "$input" && cat /dev/zero >"$input" 2>/dev/null & }
	while [[ ! -e $input ]]; do sleep 0.1; done
	refused "$input: error: a line of more than 1 MiB" sweep --merge "$input"
done

# -- files
cp "$microvm" "$TMPDIR/s.html"
refused "-o $TMPDIR/s.html: that is the scenario, expected another file" report "$TMPDIR/s.html" -o "$TMPDIR/s.html"
ln -s s.html "$TMPDIR/link.svg"
refused 'this is an input file' sweep --vary open=0s,1s "$TMPDIR/s.html" -o "$TMPDIR/link.svg"
same 'the scenario' "$microvm" "$TMPDIR/s.html"

mkdir "$TMPDIR/folder"
cp scenarios/flap.lw "$TMPDIR/folder/a.lw" 2>/dev/null || cp "$microvm" "$TMPDIR/folder/a.lw"
mkfifo "$TMPDIR/folder/x.lw" # without a writer
lwsim test "$TMPDIR/folder"
out_lacks 'x.lw'
grep -q '0 failed' "$out" || fail "$said: a.lw was not tested"
lwsim test ''
code_is 2
out_has 'No such file or directory'

name=$TMPDIR/$'a\e[2Jb\ac.lw'
cp "$microvm" "$name"
lwsim test --format tap "$name"
! LC_ALL=C grep -q '[[:cntrl:]]' <(tr -d '\n\t' <"$out") || fail "$said: control characters in the TAP output"

finish
