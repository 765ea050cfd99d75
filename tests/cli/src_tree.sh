#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The code around a tree's link_watch.c is not run, so it is compared with the sources that lwsim's kernel was
# recorded with. A complete equal tree is in lane.src; here are trees that differ, or lack files.
. tests/lib/cli.sh
export XDG_CACHE_HOME=$TMPDIR/cache

tree=$TMPDIR/tree
mkdir -p "$tree/net/core" "$tree/net/sched"
cp tests/differential/always_urgent.c "$tree/net/core/link_watch.c"
printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n' >"$tree/Makefile"
cat >"$tree/net/core/rtnetlink.c" <<'C'
/* do_setlink() is not what Debian's 6.1 has */
static int do_setlink(int what)
{
	return what;
}
C

# Like out_has, wherever lines break.
out_says() # TEXT
{
	tr -s '\n ' ' ' <"$out" | grep -qF -e "$1" && return
	fail "$said: stdout does not say '$1':"
	show "$out"
}

same_on_all=$(scenario same.lw <<S
0 ip link add d0 type dummy
S
)

# a base without recorded sources; a tree without the files
printf 'VERSION = 6\nPATCHLEVEL = 9\n' >"$tree/Makefile"
lwsim diff --kernel 6.8 --kernel "src:$tree" "$microvm"
code_is 1
out_has "not compared with lwsim's 6.8: no sources of 6.8 were recorded"
out_says 'as far as link_watch.c goes: the rest was not compared'
out_lacks 'was not run'
printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n' >"$tree/Makefile"
mv "$tree/net/core/rtnetlink.c" "$TMPDIR/rtnetlink.c"
lwsim diff --kernel 6.1 --kernel "src:$tree" "$microvm"
out_has "compiled: net/core/link_watch.c of $tree"
out_has "everything else: lwsim's 6.1"
out_has 'not in the tree, so not compared: net/core/dev.c, net/core/rtnetlink.c, net/core/dev_ioctl.c and 27 more'
out_has 'not known: what is named above was not run'
code_is 1
# also if no scenario differs, and whatever change may stand for a function
lwsim diff --kernel 6.1 --kernel "src:$tree,base=6.1+setlink-event" "$same_on_all"
code_is 1
out_has 'not known'
# a file in no tree: there is a conclusion, and how far it goes
lwsim diff --kernel 6.1 --kernel src:tests/differential/always_urgent.c,base=6.1 "$same_on_all"
code_is 0
out_has "not compared with lwsim's 6.1: the file is in no kernel tree"
out_says 'no difference in 1 scenario; as far as link_watch.c goes: the rest was not compared'
lwsim test --kernel src:tests/differential/always_urgent.c,base=6.1 "$same_on_all"
code_is 0
out_has '1 passed, 0 failed; as far as link_watch.c goes: the rest was not compared'
mv "$TMPDIR/rtnetlink.c" "$tree/net/core/rtnetlink.c"

