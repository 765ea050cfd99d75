#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# --as: how daemons react to the same messages, and which devices they take for usable.
. tests/lib/cli.sh

is() # ARGUMENT... ; the expected output on standard input
{
	cat >"$TMPDIR/expected"
	lwsim run "$@"
	code_is 0
	err_is_empty
	same "$said" "$TMPDIR/expected" "$out"
}

# the original case, without and with the patch
is --as networkd "$microvm" <<'S'
0.410000 eth0: bringing link up
0.410000 eth0: flags change: +UP +LOWER_UP
1.024000 eth0: flags change: +RUNNING
1.024000 eth0: gained carrier
S
is --as dhcp "$microvm" <<'S'
0.410000 eth0: IFF_UP, waits for IFF_RUNNING
1.024000 eth0: sends DISCOVER, 614ms after IFF_UP
S
is --as networkd --kernel 5.8+urgent-event+setlink-event "$microvm" <<'S'
0.410000 eth0: bringing link up
0.410000 eth0: flags change: +UP +LOWER_UP
0.410000 eth0: flags change: +RUNNING
0.410000 eth0: gained carrier
S
is --as dhcp --kernel 5.8+urgent-event+setlink-event "$microvm" <<'S'
0.410000 eth0: IFF_UP, waits for IFF_RUNNING
0.410000 eth0: sends DISCOVER, 0ms after IFF_UP
S

# carrier lost and regained, a device closed, opened and deleted
file=$(scenario life.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
1 setlink d0 up
3 ip link set d0 carrier off
5 ip link set d0 carrier on
7 setlink d0 down
8 ip link set d0 up
9 ip link del d0
S
)
is --as networkd "$file" <<'S'
1.000000 d0: bringing link up
1.000000 d0: flags change: +UP +LOWER_UP +RUNNING
1.000000 d0: gained carrier
3.000000 d0: flags change: -LOWER_UP -RUNNING
3.000000 d0: lost carrier
5.000000 d0: flags change: +LOWER_UP +RUNNING
5.000000 d0: gained carrier
7.000000 d0: bringing link down
7.000000 d0: flags change: -UP -LOWER_UP -RUNNING
7.000000 d0: lost carrier
8.000000 d0: flags change: +UP +LOWER_UP +RUNNING
8.000000 d0: gained carrier
9.000000 d0: flags change: -UP -LOWER_UP -RUNNING
9.000000 d0: lost carrier
9.000000 d0: link removed
S
is --as dhcp "$file" <<'S'
1.000000 d0: sends DISCOVER, 0ms after IFF_UP
3.000000 d0: RUNNING lost, stops
5.000000 d0: RUNNING again, sends DISCOVER
7.000000 d0: RUNNING lost, stops
8.000000 d0: sends DISCOVER, 0ms after IFF_UP
9.000000 d0: RUNNING lost, stops
S

# DORMANT is not usable; only networkd looks at loopback
file=$(scenario dormant.lw <<'S'
kernel 6.1
0 ip link set lo up
  ip link add d0 type dummy
  ip link set d0 mode dormant carrier off
2 ip link set d0 up
4 ip link set d0 carrier on
6 ip link set d0 state up
8 ip link set d0 state dormant
S
)
lwsim run --as networkd "$file"
code_is 0
[[ $(grep -c 'd0: gained carrier' "$out") -eq 1 ]] || fail "$said: carrier gained not once: $(cat "$out")"
out_has '6.000000 d0: gained carrier'
out_has '8.000000 d0: lost carrier'
out_has 'lo: gained carrier'
lwsim run --as dhcp "$file"
code_is 0
out_lacks 'lo: '
out_has '6.000000 d0: sends DISCOVER, 4s after IFF_UP'

# the other daemons: a line for each change of mind
is --as frr "$file" <<'S'
6.000000 d0: up, <UP,RUNNING,LOWER_UP> state UP
8.000000 d0: down, <UP,LOWER_UP> state DORMANT
S
is --as netifd "$file" <<'S'
4.000000 d0: up, <UP,LOWER_UP> state DORMANT
S

