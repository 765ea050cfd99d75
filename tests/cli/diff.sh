#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# diff: which two kernels it compares, its scenarios, exit codes, and its report.
. tests/lib/cli.sh
both=(--kernel 5.8 --kernel 6.1+urgent-event+setlink-event)

# the same on both, or not
lwsim diff --kernel 5.8 --kernel 5.8 "$microvm"
code_is 0
err_is_empty
out_has 'no difference in 1 scenario'
out_has '1 scenario: 1 same, 0 differ'
out_lacks 'microvm.lw' # only counted
lwsim diff "${both[@]}" "$microvm"
code_is 1
err_is_empty
out_has '5.8 -> 6.1+urgent-event+setlink-event'
out_has 'scenarios/microvm.lw: differs: 1 moved'
out_has 'eth0 +RUNNING UP: 1.024000 -> 0.410000, 614ms earlier'
out_has 'UP to RUNNING of eth0: 614ms -> 0ms'
lwsim diff --kernel 6.1+urgent-event+setlink-event --kernel 5.8 "$microvm" # in reverse
code_is 1
out_has 'eth0 +RUNNING UP: 0.410000 -> 1.024000, 614ms later'
out_has 'UP to RUNNING of eth0: 0ms -> 614ms'

# without --kernel: the first and the last of the `compare` line
lwsim diff "$microvm"
code_is 1
out_has '5.8 -> 5.8+urgent-event+setlink-event'
two=$(scenario two.lw <<'S'
compare 5.8 6.1
0 ip link add d0 type dummy
S
)
lwsim diff "$microvm" "$two" # each file its own
code_is 1
out_has 'the first -> the last kernel of each file'
out_has 'scenarios/microvm.lw [5.8 -> 5.8+urgent-event+setlink-event]: differs'
out_lacks 'two.lw'
out_has '2 scenarios: 1 same, 1 differs'
lwsim diff --format markdown "$microvm" "$two"
code_is 1
out_has '| Kernels |'
out_has '| 5.8 -> 5.8+urgent-event+setlink-event | differs |'
out_lacks 'two.lw'
none=$(scenario none.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
S
)
one=$(scenario one.lw <<'S'
compare 6.1
0 ip link add d0 type dummy
S
)
for file in "$none" "$one"; do
	lwsim diff "$file"
	code_is 2
	err_has "lwsim: $file: error: no \`compare\` line with two kernels; give --kernel twice"
	out_has 'nothing compared'
	out_has '1 scenario: 0 same, 1 not compared, 0 differ'
	lwsim diff "${both[@]}" "$file"
	code_is 0
done

# usage
refused 'usage: lwsim diff' diff
refused 'takes two --kernel, or none' diff --kernel 6.1 "$microvm"
refused 'takes two --kernel, or none' diff "${both[@]}" --kernel 6.1 "$microvm"
refused '--all` takes two --kernel' diff --all
refused '--all takes the place of PATH...' diff --all "${both[@]}" "$microvm"
refused 'unknown option' diff --force "$microvm"
refused 'unknown option' diff --pace 1 "$microvm"
refused 'unknown option' test --all "$microvm"
for format in jsonl tap Text ''; do
	refused 'expected text or markdown' diff --format="$format" "$microvm"
done
for until in x -1 ''; do # printed once
	refused '--until' diff --until="$until" "${both[@]}" "$microvm" "$microvm"
	[[ $(grep -c error "$err") -eq 1 ]] || fail "$said: said more than once"
done

# --set and --until
lwsim diff "${both[@]}" --set open=3s "$microvm"
code_is 1
out_has 'eth0 <UP,RUNNING,LOWER_UP> state UP again: appeared at 3.010000'
lwsim diff "${both[@]}" --set bogus=1 "$microvm"
code_is 2
err_has "unknown parameter 'bogus'"
lwsim diff "${both[@]}" --until 0.4 "$microvm"
code_is 0
lwsim diff "${both[@]}" --until 0.5 "$microvm"
code_is 1
out_has '1 appeared'
out_has 'UP to RUNNING of eth0: not yet (90ms) -> 0ms'

# failures on one kernel only, or in a different way, are a difference; equal failures are not
failing=$(scenario failing.lw <<'S'
0 ip link add d0 type dummy
  ip link add d0 type dummy
1 ip link set d0 up
  ip link set d0 name d1
S
)
lwsim diff --kernel 5.8 --kernel 6.1 "$failing"
code_is 0
err_is_empty
lwsim diff --kernel 6.1 --kernel 6.2 "$failing"
code_is 1
err_is_empty
out_has 'error in line 4: RTNETLINK answers: Device or resource busy: vanished, was'

