#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A link_watch.c that crashes, loops or ends the program in one scenario: `test` and `diff` report that one as such,
# and the others as usual; the exit code is 3.
. tests/lib/cli.sh

export XDG_CACHE_HOME=$TMPDIR/cache LWSIM_SRC_LIMIT_S=1
good=tests/differential/always_urgent.c
mkdir -p "$TMPDIR/set"

# it fails in b.lw: the only scenario with a device of index 3
printf 'kernel 6.1\n0 ip link add d0 type dummy\n  ip link set d0 up\n  expect d0 operstate UNKNOWN\n' >"$TMPDIR/set/a.lw"
printf 'kernel 6.1\n0 ip link add d0 type dummy\n  ip link add d1 type dummy\n  ip link set d1 up\n1 ip link set d1 carrier off\n' >"$TMPDIR/set/b.lw"
printf 'kernel 6.1\n0 ip link add d0 type dummy\n  ip link set d0 up\n  expect d0 operstate UP\n' >"$TMPDIR/set/c.lw"

goes_wrong() # NAME STATEMENT TEXT
{
	mkdir -p "$TMPDIR/$1"
	sed 's/^#include "dev.h"/&\n#include <sys\/syscall.h>\n#include <unistd.h>/; /^void linkwatch_fire_event/,/^}/s/^{/{\n\tif (dev->ifindex == 3)\n\t\t'"$2;/" \
		"$good" >"$TMPDIR/$1/link_watch.c"
	local source=src:$TMPDIR/$1/link_watch.c,base=6.1

	lwsim test --kernel "$source" "$TMPDIR/set"
	code_is 3
	err_is_empty
	out_has "ok      $TMPDIR/set/a.lw"
	out_has "FAILED  $TMPDIR/set/b.lw"
	out_has "$3"
	out_has 'operstate of d0 is UNKNOWN'
	out_has '1 passed, 2 failed'
	lwsim test --format tap --kernel "$source" "$TMPDIR/set"
	code_is 3
	out_has '1..3'
	out_has "ok 1 - $TMPDIR/set/a.lw"
	out_has "not ok 2 - $TMPDIR/set/b.lw"
	grep -qF -e "$3" <(grep '^# ' "$out") || fail "$said: no comment '$3'"
	out_has "not ok 3 - $TMPDIR/set/c.lw"
	lwsim test --format junit --kernel "$source" "$TMPDIR/set"
	code_is 3
	out_has 'tests="3" failures="1" errors="1"'
	out_has '<error message="could not be judged">'
	out_has "${3/:*/}"
	lwsim diff --kernel 6.1 --kernel "$source" "$TMPDIR/set"
	code_is 3
	err_has "$3"
	out_lacks 'set/a.lw' # no difference: only counted
	out_has 'set/b.lw: link_watch.c crashed or looped'
	out_has "    lwsim: error: "
	out_has "$3"
	out_lacks 'set/c.lw'
	out_has '3 scenarios: 2 same, 1 not compared, 0 differ'
	lwsim diff --format markdown --kernel 6.1 --kernel "$source" "$TMPDIR/set"
	code_is 3
	out_has 'b.lw | link_watch.c crashed or looped | 0 | 0 | 0 | |'
	out_has "$3"
	out_has '3 scenarios: 2 same, 1 not compared, 0 differ'
}
goes_wrong crash '*(volatile int *)(HZ - 242) = 0' 'link_watch.c crashes: invalid memory access in linkwatch_fire_event()'
goes_wrong loop 'for (;;) barrier()' 'link_watch.c loops: it has not returned for 1 s in linkwatch_fire_event()'
goes_wrong sleep 'sleep(1000)' 'link_watch.c waits: it has not returned for 1 s in linkwatch_fire_event()'
goes_wrong end 'syscall(SYS_exit_group, 0)' 'a process ended before its work was done'
goes_wrong kill 'syscall(SYS_kill, getpid(), 9)' 'a process ended before its work was done: Killed'

# while loading: no scenario is left, and the reason is printed once
mkdir -p "$TMPDIR/load"
sed 's/^EXPORT_SYMBOL(linkwatch_fire_event).*/&\n__attribute__((constructor)) static void start(void)\n{\n\t*(volatile int *)(HZ - 242) = 0;\n}/' \
	"$good" >"$TMPDIR/load/link_watch.c"
load=src:$TMPDIR/load/link_watch.c,base=6.1
lwsim test --kernel 6.1 --kernel "$load" "$TMPDIR/set"
code_is 3
out_has '2 passed, 4 failed'
[[ $(grep -c 'access when it is loaded' "$out") -eq 1 ]] || fail "$said: not said once"
lwsim diff --kernel 6.1 --kernel "$load" "$TMPDIR/set"
code_is 3
out_has '3 scenarios: 0 same, 3 not compared, 0 differ'
[[ $(grep -c 'access when it is loaded' "$err") -eq 1 ]] || fail "$said: not said once"
for word in run explain compare states sweep; do
	lwsim $word --kernel "$load" "$TMPDIR/set/a.lw"
	code_is 3
	err_has 'access when it is loaded'
done

# good scenarios are unaffected by the separate process: snapshots are written and compared
snapshot=$(scenario snapshot.lw <<S
kernel src:$good,base=6.1
0 ip link add d0 type dummy
  ip link set d0 up
S
)
lwsim test --update "$snapshot"
code_is 0
file_has "$snapshot" '-- trace src:'
lwsim test "$snapshot"
code_is 0
sed -i 's/+UP/+DOWN/' "$snapshot"
lwsim test "$snapshot"
code_is 1
out_has 'the snapshot says otherwise'

# an interrupt ends the loop, and everything
for word in test diff; do
	kernels=(--kernel "src:$TMPDIR/sleep/link_watch.c,base=6.1")
	[[ $word == test ]] || kernels+=(--kernel 6.1)
	LWSIM_SRC_LIMIT_S=60 env --default-signal=INT,TERM "$LWSIM" $word "${kernels[@]}" "$TMPDIR/set" >"$out" 2>"$err" &
	pid=$!
	sleep 1
	kill -TERM $pid
	wait $pid
	code=$?
	said="lwsim $word, ended by SIGTERM"
	code_is 130
	cat "$out" "$err" >"$TMPDIR/both"
	file_has "$TMPDIR/both" interrupted
done
finish
