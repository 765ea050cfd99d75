#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim lesson N --try: no lesson is answered unedited, a right edit answers it, a wrong one does not. Also the copy,
# the editor, and standard input.
. tests/lib/cli.sh
unset VISUAL EDITOR
root=$PWD
work=$TMPDIR/work
mkdir "$work"

# Runs it in $work, with $input as standard input; the editor is sed with these commands, or missing.
try() # NUMBER [SED]
{
	said="lwsim lesson $1 --try, edited by '${2:-}'"
	if [[ $# -gt 1 ]]; then
		printf '%s\n' "$2" >"$TMPDIR/edit.sed"
		export EDITOR="sed -i -f '$TMPDIR/edit.sed'"
	fi
	(cd "$work" && printf '%b' "${input:-}" | "$LWSIM" lesson "$1" --try) >"$out" 2>"$err"
	code=$?
	unset EDITOR
}

# NUMBER
# RIGHT
# WRONG: sed commands for the copy
edits='
1|/carrier_off/s/^/#/|/carrier_on/s/^/#/
2|/^kernel/s/6.1/6.2/|/^kernel/s/6.1/5.8/
3|/mode dormant/d; /^12 /i11 ip link set eth0 mode dormant|/mode dormant/d; /^16 /i15 ip link set eth0 mode dormant
4|s/+500ms/+1.5s/|s/+500ms/+900ms/
5|s/+5ms/+1s/|s/+5ms/+990ms/
6|/^+0.1 *carrier_on/s/0.1/0.8/|/^+0.1 *carrier_on/s/0.1/0.5/
7|/repeat/s/40ms/1s/|/repeat/s/40ms/990ms/
8|s/sysfs eth1 operstate/sysfs eth1 carrier/|s/sysfs eth1 operstate/sysfs eth1 flags/
9|/^2 /iip link set d1 master team0|/^2 /aip link set d1 master team0
10|s/+370ms/+380ms/|s/+370ms/+360ms/
11|/^kernel/s/$/+urgent-event+setlink-event/|/^kernel/s/$/+urgent-event/
12|/^kernel/s/6.1.*/6.16/|/^kernel/s/6.1.*/6.1/
'
count=0
while IFS='|' read -r number right wrong; do
	[[ -n $number ]] || continue
	count=$((count + 1))
	file=$(printf '%s/%02d-' "$root/scenarios/lessons" "$number")
	file=$(ls "$file"*.lw)

	try "$number" '' # unedited
	code_is 1
	out_has "lesson-$number.lw in this folder is your copy"
	out_has 'Nothing changed'
	out_has 'Not yet:'
	out_has "lesson-$number.lw:"
	awk 'length > 80' "$out" >"$TMPDIR/wide"
	[[ ! -s $TMPDIR/wide ]] || fail "$said: wider than 80: $(head -n 1 "$TMPDIR/wide")"
	sed '/^#!/d; s/^#=/  /; /^-- trace/,$d' "$file" | sed '$d' >"$TMPDIR/copy" # the line numbers stay the same
	head -n "$(wc -l <"$work/lesson-$number.lw")" "$TMPDIR/copy" >"$TMPDIR/expected"
	same "the copy of lesson $number" "$TMPDIR/expected" "$work/lesson-$number.lw"
	grep -q '^#!' "$work/lesson-$number.lw" && fail "lesson $number: the copy has the answer"

	try "$number" "$wrong"
	code_is 1
	out_has "Your lesson-$number.lw is still here"
	out_has 'Not yet:'
	out_lacks "$(sed -n 's/^#! //p' "$file" | head -n 1)"

	rm "$work/lesson-$number.lw"
	try "$number" "$right"
	code_is 0
	err_is_empty
	out_has 'What changed:'
	out_has 'Yes, that is it.'
	sed -n 's/^#! \{0,1\}//p' "$file" >"$TMPDIR/answer"
	tail -n "$(wc -l <"$TMPDIR/answer")" "$out" >"$TMPDIR/end"
	same "$said: the answer" "$TMPDIR/answer" "$TMPDIR/end"
done <<<"$edits"
[[ $count -eq 12 ]] || fail "edits of $count lessons, expected 12"

# -- what changed is what diff reports
try 5 's/+1s/+2s/'
code_is 0
out_has 'eth1 -RUNNING -LOWER_UP DOWN: 6.048000 -> 7.000000, 952ms later'

# -- the copy belongs to the reader: kept, and run by other commands
cp "$work/lesson-5.lw" "$TMPDIR/mine"
try 5 ''
same 'an edited copy' "$TMPDIR/mine" "$work/lesson-5.lw"
lwsim test "$work/lesson-5.lw"
code_is 0

# -- the goals must stay; their comments and spaces may change
try 7 's/ *# 10 times.*//; s/d0 notifications/d0    notifications/'
code_is 0
try 7 '/notifications/d'
code_is 2
err_has 'lesson-7.lw: `+3     expect d0 notifications = 20  # 10 times DOWN, 10 times UP` is missing; put it back'
try 7 '$a+3 expect d0 notifications = 21'
code_is 2
rm "$work/lesson-7.lw" "$work/lesson-12.lw"
try 12 '/expect eth0 running/{h; d}; ${G}' # in another order
code_is 2
err_has 'is missing'
try 11 '/expect/s/$/\n         expect eth0 running no/' # expectations that the reader adds are evaluated, too
code_is 1
out_has 'running of eth0 is yes'

# -- a wrong file, and the next attempt; q or end of input ends it
rm "$work"/*
input='\nq\n' try 5 's/+5ms/5ms later/'
code_is 2
[[ $(grep -c 'lesson-5.lw:17:1: error:' "$err") -eq 2 ]] || fail "$said: not two attempts: $(cat "$err")"
rm "$work"/*
input='\n\n\n' try 5 's/+795ms/+1s/; s/+400ms/+795ms/; s/+5ms/+400ms/' # right at the third attempt
code_is 0
[[ $(grep -c '^Not yet:' "$out") -eq 2 ]] || fail "$said: not three attempts"
rm "$work"/*
input='q\n\n\n' try 5 's/+400ms/+1s/; s/+5ms/+400ms/'
code_is 1
[[ $(grep -c '^Not yet:' "$out") -eq 1 ]] || fail "$said: goes on after q"

# -- without an editor: prints where the copy is and waits for a line
rm "$work"/*
try 5
code_is 1
out_has 'lesson-5.lw in this folder is your copy'
out_has 'then press Enter here.'
mkfifo "$TMPDIR/enter"
(cd "$work" && "$LWSIM" lesson 5 --try <"$TMPDIR/enter") >"$out" 2>"$err" &
waiting=$!
exec 4>"$TMPDIR/enter"
until grep -q 'press Enter' "$out"; do sleep 0.1; done
sed -i 's/+5ms/+1s/' "$work/lesson-5.lw"
echo >&4
exec 4>&-
wait $waiting
code=$?
said='an edit while it waits'
code_is 0

# -- the editor: $VISUAL before $EDITOR, as a shell command; an editor that fails
rm "$work"/*
said='VISUAL'
(cd "$work" && VISUAL="sed -i -e 's/+5ms/+1s/'" EDITOR=false "$LWSIM" lesson 5 --try) >"$out" 2>"$err" </dev/null
code=$?
code_is 0
rm "$work"/*
for editor in false 'exit 7; :' /nonexistent/editor 'kill -9 $$; :'; do
	said="the editor $editor"
	(cd "$work" && VISUAL='' EDITOR=$editor "$LWSIM" lesson 5 --try) >"$out" 2>"$err" </dev/null
	code=$?
	code_is 2
	err_has "so lesson-5.lw is not run"
	out_lacks 'Not yet'
	[[ -s $work/lesson-5.lw ]] || fail "$said: no copy"
done
said='Ctrl-C in the editor'
(cd "$work" && EDITOR='kill -INT $$; :' "$LWSIM" lesson 5 --try) >"$out" 2>"$err" </dev/null
code=$?
code_is 130
err_has 'lwsim: interrupted in the editor, so lesson-5.lw is not run'
out_lacks 'Not yet'

# -- no copy
rm "$work"/*
mkdir "$work/lesson-5.lw"
try 5 ''
code_is 2
err_has 'lesson-5.lw: '
rmdir "$work/lesson-5.lw"
ln -s /nonexistent/folder/x "$work/lesson-5.lw" # exists, but cannot be read
try 5 ''
code_is 2
rm "$work/lesson-5.lw"
if [[ $(id -u) -ne 0 ]]; then
	chmod 555 "$work"
	try 5 ''
	code_is 2
	err_has 'cannot write lesson-5.lw: Permission denied'
	chmod 755 "$work"
fi

# -- a kernel from a file: the helper program that has the loader starts over, with the edited copy
export XDG_CACHE_HOME=$TMPDIR/cache
try 11 "s|^kernel .*|kernel src:$root/tests/differential/always_urgent.c,base=5.8|"
[[ $code -le 1 ]] || fail "$said: exit code $code: $(cat "$err")"
out_has 'What changed:'

finish