# wrong files among others: reported, and the others are compared
wrong=$(scenario wrong.lw <<'S'
0 bogus
S
)
lwsim diff "${both[@]}" "$wrong" "$microvm" "$TMPDIR/missing.lw" "$two"
code_is 2
err_has 'wrong.lw:1:3: error: unknown word'
err_has 'missing.lw: error: No such file or directory'
out_has 'wrong.lw: not compared'
out_has 'missing.lw: not compared'
out_has '4 scenarios: 1 same, 2 not compared, 1 differs: 1 moved'
lwsim diff "${both[@]}" --format markdown "$wrong" "$microvm"
code_is 2
out_has 'wrong.lw | not compared | 0 | 0 | 0 | |'
out_lacks '### '"$TMPDIR"

# standard input
lwsim diff - <"$microvm"
code_is 1
out_has '<stdin>: differs: 1 moved'

# folders, as `test` takes them
mkdir -p "$TMPDIR/tree/scenarios/sub" "$TMPDIR/tree/empty"
cp "$microvm" "$TMPDIR/tree/scenarios/sub/b|*.lw"
cp "$two" "$TMPDIR/tree/scenarios/a.lw"
cp "$wrong" "$TMPDIR/tree/scenarios/bad-a.lw"
cp "$wrong" "$TMPDIR/tree/scenarios/a.txt"
lwsim diff "${both[@]}" "$TMPDIR/tree"
code_is 1
out_has '2 scenarios: 1 same, 1 differs: 1 moved'
refused 'no scenario found' diff "${both[@]}" "$TMPDIR/tree/empty"
lwsim diff "${both[@]}" --format markdown "$TMPDIR/tree"
out_has '/scenarios/sub/b\|\*.lw | differs | 1 | 0 | 0 | eth0: 614ms -> 0ms |'
ln -s nowhere "$TMPDIR/tree/dangling.lw"
lwsim diff "${both[@]}" "$TMPDIR/tree"
code_is 2
err_has 'dangling.lw: error: No such file or directory'
rm "$TMPDIR/tree/dangling.lw"
if [[ $EUID -eq 0 ]]; then
	weak=(setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search)
else
	weak=()
fi
chmod 000 "$TMPDIR/tree/scenarios/sub"
if ! "${weak[@]}" ls "$TMPDIR/tree/scenarios/sub" >/dev/null 2>&1; then
	said='lwsim diff on a folder that cannot be read whole'
	"${weak[@]}" "$LWSIM" diff "${both[@]}" "$TMPDIR/tree" >"$out" 2>"$err"
	code=$?
	code_is 2
	err_has 'sub: error: Permission denied'
	out_has 'sub: not compared'
	out_has '1 same, 1 not compared'
fi
chmod 755 "$TMPDIR/tree/scenarios/sub"

# --all: scenarios/ of the current directory
in_folder() # FOLDER ARGUMENT...
{
	said="lwsim ${*:2}, in $1"
	(cd "$1" && "$LWSIM" "${@:2}") >"$out" 2>"$err"
	code=$?
}
in_folder "$TMPDIR/tree" diff --all "${both[@]}"
code_is 1
out_has 'scenarios/sub/b|*.lw: differs'
out_has '2 scenarios:'

# otherwise the installed ones, wherever they are
lwsim diff --all --kernel 6.1 --kernel 6.1
code_is 0
cp "$out" "$TMPDIR/in-sources"
mkdir -p "$TMPDIR/prefix/bin" "$TMPDIR/prefix/share/lwsim"
cp "$LWSIM" "$TMPDIR/prefix/bin/lwsim"
cp -r scenarios "$TMPDIR/prefix/share/lwsim"
program=$LWSIM
LWSIM=$TMPDIR/prefix/bin/lwsim
in_folder "$TMPDIR/tree/empty" diff --all --kernel 6.1 --kernel 6.1
code_is 0
same 'diff --all, in the sources and installed' "$TMPDIR/in-sources" "$out"
mv "$TMPDIR/prefix" "$TMPDIR/moved"
LWSIM=$TMPDIR/moved/bin/lwsim
in_folder "$TMPDIR/tree/empty" diff --all --kernel 6.1 --kernel 6.1
code_is 0
rm -r "$TMPDIR/moved/share"
in_folder "$TMPDIR/tree/empty" diff --all --kernel 6.1 --kernel 6.1
code_is 2
out_is_empty
err_has "no folder scenarios/ here, and none at $TMPDIR/moved/share/lwsim/scenarios"
LWSIM=$program
# where the build's own program finds the sources; and LWSIM_DATA_DIR
in_folder "$TMPDIR/tree/empty" diff --all --kernel 6.1 --kernel 6.1
code_is 0
same 'diff --all, in the sources and elsewhere' "$TMPDIR/in-sources" "$out"
LWSIM_DATA_DIR=$TMPDIR/tree in_folder "$TMPDIR/tree/empty" diff --all "${both[@]}"
code_is 1
out_has '2 scenarios: 1 same, 1 differs'
mkdir "$TMPDIR/tree/empty/scenarios" # a folder without scenarios is not used
LWSIM_DATA_DIR=$TMPDIR/tree in_folder "$TMPDIR/tree/empty" diff --all "${both[@]}"
code_is 1
out_has '2 scenarios: 1 same, 1 differs'
rmdir "$TMPDIR/tree/empty/scenarios"

