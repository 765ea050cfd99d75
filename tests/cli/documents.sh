#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every example in a .md file or a man page shows lwsim's real output (tests/lib/quotes.py), and their links lead
# somewhere (tests/lib/links.py). LWSIM_TREE=... names a tree of 6.1 for the examples that need one.
. tests/lib/cli.sh
mapfile -t documents < <(project_files '*.md' '*.[15]')
[[ ${#documents[@]} -gt 5 ]] || fail "${#documents[@]} documents, expected more: ${documents[*]}"

python3 tests/lib/quotes.py "${documents[@]}" ||
	fail 'examples are out of date; after a look: LWSIM=... tests/lib/quotes.py --update FILE'
python3 tests/lib/links.py "${documents[@]}" || fail 'there are references that lead nowhere'

# -- required contents
for file in model/*.c; do
	case $file in
	model/machine.c | model/kernel.c | model/kernel_table.c | model/kernel_gaps.c |\
		model/verify.c) continue ;; # has no counterpart in the kernel
	esac
	grep -q "^| \`$(basename "$file")\`" model/README.md || fail "model/README.md: no row for $file"
done
for room in sim/*/; do
	grep -q "^| \`${room#sim/}\`" sim/README.md || fail "sim/README.md: no row for $room"
done
at_most() # LINES FILE
{
	local lines
	lines=$(wc -l <"$2")
	[[ $lines -le $1 ]] || fail "$2: $lines lines, expected at most $1"
}
at_most 300 README.md
at_most 60 tests/README.md

# -- tests of the checkers. NAME: standard input; its mistake is found, and reported as TEXT.
quotes()
{
	python3 tests/lib/quotes.py "$@" >"$out" 2>&1
}
is_wrong() # NAME TEXT
{
	cat >"$TMPDIR/$1"
	! quotes "$TMPDIR/$1" || fail "$1: nothing is found wrong"
	out_has "$2"
}
is_wrong output.md '-wrong' <<'S'
```console
$ lwsim lesson 13; echo "exit code $?"
wrong
```
S
is_wrong output.1 '-wrong' <<'S'
.\" console
.Bd -literal
$ lwsim lesson 13; echo "exit code $?"
wrong
.Ed
S
for name in output.md output.1; do
	quotes --update "$TMPDIR/$name"
	quotes "$TMPDIR/$name" || fail "$name: still wrong when updated"
	file_has "$TMPDIR/$name" 'exit code 2'
	file_lacks "$TMPDIR/$name" 'wrong'
done
file_has "$TMPDIR/output.1" '\(galwsim lesson\(ga' # a man page's escapes are written, too
is_wrong scenario.md "unknown type 'dumy'" <<'S'
```lw
0  ip link add d0 type dumy
```
S
is_wrong exit.md 'lwsim test: exit code 0, expected 1' <<'S'
<!-- a.lw exit 1 -->
```lw
0  ip link add d0 type dummy
```
S
is_wrong sh.1 'exit code 2, expected 0' <<'S'
.\" sh
.Dl lwsim lesson 13
S
is_wrong inline.md 'exit code 2, expected 0' <<'S'
Look at it with `lwsim run nowhere.lw`.
S
is_wrong unmarked.md 'a block without a word' <<'S'
```
$ lwsim lesson
```
S
is_wrong indented.md 'a block without a word' <<'S'
So:

    lwsim lesson
S
is_wrong list.md 'a block without a word' <<'S'
- so:
  ```
  $ lwsim lesson
  ```
S
is_wrong unmarked.5 'a block without a word' <<'S'
.Bd -literal
lwsim lesson
.Ed
S
is_wrong line.1 'a block without a word' <<'S'
.Dl lwsim lesson
S
is_wrong unreasoned.md 'a block without a word' <<'S'
<!-- not run: -->
```
$ lwsim lesson
```
S
is_wrong elsewhere.md 'tests/cli/nowhere.sh' <<'S'
<!-- run by tests/cli/nowhere.sh -->
```
a screen
```
S

cat >"$TMPDIR/links.md" <<'S'
# Here, `and` there
[a](links.md), [b](#here-and-there), [c](links.md#here-and-there), [d](https://nowhere.example/), `](code)`
[e](nowhere.md)
[f](#nowhere)
[g](links.md#nowhere)
`scenarios/microvm.lw`, `scenarios/bad/bad-NAME.lw`, `scenarios/*.lw`, `net/core/link_watch.c`, `scenarios/nowhere.lw`
S
cat >"$TMPDIR/links.1" <<'S'
.Sh A TITLE
.Sx A TITLE ,
.Sx NO TITLE .
.Xr lwsim\-nowhere 5
.Pa scenarios/
.Pa net/core/link_watch.c
.Pa tests/nowhere/ .
S
for name in links.md links.1; do
	! python3 tests/lib/links.py "$TMPDIR/$name" >"$out" || fail "$name: no reference leads nowhere"
	sed 's/.*refers to \(.*\), which.*/\1/' "$out"
done >"$TMPDIR/found"
printf '%s\n' nowhere.md '#nowhere' links.md#nowhere scenarios/nowhere.lw 'NO TITLE' 'lwsim-nowhere(5)' tests/nowhere/ >"$TMPDIR/expected"
same 'references that lead nowhere' "$TMPDIR/expected" "$TMPDIR/found"

finish
