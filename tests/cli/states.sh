#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# states: dot accepts it, each step of each scenario has an edge, and names are never code.
. tests/lib/cli.sh

has_dot=1
if ! command -v dot >/dev/null; then
	has_dot=
	echo 'no dot, package graphviz: what is drawn is not given to it'
fi
dot_likes() # the output of the last run
{
	[[ -n $has_dot ]] || return 0
	dot -Tsvg "$out" >"$TMPDIR/svg" 2>"$TMPDIR/dot-err" && [[ ! -s $TMPDIR/dot-err ]] && return
	fail "$said: dot does not like it:"
	show "$TMPDIR/dot-err"
}

# the diagram without a path, for each version
lwsim kernels
versions=$(sed -n '/^versions/,/^$/s/^  \([0-9][^ ]*\) .*/\1/p' "$out")
[[ $versions == *6.1* ]] || fail "kernels: versions are '$versions'"
for version in $versions; do
	lwsim states --kernel "$version"
	code_is 0
	err_is_empty
	out_has "on $version:"
	out_lacks '0072b2' # no device was anywhere
	dot_likes
done
lwsim states --kernel 6.1
out_has '(before 6.2, lower-looked-at)'
cp "$out" "$TMPDIR/6.1"
lwsim states
same 'states, and of the default kernel' "$TMPDIR/6.1" "$out"
lwsim states --kernel 6.2
out_has '(since 6.2, lower-looked-at)'
lwsim states --kernel 5.4
out_has 'not before 5.8'
out_lacks '-> TESTING'
lwsim states --kernel 4.19
out_has 'a VRF'
lwsim states --kernel 3.7
out_lacks 'a VRF'

# whatever a scenario's devices do, the diagram has an edge for it
for file in scenarios/*.lw scenarios/reports/*.lw tests/golden/output/*.lw; do
	lwsim states "$file"
	code_is "$(grep -c -m 1 ': error: ' "$err")"
	out_lacks 'not in the model'
	dot_likes
done
# and each edge is used by some device
lwsim states tests/golden/output/states-tour.lw
pairs() { sed -n 's/^	\([A-Za-z]* -> [A-Z]*\) .*/\1/p' "$1" | sort -u; }
[[ $(pairs "$out" | wc -l) -eq 27 ]] || fail "$said: $(pairs "$out" | wc -l) edges"
grep penwidth=3 "$out" >"$TMPDIR/taken"
[[ $(pairs "$TMPDIR/taken" | wc -l) -eq 27 ]] || fail "$said: $(pairs "$TMPDIR/taken" | wc -l) taken"

# each device has its colour and dash, and the legend shows them; a seventh shares one
[[ $(grep -o '#[0-9a-f]*", fontcolor' "$out" | sort -u | wc -l) -eq 6 ]] || fail "$said: not six colours"
out_has 'd0 4: 6.028000 s", style=bold, penwidth=3, color="#0072b2"'
out_has 'w0 3: 5.024000 s", style=dashed, penwidth=3, color="#d55e00"'
out_has 'name0 [shape=plaintext, fontsize=10, label="d0"]'
out_has 'label="1 more"'
# devices that move most have their own
lwsim states scenarios/netns.lw
out_has 'label="and 1 more", style=bold, penwidth=3, color="black"'
out_lacks 'label="n2/lo"'

# a device has the name that it had then
out_has 'd0 2: 5.100000 s'
out_lacks 'n1/d0 2:'
out_has 'n1/eth0 3: 3.000000 s, eth0 5: 9.000000 s'
out_has 'label="d0,\nlater n1/d0"'
lwsim states --device n1/d0 scenarios/netns.lw
out_has 'd0 2: 5.100000 s'
out_lacks cluster
moved=$(scenario moved.lw <<'S'
0 ip link add d{0..1} type dummy
1 batch {
 carrier_off d{0..1}
}
2.5 ip link set d{0..1} down
 ip link set d0 name e0
 ip link set d1 name e1
3 batch {
 carrier_on e{0..1}
}
S
)
lwsim states "$moved"
out_has 'd{0..1} 1: 0.000000 s'
out_has 'e{0..1} 3: 3.000000 s'

# an edge agrees with the box: the link mode matters where the device would become UP
lwsim states scenarios/lessons/03-dormant-testing.lw
out_has 'DOWN -> DORMANT [label="carrier, and dormant\nor mode dormant\n8: '
lwsim states --kernel 6.12
out_has 'DORMANT -> UP [label="neither dormant\nnor mode dormant\nor state UP"]'
out_has 'UP -> DORMANT [label="dormant\nor state DORMANT"]' # a device that stays UP is not evaluated again
out_has 'UNKNOWN -> TESTING [label="testing, or carrier\nand mode testing\nor state TESTING"]'
lwsim states tests/golden/output/states-tour.lw

