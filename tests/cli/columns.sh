#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The default output of commands, and their messages, fit in 80 columns, for every scenario; wide characters count as
# two. Exempt are quoted source lines, paths, and formats for programs: jsonl, csv, dot, HTML.
. tests/lib/cli.sh

fits() # SCENARIO... | -- ARGUMENT...
{
	python3 tests/lib/columns.py "$@" >"$out" 2>"$err" </dev/null && return
	fail "columns.py $*:"
	show "$out"
	show "$err"
}

mapfile -t scenarios < <(find scenarios -name '*.lw' -not -name 'bad-*' | sort)
[[ ${#scenarios[@]} -gt 50 ]] || fail "${#scenarios[@]} scenarios, expected more"
fits "${scenarios[@]}"
fits --wrong scenarios/bad/*.lw

# -- names and titles of any length and width
netns=$(printf 'a-namespace-with-a-long-name-%.0s' 1 2)
odd=$(scenario odd.lw <<S
title    "$(printf '配線を抜く二本の線 %.0s' {1..9})"
kernel   6.1
compare  2.6.24 6.1 6.1+urgent-event+setlink-event+iflink-op-urgent+limit-5ms 7.2
0        ip netns add $netns
         ip link add averylongname{8..9} type dummy
         ip link add 線線線線 type dummy
         ip -n $netns link add averylongna.{10..12} type dummy
         ip link set averylongname9 up
         ip -n $netns link set averylongna.{10..12} up
1        ip -n $netns link add averylongna.10 type dummy = "RTNETLINK answers: File exists"
         carrier_off -n $netns averylongna.{10..12}
         getlink -n $netns averylongna.10
21600000 ip link set averylongname9 carrier off
S
)
lwsim check "$odd"
code_is 0
fits "$odd"
lwsim compare "$odd"
out_has 'averylongname{8' # folded within its column, nothing lost

# -- a title without a blank
endless=$(scenario endless.lw <<S
title    "$(printf '配線を抜く%.0s' {1..9})"
kernel   6.1
0        ip link add d0 type dummy
S
)
fits "$endless"

# -- warnings, and refusals that list what there is
old=$(scenario old.lw <<'S'
kernel 2.6.24
0 virtnet_probe eth0 status=on
  ip link add d0 mtu 1400 txqueuelen 5 type dummy
1 expect d0 running no
S
)
fits "$old"
columns_of() # ARGUMENT...: the command is refused, in lines of at most 80 columns
{
	lwsim "$@"
	code_is 2
	[[ $(wc -L <"$err") -le 80 ]] || fail "$said: $(wc -L <"$err") columns"
}
columns_of frobnicate
columns_of run --kernel 6.1+nothing "$microvm"
columns_of run --kernel x "$microvm"
columns_of kernels x
columns_of run --pace 0 "$microvm"
columns_of report -o x.doc "$microvm"
columns_of sweep --vary open=1..2/1 --shard 1/2 -o x.svg "$microvm"
columns_of sweep --vary open=1s -o "$TMPDIR/x.svg" "$microvm"

# -- more kernels than columns, and than letters
many=()
for version in 2.6.24 3.7 4.19 5.4 5.8 5.10 5.15 6.1 6.2 6.8 6.12 6.16 6.18 7.2; do
	many+=(--kernel "$version" --kernel "$version+limit-5ms")
done
for scenario in "$microvm" "$odd"; do
	fits -- compare "${many[@]}" "$scenario"
	[[ $(grep -c '' "$out") -eq 0 ]] || fail 'columns.py prints what fits'
done
lwsim compare "${many[@]}" "$microvm"
code_is 0
out_has 'z = 6.18+limit-5ms'
out_has '  7.2                         7.2' # in columns again, because two are left
out_has '0.010000  abcdefghijklmnopqrstuvwxyz  eth0 DOWN'
out_has '0.410000  a.c.e.g.i.k.m.o.q.s.......  eth0 +UP +LOWER_UP'

# -- differences between kernels
for pair in '6.1 6.1+urgent-event' '5.8 6.1+urgent-event+setlink-event' '2.6.24 7.2'; do
	fits -- diff --all --verbose --kernel "${pair% *}" --kernel "${pair#* }"
done

# all the counts of its last figure, also beside a file that cannot be compared
lwsim diff --kernel 5.8 --kernel 6.1+urgent-event+setlink-event "$TMPDIR/nosuch.lw" scenarios
code_is 2
out_has '1 not compared, '
lines_fit "$out"

# -- commands without a scenario
fits -- --help
fits -- kernels
[[ $("$LWSIM" kernels | wc -l) -le 23 ]] || fail 'kernels: more than a screen of 24 lines and a prompt'
for version in 2.6.24 6.1+urgent-event+setlink-event 7.2; do
	fits -- kernels "$version"
	fits -- kernels "$version" --verbose
done
fits -- kernels +limit-5ms
for word in run explain compare report diff test sweep states repl play check lesson kernels; do
	fits -- "$word" --help
done
fits -- lesson
for lesson in $(seq "$("$LWSIM" lesson | grep -c '^ *[0-9]')"); do
	fits -- lesson "$lesson"
	fits -- lesson "$lesson" --answer
done

# -- typed input
printf '%s\n' 'ip link add d{0..1} type dummy' 'ip link set d{0..1} up' 'ip netns add a-namespace-with-a-long-name' \
	'ip -n a-namespace-with-a-long-name link add averylongname01 type dummy' '+1s ip link set d0 carrier off' why state help text |
	python3 tests/lib/columns.py -- repl >"$out" || { fail repl: && show "$out"; }

# -- a failure's story
wrong=$(scenario wrong.lw <<'S'
kernel 6.1
0 virtnet_probe eth0 status=on
  setlink eth0 up
1 virtnet_config_changed eth0 link=down
2 expect eth0 running yes
S
)
fits "$wrong"
lwsim test "$wrong"
code_is 1
out_has 'why: what led to the first failure'
[[ $(sed -n '/^why:/,$p' "$out" | grep -c '^ *[0-9][0-9.]*  [> ]') -eq 8 ]] || fail "$said: not the last 8 sentences"

# -- --wide: one line each
for word in run explain compare; do
	lwsim "$word" --wide "$microvm"
	code_is 0
	cp "$out" "$TMPDIR/wide"
	lwsim "$word" "$microvm"
	[[ $(wc -L <"$TMPDIR/wide") -gt 80 || $word == compare ]] || fail "$word --wide is not wide"
	[[ $(wc -l <"$TMPDIR/wide") -le $(wc -l <"$out") ]] || fail "$word --wide has more lines"
done
refused '--wide is for --format text' run --wide --format jsonl "$microvm"
refused '--wide is for --format text' run --wide --as networkd "$microvm"

# -- snapshots contain the output of --wide
printf 'kernel 6.1\n0 ip link add d0 type dummy\n  ip link set d0 up\n' >"$TMPDIR/snapshot.lw"
lwsim test --update "$TMPDIR/snapshot.lw"
code_is 0
lwsim run --wide "$TMPDIR/snapshot.lw"
sed '1,2d; /  > /d' "$out" >"$TMPDIR/messages"
sed '1,/^-- trace/d' "$TMPDIR/snapshot.lw" >"$TMPDIR/stored"
same 'a snapshot and run --wide' "$TMPDIR/messages" "$TMPDIR/stored"

finish
