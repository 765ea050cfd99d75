#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# `lwsim test --update` writes snapshots and nothing else; the complete file or nothing.
. tests/lib/cli.sh
mkdir "$TMPDIR/here"
cd "$TMPDIR/here" || exit 1

is_alone() # only these files exist: no temporary file is left
{
	[[ $(ls -A) == "$1" ]] || fail "$said: leaves $(ls -A | tr '\n' ' ')"
}
# The lines before the first snapshot.
head_of() { sed '/^-- trace /,$d' "$1"; }

printf '%s\n' '# a comment' 'compare 5.8 6.1 # two' '' '0   virtnet_probe eth0  status=on' \
	'	expect eth0 carrier on	' '1 setlink eth0 up' 'on 6.1 expect eth0 running within 1s' >a.lw
cp a.lw "$TMPDIR/a.orig"
chmod 640 a.lw

# writes both, after a blank line
lwsim test --update a.lw
code_is 0
err_is_empty
is_alone a.lw
[[ $(grep -n '^-- trace ' a.lw) == '9:-- trace 5.8 --'*':-- trace 6.1 --' ]] ||
	fail "not the two sections: $(grep -n '^-- trace ' a.lw)"
head -c "$(wc -c <"$TMPDIR/a.orig")" a.lw >"$TMPDIR/a.head"
same 'what stands before the snapshots' "$TMPDIR/a.orig" "$TMPDIR/a.head"
[[ $(stat -c %a a.lw) == 640 ]] || fail "the file's mode became $(stat -c %a a.lw)"

# then it is up to date, and a second time changes nothing
lwsim test a.lw
code_is 0
cp a.lw "$TMPDIR/a.1"
lwsim test --update a.lw
code_is 0
same 'a second --update' "$TMPDIR/a.1" a.lw

# without --update nothing is ever written, right or wrong
sed -i 's/pfifo_fast/fq_codel/' a.lw
cp a.lw "$TMPDIR/a.wrong"
touch -d 2001-01-01 a.lw
lwsim test a.lw
code_is 1
out_has 'the snapshot says otherwise'
out_has 'fq_codel' # the differing line is shown
same 'test without --update' "$TMPDIR/a.wrong" a.lw
[[ $(stat -c %Y a.lw) == "$(date -d 2001-01-01 +%s)" ]] || fail 'test without --update touches the file'

# with it, a wrong or outdated snapshot is replaced
lwsim test --update a.lw
code_is 0
same '--update of a wrong snapshot' "$TMPDIR/a.1" a.lw
sed -i 's/^-- trace 5.8 --/-- trace 5.8+urgent-event --/' a.lw
lwsim test a.lw
code_is 1
lwsim test --update a.lw
code_is 0
same '--update of a stale snapshot' "$TMPDIR/a.1" a.lw

# a failed expectation still fails, and its line is unchanged
sed 's/carrier on	$/carrier off/' "$TMPDIR/a.1" >a.lw
head_of a.lw >"$TMPDIR/a.head"
lwsim test --update a.lw
code_is 1
out_has 'fail: carrier of eth0 is on'
head_of a.lw >"$TMPDIR/a.head2"
same '--update and a failed expectation' "$TMPDIR/a.head" "$TMPDIR/a.head2"

# a wrong file is not changed
sed 's/^1 setlink/1 setlnk/' "$TMPDIR/a.1" >a.lw
cp a.lw "$TMPDIR/a.wrong"
lwsim test --update a.lw
code_is 2
same '--update of a wrong file' "$TMPDIR/a.wrong" a.lw
is_alone a.lw

# many files: each on its own
cp "$TMPDIR/a.orig" b.lw
lwsim test --update a.lw b.lw
code_is 2
same 'the wrong one' "$TMPDIR/a.wrong" a.lw
grep -q '^-- trace 6.1 --' b.lw || fail 'a wrong file keeps another from being updated'
rm a.lw b.lw

# a file that cannot be written completely is not changed. EFBIG stands for a full disk.
cp "$TMPDIR/a.orig" a.lw
chmod 644 a.lw
said='lwsim test --update a.lw, no room'
(
	trap '' XFSZ
	ulimit -f 0
	# coverage counters would be truncated, too
	GCOV_PREFIX=$TMPDIR "$LWSIM" test --update a.lw 2>&1
) | cat >"$out"
code=${PIPESTATUS[0]}
code_is 2
out_has 'a.lw: cannot be written: File too large'
same "$said" "$TMPDIR/a.orig" a.lw
is_alone a.lw

# a name so long that no temporary file beside it is possible
name=$(printf 'n%.0s' {1..250}).lw
mv a.lw "$name"
lwsim test --update "$name"
code_is 2
out_has 'cannot be written: File name too long'
same "$said" "$TMPDIR/a.orig" "$name"
is_alone "$name"
mv "$name" a.lw

# a folder without write permission. Root may write anyway, so it drops that right first.
weak=()
if [[ $EUID -eq 0 ]]; then
	weak=(setpriv --bounding-set=-dac_override --inh-caps=-dac_override)
	"${weak[@]}" true 2>/dev/null || weak=()
fi
chmod 555 .
if "${weak[@]}" touch probe 2>/dev/null; then
	echo 'note: no way here to be refused a folder' >&3
	rm probe
else
	said='lwsim test --update a.lw, in a folder that may not be written'
	"${weak[@]}" "$LWSIM" test --update a.lw >"$out" 2>"$err"
	code=$?
	code_is 2
	out_has 'a.lw: cannot be written: Permission denied'
	same "$said" "$TMPDIR/a.orig" a.lw
fi
chmod 755 .
is_alone a.lw

# CR LF: the lines before the snapshots keep their line ends
sed 's/$/\r/' "$TMPDIR/a.orig" >a.lw
cp a.lw "$TMPDIR/dos"
lwsim test --update a.lw
code_is 0
lwsim test a.lw
code_is 0
head -c "$(wc -c <"$TMPDIR/dos")" a.lw >"$TMPDIR/a.head"
same '--update of CR LF' "$TMPDIR/dos" "$TMPDIR/a.head"

# a symbolic link stays one, and its target is written
cp "$TMPDIR/a.orig" a.lw
ln -s a.lw link.lw
lwsim test --update link.lw
code_is 0
[[ -L link.lw ]] || fail '--update puts a file in the place of a symbolic link'
same '--update through a link' "$TMPDIR/a.1" a.lw
rm link.lw
is_alone a.lw

# options that override the file are refused
printf 'kernel 6.1\nparam t = 1s\n0 ip link add d0 type dummy\n$t ip link set d0 up\n' >a.lw
cp a.lw "$TMPDIR/plain"
refused '--update' test --update --kernel 5.8 a.lw
refused '--update' test --update --set t=2s a.lw
same 'a refused --update' "$TMPDIR/plain" a.lw

finish
