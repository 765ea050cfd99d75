#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernels, check, `test` on folders, and output without a reader.
. tests/lib/cli.sh

# kernels: each version and change can be used, and no others
lwsim kernels
code_is 0
err_is_empty
versions=$(sed -n '/^versions:/,/^$/s/^  \([0-9][^ ]*\) .*/\1/p' "$out")
changes=$(sed -n 's/^\(+[a-z-]*\)$/\1/p' "$out")
[[ $versions == *5.8*6.1* ]] || fail "kernels: versions are '$versions'"
[[ $changes == *+urgent-event*+setlink-event* ]] || fail "kernels: changes are '$changes'"
switches=$(sed -n 's/^\([a-z][a-z-]*\)$/\1/p' "$out")
echo '0 ip link add d0 type dummy' >"$TMPDIR/plain.lw"
for version in $versions; do
	lwsim run --kernel "$version" "$TMPDIR/plain.lw"
	code_is 0
	for change in $changes; do
		lwsim run --kernel "$version$change" "$TMPDIR/plain.lw"
		code_is 0
		out_has "on $version$change,"
	done
done
for switch in $switches; do # part of a version; cannot be added
	refused "'$switch'" run --kernel "5.8+$switch" "$microvm"
done

# check: silent if the file is correct
lwsim check "$microvm" "$microvm"
code_is 0
out_is_empty
err_is_empty

# compare: each kernel's messages in its own column, and the wait on each
lwsim compare "$microvm"
code_is 0
err_is_empty
out_has '5.8+urgent-event+setlink-event  eth0          0ms'
out_has '5.8                             eth0          614ms'
lwsim compare --kernel 6.1 "$microvm" # a single one is allowed
code_is 0
lwsim compare "$TMPDIR/plain.lw" # no kernels named: the default
code_is 0

# test on a folder: each .lw below it, by name, except bad-*.lw
mkdir -p "$TMPDIR/tree/sub/deeper" "$TMPDIR/tree/empty"
cd "$TMPDIR/tree" || exit 1
cp ../plain.lw b.lw
cp ../plain.lw a.lw
cp ../plain.lw sub/c.lw
cp ../plain.lw sub/deeper/d.lw
echo '0 bogus' >bad-one.lw
echo '0 bogus' >sub/bad-two.lw
echo '0 bogus' >notes.txt
echo '0 bogus' >lw
echo '0 bogus' >.lw
mkdir folder.lw
lwsim test .
code_is 0
cat >../expected <<'S'
ok      ./a.lw [6.1]
ok      ./b.lw [6.1]
ok      ./sub/c.lw [6.1]
ok      ./sub/deeper/d.lw [6.1]
4 passed, 0 failed
S
same 'test on a folder' ../expected "$out"
lwsim test bad-one.lw # but it is run if it is named
code_is 2
lwsim test notes.txt
code_is 2
lwsim test a.lw sub
code_is 0
out_has '3 passed'
lwsim test sub sub/c.lw # as often as it is named
out_has '3 passed'
lwsim test empty
code_is 2
err_has 'no scenario found'
ln -s ../sub sub/loop # a folder that contains itself
lwsim test .
code_is 0
ln -s nowhere.lw dangling.lw
lwsim test .
code_is 2
out_has 'FAILED  ./dangling.lw'
rm dangling.lw sub/loop

# a folder that cannot be read
if [[ $EUID -eq 0 ]]; then
	weak=(setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search)
else
	weak=()
fi
chmod 000 sub
if ! "${weak[@]}" ls sub >/dev/null 2>&1; then
	said='lwsim test on a folder that cannot be read whole'
	"${weak[@]}" "$LWSIM" test . >"$out" 2>"$err"
	code=$?
	code_is 2
	out_has 'sub: error: Permission denied'
	out_has '2 passed, 1 failed'
fi
chmod 755 sub

# no reader: SIGPIPE ends the program, or if that is ignored, the failed write
cat >long.lw <<'S'
0 ip link add d0 type dummy
  ip link set d0 up
1 repeat 5000 every 2s {
    ip link set d0 carrier off
    +1 ip link set d0 carrier on
  }
S
printf 'param a = 1\n$a end\n' >many.lw
for arguments in 'run long.lw' 'run --format jsonl long.lw' 'run --as networkd long.lw' \
	'run --pace 1e9 long.lw' 'compare long.lw' 'sweep --vary a=0..99999/1 many.lw'; do
	said="lwsim $arguments, to a closed pipe"
	# shellcheck disable=SC2086
	env --default-signal=PIPE "$LWSIM" $arguments 2>"$err" | true
	code=${PIPESTATUS[0]}
	code_is 141
	# shellcheck disable=SC2086
	(trap '' PIPE; exec "$LWSIM" $arguments 2>"$err") | true
	code=${PIPESTATUS[0]}
	code_is 2
	err_has 'cannot write the output: Broken pipe'
done

finish
