#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Colour: on a terminal only, and not with NO_COLOR or on a dumb one.
. tests/lib/cli.sh
command -v script >/dev/null || skip 'no script(1), package bsdutils'
script -q -c true /dev/null >/dev/null 2>&1 </dev/null || skip 'no pseudo-terminal is to be had'

on_terminal() # ENVIRONMENT... -- ARGUMENT...
{
	local environment=()
	while [[ $1 != -- ]]; do
		environment+=("$1")
		shift
	done
	shift
	said="on a terminal: ${environment[*]} lwsim $*"
	env -u NO_COLOR "${environment[@]}" script -q -e -c "$(printf '%q ' "$LWSIM" "$@")" /dev/null \
		</dev/null >"$out" 2>"$err"
	code=$?
	code_is 0
	out_has 'eth0'
}
has_color() { grep -q $'\033\\[' "$out" || fail "$said: no colour"; }
has_no_color() { ! grep -q $'\033' "$out" || fail "$said: colour"; }

on_terminal TERM=xterm -- run "$microvm"
has_color
on_terminal TERM=xterm NO_COLOR= -- run "$microvm" # empty: the same as unset
has_color
on_terminal TERM=xterm NO_COLOR=1 -- run "$microvm"
has_no_color
on_terminal TERM=xterm NO_COLOR=0 -- run "$microvm" # any value
has_no_color
on_terminal TERM=dumb -- run "$microvm"
has_no_color
on_terminal -u TERM -- run "$microvm"
has_no_color
on_terminal TERM=xterm -- run --format jsonl "$microvm"
has_no_color
on_terminal TERM=xterm -- run --as networkd "$microvm"
has_no_color

# without the colours, the same as in a file
on_terminal TERM=xterm -- run "$microvm"
sed $'s/\033\\[[0-9;]*m//g; s/\r$//' "$out" >"$TMPDIR/colorless"
TERM=xterm lwsim run "$microvm"
same 'with and without a terminal' "$out" "$TMPDIR/colorless"
! grep -q $'\033' "$out" || fail 'colour in a file'

# each coloured line ends uncoloured
on_terminal TERM=xterm -- run "$microvm"
if grep $'\033' "$out" | sed 's/\r$//' | grep -qv $'\033\\[0m$'; then
	fail 'a line leaves its colour on'
fi

finish