# programs that poll: in the order of time, whichever device it is
file=$(scenario polls.lw <<'S'
kernel 6.1
0 ip link add d{0..1} type dummy
  ip link set d{0..1} carrier off
2 ip link set d0 up
2.3 ip link set d1 up
2.4 ip link set d{0..1} carrier on
4 ip link del d0
5 end
S
)
is --as cni "$file" <<'S'
2.550000 d0: up, poll 3, <UP,RUNNING,LOWER_UP> state UP
2.850000 d1: up, poll 3, <UP,RUNNING,LOWER_UP> state UP
4.000000 d0: down, deleted
S

# a table of all; devices with the same one share it
file=$(scenario table.lw <<'S'
title "late and wrong"
kernel 6.1
0 ip link add d{0..3} type dummy
2 ip link set d{0..2} up
4 carrier_off d2
4.5 carrier_off d{0..1}
4.5 setlink d{0..1} alias stale
9 end
S
)
is --as all "$file" <<'S'
late and wrong, on 6.1, HZ=250
d{0..1} is not usable since 4.500
who               says  since      late     wrong    up means
networkd          down  4.500      -        -        UP, or UNKNOWN LOWER_UP
dhcp              down  5.024      -        524ms    RUNNING
frr               down  4.500      -        -        UP RUNNING LOWER_UP
frr-before-15082  down  5.024      -        524ms    UP RUNNING
sonic             down  5.024      -        524ms    RUNNING
netifd            down  4.500      -        -        LOWER_UP
wicked            down  4.500      -        -        UP LOWER_UP RUNNING
cni               down  start      2.5s     -        state UP, in 5 polls
keepalived        down  5.024      -        524ms    UP RUNNING
selftests         down  start      2.5s     -        state UP, polled each 1s

d2 is not usable since 4.000
who               says  since      late     wrong    up means
networkd          down  4.000      -        -        UP, or UNKNOWN LOWER_UP
dhcp              down  4.000      -        -        RUNNING
frr               down  4.000      -        -        UP RUNNING LOWER_UP
frr-before-15082  down  4.000      -        -        UP RUNNING
sonic             down  4.000      -        -        RUNNING
netifd            down  4.000      -        -        LOWER_UP
wicked            down  4.000      -        -        UP LOWER_UP RUNNING
cni               down  start      2s       -        state UP, in 5 polls
keepalived        down  4.000      -        -        UP RUNNING
selftests         down  start      2s       -        state UP, polled each 1s

d3 has never been usable
who               says  since      late     wrong    up means
networkd          down  start      -        -        UP, or UNKNOWN LOWER_UP
dhcp              down  start      -        -        RUNNING
frr               down  start      -        -        UP RUNNING LOWER_UP
frr-before-15082  down  start      -        -        UP RUNNING
sonic             down  start      -        -        RUNNING
netifd            down  start      -        -        LOWER_UP
wicked            down  start      -        -        UP LOWER_UP RUNNING
cni               down  start      -        -        state UP, in 5 polls
keepalived        down  start      -        -        UP RUNNING
selftests         down  start      -        -        state UP, polled each 1s
S

# compare: a row for each kernel, or a table for each
lwsim compare --as dhcp "$microvm"
code_is 0
err_is_empty
cat >"$TMPDIR/expected" <<'S'
microVM: networkd sets eth0 up after virtnet_probe, HZ=250
eth0, for dhcp (up means: RUNNING)
kernel                          says  since      late     wrong
5.8                             up    1.024      614ms    -
5.8+urgent-event                up    1.024      614ms    -
5.8+urgent-event+setlink-event  up    0.410      -        -
S
same "$said" "$TMPDIR/expected" "$out"
lwsim compare --as all "$microvm"
code_is 0
[[ $(grep -c '^networkd  ' "$out") -eq 3 ]] || fail "$said: not a table for each of three kernels"
out_has 'on 5.8+urgent-event, HZ=250'

