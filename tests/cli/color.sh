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
	grep -q 'eth0\|microvm' "$out" || fail "$said: nothing of the scenario"
}
has_color() { grep -q $'\033\\[' "$out" || fail "$said: no colour"; }
has_no_color() { ! grep -q $'\033' "$out" || fail "$said: colour"; }

on_terminal TERM=xterm -- run "$microvm"
has_color
on_terminal TERM=xterm NO_COLOR= -- run "$microvm" # empty: as if it were not there
has_color
on_terminal TERM=xterm NO_COLOR=1 -- run "$microvm"
has_no_color
on_terminal TERM=xterm NO_COLOR=0 -- run "$microvm" # whatever its value
has_no_color
on_terminal TERM=dumb -- run "$microvm"
has_no_color
on_terminal -u TERM -- run "$microvm"
has_no_color
on_terminal TERM=xterm -- run --format jsonl "$microvm"
has_no_color
on_terminal TERM=xterm -- run --as networkd "$microvm"
has_no_color

colorless() # FILE: what stands in it without colours, and without a terminal's \r
{
	sed $'s/\033\\[[0-9;]*m//g; s/\r$//' "$1"
}

for arguments in run 'run --wide' explain 'explain --wide' compare 'compare --wide' test; do
	# without the colours it is what stands in a file; a colour is off again at the end of its line
	# shellcheck disable=SC2086
	on_terminal TERM=xterm -- $arguments "$microvm"
	has_color
	colorless "$out" >"$TMPDIR/colorless"
	if sed $'s/\033\\[[1-9][0-9]*m[^\033]*\033\\[0m//g' "$out" | grep -q $'\033'; then
		fail "$said: a line leaves its colour on"
	fi
	# shellcheck disable=SC2086
	TERM=xterm lwsim $arguments "$microvm"
	same "$said: with and without a terminal" "$out" "$TMPDIR/colorless"
	has_no_color

	# --color says otherwise, whatever the environment says
	cp "$out" "$TMPDIR/plain"
	# shellcheck disable=SC2086
	NO_COLOR=1 lwsim $arguments --color=always "$microvm"
	has_color
	colorless "$out" >"$TMPDIR/colorless"
	same "$said: without its colours" "$TMPDIR/plain" "$TMPDIR/colorless"
	# shellcheck disable=SC2086
	on_terminal TERM=xterm -- $arguments --color=never "$microvm"
	has_no_color
	# shellcheck disable=SC2086
	on_terminal TERM=xterm NO_COLOR=1 -- $arguments --color=auto "$microvm"
	has_no_color
done
on_terminal TERM=xterm -- test --format tap "$microvm"
has_no_color

# diff, which ends with 1 if something differs
lwsim diff --color=always "$microvm"
has_color
colorless "$out" >"$TMPDIR/colorless"
lwsim diff --color=never "$microvm"
has_no_color
same 'diff with and without colours' "$out" "$TMPDIR/colorless"
lwsim diff --color=always --format markdown "$microvm"
has_no_color
finish
