#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# states: dot likes it, each step of each scenario has an edge, and names are no code.
. tests/lib/cli.sh

has_dot=1
if ! command -v dot >/dev/null; then
	has_dot=
	echo 'no dot, package graphviz: what is drawn is not given to it'
fi
dot_likes() # what the last run printed
{
	[[ -n $has_dot ]] || return 0
	dot -Tsvg "$out" >"$TMPDIR/svg" 2>"$TMPDIR/dot-err" && [[ ! -s $TMPDIR/dot-err ]] && return
	fail "$said: dot does not like it:"
	show "$TMPDIR/dot-err"
}

# the diagram alone, as each version has it
lwsim kernels
versions=$(sed -n '/^versions:/,/^$/s/^  \([0-9][^ ]*\) .*/\1/p' "$out")
for version in $versions; do
	lwsim states --kernel "$version"
	code_is 0
	err_is_empty
	out_has "on $version:"
	out_lacks '0072b2' # nobody was anywhere
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
	code_is 0
	out_lacks 'not in the model'
	dot_likes
done
# and some device goes over each edge
lwsim states tests/golden/output/states-tour.lw
edges=$(grep -c '^	[A-Za-z]* -> ' "$out")
bold=$(grep -c '^	[A-Za-z]* -> .*style=bold' "$out")
[[ $edges -eq 27 && $bold -eq 27 ]] || fail "$said: $edges edges, $bold taken"

# one device; what the others did is not drawn
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
refused 'no option' states --format text
refused 'usage: lwsim states' states a.lw b.lw
refused 'No such file' states "$TMPDIR/none.lw"
refused "unknown word 'x'" states --until x "$microvm"

# --until, --set and --kernel are as with run; a command that fails is on the way
lwsim states --until 0.5 "$microvm"
out_lacks '3: '
lwsim states --set open=0.1s --kernel 5.8+urgent-event+setlink-event "$microvm"
out_has '3: 0.110000 s'
lwsim states --kernel 5.8+urgent-event+setlink-event "$microvm"
out_has '3: 0.410000 s'
lwsim states "$(printf '0 ip link add d0 type dummy\n ip link add d0 type dummy\n1 carrier_off d0\n' | scenario fails.lw)"
code_is 0
out_has '2: 1.000000 s'

# what many do is folded, or counted
lwsim states "$(printf '0 ip link add d{0..299} type dummy\n1 carrier_off d{0..299}\n' | scenario many.lw)"
out_has 'd{1..100} 2: 2.016000 s'
lwsim states "$(for i in a b c d e f g h; do echo "+1 ip link add $i type dummy"; done | scenario others.lw)"
out_has 'and 2 more'
lwsim states "$(printf '0 ip link add d0 type dummy\n+2 repeat 9 every 4 {\n carrier_off d0\n +2 carrier_on d0\n}\n' | scenario flaps.lw)"
out_has ' and 5 more'

# names are text: nothing of it is dot's
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
	[[ $(grep -c '<g id="node' "$TMPDIR/svg") -eq 8 ]] || fail "$said: nodes of their own"
fi

# a kernel's own link_watch.c does what it wants
export XDG_CACHE_HOME=$TMPDIR/cache
mkdir -p "$TMPDIR/own"
sed 's/: IF_OPER_LOWERLAYERDOWN;/: 1;/; s/? IF_OPER_DOWN/? 1/' tests/src/link_watch.c >"$TMPDIR/own/link_watch.c"
lwsim states --kernel "src:$TMPDIR/own/link_watch.c,base=6.1" "$microvm"
code_is 0
out_has 'what the file decides is seen in paths only'
out_has 'not in the model'
dot_likes

finish