# report: the same tables in the page, of all kernels or of one observer
page=$TMPDIR/page.html
for who in all frr; do
	lwsim compare --as $who "$microvm"
	cp "$out" "$TMPDIR/table"
	lwsim report --as $who -o "$page" "$microvm"
	code_is 0
	sed -n '/<section id="daemons">/,/<\/section>/p' "$page" | sed 's/.*<pre>//; s/<\/pre>.*//' | sed '1,2d; $d' >"$TMPDIR/in-page"
	same "the page's table for $who" "$TMPDIR/table" "$TMPDIR/in-page"
done
lwsim report -o "$page" "$microvm"
file_lacks "$page" 'id="daemons"'
refused 'expected -o FILE.html' report --as all -o "$TMPDIR/page.svg" "$microvm"

# sweep: how long the daemon is late and wrong, and the timing that is worst for it
lwsim sweep --as networkd --vary open=0s..1s/250ms --kernel 5.8 "$microvm"
code_is 0
out_has ',failed_commands,as,late_ms,late_device,wrong_ms,wrong_device'
out_has '3,500ms,5.8,514,eth0,0,3,514,eth0,0,networkd,514,eth0,0,'
err_has 'networkd is late for at most 1.014s, in run 1: open=0ms on 5.8'
err_has 'networkd is never wrong'
file=$(scenario pulled.lw <<'S'
kernel 6.1
param pulled = 1s
0 ip link add d0 type dummy
2 ip link set d0 up
4 ip link set d0 carrier off
+1s ip link set d0 carrier on
+$pulled carrier_off d0
+100ms setlink d0 alias stale
9 end
S
)
for who in frr frr-before-15082; do
	lwsim sweep --format jsonl --as $who --vary pulled=500ms,600ms,2s "$file"
	code_is 0
	mv "$out" "$TMPDIR/$who"
	mv "$err" "$TMPDIR/$who.err"
done
# the loss after 500 ms waits for the slot: FRR learns it from the alias, and did not before
grep -q '"as":"frr","late_ms":0,"late_device":null,"wrong_ms":100,' "$TMPDIR/frr" || fail "frr: $(cat "$TMPDIR/frr")"
grep -q 'frr-before-15082 is wrong for at most 516ms, in run 1: pulled=500ms' "$TMPDIR/frr-before-15082.err" ||
	fail "frr-before-15082: $(cat "$TMPDIR/frr-before-15082.err")"
refused 'expected one observer' sweep --as all "$microvm"
refused 'it draws waits for RUNNING' sweep --as frr -o "$TMPDIR/chart.svg" --vary open=0s,1s "$microvm"
clash=$(scenario clash.lw <<<$'param late_ms = 1s\n$late_ms ip link add d0 type dummy\n')
refused 'the table has a column of this name' sweep --as frr --vary late_ms=1s "$clash"
lwsim sweep --shard 1/1 --as frr --vary pulled=500ms,2s "$file"
cp "$out" "$TMPDIR/part"
lwsim sweep --merge "$TMPDIR/part"
code_is 0
out_has ',late_ms,'

# a failed expectation says what the daemon wants
file=$(scenario fails.lw <<'S'
kernel 6.1
0 ip link add d0 type dummy
2 ip link set d0 up
4 ip link set d0 carrier off
4.1 ip link set d0 carrier on
4.2 carrier_off d0
 expect networkd says d0 down
 expect frr says d0 down within 500ms
 expect frr says d0 down within 900ms
S
)
lwsim run "$file"
code_is 1
err_has 'networkd says d0 is up at 4.200000s, expected down'
err_has 'note: for networkd, up means: UP, or UNKNOWN LOWER_UP'
err_has 'frr says d0 is up until 4.700000s, expected down'
[[ $(grep -c fail: "$err") -eq 2 ]] || fail "$said: not two failures"

finish
