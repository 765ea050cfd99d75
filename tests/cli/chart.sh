#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim sweep -o: the chart in each format, sweeps without a chart, and README's picture.
. tests/lib/cli.sh
export HOME=$TMPDIR XDG_CACHE_HOME=$TMPDIR/cache

chart() # TO ARGUMENT...: draws a chart without printing anything
{
	local to=$1
	shift
	lwsim sweep -o "$to" "$@"
	code_is 0
	out_is_empty
	sed -i "/^lwsim: note: /d" "$err" # what was compiled, for a kernel from a file
	err_is_empty
	[[ -s $to ]] || fail "$said: $to is not there"
}

# -- README's picture: the command in its caption draws it. UPDATE=1 rewrites it: look at it before you commit it
picture=scenarios/microvm_sweep.svg
command=$(sed -n "s/^\$ lwsim \(sweep scenarios\/microvm.lw .*\) -o microvm_sweep.svg$/\1/p" README.md)
[[ -n $command ]] || fail 'README.md does not say how its picture is made'
# shellcheck disable=SC2086
chart "$TMPDIR/a.svg" ${command#sweep }
[[ ${UPDATE:-} != 1 ]] || cp "$TMPDIR/a.svg" "$picture"
same "README's picture" "$picture" "$TMPDIR/a.svg"
file_has README.md "]($picture)"
file_has "$TMPDIR/a.svg" '>5.8; 6.1</text>'
file_has "$TMPDIR/a.svg" '>5.8+urgent-event+setlink-event; 6.12; 7.2</text>'
file_has "$TMPDIR/a.svg" '>open (ms)</text>'

# -- each file has its format, and is the same each time and with any number of processes
few=(--vary open=0s..2s/100ms --kernel 5.8 --kernel 6.12 "$microvm")
for ending in html svg png pdf; do
	chart "$TMPDIR/b.$ending" -j 1 "${few[@]}"
	chart "$TMPDIR/c.$ending" -j 3 "${few[@]}"
	same "$ending, twice" "$TMPDIR/b.$ending" "$TMPDIR/c.$ending"
done
[[ $(head -c 4 "$TMPDIR/b.png" | od -An -tx1) == ' 89 50 4e 47' ]] || fail 'no PNG'
[[ $(head -c 5 "$TMPDIR/b.pdf") == %PDF- ]] || fail 'no PDF'
xmllint --noout "$TMPDIR/b.svg" 2>"$err" || [[ $? -eq 127 ]] || { fail 'b.svg is no XML:'; show "$err"; }

# -- the curves: 5.8 falls from 1014 ms to 0 between open=0 and 1.1 s; the plot is 300 high for 1200 ms
curve() { sed -n "s/^<line x1=\"\([^\"]*\)\" y1=\"\([^\"]*\)\" .*s-$1\".*stroke-width=\"\([258]\)\".*/\1 \2 \3/p" "$TMPDIR/b.svg"; }
marks() { grep -c "^<circle .*f-$1 .* r=\"$2\"\|^<circle .* r=\"$2\" .*f-$1 " "$TMPDIR/b.svg"; }
[[ $(curve wait | wc -l) == 3 ]] || fail "5.8 has $(curve wait | wc -l) lines, expected 3"
read -r _ first _ < <(curve wait | head -n 1)
read -r _ last width < <(curve wait | tail -n 1)
read -r _ other above < <(curve admin | head -n 1)
awk -v first="$first" -v last="$last" -v other="$other" \
	'BEGIN { exit !(last - first > 253.4 && last - first < 253.6 && other == last) }' ||
	fail "the curves begin at $first and $other, 5.8 ends at $last"
# where both are 0, the lower one is wider; each value has a mark
[[ $width == 5 && $above == 2 ]] || fail "the lines over each other are $width and $above wide"
[[ $(marks wait 3) == 11 && $(marks wait 5) == 10 && $(marks admin 3) == 21 ]] ||
	fail "marks: $(marks wait 3) and $(marks wait 5) of 5.8, $(marks admin 3) of 6.12"
[[ $(grep -c '<circle' "$TMPDIR/a.svg") == 0 ]] || fail 'marks at 201 values'

# -- the page has the numbers
file_has "$TMPDIR/b.html" '<td>5.8</td><td class="count">1.014s</td><td>0ms</td><td class="count">0ms</td><td>1100ms</td><td class="count">0</td>'
# 860 wide, of which a fifth can be cut: including the page's margin, a window of 736 needs no scrolling
file_has "$TMPDIR/b.html" '@media screen and (max-width:736px){.sideways{display:block}}'
file_has "$TMPDIR/b.html" '<p class="sideways">The picture is wider than the window: it scrolls sideways.</p>'
python3 tests/lib/page.py "$TMPDIR/b.html" --no-marks >"$out" || { fail 'the page:'; show "$out"; }

# -- never, no device up, values that are not numbers, names as text, and two parameters
odd=$(scenario 'odd & <b>.lw' <<'S'
title  "<script>alert(1)</script>"
kernel 6.1
param  c = on
param  up = up
param  at = 1s
0      ip link add d0 type dummy
       ip link set d0 carrier $c
$at    ip link set d0 $up
S
)
chart "$TMPDIR/d.html" --vary c=on,off "$odd"
file_has "$TMPDIR/d.html" '>never</text>'
file_has "$TMPDIR/d.html" '&lt;script&gt;alert(1)&lt;/script&gt;'
file_has "$TMPDIR/d.html" '<td>6.1</td><td class="count">0ms</td><td>on</td><td class="count">0ms</td><td>on</td><td class="count">1</td>'
chart "$TMPDIR/d.svg" --vary c=on,off --vary at=0s..1s/500ms "$odd"
file_has "$TMPDIR/d.svg" '>6.1, c=on</text>'
file_has "$TMPDIR/d.svg" '>6.1, c=off</text>'
chart "$TMPDIR/d.html" --set up=down --vary at=1s,0.5s "$odd"
file_has "$TMPDIR/d.html" '<td>6.1</td><td></td><td></td><td></td><td></td><td class="count">0</td>'
chart "$TMPDIR/d.svg" --vary c=on,off --kernel 6.1 --kernel src:tests/differential/always_urgent.c,base=6.1 "$odd"

# -- no run has a wait: the reason in place of an axis in ms
chart "$TMPDIR/g.svg" --set c=off --vary at=1s,2s,3s "$odd"
file_has "$TMPDIR/g.svg" '>No run has a wait to draw: once up, a device never becomes RUNNING</text>'
file_has "$TMPDIR/g.svg" '>--device DEV draws the wait of one device alone</text>'
file_lacks "$TMPDIR/g.svg" ' ms</text>'
chart "$TMPDIR/g.svg" --device d0 --set c=off --vary at=1s,2s,3s "$odd"
file_has "$TMPDIR/g.svg" '>No run has a wait to draw: once up, d0 never becomes RUNNING</text>'
file_lacks "$TMPDIR/g.svg" '>--device DEV'
chart "$TMPDIR/g.svg" --set up=down --vary at=1s,2s,3s "$odd"
file_has "$TMPDIR/g.svg" '>No run has a wait to draw: no device is ever up</text>'
file_lacks "$TMPDIR/g.svg" '>never</text>'
chart "$TMPDIR/g.svg" --vary c=on,off --vary at=1s,2s,3s "$odd"
file_lacks "$TMPDIR/g.svg" '>No run has a wait'

# -- whole numbers have nothing in between; equal curves share one name for each kernel
whole=$(scenario whole.lw <<'S'
kernel 6.1
param  n = 1
param  m = 1
0      virtnet_probe eth0 status=on
+1ms   ip link add d{0..$n} type dummy
+1ms   ip link add e{0..$m} type dummy
       setlink eth0 up
S
)
chart "$TMPDIR/h.svg" --vary m=1..2/1 --vary n=1..3/1 --kernel 6.1 --kernel 5.8 "$whole"
file_has "$TMPDIR/h.svg" '>2</text>'
file_lacks "$TMPDIR/h.svg" '>1.5</text>'
file_has "$TMPDIR/h.svg" '>6.1, m=1,2; 5.8, m=1,2</text>'
sed -i 's/{0..$n}/0/; s/{0..$m}/0/; s/^+1ms   ip link add e/+$n ip link add e/' "$whole"
chart "$TMPDIR/h.svg" --vary n=1..3/0.5 "$whole"
file_has "$TMPDIR/h.svg" '>1.5</text>'
# curves whose common name would cover too much have one name each
printf 'kernel 6.1\nparam a = up\nparam b = up\nparam t = 1\n0 ip link add d0 type dummy\n$t setlink d0 $a\n+1 setlink d0 $b\n' >"$TMPDIR/three.lw"
chart "$TMPDIR/h.svg" --vary a=up,down --vary b=up,down --vary t=1,2 "$TMPDIR/three.lw"
file_has "$TMPDIR/h.svg" '>6.1, a=up, b=up; 6.1, a=up, b=down; 6.1, a=down, b=up</text>'
file_has "$TMPDIR/h.svg" '>6.1, a=down, b=down</text>'

# -- parts: the chart of the whole sweep, in any order
parts=(--device d0 --vary c=on,off --vary at=0s..1s/250ms --kernel 6.1 --kernel src:tests/differential/always_urgent.c,base=6.1 "$odd")
for ending in html svg png pdf; do
	chart "$TMPDIR/whole.$ending" "${parts[@]}"
done
for format in csv jsonl; do
	for i in 1 2 3; do
		"$LWSIM" sweep --format $format --shard $i/3 "${parts[@]}" >"$TMPDIR/$format.$i"
	done
	for ending in html svg png pdf; do
		chart "$TMPDIR/e.$ending" --merge "$TMPDIR/$format."{2,3,1}
		same "the $ending of $format parts" "$TMPDIR/whole.$ending" "$TMPDIR/e.$ending"
	done
done
file_has "$TMPDIR/whole.svg" '>the longest wait of d0 from UP to RUNNING, as userspace sees it</text>'
said='sweep --merge - -o'
"$LWSIM" sweep --merge - "$TMPDIR"/csv.[23] -o "$TMPDIR/f.svg" <"$TMPDIR/csv.1" || fail "$said"
same "$said" "$TMPDIR/whole.svg" "$TMPDIR/f.svg"
sed 's/^2,.*/2,on/' "$TMPDIR/csv.1" >"$TMPDIR/short"

# -- a sweep without a chart writes no file
none() # TEXT ARGUMENT...
{
	refused "$@"
	[[ ! -e $TMPDIR/none.svg ]] || fail "$said: there is a file"
}
none 'here there are 0' sweep -o "$TMPDIR/none.svg" "$microvm"
none 'here there are 20001' sweep -o "$TMPDIR/none.svg" --vary open=0s..2s/100us "$microvm"
none 'at most 8 curves' sweep -o "$TMPDIR/none.svg" --vary at=0s..8s/1s --vary c=on,off "$odd"
none '`lwsim sweep --merge PART... -o FILE` draws' sweep -o "$TMPDIR/none.svg" --shard 1/2 --vary c=on,off "$odd"
none 'expected no --format' sweep -o "$TMPDIR/none.svg" --format jsonl --vary c=on,off "$odd"
none 'not a part of a sweep' sweep -o "$TMPDIR/none.svg" --merge "$odd"
none 'expected -o FILE.html' sweep -o "$TMPDIR/none.gif" --vary c=on,off "$odd"
none "unknown carrier 'of'" sweep -o "$TMPDIR/none.svg" --vary c=on,of "$odd"
none 'cannot be written' sweep -o "$TMPDIR/nowhere/none.svg" --vary c=on,off "$odd"
none 'part 3/3 is missing' sweep -o "$TMPDIR/none.svg" --merge "$TMPDIR"/csv.[12]
none 'run 2 has no wait, expected its row as sweep wrote it' sweep -o "$TMPDIR/none.svg" --merge "$TMPDIR/short" "$TMPDIR"/csv.[23]
none '--merge takes the parts alone' sweep --format jsonl -o "$TMPDIR/none.svg" --merge "$TMPDIR"/jsonl.[123]
none 'expected -o FILE.html' sweep -o "$TMPDIR/none.gif" --merge "$TMPDIR"/csv.[123]
"$LWSIM" sweep --shard 1/1 "$microvm" >"$TMPDIR/one"
none 'here there are 0' sweep -o "$TMPDIR/none.svg" --merge "$TMPDIR/one"

finish