# a kernel's own link_watch.c
export XDG_CACHE_HOME=$TMPDIR/cache
lwsim diff --all --kernel 6.1 --kernel src:tests/differential/always_urgent.c,base=6.1
code_is 1
out_has '6.1 -> src:tests/differential/always_urgent.c,base=6.1'
out_has 'scenarios/wrap.lw: skipped, as it is for 32 bits'
out_lacks ' not compared, '

# one that does not compile, reported once
mkdir -p "$TMPDIR/src/scenarios"
cd "$TMPDIR/src" || exit 1
echo 'wrong' >link_watch.c
source=src:link_watch.c,base=6.1
cp "$two" scenarios/a.lw
cp "$two" scenarios/b.lw
lwsim diff --all --kernel 6.1 --kernel $source
code_is 2
out_is_empty
[[ $(grep -c '^error: ' "$err") -eq 1 ]] || fail "$said: said more than once"
printf 'compare 6.1 %s\n0 ip link add d0 type dummy\n' $source >own.lw # only of one file
lwsim diff own.lw scenarios
code_is 2
out_has 'own.lw [6.1 -> src:link_watch.c,base=6.1]: not compared'
out_has '3 scenarios: 2 same, 1 not compared'
# it is a 64-bit one
sed -i '1i bits 32' scenarios/*.lw
lwsim diff --all --kernel 6.1 --kernel $source
code_is 0
out_has 'scenarios/a.lw: skipped, as it is for 32 bits'
out_has '2 scenarios: 0 same, 2 skipped, 0 differ'
lwsim diff --all --format markdown --kernel 6.1 --kernel $source
out_has '| scenarios/a.lw | skipped, as it is for 32 bits | 0 | 0 | 0 | |'
cd "$OLDPWD" || exit 1

# cmake --install puts them there
build=$(dirname "$program")
if command -v cmake >/dev/null && [[ -e $build/cmake_install.cmake ]]; then
	cmake --install "$build" --prefix "$TMPDIR/installed" >"$TMPDIR/log" 2>&1 ||
		fail "cmake --install: $(tail -n 3 "$TMPDIR/log")"
	LWSIM=$TMPDIR/installed/bin/lwsim
	in_folder "$TMPDIR/tree/empty" diff --all --kernel 6.1 --kernel 6.1
	code_is 0
	same 'diff --all, installed by cmake' "$TMPDIR/in-sources" "$out"
	[[ ! -e $TMPDIR/installed/share/lwsim/scenarios/bad ]] || fail 'wrong scenarios are installed'
	LWSIM=$program
fi

# a report about all: the same verdicts and changes in both formats
lwsim diff --all "${both[@]}"
code_is 1
out_lacks ': appeared at' # only with --verbose
# three of its figures name a scenario, whose path may need a line of its own
head -n 16 "$out" | grep -q '^[0-9]* scenarios: ' || fail "$said: the verdict is longer than 16 lines"
lwsim diff --all --verbose "${both[@]}"
code_is 1
grep '^    .*: \(appeared\|vanished\)' "$out" >"$TMPDIR/text-changes"
grep -c 'differs:' "$out" >"$TMPDIR/text-differ"
grep ' scenarios: ' "$out" >"$TMPDIR/text-total"
lwsim diff --all --verbose "${both[@]}" --format markdown
code_is 1
grep '^    .*: \(appeared\|vanished\)' "$out" >"$TMPDIR/markdown-changes"
grep -c '^| .* | differs |' "$out" >"$TMPDIR/markdown-differ"
grep ' scenarios: ' "$out" | sed 's/^ *//' >"$TMPDIR/markdown-total"
for what in changes differ total; do
	same "$what as text and as markdown" "$TMPDIR/text-$what" "$TMPDIR/markdown-$what"
done
[[ -s $TMPDIR/text-changes ]] || fail 'nothing differs at all'

finish
