#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim lesson: the list, each lesson, the answer only when asked for. What one looks like is in
# golden/output/lesson-*.
. tests/lib/cli.sh
lessons=(scenarios/lessons/*.lw)
count=${#lessons[@]}
[[ $count -eq 12 ]] || fail "$count lessons, expected 12"

part() # FILE MARK: the lines that begin with it, without it
{
	sed -n "s/^#$2 \(.*\)/\1/p" "$1"
}

filled() # FILE: its words, whatever lines they are filled into
{
	tr -s ' \n' ' ' <"$1"
}

# -- the list: a line each, in order
lwsim lesson
code_is 0
err_is_empty
sed -n 's/^ *\([0-9]*\)  \(.*\)/\1 \2/p' "$out" >"$TMPDIR/list"
n=0
for file in "${lessons[@]}"; do
	n=$((n + 1))
	[[ $(basename "$file") == "$(printf '%02d' $n)"-* ]] || fail "$file: is lesson $n by its place"
	printf '%d %s\n' $n "$(sed -n 's/^title *"\(.*\)"/\1/p' "$file")"
done >"$TMPDIR/titles"
same 'the list, and the titles of the files' "$TMPDIR/titles" "$TMPDIR/list"

# -- the page names each, in order
page=scenarios/lessons/README.md
sed -n 's/^| \([0-9]*\) | \[.*](\(.*\.lw\)) .*/\2/p' $page >"$TMPDIR/page"
printf '%s\n' "${lessons[@]##*/}" >"$TMPDIR/files"
same "$page, and the files" "$TMPDIR/files" "$TMPDIR/page"

# -- each has its parts, small ones, and plays
n=0
for file in "${lessons[@]}"; do
	n=$((n + 1))
	sed -n '1,/^[^#]/s/^# //p' "$file" >"$TMPDIR/paragraph"
	part "$file" '?' >"$TMPDIR/question"
	part "$file" '!' >"$TMPDIR/answer"
	lines=$(wc -l <"$TMPDIR/paragraph")
	[[ $lines -ge 5 && $lines -le 12 ]] || fail "$file: a paragraph of $lines lines, expected 5 to 12"
	[[ -s $TMPDIR/question ]] || fail "$file: no question"
	[[ -s $TMPDIR/answer ]] || fail "$file: no answer"
	lines=$(sed -n '/^title/,/^#?/p' "$file" | grep -c '^[ 0-9+]')
	[[ $lines -ge 5 && $lines -le 15 ]] || fail "$file: a scenario of $lines statements, expected 5 to 15"
	grep -q '^[^#]* expect ' "$file" || fail "$file: expects nothing"
	grep -q '^-- trace ' "$file" || fail "$file: no snapshot"

	lwsim lesson $n
	code_is 0
	err_is_empty
	out_has "Lesson $n of $count: "
	for text in paragraph question; do
		[[ $(filled "$out") == *"$(filled "$TMPDIR/$text")"* ]] || fail "lesson $n: not its $text"
	done
	[[ $(filled "$out") != *"$(filled "$TMPDIR/answer")"* ]] || fail "lesson $n: its answer, unasked"
	out_has "\`lwsim lesson $n --answer\` answers it."
	cp "$out" "$TMPDIR/unanswered"

	# the timeline and the story are those of run and explain, and the line numbers the file's
	for command in run explain; do
		"$LWSIM" $command "$file" | grep -vxFf "$out" >"$TMPDIR/missing"
		[[ ! -s $TMPDIR/missing ]] || fail "lesson $n lacks lines of $command: $(head -n 1 "$TMPDIR/missing")"
	done
	grep -n '^title' "$file" | sed 's/^\([0-9]*\):/\1 | /' >"$TMPDIR/title"
	out_has "$(cat "$TMPDIR/title")"

	# the answer comes with the question alone
	lwsim lesson --answer $n
	code_is 0
	err_is_empty
	{
		head -n 1 "$TMPDIR/unanswered"
		printf '\nThe question:\n\n'
		cat "$TMPDIR/question"
		printf '\nThe answer:\n\n'
		cat "$TMPDIR/answer"
	} >"$TMPDIR/answered"
	[[ $(filled "$out") == "$(filled "$TMPDIR/answered")" ]] || {
		fail "lesson $n --answer: not question and answer alone:"
		show "$out"
	}
done

# -- on another kernel, alone, and whatever the file expects
lwsim lesson 12
out_has 'Other kernels beside it'
lwsim lesson 11 --kernel 6.12
code_is 0
err_is_empty
out_has 'waits for RUNNING, on 6.12, HZ=250'
out_lacks 'Other kernels beside it'
lwsim lesson 3 --kernel 5.4 # which has no TESTING, and goes on
code_is 1
out_has 'testing_on: Operation not supported'
out_has '17.000000  > ip link set eth0 state up (line'
export XDG_CACHE_HOME=$TMPDIR/cache
lwsim lesson 11 --kernel src:tests/differential/always_urgent.c,base=6.1
code_is 0
out_has ', derived)'
echo 'wrong' >"$TMPDIR/link_watch.c"
lwsim lesson 11 --kernel "src:$TMPDIR/link_watch.c,base=6.1"
code_is 2
out_is_empty

# -- a number that is none
for number in 0 13 99999999999999999999 -1 x 1x '' 1.5; do
	refused "no lesson '$number', there are 12; \`lwsim lesson\` lists them" lesson -- "$number"
done
refused "need a lesson's number" lesson --answer
refused "need a lesson's number" lesson --kernel 6.1
refused 'nothing for --kernel' lesson 1 --answer --kernel 6.1

# -- where they are
lesson_in() # FOLDER NUMBER...
{
	said="lwsim lesson ${*:2}, in $1"
	(cd "$1" && "$LWSIM" lesson "${@:2}") >"$out" 2>"$err"
	code=$?
}
cp "$TMPDIR/unanswered" "$TMPDIR/twelfth"
mkdir "$TMPDIR/empty"
lesson_in "$TMPDIR/empty" 12
code_is 0
same 'lesson 12, from elsewhere' "$TMPDIR/twelfth" "$out"
build=$(dirname "$LWSIM")
if command -v cmake >/dev/null && [[ -e $build/cmake_install.cmake ]]; then
	cmake --install "$build" --prefix "$TMPDIR/installed" >"$TMPDIR/log" 2>&1 ||
		fail "cmake --install: $(tail -n 3 "$TMPDIR/log")"
	program=$LWSIM
	LWSIM=$TMPDIR/installed/bin/lwsim
	lesson_in "$TMPDIR/empty" 12
	code_is 0
	same 'lesson 12, installed' "$TMPDIR/twelfth" "$out"
	rm -r "$TMPDIR/installed/share"
	lesson_in "$TMPDIR/empty"
	code_is 2
	out_is_empty
	err_has "$TMPDIR/installed/share/lwsim/scenarios/lessons: error: no lessons here"
	LWSIM=$program
fi

# -- lessons of one's own
export LWSIM_DATA_DIR=$TMPDIR/own
mkdir -p "$LWSIM_DATA_DIR/scenarios/lessons"
own() # NAME: standard input
{
	cat >"$LWSIM_DATA_DIR/scenarios/lessons/$1"
}
lwsim lesson
code_is 2
err_has 'no lessons here'
own 1.lw <<'S'
# A paragraph.
#without a space
title "mine"
0 ip link add d0 type dummy

# a comment of the scenario
  ip link set d1 up = ENODEV
#? Why?
#! Because.
S
sed -i 's/ d1 up = ENODEV/ d0 up = EBUSY/' "$LWSIM_DATA_DIR/scenarios/lessons/1.lw"
lwsim lesson
code_is 0
out_has '   1  mine'
lwsim lesson 1 # a command that does not do what it should
code_is 1
out_has 'without a space'
out_has '    5 |'
out_has '    6 | # a comment of the scenario'
lwsim lesson 1 --answer # plays nothing
code_is 0
out_has 'Because.'
for mark in '#?' '#!' '# A\|#without' 'title\|0 \|  ip\|# a'; do
	sed "/^\($mark\)/d" "$LWSIM_DATA_DIR/scenarios/lessons/1.lw" | own 2.lw
	lwsim lesson 2
	code_is 2
	out_is_empty
	err_has '2.lw: a lesson has a '
done
echo bogus | own 2.lw
lwsim lesson
code_is 2
out_has '   1  mine'
err_has "2.lw:1:1: error: "
lwsim lesson 2
code_is 2
out_is_empty

finish
