#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# On a terminal sentences are filled into its lines; elsewhere into 80 columns. With --wide they are a line each.
. tests/lib/cli.sh
command -v script >/dev/null || skip 'no script(1) to make a pseudo-terminal'
script -q -c true /dev/null >/dev/null 2>&1 </dev/null || skip 'no pseudo-terminal is to be had'
export NO_COLOR=1 TERM=xterm
lesson=5

on_terminal() # COLUMNS ARG...: $out, without the terminal's \r
{
	said="COLUMNS=$1 lwsim ${*:2}, on a terminal"
	COLUMNS=$1 script -q -e -c "$(printf '%q ' "$LWSIM" "${@:2}")" /dev/null </dev/null 2>"$err" | sed 's/\r$//' >"$out"
}

words() # FILE: one a line
{
	tr -s ' ' '\n' <"$1"
}

no_wider() # COLUMNS FILE
{
	awk -v columns="$1" 'length > columns' "$2" >"$TMPDIR/wide"
	[[ ! -s $TMPDIR/wide ]] || fail "$said: wider than $1: $(head -n 1 "$TMPDIR/wide")"
}

# -- explain: no word lost, and what hangs over stands under the sentence, or under the title
lwsim explain --wide "$microvm"
cp "$out" "$TMPDIR/plain"
[[ $(awk 'length > 80' "$TMPDIR/plain" | wc -l) -gt 3 ]] || fail 'nothing here that is too wide'
for columns in 80 40; do
	on_terminal $columns explain "$microvm"
	cp "$out" "$TMPDIR/filled"
	[[ $columns -eq 40 ]] || # where a kernel's function alone may be wider
		no_wider $columns "$TMPDIR/filled"
	words "$TMPDIR/plain" >"$TMPDIR/words"
	words "$TMPDIR/filled" >"$TMPDIR/filled-words"
	same "$said: the words" "$TMPDIR/words" "$TMPDIR/filled-words"
	awk '/^ *[0-9.]+  [> ] / { is_story = 1; next } is_story && !/^                [^ ]/ { exit 1 }' "$TMPDIR/filled" ||
		fail "$said: a line hangs elsewhere"
done

# -- a wide terminal: as wide as it is; in a file 80 columns, which a function and its line share
on_terminal 400 explain "$microvm"
same 'a wide terminal' "$TMPDIR/plain" "$out"
on_terminal 80 explain "$microvm"
cp "$out" "$TMPDIR/filled"
lwsim explain "$microvm"
same 'a terminal of 80 columns, and a file' "$TMPDIR/filled" "$out"
out_has '(linkwatch_schedule_work(), line '

# -- compare: what has room has a column as wide as it needs, never in less than 80 columns
lwsim compare --wide scenarios/netns.lw
cp "$out" "$TMPDIR/plain"
on_terminal 400 compare scenarios/netns.lw
same 'compare on a wide terminal' "$TMPDIR/plain" "$out"
lwsim compare scenarios/netns.lw
cp "$out" "$TMPDIR/plain"
no_wider 80 "$TMPDIR/plain"
on_terminal 40 compare scenarios/netns.lw
same 'compare on a narrow terminal' "$TMPDIR/plain" "$out"

# -- a lesson's text and question are filled anew, if they do not fit
lwsim lesson $lesson --answer
cp "$out" "$TMPDIR/plain"
on_terminal 60 lesson $lesson --answer
no_wider 60 "$out"
words "$TMPDIR/plain" >"$TMPDIR/words"
words "$out" >"$TMPDIR/filled-words"
same "$said: the words" "$TMPDIR/words" "$TMPDIR/filled-words"
on_terminal 80 lesson $lesson --answer
same 'a lesson on a terminal of 80 columns, and in a file' "$TMPDIR/plain" "$out"
on_terminal 60 lesson $lesson
sed '/ on 6.1, HZ=1000$/,$d' "$out" >"$TMPDIR/paragraph"
no_wider 60 "$TMPDIR/paragraph"
[[ $(wc -l <"$TMPDIR/paragraph") -gt 10 ]] || fail 'no paragraph before the picture'

# -- what is run is not sentences
lwsim run "$microvm"
cp "$out" "$TMPDIR/plain"
on_terminal 40 run "$microvm"
same 'a timeline on a terminal' "$TMPDIR/plain" "$out"

# -- COLUMNS alone makes no terminal
lwsim explain "$microvm"
cp "$out" "$TMPDIR/plain"
COLUMNS=40 lwsim explain "$microvm"
same 'COLUMNS, in a file' "$TMPDIR/plain" "$out"

finish
