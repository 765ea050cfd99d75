#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# lwsim lesson: the list, and each lesson, with explanation and answer only on request. Full outputs are in
# golden/output/lesson-*; --try is in lesson_try.sh.
. tests/lib/cli.sh
lessons=(scenarios/lessons/*.lw)
count=${#lessons[@]}
[[ $count -eq 12 ]] || fail "$count lessons, expected 12"

part() # FILE MARK: the lines that start with it, without it
{
	sed -n "s/^#$2 \(.*\)/\1/p" "$1"
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

# -- the README names each, in order
page=scenarios/lessons/README.md
sed -n 's/^| \([0-9]*\) | \[.*](\(.*\.lw\)) .*/\2/p' $page >"$TMPDIR/page"
printf '%s\n' "${lessons[@]##*/}" >"$TMPDIR/files"
same "$page, and the files" "$TMPDIR/files" "$TMPDIR/page"

no_wider() # of the last run
{
	awk 'length > 80' "$out" >"$TMPDIR/wide"
	[[ ! -s $TMPDIR/wide ]] || fail "$said: wider than 80: $(head -n 1 "$TMPDIR/wide")"
}

words() # FILE: one a line
{
	tr -s ' \n' '\n' <"$1"
}

# -- each has its parts, which are short, and is shown
n=0
total=0
for file in "${lessons[@]}"; do
	n=$((n + 1))
	sed -n '1,/^[^#]/s/^# //p' "$file" >"$TMPDIR/paragraph"
	part "$file" '?' >"$TMPDIR/question"
	part "$file" '>' >"$TMPDIR/task"
	part "$file" '!' >"$TMPDIR/answer"
	count_words=$(wc -w <"$TMPDIR/paragraph")
	[[ $count_words -ge 60 && $count_words -le 120 ]] || fail "$file: a paragraph of $count_words words, expected 60 to 120"
	for name in question task answer; do
		[[ -s $TMPDIR/$name ]] || fail "$file: no $name"
	done
	lines=$(sed -n '/^title/,/^#?/p' "$file" | grep -c '^[ 0-9+]')
	[[ $lines -ge 2 && $lines -le 15 ]] || fail "$file: a scenario of $lines statements, expected 2 to 15"
	grep -q '^#=.* expect ' "$file" || fail "$file: no goal"
	grep -q '^-- trace ' "$file" || fail "$file: no snapshot"
	while read -r _ line; do
		sed -n "${line}p" "$file" | grep -q '^[ 0-9+kh]' || fail "$file: says line $line, which is no statement"
	done < <(grep '^#[?>!]' "$file" | grep -oiE '\bline [0-9]+')

	lwsim lesson $n
	code_is 0
	err_is_empty
	no_wider
	total=$((total + $(wc -w <"$out")))
	out_has "Lesson $n of $count: "
	while IFS= read -r line; do
		out_has "$line"
	done < <(cat "$TMPDIR/paragraph" "$TMPDIR/question" "$TMPDIR/task")
	while IFS= read -r line; do
		out_lacks "$line"
	done <"$TMPDIR/answer"
	out_has "\`lwsim lesson $n --try\`"
	cp "$out" "$TMPDIR/shown"

	# the picture is that of `run --format lanes`
	"$LWSIM" run --format lanes "$file" | grep -vxFf "$out" >"$TMPDIR/missing"
	[[ ! -s $TMPDIR/missing ]] || fail "lesson $n lacks lines of the picture: $(head -n 1 "$TMPDIR/missing")"

	# --why shows the story of explain between picture and question, folded as in explain
	lwsim lesson --why $n
	code_is 0
	err_is_empty
	grep -v '^  lwsim compare /' "$out" >"$TMPDIR/why" # a path may be long
	mv "$TMPDIR/why" "$out"
	no_wider
	sed -n '/^What happens, and why:$/,/^\(Other kernels beside it\|The question\):$/p' "$out" |
		sed '1d;$d' | grep -v '^ *[0-9.]*  *repeated .* more' >"$TMPDIR/story"
	"$LWSIM" explain "$file" | grep '^  ' >"$TMPDIR/explained"
	words "$TMPDIR/story" >"$TMPDIR/story-words"
	words "$TMPDIR/explained" >"$TMPDIR/explained-words"
	diff "$TMPDIR/story-words" "$TMPDIR/explained-words" >"$TMPDIR/folded"
	! grep -q '^<' "$TMPDIR/folded" || fail "lesson $n --why has words that explain has not"
	if ! grep -q ' repeat ' "$file"; then
		[[ ! -s $TMPDIR/folded ]] || fail "lesson $n --why: not the words of explain"
	elif [[ ! -s $TMPDIR/folded ]]; then
		fail "lesson $n --why folds nothing"
	fi
	sed '/^What happens, and why:$/,/^The question:$/d' "$out" >"$TMPDIR/rest"
	sed '/^The question:$/d; s/; --why says more\.$/./' "$TMPDIR/shown" >"$TMPDIR/rest-shown"
	same "lesson $n --why, without the story" "$TMPDIR/rest-shown" "$TMPDIR/rest"

	# the answer is shown with question and task only
	lwsim lesson --answer $n
	code_is 0
	err_is_empty
	no_wider
	{
		head -n 1 "$TMPDIR/shown"
		printf '\nThe question:\n\n'
		cat "$TMPDIR/question"
		printf '\nTry it:\n\n'
		cat "$TMPDIR/task"
		printf '\nThe answer:\n\n'
		sed -n 's/^#! \{0,1\}//p' "$file"
	} >"$TMPDIR/answered"
	same "lesson $n --answer" "$TMPDIR/answered" "$out"
done
[[ $total -le 6000 ]] || fail "the lessons have $total words, expected at most 6000"

# -- on another kernel, whatever the file expects
lwsim lesson 12 --why
out_has 'Other kernels beside it'
out_has '  lwsim compare /'
lwsim lesson 11 --kernel 6.12
code_is 0
err_is_empty
out_has 'waits for RUNNING, on 6.12, HZ=250'
lwsim lesson 3 --kernel 5.4 --why # it has no TESTING, and the lesson continues
code_is 1
out_has 'testing_on: Operation not supported'
out_has '19.000000  > ip link set eth0 state up (line'
export XDG_CACHE_HOME=$TMPDIR/cache
lwsim lesson 11 --why --kernel src:tests/differential/always_urgent.c,base=6.1
code_is 0
out_has ', derived)'
echo 'wrong' >"$TMPDIR/link_watch.c"
lwsim lesson 11 --kernel "src:$TMPDIR/link_watch.c,base=6.1"
code_is 2
out_is_empty

# -- a wrong number
for number in 0 13 99999999999999999999 -1 x 1x '' 1.5; do
	refused "no lesson '$number', there are 12; \`lwsim lesson\` lists them" lesson -- "$number"
done
for option in --answer --try --why '--kernel=6.1'; do
	refused "needs a lesson's number" lesson "$option"
done
refused 'exclude each other' lesson 1 --answer --why
refused 'exclude each other' lesson 1 --try --why
refused 'not for --answer and --try' lesson 1 --answer --kernel 6.1
refused 'not for --answer and --try' lesson 1 --try --kernel 6.1

# -- where the lessons are found
lesson_in() # FOLDER NUMBER...
{
	said="lwsim lesson ${*:2}, in $1"
	(cd "$1" && "$LWSIM" lesson "${@:2}") >"$out" 2>"$err"
	code=$?
}
cp "$TMPDIR/shown" "$TMPDIR/twelfth"
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

# -- other people's lessons
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
#= expect d0 operstate UP
#? Why?
#> Do it.
#! Because.
S
sed -i 's/ d1 up = ENODEV/ d0 up = EBUSY/' "$LWSIM_DATA_DIR/scenarios/lessons/1.lw"
lwsim lesson
code_is 0
out_has '   1  mine'
lwsim lesson 1 # a command whose result is not the expected one
code_is 1
out_has 'without a space'
out_has 'line 7   ip link set d0 up'
out_lacks 'a comment of the scenario'
lwsim lesson 1 --answer # runs nothing
code_is 0
out_has 'Because.'
for repeat in '2 once more' '1000 999 more times, until 999.001000'; do # --why folds what reads the same
	own 2.lw <<S
# A paragraph.
title "repeats"
0 ip link add d0 type dummy
repeat ${repeat%% *} every 1s {
  sysfs d0 carrier_changes
  +1ms sysfs d0 flags
}
#= +1 expect d0 operstate UP
#? Why?
#> Do it.
#! Because.
S
	lwsim lesson 2 --why
	code_is 0
	out_has "repeated ${repeat#* }"
	[[ $(grep -c '> sysfs' "$out") -eq 2 ]] || fail "$said: $(grep -c '> sysfs' "$out") statements, expected 2"
done
for mark in '#?' '#>' '#!' '#=' '# A\|#without' 'title\|0 \|  ip\|# a\|#='; do
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
