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

# a base without recorded sources; a tree without the files
printf 'VERSION = 6\nPATCHLEVEL = 9\n' >"$tree/Makefile"
lwsim diff --kernel 6.8 --kernel "src:$tree" "$microvm"
out_has "not compared with lwsim's 6.8: no sources of 6.8 were recorded"
out_lacks 'was not run'
printf 'VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\n' >"$tree/Makefile"
mv "$tree/net/core/rtnetlink.c" "$TMPDIR/rtnetlink.c"
lwsim diff --kernel 6.1 --kernel "src:$tree" "$microvm"
out_has "compiled: net/core/link_watch.c of $tree"
out_has "everything else: lwsim's 6.1"
out_has "not compared with lwsim's 6.1: the tree has no net/core/dev.c and lacks"
out_lacks 'not known'
mv "$TMPDIR/rtnetlink.c" "$tree/net/core/rtnetlink.c"

# a function that differs: printed first, and there is no conclusion
for format in text markdown; do
	lwsim diff --kernel 6.1 --kernel "src:$tree" --format $format "$microvm"
	code_is 1
	err_is_empty
	[[ $(head -n 1 "$out") == 'do_set_master() (net/core/rtnetlink.c) differs and was not run'* ]] ||
		fail "$said: begins with $(head -n 1 "$out")"
	out_has 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
	out_has 'more functions differ and were not run'
	out_has 'not known: the functions named above were not run'
	out_has 'as far as it was run:'
	out_has '1 scenario: '
	out_lacks shortens
done
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

# each output that names the kernel says so
for command in run explain compare test 'test --format tap' 'test --format junit' 'run --format lanes' 'run --as dhcp'; do
	# shellcheck disable=SC2086
	lwsim $command --kernel "src:$tree" "$microvm"
	out_has 'do_set_master() (net/core/rtnetlink.c) differs and was not run'
	out_has "compiled: net/core/link_watch.c of $tree"
	grep -q "everything else: lwsim.*s 6.1" "$out" || fail "$said: does not say what stands for the rest"
done
for command in 'run --format jsonl' sweep; do # formats for programs: not among the lines
	# shellcheck disable=SC2086
	lwsim $command --kernel "src:$tree" "$microvm"
	err_has 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
	err_has "compiled: net/core/link_watch.c of $tree"
	out_lacks 'differs and'
done
lwsim report --kernel "src:$tree" "$microvm" -o "$TMPDIR/report.html"
code_is 0
file_has "$TMPDIR/report.html" 'do_setlink() (net/core/rtnetlink.c) differs and was not run'
file_has "$TMPDIR/report.html" 'the rest of lwsim&#39;s 6.1'
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

finish
