#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Output that cannot be written is always reported, and is never a success.
. tests/lib/cli.sh
[[ -c /dev/full ]] || skip 'no /dev/full'

# long enough not to fit in a buffer, so that an early write fails
long=$(scenario long.lw <<'S'
compare 5.8 6.1
0 ip link add d0 type dummy
1 ip link set d0 up
repeat 2000 every 2s {
       ip link set d0 carrier off
  +500ms ip link set d0 carrier on
}
S
)
commands=(
	'run FILE'
	'run --format jsonl FILE'
	'run --as networkd FILE'
	'run --as dhcp FILE'
	'run --as cni FILE'
	'run --as all FILE'
	'run --pace 1e6 FILE'
	'run --pace 1e6 --format jsonl FILE'
	'compare FILE'
	'diff FILE'
	'diff --format markdown FILE'
	'test FILE'
	'test --format tap FILE'
	'test --format junit FILE'
	'sweep FILE'
	'sweep --format jsonl FILE'
	'kernels'
	'--help'
	'--version'
	'run --help'
)
for file in "$microvm" "$long"; do
	for arguments in "${commands[@]}"; do
		said="lwsim ${arguments/FILE/$file} >/dev/full"
		# shellcheck disable=SC2086
		"$LWSIM" ${arguments/FILE/$file} >/dev/full 2>"$err"
		code=$?
		code_is 2
		err_has 'cannot write the output: No space left on device'
		said="lwsim ${arguments/FILE/$file} >&-"
		# shellcheck disable=SC2086
		"$LWSIM" ${arguments/FILE/$file} >&- 2>"$err"
		code=$?
		code_is 2
		err_has 'cannot write the output: '
	done
done

# more rows than a buffer holds: no further ones are computed
said='lwsim sweep >/dev/full'
"$LWSIM" sweep --vary open=0s..3s/1us "$microvm" >/dev/full 2>"$err"
code=$?
code_is 2
err_has 'cannot write the output: No space left on device'
"$LWSIM" sweep --shard 1/1 --vary open=0s..1s/1ms "$microvm" >"$TMPDIR/part" 2>"$err"
said='lwsim sweep --merge >/dev/full'
"$LWSIM" sweep --merge "$TMPDIR/part" >/dev/full 2>"$err"
code=$?
code_is 2
err_has 'cannot write the output: No space left on device'

# a failure and a full disk: the full disk is worse
echo '0 expect lo operstate UP' >"$TMPDIR/fail.lw"
"$LWSIM" test "$TMPDIR/fail.lw" >/dev/full 2>"$err"
code=$?
said='lwsim test fail.lw >/dev/full'
code_is 2

# `check` has no output to lose
"$LWSIM" check "$microvm" >/dev/full 2>"$err"
code=$?
said='lwsim check >/dev/full'
code_is 0
err_is_empty

# a closed stdout is reported as such, and no other file gets its descriptor
"$LWSIM" run "$microvm" >&- 2>"$err" && fail 'stdout closed: exit 0'
err_has 'Bad file descriptor'

finish
