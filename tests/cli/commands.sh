#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# kernels, check, `test` on folders, and output without a reader.
. tests/lib/cli.sh

export XDG_CACHE_HOME=$TMPDIR/cache

# kernels: each version and change can be used, and no others
lwsim kernels
code_is 0
err_is_empty
versions=$(sed -n '/^versions/,/^$/s/^  \([0-9][^ ]*\) .*/\1/p' "$out")
changes=$(sed -n '/^changes/,/^$/s/^  \([a-z][a-z0-9-]*\) .*/+\1/p' "$out")
[[ $versions == *5.8*6.1* ]] || fail "kernels: versions are '$versions'"
[[ $changes == *+urgent-event*+setlink-event* ]] || fail "kernels: changes are '$changes'"
switches=$(for version in $versions; do "$LWSIM" kernels "$version" --verbose; done |
	sed -n 's/^\([a-z][a-z0-9-]*\) (.*)$/\1/p' | sort -u)
[[ $switches == *run-budget*team* ]] || fail "kernels K: switches are '$switches'"
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

# kernels K: one screen, how it differs from its neighbours
for version in $versions; do
	lwsim kernels "$version"
	code_is 0
	[[ $(wc -l <"$out") -le 23 ]] || fail "$said: more than a screen of 24 lines and a prompt"
done
lwsim kernels 5.8+urgent-event+limit-5ms
out_has '+urgent-event: an event is urgent too'
out_has '+limit-5ms: HZ/200'
out_has 'unlike 5.4, it has:'
out_has 'testing: netif_testing_on()'
out_has 'unlike 5.4, it lacks:'
out_has 'absent-requeued: '
out_has '5.10 adds:'
out_has 'proto-down-extack: '
out_has '7.2, the newest, has '
lwsim kernels 2.6.24
out_lacks unlike
lwsim kernels 7.2
out_lacks adds
# kernels CHANGE: what it does, where it comes from, which kernels take it
for name in urgent-event +urgent-event; do
	lwsim kernels $name
	code_is 0
	out_has '+urgent-event (proposed, never merged)'
	out_has 'an event is urgent too'
	out_has 'posted to netdev on 2020-08-01, first hunk'
	out_has 'a change of any version: 6.1+urgent-event'
done
lwsim kernels run-budget
out_has 'run-budget (5.3)'
out_has ' on 5.4 5.8 5.10'
refused "unknown change 'urgent-evnt', did you mean 'urgent-event'?" kernels urgent-evnt

# --verbose: the switches that are on, with their origin, and the names of the others
lwsim kernels 6.1+urgent-event --verbose
code_is 0
err_is_empty
out_has 'Debian linux-source-6.1'
out_has '+urgent-event (never merged)'
out_has 'posted to netdev on 2020-08-01, first hunk'
out_has 'run-budget (5.3)'
out_has '8eaf8d99a02f net: link_watch'
sed -n '/^not there/,$p' "$out" >"$TMPDIR/lacking"
file_has "$TMPDIR/lacking" 'query-syncs (6.8)'
file_lacks "$TMPDIR/lacking" run-budget
file_lacks "$TMPDIR/lacking" urgent-event
for version in $versions; do # each switch is in exactly one of the two lists
	lwsim kernels "$version" --verbose
	code_is 0
	{
		sed -n 's/^\([a-z][a-z0-9-]*\) (.*)$/\1/p' "$out"
		sed '1,/^not there/d' "$out" | tr '\n' ' ' | sed 's/), /)\n/g' | awk '{ print $1 }' | grep .
	} | sort >"$TMPDIR/switches"
	printf '%s\n' $switches | sort >"$TMPDIR/all"
	same "the switches of $version" "$TMPDIR/all" "$TMPDIR/switches"
done
lwsim kernels "src:$PWD/tests/differential/always_urgent.c,base=6.8"
code_is 0
out_has 'The file decides what is in link_watch.c'
out_has 'query-syncs: '
lwsim kernels --verbose "src:$PWD/tests/differential/always_urgent.c,base=6.8"
out_has 'The file decides what is in link_watch.c'
out_has 'query-syncs (6.8)'

# a version without a row: every command names the nearest rows
refused "no kernel '6.5', the nearest are 6.2 and 6.8" kernels 6.5
refused "no kernel '6.5', the nearest are 6.2 and 6.8" run --kernel 6.5+urgent-event "$microvm"
refused 'the nearest are 6.1 and 6.2' kernels 6.1.192
refused 'the nearest are 2.6.24 and 3.7' kernels 2.6.32
refused 'the nearest is 7.2' kernels 9.9
refused 'the nearest is 2.6.24' kernels 2.4
for name in foo 6 .6 6.x ''; do
	refused "unknown kernel '$name'" kernels "$name"
done
refused "unknown change 'foo'" kernels 6.1+foo
refused "change 'limit-5ms' twice" kernels 6.1+limit-5ms+limit-5ms
printf 'kernel 6.5\n0 ip link add d0 type dummy\n' >"$TMPDIR/between.lw"
refused "no kernel '6.5', the nearest are 6.2 and 6.8" check "$TMPDIR/between.lw"

# check: silent if the file is correct
lwsim check "$microvm" "$microvm"
code_is 0
out_is_empty
err_is_empty

# compare: each kernel's messages in its own column, and the wait on each
lwsim compare "$microvm"
code_is 0
err_is_empty
out_has '5.8+urgent-event+setlink-event  eth0    0ms'
out_has '5.8                             eth0    614ms'
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