# a function that differs: printed first, and there is no conclusion; in Markdown, below the heading
for format in text markdown; do
	lwsim diff --kernel 6.1 --kernel "src:$tree" --format $format "$microvm"
	code_is 1
	err_is_empty
	first=$(sed -n "$([[ $format == text ]] && echo 1 || echo 3)p" "$out")
	[[ ${first#- } == 'do_setlink() (net/core/rtnetlink.c) differs and was not run' ]] ||
		fail "$said: begins with $first"
	out_has 'not in the tree, so not compared: net/core/dev.c, do_set_master() (net/core/rtnetlink.c), do_set_proto_down() (net/core/rtnetlink.c) and 45 more'
	out_has 'not known: what is named above was not run'
	out_has 'as far as it was run:'
	out_has '1 scenario: '
	out_lacks shortens
done
[[ $(head -n 1 "$out") == "## lwsim diff: 6.1 -> src:$tree" ]] || fail "$said: begins with $(head -n 1 "$out")"
grep -v '^- ' "$out" | grep -q 'compiled:\|\\$' && fail "$said: lines that are no list"
# more than a few functions
for i in 1 2 3 4 5 6; do
	name=$(sed -n "s|.*\"net/core/dev.c\", \"\([a-z_]*\)\", { 0x[^,]*, 0x[1-9a-f].*|\1|p" sim/loader/recorded.c | sed -n ${i}p)
	printf 'int %s(void)\n{\n\treturn 0;\n}\n\n' "$name"
done >"$tree/net/core/dev.c"
lwsim diff --kernel 6.1 --kernel "src:$tree" "$same_on_all"
code_is 1
[[ $(grep -c ') differs and was not run$' "$out") -eq 5 ]] || fail "$said: names other than five functions"
out_has '2 more functions differ and were not run'
rm "$tree/net/core/dev.c"
# also if nothing else differs, and if a scenario's header names the tree
plain=$(scenario plain.lw <<S
compare 6.1 src:$tree
0 ip link add d0 type dummy
S
)
lwsim diff "$plain"
code_is 1
out_has 'not known'
out_has '1 scenario: 1 same'

# each output that names the kernel says so, and that its result is not known
for command in run explain compare test 'test --format tap' 'test --format junit' 'run --format lanes' 'run --as dhcp'; do
	# shellcheck disable=SC2086
	lwsim $command --kernel "src:$tree" "$microvm"
	out_has 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
	out_has 'not known: '
	out_has "compiled: net/core/link_watch.c of $tree"
	grep -q "everything else: lwsim.*s 6.1" "$out" || fail "$said: does not say what stands for the rest"
done
for command in 'run --format jsonl' sweep; do # formats for programs: not among the lines
	# shellcheck disable=SC2086
	lwsim $command --kernel "src:$tree" "$microvm"
	err_has 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
	err_has "compiled: net/core/link_watch.c of $tree"
	err_has 'not known: '
	out_lacks 'differs and'
done
caveat='not known: do_setlink() (net/core/rtnetlink.c) differs and was not run, nor were [0-9]* more'
# `test`: nobody has seen whether the tree passes; git bisect skips it
lwsim test --kernel "src:$tree" "$same_on_all" "$plain"
code_is 125
out_has "ok      $same_on_all [src:$tree]"
out_has "FAILED  the tree outside link_watch.c [src:$tree]"
grep -q "^$caveat\$" "$out" || fail "$said: does not say what is not known"
[[ $(grep -c 'not known' "$out") -eq 1 ]] || fail "$said: says it more than once"
out_has '2 passed, 1 failed'
lwsim test --format tap --kernel "src:$tree" "$same_on_all"
code_is 125
out_has '1..2'
out_has "not ok 1 - the tree outside link_watch.c [src:$tree]"
grep -q "^# $caveat\$" "$out" || fail "$said: does not say what is not known"
lwsim test --format junit --kernel "src:$tree" "$same_on_all"
code_is 125
out_has 'tests="2" failures="0" errors="1"'
grep -q "<error message=\"could not be judged\">$caveat\$" "$out" || fail "$said: does not say what is not known"
xmllint --noout "$out" || fail "$said: no XML"
lwsim report --kernel "src:$tree" "$microvm" -o "$TMPDIR/report.html"
code_is 0
file_has "$TMPDIR/report.html" 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
file_has "$TMPDIR/report.html" 'the rest of lwsim&#39;s 6.1'
sed -n '/id="verdict"/,/<\/ul>/p' "$TMPDIR/report.html" | grep -q "$caveat" || fail "$said: a verdict without a word of it"
for format in svg png pdf; do
	lwsim report --kernel "src:$tree" "$microvm" -o "$TMPDIR/report.$format"
	code_is 0
done
grep -q "$caveat" "$TMPDIR/report.svg" || fail "the picture does not say what is not known"
lwsim states --kernel "src:$tree" "$same_on_all"
err_has 'not known: '
lwsim states --kernel "src:$tree"
out_has "(everything but link_watch.c: lwsim's 6.1)"

# a change that corresponds to the function
lwsim diff --kernel 6.1 --kernel "src:$tree,base=6.1+setlink-event" "$plain"
out_has "do_setlink() (net/core/rtnetlink.c) differs; lwsim's 6.1+setlink-event stands for it"
out_has 'not known' # there are others

# a patch that changes more than link_watch.c: refused, unless base= names what corresponds to the rest
cp -r "$tree" "$TMPDIR/b"
sed -i 's/without rate limit/& at all/' "$TMPDIR/b/net/core/link_watch.c"
sed -i 's/return what;/return what + 1;/' "$TMPDIR/b/net/core/rtnetlink.c"
diff_of() { (cd "$TMPDIR" && echo 'Subject: [PATCH] two hunks' && diff -ru tree b) >"$1"; }
diff_of "$TMPDIR/two.diff"
refused "lwsim: error: $TMPDIR/two.diff changes do_setlink() (net/core/rtnetlink.c), which is not compiled: expected base=KERNEL" \
	diff --kernel 6.1 --kernel "src:$tree,patch=$TMPDIR/two.diff" "$plain"
lwsim diff --kernel 6.1 --kernel "src:$tree,patch=$TMPDIR/two.diff,base=6.1" "$plain"
code_is 1
err_is_empty # no note: the output names the function
out_has 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
out_has "patched with: $TMPDIR/two.diff (XXH3 "
out_has '): [PATCH] two hunks'
out_has 'not known'
# the same for a file outside a tree: the patch's other changes cannot be compared
file=$tree/net/core/link_watch.c
cp "$file" "$TMPDIR/alone.c"
lwsim diff --kernel 6.1 --kernel "src:$TMPDIR/alone.c,base=6.1+setlink-event,patch=$TMPDIR/two.diff" "$plain"
code_is 0
out_has "net/core/rtnetlink.c differs; lwsim's 6.1+setlink-event stands for it"
lwsim diff --kernel 6.1 --kernel "src:$TMPDIR/alone.c,base=6.1,patch=$TMPDIR/two.diff" "$plain"
code_is 1
out_has 'net/core/rtnetlink.c differs and was not run'
# comments and white space are not a change
sed -i 's/return what + 1;/return  what; \/* as before *\//' "$TMPDIR/b/net/core/rtnetlink.c"
diff_of "$TMPDIR/two.diff"
lwsim diff --kernel 6.1 --kernel "src:$tree,patch=$TMPDIR/two.diff" "$plain"
code_is 1
out_has 'not known' # the tree differs, as before
! grep -q 'expected base=' "$err" || fail "$said: takes a comment for a change"

# `kernels` names all that differs
lwsim kernels "src:$tree"
code_is 0
out_has "compiled: net/core/link_watch.c of $tree"
out_has "everything else: lwsim's 6.1"
out_has 'compared with 6.1.192, the functions that decide link state'
out_has '1 differs, and is not run: do_setlink() (net/core/rtnetlink.c)'
out_says 'rtnl_dellink() (net/core/rtnetlink.c), rtnl_delete_link() '
out_says 'drivers/net/dummy.c, drivers/net/loopback.c, '
lwsim kernels "src:$tree,base=6.1+setlink-event"
out_says 'do_setlink() (net/core/rtnetlink.c) (+setlink-event stands for it)'
lwsim kernels src:tests/differential/always_urgent.c,base=6.1
code_is 0
out_has "not compared with lwsim's 6.1: the file is in no kernel tree"

# `repl` says it before anything is typed, or with the line that names the kernel
printf 'ip link add d0 type dummy\n' | "$LWSIM" repl --kernel "src:$tree" >"$out" 2>"$err"
said='lwsim repl --kernel'
[[ $(head -n 1 "$out") == 'do_setlink() (net/core/rtnetlink.c) differs and was not run' ]] || fail "$said: begins with $(head -n 1 "$out")"
out_has "compiled: net/core/link_watch.c of $tree"
out_has 'not known: '
[[ $(grep -c compiled: "$out") -eq 1 ]] || fail "$said: says it more than once"
printf 'kernel src:%s\nip link add d0 type dummy\nip link set d0 up\n' "$tree" | "$LWSIM" repl >"$out" 2>"$err"
said='lwsim repl, with a header'
out_has "compiled: net/core/link_watch.c of $tree"
out_has 'not known: '
[[ $(grep -c compiled: "$out") -eq 1 ]] || fail "$said: says it more than once"

finish
