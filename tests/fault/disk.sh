#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# write(), fsync() and rename() fail, each in turn: exit code 2, a one-line message, stdout without gaps, and
# unchanged files.
. tests/fault/lib.sh

full='cannot write the output: No space left on device'
for arguments in "run $small" "run --format jsonl $small" "run --format lanes $small" "run --as networkd $small" \
	"run --pace 1e6 $small" "explain $small" "compare $small" "diff $small" "test $failing" "test --format junit $failing" \
	"states $small" "sweep --jobs 2 --vary open=1s,2s $small" "sweep --merge $part" 'lesson' 'lesson 1' kernels --help; do
	# shellcheck disable=SC2086
	every --message "$full" write -- lwsim $arguments
	# shellcheck disable=SC2086
	every --message "$full" --lasting write -- lwsim $arguments
done

# more than a buffer: nothing is written after a failed write
repeated=$(scenario repeated.lw <<'L'
kernel  6.1
0       ip link add d0 type dummy
        ip link set d0 up
repeat 100 every 2s {
        ip link set d0 carrier off
  +1s   ip link set d0 carrier on
}
L
)
for command in 'run' 'run --format jsonl' 'explain' 'run --kernel src:tests/differential/always_urgent.c,base=6.1'; do
	# shellcheck disable=SC2086
	every --message "$full" --least 2 --most 30 write -- lwsim $command "$repeated"
done

# `test` prints the result of a file on stdout, so it writes that after the file
sed '/^-- trace/,$d' "$small" >"$written/target.lw"
ln -s target.lw "$written/link.lw"
echo old >"$written/target.svg"
ln -s target.svg "$written/link.svg"
cannot() # FUNCTION REGEX
{
	local options=(--folder "$written" --message ".*: cannot be written: $2" --message "$full")
	for path in new.html new.svg new.png new.pdf link.svg; do
		every "${options[@]}" "$1" -- lwsim report "$small" -o "$written/$path"
		every "${options[@]}" --lasting "$1" -- lwsim report "$small" -o "$written/$path"
	done
	every "${options[@]}" "$1" -- lwsim sweep --vary open=1s,2s "$small" -o "$written/chart.svg"
	for path in target.lw link.lw; do
		every "${options[@]}" --on-stdout --may-replace "$1" -- lwsim test --update "$written/$path"
		every "${options[@]}" --on-stdout --may-replace --lasting "$1" -- lwsim test --update "$written/$path"
	done
}
# Once there is a copy, it stays although the output cannot be written.
copy_cannot() # FUNCTION REGEX
{
	every --message "cannot write lesson-1.lw: $2" --message "$full" --inside --folder "$unanswered" --may-replace \
		"$1" -- lwsim lesson 1 --try
}
cannot write 'No space left on device'
cannot fsync 'Input/output error'
cannot rename 'Permission denied'
copy_cannot write 'No space left on device'
copy_cannot fsync 'Input/output error'
for lasting in '' --lasting; do
	# shellcheck disable=SC2086
	every --message "$full" --inside --folder "$answered" $lasting write -- lwsim lesson 1 --try
done
finish
