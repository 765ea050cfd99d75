#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# own.sh DIFFERENTIAL: the port compared with the tests' own link_watch.c, which must agree, and with faulty ones,
# each of which must be detected, with a scenario that shows it. $LWSIM is the program.
. tests/lib/cli.sh

differential=$1
own=tests/differential/link_watch.c
found=$TMPDIR/found.lw
export XDG_CACHE_HOME=$TMPDIR/cache

run() # EXIT-CODE ARGUMENT...: its output goes to $out and $err
{
	local expected=$1
	shift
	said="differential $*"
	"$differential" "$@" >"$out" 2>"$err"
	code=$?
	code_is "$expected"
}

run 0 --kernel 6.1 --file "src:$own,base=6.1" --steps 200000 --devices 300 --hz 250
cat "$out" >&3
err_is_empty
[[ $(cat "$out") =~ ^200000\ steps\ agree,\ [1-9][0-9]*\ notifications,\ [0-9]+\ steps/s$ ]] || fail "$said: $(cat "$out")"
run 0 --kernel 6.1 --file 6.1 --steps 1000

# Runs a faulty file: the fault is found, shrunk to a few lines, and shown by lwsim itself, too.
faulty() # NAME SED-SCRIPT MOST-LINES
{
	local file=$TMPDIR/$1.c kernel="src:$TMPDIR/$1.c,base=6.1"
	sed "$2" "$own" >"$file"
	! cmp -s "$own" "$file" || fail "$1 changes nothing"
	rm -f "$found"
	run 1 --kernel 6.1 --file "$kernel" --steps 2000000 --scenario "$found"
	out_has 'difference after step '
	out_has 'seed '
	(($(grep -c '^[0-9]' "$found") <= $3)) || fail "$1: $(grep -c '^[0-9]' "$found") lines show it, more than $3"
	lwsim run --kernel 6.1 --format jsonl "$found"
	code_is 0
	tail -n +2 "$out" >"$TMPDIR/port.jsonl" # without the header, which names the kernel
	lwsim run --kernel "$kernel" --format jsonl "$found"
	! cmp -s <(tail -n +2 "$out") "$TMPDIR/port.jsonl" || fail "$1: lwsim shows no difference on what was found"
}
faulty put-back '/^\t\tlist_add_tail(&dev->link_watch_list, &lweventlist);/d' 8
faulty not-yet 's/run(!time_after(/run(!time_after_eq(/' 10
faulty urgent '/clear_bit(LW_URGENT/d' 6
faulty order 's/^\tlist_add_tail(\(&dev->link_watch_list\), /\tlist_add(\1, /' 8
faulty budget 's/FULL_RUN_DEVICES 100/FULL_RUN_DEVICES 1/' 8
faulty mode 's/link_mode == IF_LINK_MODE_DORMANT/link_mode == IF_LINK_MODE_TESTING/' 8

run 2
err_has usage
run 2 --kernel 6.1 --file "src:$own,base=6.1" --steps none
run 2 --kernel 6.1 --file "src:$own,base=6.1" --devices 301
run 2 --kernel 9.9 --file 6.1
err_has "'9.9' is no kernel"
run 2 --kernel 6.1 --file src:nowhere
err_has 'there is no file or folder'
run 2 --kernel 6.1 --file "src:$own,base=6.1" --hz 99
finish