# one device; the moves of others are not drawn
lwsim states --device d1 tests/golden/output/states-tour.lw
code_is 0
out_has '2: 2.000000 s'
out_lacks 'd1' # there is no other
out_lacks 'TESTING\n2:'
refused 'no device has this name' states --device d9 tests/golden/output/states-tour.lw
lwsim states --device n1/d0 "$(printf '0 ip netns add n1\n ip -n n1 link add d0 type dummy\n' | scenario netns.lw)"
code_is 0
refused 'no device has this name' states --device d0 "$TMPDIR/netns.lw"
refused 'need a scenario' states --device d0
refused 'need a scenario' states --set a=1
refused 'need a scenario' states --until 1
refused 'takes one --kernel' states --kernel 5.8 --kernel 6.1
refused 'unknown option' states --format text
refused 'usage: lwsim states' states a.lw b.lw
refused 'No such file' states "$TMPDIR/none.lw"
refused "unknown word 'x'" states --until x "$microvm"

# --until, --set and --kernel work as with run
lwsim states --until 0.5 "$microvm"
out_lacks '3: '
lwsim states --set open=0.1s --kernel 5.8+urgent-event+setlink-event "$microvm"
out_has '3: 0.110000 s'
lwsim states --kernel 5.8+urgent-event+setlink-event "$microvm"
out_has '3: 0.410000 s'
# the path ends where a command fails, with run's message; an expected failure, or an expectation, changes nothing
fails=$(printf '0 ip link add d0 type dummy\n1 carrier_off d0\n ip link add d0 type dummy\n2 carrier_on d0\n' | scenario fails.lw)
lwsim run "$fails"
cp "$err" "$TMPDIR/run-err"
lwsim states "$fails"
code_is 1
same "$said: messages" "$TMPDIR/run-err" "$err"
out_has '2: 1.000000 s'
out_lacks '3: '
dot_likes
lwsim states "$(printf '0 ip link add d0 type dummy\n ip link add d0 type dummy = EEXIST\n expect d0 operstate UP\n' | scenario expected.lw)"
code_is 0
err_is_empty

# moves of many devices are folded, or counted
lwsim states "$(printf '0 ip link add d{0..299} type dummy\n1 carrier_off d{0..299}\n' | scenario many.lw)"
out_has 'd{1..100} 2: 2.016000 s'
lwsim states "$(for i in a b c d e f g h; do echo "+1 ip link add $i type dummy"; done | scenario others.lw)"
out_has 'and 2 more'
lwsim states "$(printf '0 ip link add d0 type dummy\n+2 repeat 9 every 4 {\n carrier_off d0\n +2 carrier_on d0\n}\n' | scenario flaps.lw)"
out_has ' and 5 more'

# names are text, never dot syntax
scenario names.lw >/dev/null <<'S'
title "\\N \\G \" ]; } <b> &amp; ]; evil [label=\"x"
0 ip link add d\N{0..1} type dummy
  ip link add <b>& type dummy
  ip link add a];q type dummy
  ip netns add n\"
S
lwsim states "$TMPDIR/names.lw"
code_is 0
dot_likes
if [[ -n $has_dot ]]; then
	grep -qF '\N \G &quot; ]; } &lt;b&gt; &amp;amp; ]; evil [label=&quot;x' "$TMPDIR/svg" ||
		fail "$said: the title is not what is drawn"
	grep -qF 'd\N{0..1} 1: 0.000000 s' "$TMPDIR/svg" || fail "$said: a name is not what is drawn"
	[[ $(grep -c '<g id="node.*class="node"' "$TMPDIR/svg") -eq 12 ]] || fail "$said: nodes of their own"
fi

# a kernel's own link_watch.c may do anything
export XDG_CACHE_HOME=$TMPDIR/cache
mkdir -p "$TMPDIR/own"
sed 's/: IF_OPER_LOWERLAYERDOWN;/: 1;/; s/? IF_OPER_DOWN/? 1/' tests/differential/always_urgent.c >"$TMPDIR/own/link_watch.c"
lwsim states --kernel "src:$TMPDIR/own/link_watch.c,base=6.1" "$microvm"
code_is 0
out_has 'what the file decides is seen in paths only'
out_has 'not in the model'
dot_likes

finish
