# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2034
# To be sourced by tests/fault/*.sh. $FAULT_BUILD is where tests/fault/build has put the programs.
. tests/lib/cli.sh
export FAULT_LIBRARY=$FAULT_BUILD/fault.so XDG_CACHE_HOME=$TMPDIR/cache
mkdir "$TMPDIR/cache"

# every [OPTION...] FUNCTION -- PROGRAM ARGUMENT...: see every.py
every()
{
	local options=()
	while [[ $1 != -- ]]; do
		options+=("$1")
		shift
	done
	python3 tests/fault/every.py "${options[@]}" "$FAULT_BUILD/$2" "${@:3}" >&3 2>&3 || failures=$((failures + 1))
}

# Memory that is available again after one failure, as when another process ends; and memory that stays exhausted.
no_memory() # [OPTION...] -- PROGRAM ARGUMENT...; $common are options of each
{
	local options=("${common[@]}")
	while [[ $1 != -- ]]; do
		options+=("$1")
		shift
	done
	every "${options[@]}" memory "$@"
	every "${options[@]}" --lasting memory "$@"
}

# A small scenario that uses most features: devices of several kinds, namespaces, waits, expectations, snapshots.
small=$(scenario small.lw <<'L'
title   "a few devices"
kernel  6.1
compare 5.8 6.1
param   open = 1s
0       ip link add d0 type dummy
        ip link add v0 type veth peer name v1
+$open  ip link set d0 up
        ip link set v0 up
        ip link set v1 up
        ip link set d0 carrier off
        expect d0 carrier off
+100ms  ip link set d0 carrier on
5s      end
L
)
"$FAULT_BUILD/lwsim" test --update "$small" >/dev/null || fail 'no snapshots'
failing=$(scenario failing.lw <<'L'
kernel 6.1
0  ip link add d0 type dummy
1  ip link set d0 up
   expect d0 operstate DORMANT
2  ip link set d0 carrier off
L
)
statements=$(printf '%s\n' 'ip link add d0 type dummy' '+1s ip link set d0 up' why | scenario statements)
folder=$TMPDIR/folder
mkdir -p "$folder/below" "$TMPDIR/written"
cp "$small" "$folder/a.lw"
cp "$failing" "$folder/below/b.lw"
written=$TMPDIR/written
# `lesson 1 --try` in them makes a copy, or finds one that answers the lesson.
unanswered=$TMPDIR/unanswered
answered=$TMPDIR/answered
mkdir "$unanswered" "$answered"
unset VISUAL
export EDITOR=true
sed '/carrier_off/s/^/#/; s/^#=/  /; /^#?/,$d' scenarios/lessons/01-*.lw >"$answered/lesson-1.lw"
part=$TMPDIR/part
"$FAULT_BUILD/lwsim" sweep --shard 1/1 --vary open=1s,2s "$small" >"$part" || fail 'no part'
