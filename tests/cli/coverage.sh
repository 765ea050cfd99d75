#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# test --coverage: which lines and branches of a kernel's own link_watch.c the scenarios reach, and which only one does.
. tests/lib/cli.sh

command -v gcov >/dev/null || { skip 'no gcov'; finish; }
[[ ${CC:-cc} != *clang* ]] || { skip 'clang has other counters'; finish; }
export XDG_CACHE_HOME=$TMPDIR/cache
source=tests/differential/always_urgent.c
kernel=src:$source,base=6.1
mkdir "$TMPDIR/suite"

scenario suite/up.lw >/dev/null <<'S'
kernel 6.1
0 ip link add d0 type dummy
1 ip link set d0 up
2 ip link set d0 carrier off
S
scenario suite/deleted.lw >/dev/null <<'S'
kernel 6.1
hz 1000
0 ip link add d0 type dummy
1 ip link set d0 up
2 rtnl_lock for 1s
  ip link set d0 carrier off
  ip link del d0
S

# FILE: how many lines of the source it reaches
lines_of() { awk -v file="$1" '$4 == file { print $1 }' "$out"; }

lwsim test --kernel "$kernel" --coverage "$TMPDIR/both" "$TMPDIR/suite"
code_is 0
out_has '2 passed, 0 failed'
read -r _ reached _ all _ <<<"$(grep '^link_watch.c: ' "$out")"
[[ $reached -gt 20 && $reached -le $all ]] || fail "$said: $reached of $all lines: $(cat "$out")"
up=$(lines_of "$TMPDIR/suite/up.lw") deleted=$(lines_of "$TMPDIR/suite/deleted.lw")
[[ $up -gt 20 && $deleted -gt 20 ]] || fail "$said: $up and $deleted lines: $(cat "$out")"
# two compilations, for HZ=250 and 1000, are one file
[[ -s $TMPDIR/both/data/1/link_watch.gcda && -s $TMPDIR/both/data/2/link_watch.gcda ]] || fail "$said: not two compilations"

# a scenario alone reaches what the table says; without the other, lines turn red
lwsim test --kernel "$kernel" --coverage "$TMPDIR/one" "$TMPDIR/suite/up.lw"
code_is 0
[[ $(grep '^link_watch.c: ' "$out") == "link_watch.c: $up of $all lines,"* ]] || fail "$said: not $up lines: $(cat "$out")"
[[ $up -lt $reached ]] || fail "$said: the other scenario reaches nothing else"
out_has 'not reached: line '
# the same folder again does not add up
cp "$out" "$TMPDIR/first"
lwsim test --kernel "$kernel" --coverage "$TMPDIR/one" "$TMPDIR/suite/up.lw"
code_is 0
same "$said, again" "$TMPDIR/first" "$out"

# gcov's own count is the same
(cd "$TMPDIR/one/data/1" && gcov -n link_watch.gcda) >"$TMPDIR/gcov" 2>/dev/null
grep -A1 "always_urgent.c'" "$TMPDIR/gcov" | grep -q "% of $all\$" || fail "gcov counts other lines: $(cat "$TMPDIR/gcov")"

if command -v gcovr >/dev/null; then
	for file in index.html cobertura.xml coverage.json; do
		[[ -s $TMPDIR/both/$file ]] || fail "no $file"
	done
	out_has "pages: $TMPDIR/one/index.html"
	grep -q always_urgent.c "$TMPDIR/both/index.html" || fail 'the page is not of the file'
fi
# without gcovr, a note
mkdir "$TMPDIR/bin"
for name in cc gcc gcov as ld collect2; do
	! path=$(command -v $name) || ln -s "$path" "$TMPDIR/bin/$name"
done
PATH=$TMPDIR/bin lwsim test --kernel "$kernel" --coverage "$TMPDIR/none" "$TMPDIR/suite/up.lw"
code_is 0
err_has 'gcovr is missing or has failed'
out_has 'link_watch.c: '

# for programs, standard output is the format's alone
lwsim test --format tap --kernel "$kernel" --coverage "$TMPDIR/tap" "$TMPDIR/suite/up.lw"
code_is 0
out_lacks 'link_watch.c: '
err_has 'link_watch.c: '

refused 'expected one --kernel' test --coverage "$TMPDIR/no" "$TMPDIR/suite"
refused 'expected one --kernel' test --kernel "$kernel" --kernel 6.1 --coverage "$TMPDIR/no" "$TMPDIR/suite"
refused 'Not a directory' test --kernel "$kernel" --coverage "$TMPDIR/suite/up.lw" "$TMPDIR/suite"
refused 'No such file' test --kernel "$kernel" --coverage "$TMPDIR/no/where" "$TMPDIR/suite"

# a modelled kernel: decisions
decisions() # KERNEL PATH...
{
	lwsim test --kernel "$1" --coverage "$TMPDIR/decisions" "${@:2}"
	code_is 0
	sed -n '/^linkwatch on/,$p' "$out" >"$TMPDIR/listed"
	same "$said, decisions.txt" "$TMPDIR/listed" "$TMPDIR/decisions/decisions.txt"
}
decisions 6.1 "$TMPDIR/suite/up.lw"
out_has 'linkwatch on 6.1: '
out_has 'not taken: event: merged with the one that is pending'
out_has "only once: policy: UNKNOWN -> DOWN; $TMPDIR/suite/up.lw"
out_lacks 'a query processes the event' # since 6.8
decisions 6.8 "$TMPDIR/suite/up.lw"
out_has 'not taken: forget: a query processes the event'
decisions 5.4 "$TMPDIR/suite/up.lw"
out_lacks TESTING # since 5.8
# more scenarios take more, and what two take is not listed
decisions 6.1 scenarios/bond.lw scenarios/vlan.lw scenarios/carrier_event.lw
out_lacks 'not taken: event: '
out_lacks 'only once: event: not urgent'
lwsim test --format tap --kernel 6.1 --coverage "$TMPDIR/decisions" "$TMPDIR/suite/up.lw"
code_is 0
out_lacks 'linkwatch on'
err_has 'linkwatch on 6.1: '
refused 'No such file' test --kernel 6.1 --coverage "$TMPDIR/no/where" "$TMPDIR/suite/up.lw"
finish
